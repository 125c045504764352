"""Distribution, concentration, budget, bands and exact sums."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.columnar.column_books import frame

from yanzhen.engines.columnar.sandbox.budget import check_budget
from yanzhen.engines.columnar.sandbox.groups import Grouping, banded
from yanzhen.engines.columnar.sandbox.spread import spread_of
from yanzhen.engines.columnar.sandbox.sums import exact_dot, exact_sum, sums_by
from yanzhen.kernel.errors import DecisionError

fens = st.lists(st.integers(-(2**62), 2**62), max_size=40)


@given(fens)
def test_sums_are_exact_whatever_their_size(values):
    fen = np.array(values, np.int64)
    ranks = np.arange(len(values), dtype=np.int64)

    found = (exact_sum(fen), exact_dot(ranks, fen), sums_by(ranks % 3, fen, 3))

    assert found == (
        sum(values),
        sum(rank * value for rank, value in enumerate(values)),
        [sum(values[first::3]) for first in range(3)],
    )


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_gini_is_that_of_its_definition(values):
    fen = np.array(values, np.int64)

    found = spread_of(fen).concentration.gini

    if not sum(values):
        assert found is None
    else:
        apart = sum(abs(one - other) for one in values for other in values)
        exact = Fraction(apart, 2 * len(values) * sum(values))
        assert abs(Fraction(found) - exact) <= Fraction(1, 10**6)


@given(fens)
def test_bins_add_up_to_the_whole(values):
    spread = spread_of(np.array(values, np.int64))

    assert sum(part.count for part in spread.bins) == spread.count == len(values)
    assert sum(part.cost for part in spread.bins) == spread.cost == sum(values)


def test_quantiles_and_shares_of_the_few():
    fen = np.arange(1, 101, dtype=np.int64)[::-1]

    spread = spread_of(fen, quantiles=[Decimal("0.5"), Decimal(1)], bins=[Decimal("0.50")])

    assert spread.quantiles == {Decimal("0.5"): 50, Decimal(1): 100}
    assert [(part.low, part.high, part.count) for part in spread.bins] == [
        (None, 50, 49),
        (50, None, 51),
    ]
    assert spread.concentration.top_percent == Decimal("0.019802")
    assert spread.concentration.top_tenth == spread.concentration.largest_ten == Decimal("0.189109")


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_paying_by_the_factor_stays_within_the_budget(budget, cost):
    check = check_budget(budget, cost)

    assert check.factor * cost <= budget or check.is_enough
    assert check.left == budget - cost


def test_numbers_become_bands_and_their_bounds_belong_above():
    column = frame(*({"revenue": value} for value in (None, Decimal(9), Decimal(10)))).columns[
        "revenue"
    ]

    bands = banded(column, [Decimal(10)], ["小", "大"])

    assert bands.codes.tolist() == [-1, 0, 1]
    with pytest.raises(DecisionError, match="put them into bands"):
        Grouping("revenue", column)
