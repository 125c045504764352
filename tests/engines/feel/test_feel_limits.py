"""No expression may hang or exhaust the process; each of these ends at once, with an answer."""

import time

import pytest
from tests.engines.feel.feel_trees import feel

from yanzhen.engines.feel import (
    FeelError,
    evaluate,
    evaluate_tests,
    parse,
    parse_unary_tests,
)

TOO_DEEP = [
    "(" * 100_00 + "1" + ")" * 100_00,
    "[" * 300 + "]" * 300,
    "-" * 5000 + "1",
    "+".join("1" * 20_000),
    "if " * 5000 + "1",
    "a in (" * 3000 + "1" + ")" * 3000,
    "{a: " * 1000 + "1" + "}" * 1000,
    "f(" * 1000 + ")" * 1000,
    "x" + ".a" * 10_000,
    "x" + "[1]" * 10_000,
    "1 instance of " + "list<" * 2000 + "number" + ">" * 2000,
]
TOO_LONG = [
    "for i in 1..100000000000 return i",
    "count(for i in 1..100000, j in 1..100000 return 1)",
    "some i in 1..10000000 satisfies false",
    "{f: function(n) f(n + 1), x: f(1)}.x",
    "{f: function(n) f(n) + f(n), x: f(1)}.x",
    "for i in 1..40 return partial",
    "for i in 1..200 return [partial, partial]",
    "for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
    "sort(for i in 1..100000 return -i, function(a, b) (for k in 1..1000 return k)[1] < 0)",
    "for i in 1..100000 return " + " + ".join(["i"] * 150),
]
HUGE = [
    "9 ** 999999999",
    "9 ** 9 ** 9 ** 9 ** 9",
    "1e6144 * 10",
    "0.0000001 ** 1e6000",
    "exp(1e6000)",
    '@"P999999999999999D" * 1e300',
    '@"2020-01-01" + @"P999999999999999Y"',
    "decimal(1e6000, 6176)",
    "modulo(1e6000, 7e-6000)",
    "string(1e-6100)",
]
PATTERNS = [
    ("(a+)+$", "a" * 5000 + "b"),
    ("(a|aa)+$", "a" * 5000 + "b"),
    ("(a|a?)+$", "a" * 5000 + "b"),
    ("(.*)*x", "a" * 5000),
    ("a*a*a*a*a*a*b", "a" * 5000),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 5000),
    ("((((a{0,50}){0,50}){0,50}){0,50}){0,50}", "a" * 50),
    ("(a*)\\1*\\1*b", "a" * 5000),
    ("(" * 500 + "a" + ")" * 500, "a"),
    ("[a-[a-[a-[a]]]]", "a"),
    ("a?" * 40 + "a" * 40, "a" * 40),
    ("(a|a)" * 40 + "b", "a" * 45),
    ("(a|a){40}b", "a" * 45),
    ("(a|b|ab)" * 40 + "c", "ab" * 40),
    ("((a?){2}){20}b", "a" * 45),
    ("[ab]{1000}c", "a" * 200_000),
    ("([ab]{1000}){1000}c", "a" * 200_000),
]


@pytest.fixture(autouse=True)
def _quick():
    start = time.process_time()
    yield
    assert time.process_time() - start < 60


@pytest.mark.parametrize("text", TOO_DEEP, ids=range(len(TOO_DEEP)))
def test_deep_nesting_is_refused_as_such(text):
    with pytest.raises(FeelError, match="deeper than 200 levels"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "{" + ", ".join(f"a b{i}: {i}" for i in range(5000)) + "}",
        "f(" + ", ".join(f"a b{i}: {i}" for i in range(5000)) + ")",
        "f(a" + " " * 60_000 + ")",
        "f(" + "a " * 30_000 + ")",
        "[" + "x[a], " * 10_000 + "1]",
        "{" + ", ".join(f"a b{i}: 1" for i in range(2000)) + ", z: [" + "x[a b], " * 4000 + "1]}",
        "/*" * 30_000,
        '"' + "\\\\" * 15_000,
        "1" * 60_000,
        "1e" + "9" * 60_000,
        "a and " * 10_000 + "a",
    ],
    ids=range(11),
)
def test_long_texts_are_read_in_short_time(text):
    try:
        tree = parse(text)
    except FeelError:
        return
    evaluate(tree, {})


def test_nesting_up_to_the_limit_is_read_and_evaluated():
    text = "(" * 195 + "1" + ")" * 195
    chain = " + ".join(["1"] * 190)

    assert feel(text) == 1
    assert feel(chain) == 190


def test_a_text_longer_than_64_kib_is_refused():
    with pytest.raises(FeelError, match="longer than 65536 bytes"):
        parse('"' + "长" * 22_000 + '"')


@pytest.mark.parametrize("text", TOO_LONG, ids=range(len(TOO_LONG)))
def test_an_evaluation_beyond_the_budget_is_given_up_with_null(text):
    notes: list[FeelError] = []

    assert feel(text, notes=notes) is None
    assert notes


def test_a_cell_beyond_the_budget_is_given_up_with_null():
    notes: list[FeelError] = []
    cell = parse_unary_tests("some i in 1..1000000000 satisfies i = ?")

    assert evaluate_tests(cell, None, {}, notes=notes) is None
    assert "too many steps" in notes[-1].message


def test_lists_nested_too_deeply_are_given_up():
    notes: list[FeelError] = []
    nested: list[object] = []
    for _ in range(200):
        nested = [nested]

    assert feel("count(xs)", xs=nested, notes=notes) is None
    assert "nests deeper" in notes[-1].message


def test_a_string_that_grows_too_long_is_null():
    grown = feel('for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]')

    assert max(len(text) for text in grown if text) == 2**17
    assert grown[-1] is None


def test_a_smaller_budget_ends_sooner():
    notes: list[FeelError] = []

    assert evaluate(parse("for i in 1..100 return i"), {}, budget=50, notes=notes) is None
    assert "too many steps" in notes[-1].message


@pytest.mark.parametrize("text", HUGE)
def test_huge_numbers_end_at_once(text):
    feel(text)


@pytest.mark.parametrize(("pattern", "text"), PATTERNS, ids=range(len(PATTERNS)))
def test_no_pattern_takes_exponential_time(pattern, text):
    feel("matches(t, p)", t=text, p=pattern)
    feel('replace(t, p, "x")', t=text, p=pattern)
    feel("split(t, p)", t=text, p=pattern)


def test_many_patterns_in_a_loop_are_counted():
    tree = parse('for i in 1..1000000 return matches("a", "a" + string(i) + "\\p{L}")')

    assert evaluate(tree, {}, budget=100_000) is None
