"""The mode of city rules: null means unknown, and never turns into a silent no."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.feel.feel_trees import feel

from yanzhen.engines.feel import evaluate, evaluate_tests, parse, parse_unary_tests

UNKNOWN = [
    "x = 5",
    "5 = x",
    "x != 5",
    "x = x",
    "x < 5",
    "x between 1 and 5",
    "x in (1, 2)",
    "x in [1, 2]",
    "x in [1..5]",
    "x in (< 5)",
    "1 in [2, x]",
    "1 in (2, x)",
    "[1, x] = [1, 2]",
    "{a: x} = {a: 1}",
    "if x then 1 else 2",
    "if x > 1 then 1 else 2",
    "list contains([1, 2], x)",
    "list contains([1, x], 2)",
    "[1, 2, 3][item > x]",
    "count([1, 2][item > x])",
    "some i in [1, 2] satisfies i > x",
    "every i in [1, 2] satisfies i > x",
    "x instance of number",
    "not(x = 1)",
    "x + 1 > 0",
]
KNOWN = [
    ("x = null", True),
    ("null = x", True),
    ("x != null", False),
    ("y = null", False),
    ("y != null", True),
    ("x in (null)", True),
    ("x in (1, null)", True),
    ("x in [1, null]", True),
    ("y in (1, null)", False),
    ("y in (5, x)", True),
    ("5 in [y, x]", True),
    ("list contains([y, x], 5)", True),
    ("[1, x] = [2, 2]", False),
    ("[x] = [1, 2]", False),
    ("x = 1 and false", False),
    ("x = 1 or true", True),
    ("y between x and 3", False),
    ("some i in [x, 2] satisfies i > 1", True),
    ("if x = null then 1 else 2", 1),
    ("y = 5", True),
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_depends_on_an_unknown_is_unknown(text):
    assert feel(text, mode="three_valued", x=None) is None


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_what_does_not_depend_on_an_unknown_is_known(text, expected):
    assert feel(text, mode="three_valued", x=None, y=Decimal(5)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("-", True),
        ("< 5", None),
        ("5, 6", None),
        ('"a"', None),
        ("[1..3]", None),
        ("not(5)", None),
        ("not(< 5)", None),
        ("? > 5", None),
        ("true", None),
        ("[1, 2]", None),
        ("null", True),
        ("5, null", True),
        ("not(null)", False),
        ("? = null", True),
    ],
)
def test_a_cell_over_a_missing_value_is_unknown(cell, expected):
    tests = parse_unary_tests(cell)

    assert evaluate_tests(tests, None, {}, mode="three_valued") is expected


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("5, 6", 6, True),
        ("5, 6", 7, False),
        ("not(5, 6)", 7, True),
        ("null", 5, False),
        ("5, limit", 6, None),
        ("< limit", 6, None),
        ("6, limit", 6, True),
        ("? > 5 and ? < 7", 6, True),
        ("limit = null", 6, True),
    ],
)
def test_a_cell_over_a_known_value_is_answered_where_it_can_be(cell, value, expected):
    tests = parse_unary_tests(cell)

    assert evaluate_tests(tests, value, {"limit": None}, mode="three_valued") is expected


def test_the_specification_answers_no_where_city_rules_do_not_know():
    assert feel("x = 5", x=None) is False
    assert feel("if x then 1 else 2", x=None) == 2
    assert feel("[1, 2][item > x]", x=None) == []


_atoms = st.sampled_from(
    ["a = 1", "b != 2", "a < b", "c", "a in (1, 3)", "b in [1..2]", "a between 1 and b", "c = true"]
)
_formulas = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda one: f"not({one})"),
        st.tuples(inner, inner, inner).map(lambda t: f"(if {t[0]} then {t[1]} else {t[2]})"),
        inner.map(lambda one: f"(some i in [1, 2] satisfies ({one}))"),
        inner.map(lambda one: f"(every i in [1, 2] satisfies ({one}))"),
    ),
    max_leaves=8,
)
_facts = st.fixed_dictionaries(
    {
        "a": st.one_of(st.none(), st.integers(0, 3).map(Decimal)),
        "b": st.one_of(st.none(), st.integers(0, 3).map(Decimal)),
        "c": st.sampled_from([True, False, None]),
    }
)


@given(_formulas, _facts, st.integers(0, 3), st.booleans())
def test_learning_a_missing_fact_never_overturns_an_answer(formula, facts, number, truth):
    tree = parse(formula)
    before = evaluate(tree, facts, mode="three_valued")
    learned = {
        name: (truth if name == "c" else Decimal(number)) if value is None else value
        for name, value in facts.items()
    }

    after = evaluate(tree, learned, mode="three_valued")

    assert before is None or before is after


@given(_formulas, _facts)
def test_without_missing_facts_both_modes_agree(formula, facts):
    known = {name: Decimal(1) if value is None else value for name, value in facts.items()}
    known["c"] = facts["c"] is True
    tree = parse(formula)

    assert evaluate(tree, known) is evaluate(tree, known, mode="three_valued")
