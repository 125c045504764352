"""Reading: names, positions, and errors that say what was expected and where."""

from decimal import Decimal
from typing import Any

import pytest
from tests.engines.feel.feel_trees import feel

from yanzhen.engines.feel import FeelError, free_names, parse, parse_unary_tests
from yanzhen.engines.feel import nodes as n


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("月 收入 * 2", {"月 收入"}, ["月 收入"]),
        ("月   收入", {"月 收入"}, ["月 收入"]),
        ("a+b", {"a+b"}, ["a+b"]),
        ("a+b", {"a", "b"}, ["a", "b"]),
        ("a+b+c", {"a+b", "a+b+c", "c"}, ["a+b+c"]),
        ("a - b", {"a-b", "a", "b"}, ["a", "b"]),
        ("a-bc", {"a-b", "a", "bc"}, ["a", "bc"]),
        ("Student's name", {"Student's name"}, ["Student's name"]),
        ("values in a list", {"values in a list"}, ["values in a list"]),
        ("2023年税额 > 5", {"2023年税额"}, ["2023年税额"]),
        ("营业收入（万元）> 5", set(), ["营业收入（万元）"]),
        ("营业收入(万元) > 5", {"营业收入(万元)", "营业收入"}, ["营业收入(万元)"]),
        ("1 + 1e5 + [1][1]", {"1", "1e5", "["}, []),
        ("unknown words here", set(), ["unknown words here"]),
        ("date and time(x)", set(), ["x"]),
    ],
)
def test_the_longest_known_name_is_taken(text, names, expected):
    tree = parse(text.replace("）> ", "） > "), names)

    assert sorted(free_names(tree)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{foo bar: 1, x: foo bar + 1}.x", 2),
        ("{a+b: 1, x: a+b + 1}.x", 2),
        ('{"a b": 1, x: a b}.x', 1),
        ("for my item in [1] return my item + 1", [2]),
        ("(function(the part: number, b) the part + b)(1, 2)", 3),
        ("[{a-b: 1}, {a-b: 2}][a-b = 2].a-b", [2]),
        ("{in: 1, return: 2}.in", 1),
        ('{"1": 5, "[": 6, "a]": 7, a: 8, x: [1, a]}.x', [1, 8]),
    ],
)
def test_local_names_of_many_words_are_known(text, expected):
    assert feel(text) == expected


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "expected an expression, found the end"),
        ("1 +", 3, "expected an expression, found the end"),
        ("1 2", 2, "expected an operator or the end, found '2'"),
        ("(1", 2, "expected an operator or ), found the end"),
        ("[1, 2", 5, "expected a comma or ] after a list item, found the end"),
        ("{a 1}", 1, "expected an entry name and a colon, found the name 'a'"),
        ("{a: 1, a: 2}", 7, "the entry 'a' stands twice in this context"),
        ("if a then b", 11, "expected else, found the end"),
        ("for i return 1", 6, "expected in, found 'return'"),
        ('"abc', 0, 'this string has no closing quote "'),
        ("a ; b", 2, "the character ';' has no meaning here; arguments and list items"),
        ("f(1, b: 2)", 5, "arguments are either all named or all by position"),
        ("f(a: 1, a: 2)", 8, "the argument 'a' is given twice"),
        ("x instance number", 11, "expected of after instance, found the name 'number'"),
        ("@2020", 1, "expected a string right after @"),
        ("a.1", 1, "expected an operator or the end"),
        ("x instance of list<number, string>", 14, "list<…> takes exactly one type"),
        ("1e9999", 0, "beyond the range of FEEL numbers"),
        ("[1,]", 4, "expected an expression, found the end"),
        ("f(1,)", 4, "expected an expression, found ')'"),
        ("{a: 1,}", 6, "expected an entry name and a colon, found '}'"),
        ("(..)", 0, "a range needs at least one end"),
        ("[1..2", 5, "expected ) or ] to close the range, found the end"),
    ],
)
def test_an_error_says_what_was_expected_and_where(text, position, message):
    with pytest.raises(FeelError) as caught:
        parse(text)

    assert caught.value.position == position
    assert message in caught.value.message


def test_two_known_names_side_by_side_are_an_error():
    with pytest.raises(FeelError, match="found the name '大于'"):
        parse("营业收入 大于 100", {"营业收入"})


def test_every_node_knows_its_place():
    tree: Any = parse("税额 + sum([1, 22])")

    assert (tree.at, tree.end) == (0, 17)
    assert (tree.right.at, tree.right.end) == (5, 17)
    assert (tree.right.positional[0].items[1].at, tree.right.positional[0].items[1].end) == (13, 15)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("-", n.UnaryTests(())),
        ("", n.UnaryTests(())),
        ('"a", "b"', n.UnaryTests((n.String("a"), n.String("b")))),
        ("< 5", n.UnaryTests((n.Range(None, n.Number(Decimal(5)), False, False),))),
        (">= 5", n.UnaryTests((n.Range(n.Number(Decimal(5)), None, True, False),))),
        ("not(1, 2)", n.UnaryTests((n.Number(Decimal(1)), n.Number(Decimal(2))), negated=True)),
        ("= 5", n.UnaryTests((n.Compare("=", n.Input(), n.Number(Decimal(5))),))),
        ("-5", n.UnaryTests((n.Negate(n.Number(Decimal(5))),))),
        ("? in [1]", n.UnaryTests((n.In(n.Input(), (n.ListOf((n.Number(Decimal(1)),)),)),))),
    ],
)
def test_a_cell_is_read(cell, expected):
    assert parse_unary_tests(cell) == expected


def test_not_that_does_not_span_the_cell_is_a_function():
    cell = parse_unary_tests("not(a) and b")

    assert not cell.negated
    assert isinstance(cell.tests[0], n.And)


@pytest.mark.parametrize("cell", ["1,", "not(1", "< ", ", 1", "1 2"])
def test_a_wrong_cell_is_refused(cell):
    with pytest.raises(FeelError):
        parse_unary_tests(cell)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b.c", {"a", "b"}),
        ("{a: 1, b: a + c}.b", {"c"}),
        ("{a: a}", {"a"}),
        ("for i in a, j in i return i + j + k", {"a", "k"}),
        ("function(x) x + y", {"y"}),
        ("xs[item > limit]", {"xs", "limit"}),
        ("sum(xs) + count", {"xs"}),
        ("some i in xs satisfies i = ?", {"xs"}),
        ("{f: function(n) f(n - 1)}", set()),
    ],
)
def test_free_names_are_those_read_from_outside(text, expected):
    assert free_names(parse(text)) == expected
