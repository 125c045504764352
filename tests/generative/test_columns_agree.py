"""Any rule on any facts: the columns say what the interpreter says, in every row."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.engines.columnar.agree import compare
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.model import (
    Book,
    Condition,
    Conditions,
    Context,
    Dated,
    Decision,
    Entry,
    Expression,
    FactSpec,
    InputClause,
    OutputClause,
    Rule,
    Table,
    Version,
)
from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.kernel.labels import Label

DAY = date(2026, 11, 23)
FACTS = {
    fact.name: fact
    for fact in (
        FactSpec("revenue", Label("营业收入", "Revenue"), "money", 2),
        FactSpec("tax", Label("税金", "Tax"), "money", 2),
        FactSpec("area", Label("面积", "Area"), "number", 3),
        FactSpec("staff", Label("人数", "Staff"), "integer"),
        FactSpec("giant", Label("大额", "Giant"), "integer"),
        FactSpec("sector", Label("门类", "Sector"), "text"),
        FactSpec("rating", Label("评级", "Rating"), "text"),
        FactSpec("listed", Label("失信", "Listed"), "boolean"),
        FactSpec("hitech", Label("高企", "Hitech"), "boolean"),
        FactSpec("founded", Label("成立", "Founded"), "date"),
        FactSpec("until", Label("到期", "Until"), "date"),
    )
}
CUTS = ("0", "1", "3", "0.05", "0.3", "100", "-2", "100.01", "1 / 3", "2 * 万")


def money(places: int) -> st.SearchStrategy[Decimal]:
    units = st.one_of(st.integers(-30, 400), st.integers(-(10**15), 10**15))
    return units.map(lambda whole: Decimal(whole).scaleb(-places))


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(values, values, values, st.none())


day = st.one_of(
    st.integers(-800, 800).map(lambda n: DAY + timedelta(days=n)),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2026, 1, 31)]),
)
row = st.fixed_dictionaries(
    {
        "revenue": maybe(money(2)),
        "tax": maybe(money(2)),
        "area": maybe(money(3)),
        "staff": maybe(st.integers(-5, 50)),
        "giant": maybe(st.integers(-(10**18), 10**18)),
        "sector": maybe(st.sampled_from(["C13", "C27", "G51", "", "房产"])),
        "rating": maybe(st.sampled_from(["A", "B", "C", "C13"])),
        "listed": maybe(st.booleans()),
        "hitech": maybe(st.booleans()),
        "founded": maybe(day),
        "until": maybe(day),
    }
)

# texts of expressions, by type


def calls(form: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda given: form.format(*given))


number_leaf = st.sampled_from(
    ["revenue", "税金", "area", "staff", "giant", "years", *CUTS, "12.345", "string length(sector)"]
)
text_leaf = st.sampled_from(
    ["sector", "rating", '"A"', '"C13"', "substring(sector, 1, 1)", "upper case(rating)"]
)
date_leaf = st.sampled_from(
    [
        "founded",
        "until",
        "评估日",
        'date("2024-02-29")',
        'founded + duration("P1Y1M")',
        'until - duration("P30D")',
    ]
)
truth_leaf = st.sampled_from(["listed", "hitech", "true", "sizable"])
rounding = st.sampled_from(
    ["floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down"]
)


def larger_number(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        calls("({} + {})", inner, inner),
        calls("({} - {})", inner, inner),
        calls("({} * {})", inner, inner),
        calls("({} / {})", inner, inner),
        calls("(-{})", inner),
        calls("abs({})", inner),
        calls("min({}, {})", inner, inner),
        calls("max([{}, {}, {}])", inner, inner, inner),
        calls("sum({}, {})", inner, inner),
        calls("mean({}, {})", inner, inner),
        calls("modulo({}, {})", inner, inner),
        calls("{}({}, {})", rounding, inner, st.sampled_from(["0", "2", "-2", "4"])),
        calls("({} ** {})", inner, st.sampled_from(["1", "2", "3"])),
        calls("(if {} > {} then {} else {})", inner, inner, inner, inner),
        calls("(if {} then {} else null)", truth_leaf, inner),
        calls("years and months duration({}, {}).years", date_leaf, date_leaf),
        calls("years and months duration({}, {}).months", date_leaf, date_leaf),
        calls("({} - {}).days", date_leaf, date_leaf),
        calls("{}.{}", date_leaf, st.sampled_from(["year", "month", "day", "weekday"])),
    )


number = st.recursive(number_leaf, larger_number, max_leaves=5)
text = st.one_of(
    text_leaf,
    calls("(if {} then {} else {})", truth_leaf, text_leaf, text_leaf),
)
order = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
test_of_number = st.one_of(
    calls("{} {}", st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from(CUTS)),
    calls("[{}..{})", st.sampled_from(CUTS), number_leaf),
    calls("({}..{}]", number_leaf, st.sampled_from(CUTS)),
    calls("{}, null", number_leaf),
    calls("not({}, {})", st.sampled_from(CUTS), st.sampled_from(CUTS)),
    st.sampled_from(["-", "? * 2 > 7", "[1, 100, null]", "3, [5..9]"]),
)
test_of_text = st.sampled_from(
    [
        "-",
        '"A", "C13"',
        'not("C13")',
        "null",
        'starts with(?, "C")',
        'contains(?, "1"), "房产"',
        "rating",
    ]
)


def larger_truth(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        calls("({} and {})", inner, inner),
        calls("({} or {} or {})", inner, inner, inner),
        calls("not({})", inner),
        calls("(if {} then {} else {})", inner, inner, inner),
        calls("({} = {})", inner, inner),
        calls("({} = null)", inner),
        calls("any([{}, {}])", inner, inner),
    )


question = st.one_of(
    calls("({} {} {})", number, order, number),
    calls("({} {} {})", number, order, st.sampled_from(CUTS)),
    calls("({} between {} and {})", number, number_leaf, number_leaf),
    calls("({} in {})", number, st.sampled_from(["[0..3)", "(1, 100, null)", "(> 5, < -2)"])),
    calls("({} = null)", number),
    calls("({} {} {})", date_leaf, order, date_leaf),
    calls('({} in [date("2024-02-29")..{}])', date_leaf, date_leaf),
    calls("({} {} {})", text, st.sampled_from(["=", "!="]), text),
    calls("({} in ({}, {}))", text, text_leaf, text_leaf),
    calls('matches({}, "^C[12]")', st.sampled_from(["sector", "rating"])),
    calls('list contains(["A", "C13"], {})', text_leaf),
    truth_leaf,
)
truth = st.recursive(question, larger_truth, max_leaves=4)


def expression(written: str) -> Expression:
    return Expression(written, parse(written))


@st.composite
def tables(draw) -> Table:
    hit = draw(st.sampled_from(["U", "A", "P", "F", "C+", "C<", "C>", "C#"]))
    outputs = {
        "number": st.sampled_from(["1", "2", "2.5", "revenue", "tax / 3", "null"]),
        "text": st.sampled_from(['"大"', '"小"', "rating", "null"]),
        "truth": st.sampled_from(["true", "false", "listed", "null"]),
    }
    kind = "number" if hit.startswith("C") else draw(st.sampled_from(sorted(outputs)))
    cells = outputs[kind]
    if hit == "P":
        cells = {
            "number": st.sampled_from(["1", "2", "2.5"]),
            "text": st.sampled_from(['"大"', '"小"']),
            "truth": st.sampled_from(["true", "false"]),
        }[kind]
    written = draw(st.lists(st.tuples(test_of_number, test_of_text, cells), min_size=1, max_size=5))
    ranked = {"number": ("2.5", "1"), "text": ('"小"', '"大"'), "truth": ("true",)}[kind]
    default = draw(st.one_of(st.none(), cells))
    return Table(
        hit,
        (
            InputClause(expression(draw(number)), "number"),
            InputClause(expression(draw(text)), "text"),
        ),
        (
            OutputClause(
                "result",
                "结果",
                allowed=tuple(map(expression, ranked)) if hit == "P" else (),
                default=None if default is None else expression(default),
            ),
        ),
        tuple(
            Rule((parse_unary_tests(one), parse_unary_tests(other)), (expression(out),))
            for one, other, out in written
        ),
    )


@st.composite
def wide_tables(draw) -> Table:
    """Tables with two outputs and a default for one of them."""
    written = draw(st.lists(st.tuples(test_of_number, test_of_text), min_size=1, max_size=4))
    numbers, texts = st.sampled_from(["1", "2", "tax"]), st.sampled_from(['"大"', '"小"', "rating"])
    return Table(
        draw(st.sampled_from(["U", "A", "F"])),
        (
            InputClause(expression(draw(number_leaf)), "number"),
            InputClause(expression(draw(text_leaf)), "text"),
        ),
        (
            OutputClause("points", "得分"),
            OutputClause("grade", "等级", default=expression(draw(texts))),
        ),
        tuple(
            Rule(
                (parse_unary_tests(one), parse_unary_tests(other)),
                (expression(draw(numbers)), expression(draw(texts))),
            )
            for one, other in written
        ),
    )


@st.composite
def clauses(draw) -> Conditions:
    def condition(prefix: str, place: int) -> Condition:
        return Condition(f"{prefix}{place}", "", expression(draw(truth)))

    return Conditions(
        tuple(condition("c", i) for i in range(draw(st.integers(1, 3)))),
        tuple(condition("x", i) for i in range(draw(st.integers(0, 2)))),
        draw(st.one_of(st.none(), number.map(expression))),
    )


@st.composite
def dated(draw) -> Dated:
    logics = clauses() if draw(st.booleans()) else number.map(expression)
    first, second = draw(logics), draw(logics)
    return Dated(
        expression(draw(date_leaf)),
        (
            Version("old", None, date(2025, 1, 31), first),
            Version("new", date(2025, 3, 1), draw(st.sampled_from([None, DAY])), second),
        ),
    )


@st.composite
def contexts(draw) -> Context:
    return Context(
        (
            Entry("base", "基数", expression(draw(number))),
            Entry("flag", "标志", expression(draw(truth))),
            Entry("step", "分档", draw(tables())),
        ),
        draw(st.sampled_from([None, expression("if 标志 then 基数 * 2 else base / 7")])),
    )


logic = st.one_of(
    number.map(expression),
    text.map(expression),
    date_leaf.map(expression),
    truth.map(expression),
    tables(),
    wide_tables(),
    clauses(),
    dated(),
    contexts(),
)


def make_book(main) -> Book:
    helpers = {
        "years": expression("years and months duration(founded, 评估日).years"),
        "sizable": Conditions((Condition("c", "", expression("revenue / staff >= 1 / 3")),)),
        "main": main,
    }
    return Book(
        DAY,
        FACTS,
        {name: Decision(name, Label(name, name), held) for name, held in helpers.items()},
        {"万": Decimal(10000), "评估日": DAY},
        {fact.label.zh: fact.name for fact in FACTS.values()},
    )


@settings(max_examples=400, deadline=None)
@given(main=logic, rows=st.lists(row, min_size=1, max_size=12))
def test_columns_agree_with_the_interpreter(main, rows):
    book = make_book(main)
    frame = Frame.from_rows(rows, FACTS.values())

    found = compare(book, ["main", "years", "sizable"], frame, range(len(rows)))

    assert [str(one) for one in found] == []


@settings(max_examples=200, deadline=None)
@given(main=logic, rows=st.lists(row, min_size=1, max_size=12))
def test_columns_agree_in_the_mode_of_the_specification(main, rows):
    book = make_book(main)
    frame = Frame.from_rows(rows, FACTS.values())

    found = compare(book, ["main", "sizable"], frame, range(len(rows)), mode="spec")

    assert [str(one) for one in found] == []


@settings(max_examples=60, deadline=None)
@given(main=logic, rows=st.lists(row, min_size=2, max_size=9), block=st.integers(1, 4))
def test_the_size_of_blocks_changes_nothing(main, rows, block):
    plan = compile_plan(make_book(main), ["main"])
    frame = Frame.from_rows(rows, FACTS.values())

    small = run(plan, frame, block=block)

    assert small.to_table().to_pylist() == run(plan, frame).to_table().to_pylist()
