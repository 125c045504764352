"""How money is spread: quantiles, a histogram with declared bins, concentration (金额分布)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np

from yanzhen.engines.columnar.sandbox.sums import Fen, exact_dot, exact_sum
from yanzhen.kernel.errors import DecisionError

QUANTILES = tuple(Decimal(text) for text in ("0.1", "0.25", "0.5", "0.75", "0.9", "0.99"))
BINS = tuple(Decimal(10) ** power for power in range(2, 9))
"""Bounds in yuan: below 100, 100 to under 1000, and so on; the last bin is 100 million and more."""

_PLACES = Decimal("0.000001")
_PERCENT, _TENTH, _LARGEST = Fraction(1, 100), Fraction(1, 10), 10


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a histogram: amounts from ``low`` to under ``high``; None is open.

    ``low`` and ``high`` are in fen, ``cost`` is their sum in fen.
    """

    low: int | None
    high: int | None
    count: int
    cost: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much goes to the few.

    Shares lie between 0 and 1 with 6 decimals. All are None where nothing is paid or an amount is
    negative, since shares mean nothing there.

    Attributes:
        top_percent: share of the 1 % of recipients with most money, at least one of them.
        top_tenth: share of the 10 % with most.
        largest_ten: share of the ten with most.
        gini: 0 where all get the same, towards 1 where one gets everything.
    """

    top_percent: Decimal | None
    top_tenth: Decimal | None
    largest_ten: Decimal | None
    gini: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of known amounts.

    Attributes:
        count: rows with a known amount.
        cost: their sum in fen.
        least: the smallest in fen, None without rows.
        most: the largest in fen, None without rows.
        quantiles: by share of rows, the amount in fen that at least so many do not exceed; always
            an amount that somebody gets.
        bins: a histogram; counts and costs add up to ``count`` and ``cost``.
        concentration: how much goes to the few.
    """

    count: int
    cost: int
    least: int | None
    most: int | None
    quantiles: dict[Decimal, int]
    bins: tuple[Bin, ...]
    concentration: Concentration


def spread_of(
    fen: Fen, *, quantiles: Sequence[Decimal] = QUANTILES, bins: Sequence[Decimal] = BINS
) -> Spread:
    """The distribution of some amounts.

    Args:
        fen: the amounts.
        quantiles: shares above 0 and at most 1.
        bins: ascending bounds in yuan; below the first and from the last on are bins of their own.

    Raises:
        DecisionError: a share is out of range, or bounds do not ascend or are no whole fen.
    """
    if any(not 0 < share <= 1 for share in quantiles):
        raise DecisionError("a quantile lies above 0 and at most at 1")
    ordered = np.sort(fen)
    return Spread(
        len(ordered),
        exact_sum(ordered),
        int(ordered[0]) if len(ordered) else None,
        int(ordered[-1]) if len(ordered) else None,
        {share: int(ordered[_rank(share, len(ordered))]) for share in quantiles if len(ordered)},
        tuple(_bins(ordered, [_fen(bound) for bound in bins])),
        _concentration(ordered),
    )


def _rank(share: Decimal, count: int) -> int:
    return int((share * count).to_integral_value(ROUND_CEILING)) - 1


def _fen(bound: Decimal) -> int:
    fen = bound * 100
    if fen != int(fen):
        raise DecisionError(f"a bin cannot begin at {bound} yuan: that is no whole fen")
    return int(fen)


def _bins(ordered: Fen, bounds: list[int]) -> list[Bin]:
    if bounds != sorted(set(bounds)):
        raise DecisionError("the bounds of bins must ascend")
    places = [0, *np.searchsorted(ordered, bounds, side="left").tolist(), len(ordered)]
    lows, highs = [None, *bounds], [*bounds, None]
    return [
        Bin(low, high, stop - start, exact_sum(ordered[start:stop]))
        for low, high, start, stop in zip(lows, highs, places[:-1], places[1:], strict=True)
    ]


def _concentration(ordered: Fen) -> Concentration:
    count, total = len(ordered), exact_sum(ordered)
    if not count or total <= 0 or ordered[0] < 0:
        return Concentration(None, None, None, None)

    def share(rows: int) -> Decimal:
        return _decimal(Fraction(exact_sum(ordered[max(count - rows, 0) :]), total))

    ranks = np.arange(1, count + 1, dtype=np.int64)
    gini = Fraction(2 * exact_dot(ranks, ordered), count * total) - Fraction(count + 1, count)
    return Concentration(
        share(_part(count, _PERCENT)), share(_part(count, _TENTH)), share(_LARGEST), _decimal(gini)
    )


def _part(count: int, share: Fraction) -> int:
    """So many of ``count`` rows, rounded up."""
    return -(-count * share.numerator // share.denominator)


def _decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_PLACES, ROUND_HALF_UP)
