"""The functions that compare points and ranges, by the examples of the specification."""

import pytest
from tests.engines.feel.feel_trees import feel

from yanzhen.engines.feel import RangeValue

TRUE = """
before(1, 10)
before(1, [2..10])
before([1..10], 15)
before([1..10], [15..20])
before([1..10), [10..20])
before([1..10], (10..20])
before(1, (1..10])
after(10, 5)
after(12, [1..5])
after([11..20], 10)
after([11..20], [1..11))
meets([1..5], [5..10])
met by([5..10], [1..5])
overlaps([5..10], [1..6])
overlaps((3..7], [1..4])
overlaps([1..3], (2..6])
overlaps([1..5], [5..8])
overlaps before([1..5], [3..8])
overlaps before([1..5], [5..8])
overlaps before([1..5), (1..5])
overlaps before([1..5], (1..5])
overlaps after([3..8], [1..5])
overlaps after([5..8], [1..5])
overlaps after((1..5], [1..5))
overlaps after((1..5], [1..5])
finishes(10, [1..10])
finishes([5..10], [1..10])
finishes([5..10), [1..10))
finishes([1..10], [1..10])
finishes((1..10], [1..10])
finished by([1..10], 10)
finished by([1..10], [5..10])
includes([1..10], 5)
includes([1..10], [4..6])
includes([1..10], (1..10))
during(5, [1..10])
during([4..6], [1..10))
during((1..10), [1..10])
starts(1, [1..10])
starts([1..5], [1..10])
starts((1..5), (1..10])
starts([1..10), [1..10])
started by([1..10], 1)
started by([1..10], [1..5])
started by([1..10], [1..10))
coincides(5, 5)
coincides([1..5], [1..5])
before(@"2020-01-01", @"2020-01-02")
before((< 5), [5..6])
after((> 5), [1..5])
includes((>= 1), [1..100])
"""
FALSE = """
before(10, 1)
before([1..10], [10..20])
meets([1..5), [5..10])
meets([1..5], (5..10])
met by([5..10], [1..5))
overlaps([1..5), [5..8])
overlaps([1..5], (5..8])
overlaps before([1..5], [6..8])
overlaps before([1..5], (5..8])
overlaps before([1..5), [1..5])
overlaps before([1..5], [1..5])
overlaps after([1..5], [1..5))
overlaps after([5..8], [1..5))
finishes(10, [1..10))
finishes([5..10], [1..10))
includes([1..10), 10)
includes((1..10], [1..5])
starts(1, (1..10])
starts([1..5], (1..10])
started by((1..10], [1..5])
coincides(3, 4)
coincides((1..5), [1..5])
"""
NULL = """
before(1, "a")
before(1, null)
before(1)
meets(1, [1..2])
includes([1..10], "a")
coincides([1..5], ["a".."b"])
coincides(1, [1..5])
during(1, 2)
"""


@pytest.mark.parametrize("expression", TRUE.strip().splitlines())
def test_ranges_stand_to_each_other_as_the_specification_says(expression):
    assert feel(expression) is True


@pytest.mark.parametrize("expression", FALSE.strip().splitlines())
def test_ranges_do_not_stand_so(expression):
    assert feel(expression) is False


@pytest.mark.parametrize("expression", NULL.strip().splitlines())
def test_what_cannot_be_compared_is_null(expression):
    assert feel(expression) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[18..21]", "[18..21]"),
        ("(18..21)", "(18..21)"),
        ("]18..21[", "(18..21)"),
        ("[-2..-1.5]", "[-2..-1.5]"),
        ("[18..)", "(>= 18)"),
        ("(..21]", "(<= 21)"),
        ('[\\"a\\"..\\"c\\"]', '["a".."c"]'),
        ('[date(\\"2020-01-01\\")..@\\"2020-02-01\\"]', '[@"2020-01-01"..@"2020-02-01"]'),
        ('[duration(\\"PT1H\\")..duration(\\"PT2H\\")]', '[@"PT1H"..@"PT2H"]'),
    ],
)
def test_a_range_is_read_from_its_text(text, expected):
    assert feel(f'range("{text}")') == feel(expected)


@pytest.mark.parametrize(
    "text", ["", "[1..", "1..3", "[3..1]", '[1..\\"a\\"]', "[..]", "[1+1..3]", "[1..2..3]", "[..3]"]
)
def test_what_is_no_range_is_null(text):
    assert feel(f'range("{text}")') is None


def test_a_range_has_ends():
    value = feel("[1..5)")

    assert isinstance(value, RangeValue)
    assert feel("r.start + r.end", r=value) == 6
    assert feel("[r.start included, r.end included]", r=value) == [True, False]
