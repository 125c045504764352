"""Deciding: verdict, amount, missing facts and explanation of single decisions."""

from datetime import date
from decimal import Decimal

import pytest
from tests.engines.dmn.make_rules import book, clause, decision, expression, table

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.kernel.errors import DecisionError
from yanzhen.kernel.explanation import Citation, FactUse

SIZE = decision(
    "size",
    table(
        "U",
        ["从业人员", "营业收入"],
        [
            [">= 300", ">= 2000 * 万", '"中型"'],
            [">= 300", "< 2000 * 万", '"小型"'],
            ["< 300", "-", '"小型"'],
        ],
    ),
    "企业规模",
)
AWARD = decision(
    "policy/award",
    clause('行业 = "C"', '企业规模 = "中型"', exclude=["严重失信"], amount="12 * 万"),
    "首次上规奖励",
    type="boolean",
    citation=Citation("kecheng-2023", "第三条"),
)
BOOK = book(SIZE, AWARD)
ALL = {"staff": 400, "revenue": 30_000_000, "sector": "C", "discredited": False}


def explained(rules, name, facts):
    step = decide(rules, name, facts).step
    assert step is not None
    return step


def without(*names):
    return {name: value for name, value in ALL.items() if name not in names}


def test_clause_holds_with_its_amount():
    outcome = decide(BOOK, "policy/award", ALL)

    assert outcome.value is True
    assert outcome.amount == Decimal(120_000)
    assert outcome.missing == ()


def test_clause_is_found_by_its_label():
    assert decide(BOOK, "首次上规奖励", ALL).value is True


def test_exclusion_bars_the_clause():
    outcome = decide(BOOK, "policy/award", {**ALL, "discredited": True})

    assert (outcome.value, outcome.amount, outcome.missing) == (False, None, ())


def test_missing_fact_deep_in_the_graph_is_named():
    outcome = decide(BOOK, "policy/award", without("revenue"))

    assert (outcome.value, outcome.amount) == (None, None)
    assert outcome.missing == ("revenue",)


def test_fact_that_is_none_is_missing():
    assert decide(BOOK, "policy/award", {**ALL, "revenue": None}).missing == ("revenue",)


def test_fact_that_cannot_change_the_row_is_not_missing():
    outcome = decide(BOOK, "size", {"staff": 100})

    assert (outcome.value, outcome.missing) == ("小型", ())


def test_one_false_condition_settles_the_verdict():
    outcome = decide(BOOK, "policy/award", {"sector": "A"})

    assert (outcome.value, outcome.missing) == (False, ())


def test_unknown_parts_that_are_settled_elsewhere_are_not_missing():
    rules = book(decision("d", clause('行业 = "C" or 从业人员 > 5', "营业收入 > 1")))

    outcome = decide(rules, "d", {"staff": 9})

    assert outcome.missing == ("revenue",)


def test_unknown_amount_names_what_it_needs():
    rules = book(decision("d", clause('行业 = "C"', amount="营业收入 * 0.01")))

    outcome = decide(rules, "d", {"sector": "C"})

    assert (outcome.value, outcome.amount, outcome.missing) == (True, None, ("revenue",))


def test_given_decision_replaces_the_rule():
    assert decide(BOOK, "policy/award", {**without("staff"), "size": "中型"}).value is True


def test_given_parameter_replaces_the_constant():
    rules = book(decision("d", expression("基数 * 2")), constants={"基数": Decimal(5)})

    assert decide(rules, "d", {}).value == Decimal(10)
    assert decide(rules, "d", {"基数": Decimal(7)}).value == Decimal(14)


def test_condition_that_is_no_truth_value_is_unknown_and_says_so():
    step = explained(book(decision("d", clause("从业人员 + 1"))), "d", {"staff": 1})

    assert step.value is None
    assert step.missing() == ()
    assert step.children[0].children[-1].label == "条件的结果是2，不是“是”或“否”"


