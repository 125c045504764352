"""Cut points: all places where any rule asks on which side of a constant a value lies.

A numeric column that is only compared with constants need not be kept: it is enough to know in
which *cell* between cut points each row lies. One small integer a row then answers every rule.

Cell 0 is null; the others count the boundaries passed. Two boundaries may stand at one constant:
``(c, 0)`` is passed from ``c`` on, ``(c, 1)`` beyond ``c``.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

from yanzhen.engines.columnar.terms import Term

Boundary = tuple[Decimal, int]

_SIDES: dict[str, tuple[int, ...]] = {"=": (0, 1), ">=": (0,), "<": (0,), ">": (1,), "<=": (1,)}


def boundaries_of(op: str, data: Any) -> set[Boundary]:
    """The boundaries that a comparison with ``data``, or a ``member`` of ``data``, asks for."""
    if op == "member":
        return {(value, side) for value in data for side in (0, 1)}
    return {(data, side) for side in _SIDES[op]}


def representatives(boundaries: Sequence[Boundary]) -> list[Decimal | None]:
    """One value from each cell, None for cell 0.

    >>> representatives([(Decimal(5), 0), (Decimal(5), 1)])
    [None, Decimal('4'), Decimal('5'), Decimal('6')]
    """
    if not boundaries:
        return [None, Decimal(0)]
    with localcontext(prec=200):
        values: list[Decimal | None] = [None, boundaries[0][0] - 1]
        for (low, low_side), (high, high_side) in pairwise(boundaries):
            values.append(low if low == high and low_side < high_side else (low + high) / 2)
        values.append(boundaries[-1][0] + 1)
    return values


def cell_of(boundaries: Sequence[Boundary], value: Decimal | None) -> int:
    """The cell of one exact value."""
    if value is None:
        return 0
    return bisect_left(boundaries, (value, 1)) + 1


@dataclass(frozen=True, slots=True)
class CutPoints:
    """The boundaries of each source, in ascending order."""

    of: dict[Term, tuple[Boundary, ...]]

    @classmethod
    def collected(cls, asked: Iterable[tuple[Term, set[Boundary]]]) -> "CutPoints":
        """All boundaries asked for, sorted, each once."""
        found: dict[Term, set[Boundary]] = {}
        for source, boundaries in asked:
            found.setdefault(source, set()).update(boundaries)
        return cls({source: tuple(sorted(points)) for source, points in found.items()})
