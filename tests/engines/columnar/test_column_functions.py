from datetime import date
from decimal import Decimal

import pytest
from tests.engines.columnar.column_books import book, frame

from yanzhen.engines.columnar.agree import compare
from yanzhen.engines.columnar.functions import FUNCTIONS
from yanzhen.engines.columnar.plan import compile_plan

CALLS = {
    "not": ["not(listed)", "not(negand: listed)"],
    "all": ["all([listed, staff > 3])", "all(listed, staff > 3)"],
    "any": ["any([listed, staff > 3])"],
    "abs": ["abs(revenue)"],
    "floor": ["floor(revenue)", "floor(revenue, 1)", "floor(tax / staff, 3)"],
    "ceiling": ["ceiling(revenue)", "ceiling(revenue, -2)"],
    "decimal": ["decimal(revenue, 1)", "decimal(revenue / staff, 2)"],
    "round up": ["round up(revenue, 1)", "round up(revenue / staff, 0)"],
    "round down": ["round down(revenue, 1)", "round down(revenue / staff, 0)"],
    "round half up": ["round half up(revenue, 1)", "round half up(n: revenue / 8, scale: 2)"],
    "round half down": ["round half down(revenue, 1)"],
    "modulo": ["modulo(revenue, 7)", "modulo(revenue, staff)", "modulo(-revenue, 2.5)"],
    "min": ["min(revenue, tax, 3)", "min([revenue, tax])", "min(founded, ended)", "min(staff)"],
    "max": ["max(revenue, tax)", "max([founded, ended])"],
    "sum": ["sum(revenue, tax, 1)", "sum([revenue, tax])"],
    "mean": ["mean(revenue, tax, staff)", "mean([revenue, tax])"],
    "count": ["count([revenue, tax, null])"],
    "list contains": ['list contains(["C", "G"], sector)', "list contains([1, 2, staff], 12)"],
    "contains": ['contains(sector, "造")', 'contains(string: sector, match: "C")'],
    "starts with": ['starts with(sector, "制")'],
    "ends with": ['ends with(sector, "业")'],
    "matches": ['matches(sector, "^[A-G]$")'],
    "substring": ["substring(sector, 1, 1)", "substring(sector, 2)", "substring(sector, -1)"],
    "substring before": ['substring before(sector, "造")'],
    "substring after": ['substring after(sector, "制")'],
    "string length": ["string length(sector)"],
    "upper case": ["upper case(sector)"],
    "lower case": ["lower case(sector)"],
    "years and months duration": [
        "years and months duration(founded, ended).years",
        "years and months duration(ended, founded).months",
        "years and months duration(founded, 评估日).years >= 3",
        'years and months duration(founded, 评估日) > duration("P2Y6M")',
    ],
}
ROWS = [
    {
        "revenue": Decimal("1234.56"),
        "tax": Decimal("-0.05"),
        "staff": 12,
        "sector": "制造业",
        "listed": True,
        "founded": date(2020, 2, 29),
        "ended": date(2024, 2, 28),
    },
    {"revenue": Decimal("-7.25"), "tax": Decimal(1), "staff": 0, "sector": "C", "listed": False},
    {"revenue": Decimal("0.50"), "staff": 3, "sector": "g", "founded": date(2026, 11, 24)},
    {
        "tax": Decimal("2.5"),
        "sector": "",
        "ended": date(2019, 12, 31),
        "founded": date(2020, 1, 31),
    },
    {},
]


def test_every_function_with_a_column_form_is_tried():
    assert sorted(CALLS) == sorted(FUNCTIONS)


@pytest.mark.parametrize("text", [text for texts in CALLS.values() for text in texts])
def test_a_function_in_columns_agrees_with_the_interpreter(text):
    rules = book({"main": text})
    plan = compile_plan(rules, ["main"])

    found = compare(rules, ["main"], frame(*ROWS), range(len(ROWS)), plan=plan)

    assert plan.refused == {}
    assert list(map(str, found)) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("round half up(revenue, staff)", "round half up(): the scale must be constant"),
        ("floor(sector)", "floor(): takes a number, not a text"),
        ("decimal(revenue, 40)", "decimal(): rounds to at most 12 places in columns"),
        ("contains(sector, county)", "contains(): every argument after the first must be constant"),
        ("abs()", "abs(): takes 1 arguments, not 0"),
        ("sum(revenue, sector)", "sum(): takes numbers of one type, not a text"),
        ("modulo(dividend: staff, by: 2)", "modulo(): takes the arguments dividend, divisor"),
    ],
)
def test_arguments_without_a_column_form_are_refused(text, reason):
    plan = compile_plan(book({"main": text}), ["main"])

    assert reason in plan.refused["main"]
