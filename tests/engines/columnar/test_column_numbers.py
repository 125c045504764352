from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.engines.columnar import numbers
from yanzhen.engines.columnar.exact import OPERATIONS, ROUNDINGS, round_number
from yanzhen.engines.columnar.frame import EXACT_LIMIT
from yanzhen.engines.columnar.rounding import round_exact, round_near
from yanzhen.engines.feel.numerals import NUMBERS

FUNCTIONS = {
    "add": numbers.add,
    "subtract": numbers.subtract,
    "multiply": numbers.multiply,
    "divide": numbers.divide,
    "least": lambda a, b: numbers.pick(a, b, np.minimum),
    "greatest": lambda a, b: numbers.pick(a, b, np.maximum),
}
decimals = st.one_of(
    st.none(),
    st.decimals(-1000, 1000, places=2),
    st.decimals(min_value=-(10**18), max_value=10**18, places=0),
    st.decimals(-1, 1, places=12),
    st.sampled_from([Decimal(0), Decimal(1) / 3, Decimal("1E-30"), Decimal("9E+40")]),
)


def bounds(column):
    """The least and greatest decimal that a column of one row allows; None for null."""
    values, error = numbers.natural(column)
    value = float(np.atleast_1d(values)[0])
    if np.isnan(value):
        return None
    slack = float(np.atleast_1d(error)[0])
    if column.exact:
        units = int(np.atleast_1d(column.values)[0])
        exactly = Decimal(units).scaleb(-column.scale)
        return exactly, exactly
    if np.isinf(slack):
        return Decimal("-Infinity"), Decimal("Infinity")
    return Decimal(value) - Decimal(slack), Decimal(value) + Decimal(slack)


@pytest.mark.parametrize("op", sorted(FUNCTIONS))
@given(one=decimals, other=decimals, third=decimals)
def test_the_true_value_lies_within_the_bound(op, one, other, third):
    left, right, more = (numbers.from_decimal(value) for value in (one, other, third))

    with np.errstate(all="ignore"):
        # a second step, so that near operands are met as well
        column = FUNCTIONS[op](numbers.divide(left, more), right)
    inner = OPERATIONS["divide"](None, [one, third])
    truth = OPERATIONS[op](None, [inner, other])

    found = bounds(column)
    if found is None:
        assert truth is None
    elif truth is None:
        assert found == (Decimal("-Infinity"), Decimal("Infinity"))
    else:
        assert found[0] <= truth <= found[1]


@given(st.integers(-(2**53), 2**53), st.integers(0, 6), st.integers(-3, 6))
@pytest.mark.parametrize("mode", sorted(ROUNDINGS))
def test_exact_columns_round_as_decimals_do(mode, units, scale, places):
    column = numbers.exact(np.array([float(units)]), scale, EXACT_LIMIT)

    rounded = round_exact(column, mode, places)

    expected = round_number(Decimal(units).scaleb(-scale), mode, places)
    assert Decimal(int(rounded.values[0])).scaleb(-rounded.scale) == expected


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(-2, 5))
@pytest.mark.parametrize("mode", sorted(ROUNDINGS))
def test_near_columns_round_as_decimals_do_or_ask(mode, dividend, divisor, places):
    quotient = numbers.divide(
        numbers.from_decimal(Decimal(dividend)), numbers.from_decimal(Decimal(divisor))
    )

    units, doubtful = round_near(quotient, mode, places)

    exact = NUMBERS.divide(Decimal(dividend), Decimal(divisor))
    expected = round_number(exact, mode, places)
    if not doubtful:
        assert Decimal(int(units)).scaleb(-places) == expected


def test_few_quotients_are_in_doubt():
    dividends = np.arange(1.0, 20_001.0)
    quotient = numbers.divide(
        numbers.exact(dividends, 2, 20_000.0), numbers.from_decimal(Decimal(7919))
    )

    _, doubtful = round_near(quotient, "half up", 6)

    assert doubtful.sum() == 0


def test_dividing_by_zero_is_null():
    column = numbers.divide(
        numbers.exact(np.array([1.0, 0.0]), 0, 1.0), numbers.from_decimal(Decimal(0))
    )

    assert np.isnan(column.values).all()


def test_a_quotient_of_zero_is_known_to_be_zero():
    quotient = numbers.divide(
        numbers.exact(np.array([0.0, 5.0]), 2, 5.0), numbers.from_decimal(Decimal(3))
    )

    product = numbers.multiply(quotient, quotient)

    assert [column.error[0] for column in (quotient, product)] == [0.0, 0.0]
    assert [column.error[1] > 0 for column in (quotient, product)] == [True, True]
