import pytest

from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.packs.names_used import names_used


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("营业收入 - 上年营业收入", ["营业收入", "上年营业收入"]),
        ("sum([a, b]) + count(list)", ["a", "b", "list"]),
        ("for x in items return x * rate", ["items", "rate"]),
        ("for x in 1..n, y in x return partial", ["n"]),
        ("some x in xs satisfies x > limit", ["xs", "limit"]),
        ("function(a, b) a + c", ["c"]),
        ("{a: p, b: a + q}", ["p", "q"]),
        ("scores[item > limit]", ["scores", "limit"]),
        ("grade.points", ["grade"]),
        ("decimal(n: x, scale: 2)", ["x"]),
        ("if a then b else null", ["a", "b"]),
        ('a in ("x", b)', ["a", "b"]),
    ],
)
def test_free_names_are_those_from_outside(text, names):
    assert [use.name for use in names_used(parse(text))] == names


def test_a_name_in_a_filter_may_be_a_member_and_is_uncertain():
    uses = names_used(parse("people[age > limit]"))

    assert [(use.name, use.certain) for use in uses] == [
        ("people", True),
        ("age", False),
        ("limit", False),
    ]


def test_positions_are_those_of_the_text():
    assert [use.at for use in names_used(parse("营业收入 >= 2000 * 万"))] == [0, 15]


def test_cells_of_a_table_have_names_too():
    assert [use.name for use in names_used(parse_unary_tests("< 门槛, > 2 * 门槛"))] == [
        "门槛",
        "门槛",
    ]
