"""Laws of three-valued deciding, on random small tables, clauses and partly missing facts."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.dmn.make_rules import book, clause, decision, expression, table

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.outcome import is_known

VALUES = {
    "staff": st.sampled_from([Decimal(0), Decimal(5), Decimal(10), Decimal(11)]),
    "sector": st.sampled_from(["A", "B", "C"]),
    "discredited": st.booleans(),
    "listed_on": st.sampled_from([date(2020, 6, 1), date(2023, 6, 1), date(2026, 6, 1)]),
}
PERIODS = [(None, date(2020, 12, 31)), (date(2021, 1, 1), date(2024, 12, 31))]
CELLS = {
    "从业人员": ["-", "< 5", "<= 5", "> 5", "[5..10]", "(5..10)", "10", "not(10)", "0, 11"],
    "行业": ["-", '"A"', '"A", "B"', 'not("A")'],
    "严重失信": ["-", "true", "false"],
}
TESTS = [
    "从业人员 > 5",
    "从业人员 in [5..10]",
    '行业 = "A"',
    '行业 in ("A", "B")',
    "严重失信",
    "not(严重失信)",
    '从业人员 < 10 or 行业 = "B"',
    '行业 = "A" and 从业人员 >= 5',
    "从业人员 between 5 and 10",
    'if 严重失信 then 从业人员 > 5 else 行业 = "C"',
    "打分 > 1",
]
HITS = ["U", "A", "P", "F", "C+", "C<", "C>", "C#", "C", "R", "O"]
full = st.fixed_dictionaries(VALUES)
hidden = st.sets(st.sampled_from(sorted(VALUES)))


@st.composite
def tables(draw):
    rows = draw(
        st.lists(
            st.tuples(*(st.sampled_from(cells) for cells in CELLS.values()), output),
            min_size=1,
            max_size=5,
        )
    )
    default = draw(st.sampled_from([(), ("1",), ("2",)]))
    return table(
        draw(st.sampled_from(HITS)), list(CELLS), rows, default=default, ranked=("2", "3", "1")
    )


output = st.sampled_from(["1", "2", "3", "null"])
clauses = st.builds(
    lambda conditions, exclude: clause(*conditions, exclude=exclude),
    st.lists(st.sampled_from(TESTS), max_size=3),
    st.lists(st.sampled_from(TESTS), max_size=2),
)
dated = st.builds(
    lambda logics: m.Dated(
        expression("入库日期"),
        tuple(
            m.Version(str(end.year), start, end, logic)
            for (start, end), logic in zip(PERIODS, logics, strict=True)
        ),
    ),
    st.one_of(st.tuples(clauses, clauses), st.tuples(tables(), tables())),
)
logics = st.one_of(tables(), clauses, dated, st.builds(expression, st.sampled_from(TESTS)))


def rules(logic, scores):
    return book(decision("d", logic), decision("scores", scores, "打分"))


def partial(facts, names):
    return {name: value for name, value in facts.items() if name not in names}


@given(logics, tables(), full, hidden)
def test_filling_in_a_missing_fact_never_changes_a_known_value(logic, scores, facts, names):
    book_ = rules(logic, scores)

    before = decide(book_, "d", partial(facts, names), explain=False).value

    assert not is_known(before) or decide(book_, "d", facts, explain=False).value == before


@given(logics, tables(), full, hidden)
def test_values_do_not_depend_on_the_explanation(logic, scores, facts, names):
    book_ = rules(logic, scores)

    plain = decide(book_, "d", partial(facts, names), explain=False)
    told = decide(book_, "d", partial(facts, names))

    assert (told.value, told.amount, told.missing) == (plain.value, plain.amount, plain.missing)
    assert told.step is not None
    assert told.step.value == told.value


@given(logics, tables(), full, hidden)
def test_the_facts_in_the_explanation_are_enough(logic, scores, facts, names):
    book_ = rules(logic, scores)
    outcome = decide(book_, "d", partial(facts, names))

    again = decide(book_, "d", dict(leaves(outcome.step)))

    assert again.value == outcome.value


def leaves(step):
    yield from ((use.name, use.value) for use in step.facts if use.known)
    for child in step.children:
        yield from leaves(child)


simple = [text for text in TESTS if "打分" not in text]


@given(
    st.builds(
        lambda conditions, exclude: clause(*conditions, exclude=exclude),
        st.lists(st.sampled_from(simple), max_size=4),
        st.lists(st.sampled_from(simple), max_size=2),
    ),
    full,
    hidden,
)
def test_facts_are_missing_if_and_only_if_the_verdict_is_unknown(logic, facts, names):
    outcome = decide(book(decision("d", logic)), "d", partial(facts, names), explain=False)

    assert (outcome.value is None) == bool(outcome.missing)


@given(logics, tables(), full, hidden)
def test_only_missing_facts_are_named(logic, scores, facts, names):
    outcome = decide(rules(logic, scores), "d", partial(facts, names), explain=False)

    assert set(outcome.missing) <= names
    assert not (outcome.missing and is_known(outcome.value))


@given(logics, tables(), full, hidden)
def test_filling_in_all_but_the_named_facts_leaves_it_unknown(logic, scores, facts, names):
    book_ = rules(logic, scores)
    missing = decide(book_, "d", partial(facts, names), explain=False).missing

    again = decide(book_, "d", partial(facts, missing), explain=False)

    assert not missing or not is_known(again.value)


@given(clauses, tables(), full, hidden)
def test_a_clause_of_one_decision_decides_like_it(logic, scores, facts, names):
    wrapped = m.Conditions((m.Condition("c", "c", expression("inner")),))
    both = book(
        decision("d", wrapped), decision("inner", logic), decision("scores", scores, "打分")
    )

    outcome = decide(both, "d", partial(facts, names))

    assert outcome.value is decide(both, "inner", partial(facts, names)).value
