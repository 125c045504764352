"""Columns of numbers with a certified bound on their error.

A ``Numbers`` is either *exact*: whole units of ``10**-scale`` held in floats, none beyond
``2**53``; or *near*: floats in natural units with, for each row, a bound on the distance from the
interpreter's decimal. NaN is null in both. Where nearness does not settle a question the caller
computes the row exactly; a bound of infinity asks for that outright.

Each near operation adds ``2**-52`` of its result to the bound. Half of that is the rounding of the
float; the other half is far more than the interpreter's own rounding at 34 digits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.frame import EXACT_LIMIT, NumberColumn

Array = npt.NDArray[np.float64]
ULP = 2.0**-52
TINY = 1e-290
"""Added to the bound of products and general quotients, which could vanish unnoticed. A zero that
is known to be one keeps the bound 0, so that comparing it with 0 needs no exact computing."""
_MAX_SCALE = 22
"""Powers of ten up to here are exact as floats."""
_NONE = np.float64(0.0)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column or a constant; ``error`` is None where it is exact.

    ``limit`` is at least the size of every value, in units of ``10**-scale``; infinite if near.
    """

    values: Array
    scale: int
    limit: float
    error: Array | None = None

    @property
    def exact(self) -> bool:
        """Whether the values are exactly the interpreter's."""
        return self.error is None


def exact(values: Array, scale: int, limit: float) -> Numbers:
    """Whole units that are known to be exact."""
    return Numbers(values, scale, limit)


def from_column(column: NumberColumn, values: Array) -> Numbers:
    """A fact, or a part of its rows."""
    if column.limit <= EXACT_LIMIT:
        return Numbers(values, column.scale, column.limit)
    natural = values / 10.0**column.scale
    return near(natural, np.abs(natural) * (2 * ULP))


def from_decimal(value: Decimal | None) -> Numbers:
    """A constant; None is null."""
    if value is None:
        return Numbers(np.asarray(np.nan), 0, 0.0)
    scale, units = units_of(value)
    if abs(units) <= EXACT_LIMIT and scale <= _MAX_SCALE:
        return Numbers(np.asarray(float(units)), scale, float(abs(units)))
    natural = np.asarray(float(value))
    return near(natural, np.abs(natural) * ULP)


def units_of(value: Decimal) -> tuple[int, int]:
    """The least scale of at least 0 at which a decimal is whole, and its units there.

    >>> units_of(Decimal("1.50")), units_of(Decimal("1E+2"))
    ((1, 15), (0, 100))
    """
    if not value:
        return 0, 0
    sign, digits, exponent = value.as_tuple()
    units, scale = int("".join(map(str, digits))), -int(exponent)
    if scale < 0:
        return 0, (-units if sign else units) * 10**-scale
    while scale and not units % 10:
        units, scale = units // 10, scale - 1
    return scale, -units if sign else units


def near(values: Array, error: Array) -> Numbers:
    """Near values; what overflowed, or has no bound, is left to exact computing."""
    lost = np.isinf(values) | (np.isnan(error) & ~np.isnan(values)) | np.isinf(error)
    if lost.any():
        values = np.where(lost, 0.0, values)
        error = np.where(lost, np.inf, error)
    return Numbers(values, 0, np.inf, error)


def natural(number: Numbers) -> tuple[Array, Array]:
    """Values in natural units, and their bound."""
    if number.error is not None:
        return number.values, number.error
    if not number.scale:
        return number.values, np.asarray(_NONE)
    values = number.values / 10.0**number.scale
    return values, np.abs(values) * ULP


def aligned(one: Numbers, other: Numbers) -> tuple[Array, Array, int, float, float] | None:
    """Both in the same units with that scale and the two limits; None if not exact there."""
    if one.error is not None or other.error is not None:
        return None
    scale = max(one.scale, other.scale)
    up, other_up = 10.0 ** (scale - one.scale), 10.0 ** (scale - other.scale)
    limit, other_limit = one.limit * up, other.limit * other_up
    if max(limit, other_limit) > EXACT_LIMIT:
        return None
    left = one.values if up == 1.0 else one.values * up
    right = other.values if other_up == 1.0 else other.values * other_up
    return left, right, scale, limit, other_limit


def add(one: Numbers, other: Numbers) -> Numbers:
    """``one + other``."""
    return _sum(one, other, np.add)


