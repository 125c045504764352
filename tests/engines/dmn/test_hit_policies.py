"""Each hit policy in three-valued mode: known only if no missing fact can change it."""

from decimal import Decimal

import pytest
from tests.engines.dmn.make_rules import table

from yanzhen.engines.dmn.tables import conjunction, decide_table, decide_table_to_the_letter, same
from yanzhen.engines.feel import from_python

T, F, N = True, False, None


def value(hit, truths, outputs, default=None, ranked=()):
    one = table(hit, ["a"], [["-", "0"]] * len(truths))
    given = None if default is None else (default,)
    feel = from_python(outputs)
    return decide_table(one, truths, lambda i: (feel[i],), given, (ranked,)).value


@pytest.mark.parametrize(
    ("hit", "truths", "outputs", "default", "expected"),
    [
        # first: a possible row before the first true one keeps it open, unless it says the same
        ("F", [F, T, N], [1, 2, 3], None, 2),
        ("F", [N, T, F], [1, 2, 3], None, None),
        ("F", [N, T, F], [2, 2, 3], None, 2),
        ("F", [N, N, F], [2, 2, 3], None, None),
        ("F", [N, N, F], [2, 2, 3], 2, 2),
        ("F", [F, F, F], [1, 2, 3], None, None),
        ("F", [F, F, F], [1, 2, 3], 9, 9),
        ("F", [N, T], [None, None], None, None),
        # unique: one live row at most
        ("U", [F, T, F], [1, 2, 3], None, 2),
        ("U", [F, T, N], [1, 2, 2], None, None),
        ("U", [T, T, F], [1, 1, 3], None, None),
        ("U", [F, N, F], [1, 2, 3], None, None),
        ("U", [F, N, F], [1, 2, 3], 2, 2),
        ("U", [F, F, F], [1, 2, 3], 9, 9),
        # any: live rows must agree
        ("A", [T, T, N], [1, 1, 1], None, 1),
        ("A", [T, N, F], [1, 2, 3], None, None),
        ("A", [T, T, F], [1, 2, 3], None, None),
        ("A", [N, N, F], [1, 1, 3], None, None),
        ("A", [N, N, F], [1, 1, 3], 1, 1),
        # greatest and least: a possible row matters only if it goes beyond
        ("C>", [T, N, T], [5, 4, 2], None, 5),
        ("C>", [T, N, T], [5, 6, 2], None, None),
        ("C<", [T, N, T], [5, 6, 2], None, 2),
        ("C<", [N, F, T], [1, 6, 2], None, None),
        ("C>", [N, F, F], [1, 6, 2], None, None),
        ("C>", [F, F, F], [1, 6, 2], 0, 0),
        ("C>", [T, T, F], [1, None, 2], None, None),
        ("C>", [T, T, F], [1, "x", 2], None, None),
        # sum and count: every row must be settled
        ("C+", [T, F, T], [5, 4, 2], None, 7),
        ("C+", [T, N, T], [5, 0, 2], None, None),
        ("C+", [T, T, F], [5, None, 2], None, None),
        ("C+", [T, T, F], [5, "x", 2], None, None),
        ("C+", [F, F, F], [5, 4, 2], None, None),
        ("C#", [T, F, T], [5, 4, 2], None, 2),
        ("C#", [F, F, F], [5, 4, 2], None, 0),
        ("C#", [T, F, N], [5, 4, 2], None, None),
        # lists
        ("C", [T, F, T], [5, 4, 2], None, [5, 2]),
        ("R", [T, T, F], [5, 4, 2], None, [5, 4]),
        ("C", [T, N, T], [5, 4, 2], None, None),
        ("R", [F, F, F], [5, 4, 2], None, None),
    ],
)
def test_value_is_known_only_if_no_missing_fact_changes_it(hit, truths, outputs, default, expected):
    assert value(hit, truths, outputs, default) == expected


def test_priority_goes_by_the_list_of_output_values():
    ranked = ("高", "中", "低")

    assert value("P", [T, T, F], ["低", "中", "高"], ranked=ranked) == "中"
    assert value("P", [T, T, N], ["低", "中", "高"], ranked=ranked) is None
    assert value("P", [T, N, F], ["中", "低", "高"], ranked=ranked) == "中"
    assert value("P", [T, T, F], ["别的", "低", "高"], ranked=ranked) == "低"


def test_output_order_sorts_by_priority():
    assert value("O", [T, T, T], ["低", "高", "中"], ranked=("高", "中", "低")) == [
        "高",
        "中",
        "低",
    ]


def test_several_outputs_are_decided_one_by_one():
    one = table("F", ["a"], [["-", "0", "0"]] * 2, outputs=["grade", "points"])
    rows = [("A", 10), ("A", 20)]

    hit = decide_table(one, [N, T], lambda i: rows[i], None)

    assert hit.value == {"grade": "A", "points": None}
    assert hit.open == (0,)


def test_overlap_in_a_unique_table_is_said():
    one = table("U", ["a"], [["-", "0"]] * 3)

    hit = decide_table(one, [T, F, T], lambda i: (i,), None)

    assert hit.note == "第1、3行同时命中，而本表至多命中一行"


def test_null_is_the_same_as_nothing():
    assert not same(None, None)
    assert not same(True, 1)
    assert same(Decimal("1.0"), Decimal(1))


@pytest.mark.parametrize(
    ("members", "expected"),
    [([], T), ([T, T], T), ([T, N], N), ([N, F, T], F)],
)
def test_conjunction_follows_kleene(members, expected):
    assert conjunction(members) is expected


@pytest.mark.parametrize(
    ("hit", "truths", "outputs", "expected"),
    [
        ("U", [T, N], [1, 2], 1),
        ("U", [T, T], [1, 1], None),
        ("A", [T, T], [1, 1], 1),
        ("A", [T, T], [1, 2], None),
        ("F", [N, T], [1, 2], 2),
        ("C", [N, T], [1, 2], [2]),
        ("C+", [T, T], [1, 2], 3),
        ("C+", [T, T], [1, "x"], None),
        ("C<", [T, T], [1, 2], 1),
        ("C>", [T, T], [1, 2], 2),
        ("C#", [T, T], [1, 1], 2),
        ("R", [F, F], [1, 2], None),
    ],
)
def test_to_the_letter_a_null_row_does_not_match(hit, truths, outputs, expected):
    one = table(hit, ["a"], [["-", "0"]] * len(truths))

    feel = from_python(outputs)

    hit = decide_table_to_the_letter(one, truths, lambda i: (feel[i],), None)

    assert hit.value == expected