def test_faults_are_told_where_no_missing_fact_explains_the_null():
    rules = book(decision("d", expression("1 / 从业人员")))

    fault = explained(rules, "d", {"staff": 0})
    gap = explained(rules, "d", {})

    assert fault.children[0].label.startswith("没有结果：")
    assert gap.children == ()
    assert gap.missing() == ("staff",)


def test_to_the_letter_a_missing_fact_is_null_and_no_row_holds():
    rules = book(decision("d", table("F", ["从业人员"], [["> 5", "1"], ["-", "2"]])))

    assert decide(rules, "d", {}).value is None
    assert decide(rules, "d", {}, mode="spec").value == Decimal(2)


def test_explanation_shows_conditions_rows_and_facts():
    step = explained(BOOK, "policy/award", ALL)

    assert (step.kind, step.label, step.value) == ("clause", "首次上规奖励", True)
    assert step.citation == Citation("kecheng-2023", "第三条")
    assert [child.kind for child in step.children] == [
        "condition",
        "condition",
        "exclusion",
        "value",
    ]
    sector, size, _, amount = step.children
    assert sector.facts == (FactUse("sector", "C", known=True),)
    assert sector.citation == Citation("source", '行业 = "C"')
    assert (amount.text, amount.value) == ("12 * 万", Decimal(120_000))
    tables = size.children[0].children[0]
    assert [(s.kind, s.name, s.value) for s in tables.children] == [
        ("value", "input1", Decimal(400)),
        ("value", "input2", Decimal(30_000_000)),
        ("row", "1", "中型"),
    ]
    assert tables.children[2].text == ">= 300 ｜ >= 2000 * 万"


def test_explanation_names_the_missing_fact_as_a_leaf():
    assert explained(BOOK, "policy/award", without("revenue")).missing() == ("revenue",)


def test_no_explanation_is_built_unless_asked_for():
    assert decide(BOOK, "policy/award", ALL, explain=False).step is None


def test_steps_see_earlier_steps_by_name_and_label():
    logic = m.Context(
        (
            m.Entry("base", "基数", expression("营业收入 / 2")),
            m.Entry("twice", "", expression("基数 * 2 + base")),
        ),
        expression("twice"),
    )

    step = explained(book(decision("d", logic)), "d", {"revenue": 10})

    assert step.value == Decimal(15)
    assert [child.name for child in step.children] == ["base", "twice", "result"]


def test_context_without_result_is_its_entries():
    logic = m.Context((m.Entry("x", "甲", expression("从业人员")),))

    outcome = decide(book(decision("d", logic)), "d", {})

    assert (outcome.value, outcome.missing) == ({"x": None}, ("staff",))


def test_without_an_event_date_it_is_no_where_every_version_says_no():
    old = m.Version("2020", date(2020, 1, 1), date(2022, 12, 31), clause("从业人员 > 9"))
    new = m.Version("2023", date(2023, 1, 1), None, clause("从业人员 > 5"))
    logic = decision("d", m.Dated(expression("入库日期"), (old, new)))

    small = decide(book(logic), "d", {"staff": 3})
    middle = decide(book(logic), "d", {"staff": 7})

    assert (small.value, small.missing) == (False, ())
    assert (middle.value, middle.missing) == (None, ("listed_on",))


def dated():
    old = m.Version("2020", date(2020, 1, 1), date(2022, 12, 31), clause(amount="1", exclude=[]))
    new = m.Version("2023", date(2023, 1, 1), None, clause("从业人员 > 5", amount="2"))
    return decision("d", m.Dated(expression("入库日期"), (old, new)))


@pytest.mark.parametrize(
    ("facts", "value", "amount", "missing"),
    [
        ({"listed_on": date(2022, 12, 31)}, True, Decimal(1), ()),
        ({"listed_on": date(2023, 1, 1), "staff": 9}, True, Decimal(2), ()),
        ({"listed_on": date(2023, 1, 1)}, None, None, ("staff",)),
        ({"listed_on": date(2019, 12, 31)}, False, None, ()),
        ({}, None, None, ("listed_on", "staff")),
        ({"staff": 9}, None, None, ("listed_on",)),
    ],
)
def test_event_date_chooses_the_version(facts, value, amount, missing):
    outcome = decide(book(dated()), "d", facts)

    assert (outcome.value, outcome.amount, outcome.missing) == (value, amount, missing)


