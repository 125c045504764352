"""What look-ups and cut points come to for one frame, computed once and shared by all blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.cuts import Boundary, representatives
from yanzhen.engines.columnar.exact import Program, Value, over_domain
from yanzhen.engines.columnar.frame import (
    EXACT_LIMIT,
    NO,
    UNKNOWN,
    YES,
    Codes,
    Frame,
    Levels,
    TextColumn,
)
from yanzhen.engines.columnar.numbers import ULP, Array, Numbers, near, units_of
from yanzhen.engines.columnar.terms import Term

LEVEL_OF = {False: NO, None: UNKNOWN, True: YES}
_WIDE = Context(prec=6200, Emin=-9999, Emax=9999, traps=[])
_STEPS = 4
"""A truth table with up to so many steps is a sum of comparisons, quicker than a look-up."""


@dataclass(frozen=True, slots=True)
class TruthTable:
    """Level by code; ``steps`` are (code, change of level) from ``start`` on, if they are few."""

    levels: Levels
    as_bytes: bytes
    start: int
    steps: tuple[tuple[int, int], ...] | None


@dataclass(frozen=True, slots=True)
class TextTable:
    """Number of a word by code, -1 for null, and the words."""

    codes: Codes
    words: tuple[str, ...]


class Tables:
    """Tables of one plan for one frame, made when they are first needed."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._domains: dict[Term, list[Value]] = {}
        self._values: dict[Term, dict[Term, list[Value]]] = {}
        self._truths: dict[Term, TruthTable] = {}
        self._numbers: dict[Term, Numbers] = {}
        self._texts: dict[Term, TextTable] = {}
        self._thresholds: dict[tuple[Term, int | None], Array] = {}
        self._programs: dict[Term, Program] = {}

    def program(self, term: Term) -> Program:
        """The exact way to compute a term."""
        program = self._programs.get(term)
        if program is None:
            program = self._programs[term] = Program(term)
        return program

    # look-ups

    def _domain(self, coded: Term) -> list[Value]:
        """The value of the source at each code, null first (for truths: by level)."""
        domain = self._domains.get(coded)
        if domain is None:
            if coded.op == "cells":
                domain = list(representatives(coded.data[0]))
            elif coded.kind == "truth":
                domain = [False, None, True]
            else:
                column = self._frame.columns[coded.data]
                domain = [None, *column.words] if isinstance(column, TextColumn) else [None]
            self._domains[coded] = domain
        return domain

    def values(self, term: Term) -> list[Value]:
        """The value of a look-up at each code, computed by the exact reference."""
        body, source = term.data
        coded = term.args[0]
        known = self._values.setdefault(coded, {})
        return over_domain(body, source, self._domain(coded), known)

    def truth(self, term: Term) -> TruthTable:
        """A look-up of truths."""
        table = self._truths.get(term)
        if table is None:
            levels = np.array([LEVEL_OF[value] for value in self.values(term)], np.uint8)
            table = self._truths[term] = _truth_table(levels)
        return table

    def numbers(self, term: Term) -> Numbers:
        """A look-up of numbers: by code."""
        table = self._numbers.get(term)
        if table is None:
            table = self._numbers[term] = _number_table(self.values(term))
        return table

    def texts(self, term: Term) -> TextTable:
        """A look-up of texts."""
        table = self._texts.get(term)
        if table is None:
            values = self.values(term)
            words = tuple(dict.fromkeys(value for value in values if value is not None))
            place = {word: code for code, word in enumerate(words)}
            codes = np.array([-1 if v is None else place[v] for v in values], np.int32)
            table = self._texts[term] = TextTable(codes, words)
        return table

    # cut points

    def thresholds(self, cells: Term, scale: int | None) -> Array:
        """Where the cells begin: in whole units of ``10**-scale``, or near for scale None.

        A row has passed boundary ``i`` if its value is at least threshold ``i``.
        """
        key = (cells, scale)
        found = self._thresholds.get(key)
        if found is None:
            make = _near_threshold if scale is None else _unit_threshold
            found = np.array([make(boundary, scale or 0) for boundary in cells.data[0]])
            self._thresholds[key] = found
        return found


def _unit_threshold(boundary: Boundary, scale: int) -> float:
    point, beyond = boundary
    units = point.scaleb(scale, _WIDE)
    if beyond:
        whole = int(units.to_integral_value(ROUND_FLOOR, _WIDE)) + 1
    else:
        whole = int(units.to_integral_value(ROUND_CEILING, _WIDE))
    most = int(EXACT_LIMIT) + 2
    return float(max(-most, min(most, whole)))


def _near_threshold(boundary: Boundary, _: int) -> float:
    point, beyond = boundary
    threshold = float(point)
    return float(np.nextafter(threshold, np.inf)) if beyond else threshold


def _truth_table(levels: Levels) -> TruthTable:
    changes = np.diff(levels.astype(np.int64))
    places = np.flatnonzero(changes)
    steps = None
    if len(places) <= _STEPS:
        steps = tuple((int(place) + 1, int(changes[place])) for place in places)
    as_bytes = levels.tobytes().ljust(256, b"\0") if len(levels) <= 256 else b""  # noqa: PLR2004
    return TruthTable(levels, as_bytes, int(levels[0]), steps)


def _number_table(values: Sequence[Decimal | None]) -> Numbers:
    known = [units_of(value) for value in values if value is not None]
    scale = max((scale for scale, _ in known), default=0)
    limit = max((abs(units) * 10 ** (scale - s) for s, units in known), default=0)
    if limit <= EXACT_LIMIT and scale <= 22:  # noqa: PLR2004 -- powers of ten exact as floats
        units = [np.nan if v is None else float(v.scaleb(scale, _WIDE)) for v in values]
        return Numbers(np.array(units), scale, float(limit))
    floats = np.array([np.nan if v is None else float(v) for v in values])
    return near(floats, np.abs(floats) * ULP)


def levels_by_steps(table: TruthTable, codes: npt.NDArray[np.unsignedinteger]) -> Levels:
    """Levels of a table with few steps: a sum of comparisons, in wrapping bytes."""
    assert table.steps is not None  # noqa: S101 -- the caller has looked
    total: Levels | None = None
    for code, change in table.steps:
        passed = (codes >= code).view(np.uint8)
        if abs(change) == YES:
            passed += passed
        if total is None:
            total = passed if change > 0 else np.negative(passed)
        elif change > 0:
            total += passed
        else:
            total -= passed
    if total is None:
        return np.full(codes.shape, table.start, np.uint8)
    if table.start:
        total += np.uint8(table.start)
    return total