def subtract(one: Numbers, other: Numbers) -> Numbers:
    """``one − other``."""
    return _sum(one, other, np.subtract)


def _sum(one: Numbers, other: Numbers, function: Callable[..., Array]) -> Numbers:
    same = aligned(one, other)
    if same is not None:
        left, right, scale, limit, other_limit = same
        if limit + other_limit <= EXACT_LIMIT:
            return Numbers(function(left, right), scale, limit + other_limit)
    (a, a_error), (b, b_error) = natural(one), natural(other)
    values = function(a, b)
    return near(values, a_error + b_error + np.abs(values) * ULP)


def multiply(one: Numbers, other: Numbers) -> Numbers:
    """``one × other``."""
    scale, limit = one.scale + other.scale, one.limit * other.limit
    if one.exact and other.exact and limit <= EXACT_LIMIT and scale <= _MAX_SCALE:
        return Numbers(one.values * other.values, scale, limit)
    (a, a_error), (b, b_error) = natural(one), natural(other)
    values = a * b
    error = np.abs(a) * b_error + np.abs(b) * a_error + a_error * b_error
    zero = ((a == 0) & (a_error == 0)) | ((b == 0) & (b_error == 0))
    tiny = np.where(zero, 0.0, TINY)
    return near(values, error * (1 + ULP) + np.abs(values) * ULP + tiny)


def divide(one: Numbers, other: Numbers) -> Numbers:
    """``one ÷ other``; null where ``other`` is 0, left to exact computing where it may be."""
    if one.exact and other.exact:
        return _divide_units(one, other)
    (a, a_error), (b, b_error) = natural(one), natural(other)
    values = a / b
    room = np.abs(b) - b_error
    error = (a_error + np.abs(values) * b_error) / room * (1 + 4 * ULP)
    error = error + np.abs(values) * (2 * ULP) + TINY
    if other.exact:
        return near(np.where(b == 0, np.nan, values), error)
    doubtful = (room <= 0) & ~np.isnan(a)
    return near(np.where(doubtful, 0.0, values), np.where(doubtful, np.inf, error))


def _divide_units(one: Numbers, other: Numbers) -> Numbers:
    """The quotient of exact columns: one rounding, and one more to move the decimal point."""
    units = other.values
    values = one.values / np.where(units == 0, np.nan, units)
    shift = other.scale - one.scale
    if shift > 0:
        values = values * 10.0**shift
    elif shift < 0:
        values = values / 10.0**-shift
    return near(values, np.abs(values) * (ULP * 1.25))


def power(number: Numbers, exponent: int) -> Numbers:
    """``number ** exponent`` for a whole exponent from 1 on."""
    result = number
    for _ in range(exponent - 1):
        result = multiply(result, number)
    return result


def negate(number: Numbers) -> Numbers:
    """``−number``."""
    return Numbers(-number.values, number.scale, number.limit, number.error)


def absolute(number: Numbers) -> Numbers:
    """The size of each value."""
    return Numbers(np.abs(number.values), number.scale, number.limit, number.error)


def pick(one: Numbers, other: Numbers, function: Callable[..., Array]) -> Numbers:
    """``np.minimum`` or ``np.maximum`` of two columns; null if either is."""
    same = aligned(one, other)
    if same is not None:
        left, right, scale, limit, other_limit = same
        return Numbers(function(left, right), scale, max(limit, other_limit))
    (a, a_error), (b, b_error) = natural(one), natural(other)
    values = function(a, b)
    return near(values, np.broadcast_to(np.maximum(a_error, b_error), values.shape))


def choose(
    holds: npt.NDArray[np.bool_], fails: npt.NDArray[np.bool_] | None, yes: Numbers, no: Numbers
) -> Numbers:
    """``yes`` where ``holds``, ``no`` where ``fails`` (None: everywhere else), null elsewhere."""
    same = aligned(yes, no)
    if same is not None:
        left, right, scale, limit, other_limit = same
        return Numbers(_where(holds, fails, left, right), scale, max(limit, other_limit))
    (a, a_error), (b, b_error) = natural(yes), natural(no)
    values = _where(holds, fails, a, b)
    return near(values, np.where(holds, a_error, b_error))


def _where(
    holds: npt.NDArray[np.bool_], fails: npt.NDArray[np.bool_] | None, yes: Array, no: Array
) -> Array:
    rest = no if fails is None else np.where(fails, no, np.nan)
    return np.where(holds, yes, rest)
