"""Rounding of columns: exact units by whole-number arithmetic, near values by both ends."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.frame import EXACT_LIMIT
from yanzhen.engines.columnar.numbers import ULP, Array, Numbers, natural

Flags = npt.NDArray[np.bool_]

# by floor quotient q and rest r of a step f: whether to go one up
_UP: Mapping[str, Callable[[Array, Array, float, Array], Flags]] = {
    "floor": lambda _q, r, _f, _v: np.zeros(r.shape, bool),
    "ceiling": lambda _q, r, _f, _v: r > 0,
    "down": lambda _q, r, _f, v: (r > 0) & (v < 0),
    "up": lambda _q, r, _f, v: (r > 0) & (v > 0),
    "half up": lambda _q, r, f, v: (2 * r > f) | ((2 * r == f) & (v > 0)),
    "half down": lambda _q, r, f, v: (2 * r > f) | ((2 * r == f) & (v < 0)),
    "half even": lambda q, r, f, _v: (2 * r > f) | ((2 * r == f) & (np.fmod(q, 2) != 0)),
}


def round_exact(number: Numbers, mode: str, places: int) -> Numbers:
    """Round exact units to ``places`` decimals.

    >>> round_exact(Numbers(np.array([25.0, -25.0, 24.0]), 1, 25.0), "half up", 0).values.tolist()
    [3.0, -3.0, 2.0]
    """
    if number.scale <= places:
        return number
    step = 10.0 ** (number.scale - places)
    values = number.values
    quotient = np.floor_divide(values, step)
    rest = values - quotient * step
    units = quotient + _UP[mode](quotient, rest, step, values)
    limit = number.limit / step + 1
    if places >= 0:
        return Numbers(units, places, limit)
    return Numbers(units * 10.0**-places, 0, limit * 10.0**-places)


def round_near(number: Numbers, mode: str, places: int) -> tuple[Array, Flags]:
    """Round near values: units of ``10**-places``, and the rows that must be computed exactly."""
    values, error = natural(number)
    factor = 10.0**places
    scaled = values * factor
    slack = error * factor * (1 + 8 * ULP) + (np.abs(scaled) + 1) * (2 * ULP)
    low, high = _real(scaled - slack, mode), _real(scaled + slack, mode)
    doubtful = (low != high) | (np.abs(low) > EXACT_LIMIT / 4)
    return low, doubtful & ~np.isnan(values)


def _real(values: Array, mode: str) -> Array:
    """Round floats to whole numbers; every mode grows with its argument."""
    match mode:
        case "floor":
            return np.floor(values)
        case "ceiling":
            return np.ceil(values)
        case "down":
            return np.trunc(values)
        case "up":
            return np.copysign(np.ceil(np.abs(values)), values)
        case "half even":
            return np.rint(values)
        case "half up":
            return np.copysign(np.floor(np.abs(values) + 0.5), values)
        case _:
            return np.copysign(np.ceil(np.abs(values) - 0.5), values)
