"""What a caller gives to an evaluation and gets from it."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from yanzhen.engines.feel import (
    DateTime,
    FeelError,
    FunctionValue,
    Time,
    evaluate,
    evaluate_tests,
    from_python,
    parse,
    parse_unary_tests,
    type_name,
)
from yanzhen.engines.feel.nodes import TypeName


def test_each_fact_read_is_told_with_its_value():
    read = []
    tree = parse("if a > 1 then b else c")

    evaluate(tree, {"a": 2, "b": "x", "c": "y"}, on_name=lambda *fact: read.append(fact))

    assert read == [("a", Decimal(2)), ("b", "x")]


def test_a_name_that_is_no_fact_is_told_as_missing():
    read = []

    evaluate(parse("a + count([b])"), {"a": 2}, on_name=lambda *fact: read.append(fact))

    assert read == [("a", Decimal(2)), ("b", None)]


def test_what_is_no_finite_number_is_null():
    scope = {"a": Decimal("NaN"), "b": float("inf"), "c": [Decimal("sNaN")]}

    assert evaluate(parse("[a, b, c[1], a > 1]"), scope) == [None, None, None, None]


def test_local_names_are_not_told():
    read = []
    tree = parse("{a: 1, b: for i in [a] return i + d}.b")

    evaluate(tree, {"d": 1}, on_name=lambda name, _: read.append(name))

    assert read == ["d"]


def test_a_null_comes_with_the_reason_and_the_place():
    notes: list[FeelError] = []

    assert evaluate(parse("1 + missing"), {}, notes=notes) is None
    assert [(note.message, note.position) for note in notes] == [
        ("the name 'missing' is not known here", 4),
        ("number + null has no meaning", 0),
    ]


def test_a_full_width_mark_inside_a_name_is_pointed_out():
    notes: list[FeelError] = []

    evaluate(parse("税额＞5"), {"税额": 1}, notes=notes)

    assert "write 税额>5" in notes[0].message


def test_python_values_are_taken_as_facts():
    scope = {"n": 3, "f": 0.1, "t": (1, 2), "c": {"k": [1]}, "d": datetime(2020, 1, 2, tzinfo=UTC)}

    assert evaluate(parse("n + f + t[2] + c.k[1] + d.year"), scope) == Decimal("2026.1")


def test_python_moments_keep_their_offset():
    zone = timezone(timedelta(hours=8))

    moment = from_python(datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=zone))

    assert moment == DateTime(date(2020, 1, 2), Time(3, 4, 5, 6000, 28_800))
    assert from_python(time(1, 2)) == Time(1, 2, 0)


def test_what_feel_does_not_have_is_refused():
    with pytest.raises(TypeError, match="set has no FEEL value"):
        evaluate(parse("a"), {"a": {1}})
    with pytest.raises(TypeError, match="int is no FEEL type"):
        type_name(1)


def test_a_fact_hides_a_built_in_function_only_as_a_value():
    scope = {"count": Decimal(7), "xs": [1, 2]}

    assert evaluate(parse("count + count(xs)"), scope) == 9


def test_functions_of_other_engines_can_be_called():
    double = FunctionValue((("n", TypeName("number")),), lambda given: given[0] * 2, "double")

    assert evaluate(parse("double(4) + double(n: 1)"), {"double": double}) == 10
    assert evaluate(parse('double("4")'), {"double": double}) is None
    assert evaluate(parse("for i in [1, 2] return double(i)"), {"double": double}) == [2, 4]


def test_types_of_a_model_are_found_by_name():
    types = {"tAge": TypeName("number"), "tAges": TypeName("list", (TypeName("tAge"),))}.get

    assert evaluate(parse("[1] instance of tAges"), {}, types=types) is True
    assert evaluate(parse('["a"] instance of tAges'), {}, types=types) is False
    assert evaluate(parse("1 instance of tNone"), {}, types=types) is None


def test_a_type_that_names_itself_is_no_type():
    types = {"tLoop": TypeName("tLoop")}.get

    assert evaluate(parse("1 instance of tLoop"), {}, types=types) is None


def test_now_is_what_the_caller_says():
    now = from_python(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))

    assert evaluate(parse("today()"), {}, now=now) == date(2026, 11, 23)
    assert evaluate(parse("now()"), {}, now=now) == now


def test_a_cell_reads_facts_and_the_value_under_test():
    read = []
    cell = parse_unary_tests("< limit, ? = other + 1")

    answer = evaluate_tests(
        cell, 7, {"limit": 5, "other": 6}, on_name=lambda name, _: read.append(name)
    )

    assert answer is True
    assert read == ["limit", "other"]


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("5", 5, True),
        ("5", "5", None),
        ("not(5)", 6, True),
        ("not(5)", 5, False),
        ("[1..3], > 10", 11, True),
        ("xs", 2, True),
        ("age > 3", 2, True),
        ("age > 9", 2, False),
        ("true", True, True),
        ("true", False, False),
        ("null", None, True),
        ("5", None, False),
        ("< 5", None, None),
        ("list contains([1, 2], ?)", 2, True),
        ('date("2020-01-01")', date(2020, 1, 1), True),
    ],
)
def test_a_cell_answers(cell, value, expected):
    tests = parse_unary_tests(cell)

    assert evaluate_tests(tests, value, {"xs": [1, 2], "age": 5}) is expected


def test_a_cell_can_be_evaluated_like_an_expression():
    assert evaluate(parse_unary_tests("> 3"), {"?": 5}) is True
