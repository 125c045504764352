"""Sums of fen that are exact whatever their size: parts small enough for the machine's numbers."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Fen = npt.NDArray[np.int64]

_INT_BITS = 63
_FLOAT_BITS = 53
_PART = 20
"""Bits split off at a time; 2**33 rows of such parts still add up exactly as floats."""
_STEP = 10
"""Bits split off at a time where rows are multiplied with weights."""


def exact_sum(fen: Fen) -> int:
    """The sum as Python's whole number.

    >>> exact_sum(np.array([2**62, 2**62, 1]))
    9223372036854775809
    """
    if _fits(fen, len(fen), _INT_BITS):
        return int(fen.sum())
    return (exact_sum(fen >> _PART) << _PART) + exact_sum(fen & _low(_PART))


def exact_dot(weights: Fen, fen: Fen) -> int:
    """The sum of products; ``weights`` are not negative, and their sizes times rows below 2**53."""
    if _fits(fen, int(weights.max(initial=0)) * len(fen), _INT_BITS):
        return int(weights @ fen)
    return (exact_dot(weights, fen >> _STEP) << _STEP) + exact_dot(weights, fen & _low(_STEP))


def sums_by(codes: npt.NDArray[np.intp], fen: Fen, groups: int) -> list[int]:
    """The sum of each group.

    Args:
        codes: the group of each row, from 0 on.
        fen: beside ``codes``.
        groups: how many groups there are.

    >>> sums_by(np.array([0, 2, 0]), np.array([5, 7, 2**60]), 3)
    [1152921504606846981, 0, 7]
    """
    if _fits(fen, len(fen), _FLOAT_BITS):
        sums = np.bincount(codes, weights=fen, minlength=groups)
        return [int(value) for value in sums]
    high = sums_by(codes, fen >> _PART, groups)
    low = sums_by(codes, fen & _low(_PART), groups)
    return [(upper << _PART) + lower for upper, lower in zip(high, low, strict=True)]


def counts_by(codes: npt.NDArray[np.intp], groups: int) -> list[int]:
    """How many rows each group has."""
    counted: Sequence[int] = np.bincount(codes, minlength=groups).tolist()
    return list(counted)


def _fits(fen: Fen, times: int, bits: int) -> bool:
    """Whether ``times`` values of this size add up without leaving ``bits`` bits."""
    reach = max(int(fen.max(initial=0)), -int(fen.min(initial=0)))
    return reach * times < 1 << bits


def _low(bits: int) -> int:
    return (1 << bits) - 1
