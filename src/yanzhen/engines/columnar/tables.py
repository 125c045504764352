"""What look-ups and cut points come to for one frame, computed once and shared by all blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

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

    def __init__(self, frame: Frame, known: dict[str, dict[Any, Any]] | None = None) -> None:
        """Tables of a frame.

        Args:
            frame: the facts.
            known: where to keep tables between runs of a plan. Given again with another frame,
                only look-ups by the words of a text column whose words differ are made anew.
        """
        kept = {} if known is None else known
        self._frame = frame
        self._domains: dict[Term, list[Value]] = {}
        self._values: dict[Term, dict[Term, list[Value]]] = {}
        self._truths: dict[Term, TruthTable] = {}
        self._numbers: dict[Term, Numbers] = {}
        self._texts: dict[Term, TextTable] = {}
        self._thresholds: dict[tuple[Term, int | None], Array] = kept.setdefault("thresholds", {})
        self._programs: dict[Term, Program] = kept.setdefault("programs", {})
        self._for_all: dict[Term, TruthTable | Numbers | TextTable] = kept.setdefault("tables", {})
        self._worded: dict[Term, Any] = kept.setdefault("worded", {})

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
        table = self._truths.get(term) or self._found(term)
        if table is None:
            levels = np.array([LEVEL_OF[value] for value in self.values(term)], np.uint8)
            table = self._keep(term, self._truths, _truth_table(levels))
        return table

    def numbers(self, term: Term) -> Numbers:
        """A look-up of numbers: by code."""
        table = self._numbers.get(term) or self._found(term)
        if table is None:
            table = self._keep(term, self._numbers, _number_table(self.values(term)))
        return table

    def texts(self, term: Term) -> TextTable:
        """A look-up of texts."""
        table = self._texts.get(term) or self._found(term)
        if table is None:
            values = self.values(term)
            words = tuple(dict.fromkeys(value for value in values if value is not None))
            place = {word: code for code, word in enumerate(words)}
            codes = np.array([-1 if v is None else place[v] for v in values], np.int32)
            table = self._keep(term, self._texts, TextTable(codes, words))
        return table

    def _keep[T: (TruthTable, Numbers, TextTable)](
        self, term: Term, own: dict[Term, T], table: T
    ) -> T:
        """Keep a table with the plan, or with the frame where it depends on the frame's words."""
        if self.holds_for_all(term):
            self._for_all[term] = table
        else:
            own[term] = table
            self._by_words(term.args[0])[term] = table
        return table

    def holds_for_all(self, term: Term) -> bool:
        """Whether a look-up is the same for every frame: not by the words of a text column."""
        coded = term.args[0]
        return coded.op == "cells" or coded.kind == "truth"

    def _by_words(self, coded: Term) -> dict[Term, Any]:
        """Tables by the words of a text column, kept as long as the words stay the same."""
        column = self._frame.columns[coded.data]
        words = column.words if isinstance(column, TextColumn) else ()
        kept: tuple[tuple[str, ...], dict[Term, Any]] | None = self._worded.get(coded)
        if kept is None or kept[0] != words:
            kept = self._worded[coded] = (words, {})
        return kept[1]

    def _found(self, term: Term) -> Any:
        """A table made in an earlier run of the plan, if it still holds."""
        if self.holds_for_all(term):
            return self._for_all.get(term)
        return self._by_words(term.args[0]).get(term)

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


def prepare(terms: Iterable[Term], known: dict[str, dict[Any, Any]]) -> None:
    """Make the look-ups that hold for every frame, so that the first run finds them made.

    Args:
        terms: of a plan.
        known: where the plan keeps its tables.
    """
    tables = Tables(Frame(0, {}), known)
    for term in terms:
        if term.op != "lookup" or not tables.holds_for_all(term):
            continue
        match term.kind:
            case "truth":
                tables.truth(term)
            case "text":
                tables.texts(term)
            case _:
                tables.numbers(term)


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