def test_without_an_event_date_a_clause_is_no_if_every_version_says_no():
    old = m.Version("2020", date(2020, 1, 1), date(2022, 12, 31), clause("从业人员 > 5"))
    new = m.Version("2023", date(2023, 1, 1), None, clause("从业人员 > 9", '行业 = "C"'))
    rules = book(decision("d", m.Dated(expression("入库日期"), (old, new))))

    refused = decide(rules, "d", {"staff": 1})
    open_ = decide(rules, "d", {"staff": 20})

    assert (refused.value, refused.missing) == (False, ())
    assert (open_.value, open_.missing) == (None, ("listed_on", "sector"))


def test_event_outside_all_versions_is_said():
    step = explained(book(dated()), "d", {"listed_on": date(2019, 12, 31)})

    assert step.kind == "clause"
    assert step.children[-1].label == "事件发生日2019-12-31不在任何版本的施行期内"


def test_decision_that_needs_itself_is_refused_with_the_way():
    rules = book(decision("a", expression("b + 1")), decision("b", expression("a + 1")))

    with pytest.raises(DecisionError, match=r"a needs itself .*: a → b → a"):
        decide(rules, "a", {})


def test_unknown_decision_is_refused():
    with pytest.raises(DecisionError, match="no decision 'nothing' in force on 2026-01-01"):
        decide(BOOK, "nothing", {})


def test_lists_relations_functions_and_invocations_run_in_a_book():
    logic = m.Context(
        (
            m.Entry("double", "", m.FunctionLogic(("n",), expression("n * 2"))),
            m.Entry("called", "", m.Invocation(expression("double"), (("n", expression("3")),))),
            m.Entry("both", "", m.ListLogic((expression("called"), expression("double(1)")))),
            m.Entry("grid", "", m.Relation(("x", "y"), ((expression("1"), expression("2")),))),
        ),
        expression("sum(both) + grid[1].y"),
    )

    outcome = decide(book(decision("d", logic)), "d", {})

    assert outcome.value == Decimal(10)


def test_boxed_conditionals_filters_and_iterations_run_in_a_book():
    numbers = m.ListLogic(tuple(expression(str(n)) for n in (1, 5, 9)))
    kept = m.Selection(numbers, expression("item > 从业人员"))
    doubled = m.Iteration("for", "n", kept, expression("n * 2"))
    logic = m.Conditional(expression("严重失信"), expression("0"), doubled)
    rules = book(decision("d", logic))

    assert decide(rules, "d", {"staff": 2, "discredited": False}).value == [10, 18]
    assert decide(rules, "d", {"staff": 2}).missing == ("discredited",)


def test_clauses_and_versions_inside_lists_decide_as_alone():
    held = clause("从业人员 > 5", exclude=["严重失信"])
    chosen = m.Dated(
        expression("入库日期"),
        (m.Version("old", None, date(2022, 12, 31), held), m.Version("new", None, None, clause())),
    )
    scores = table("F", ["从业人员"], [["> 5", "1"], ["-", "2"]], default=["3"])
    rules = book(decision("d", m.ListLogic((held, chosen, scores))))
    facts = {"staff": 9, "discredited": False, "listed_on": date(2022, 1, 1)}

    assert decide(rules, "d", facts).value == [True, True, Decimal(1)]
    assert decide(rules, "d", {"discredited": True}).value == [False, None, None]
    assert decide(rules, "d", {"discredited": True}).missing == ("staff", "listed_on")


def test_a_function_that_is_none_gives_null():
    rules = book(decision("d", m.Invocation(expression("从业人员"), ())))

    assert decide(rules, "d", {"staff": 1}).value is None


def test_built_in_functions_are_invoked_by_name():
    bound = (("list", expression("[1, 从业人员]")),)
    rules = book(decision("d", m.Invocation(expression("sum"), bound)))

    assert decide(rules, "d", {"staff": 2}).value == Decimal(3)
