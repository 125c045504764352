"""What a run over a population gives: verdicts, amounts and values by enterprise."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from yanzhen.engines.columnar.frame import ArrowArray
from yanzhen.engines.columnar.plan import FEN_PLACES, Target
from yanzhen.engines.columnar.terms import Kind
from yanzhen.engines.feel.civil import day_from_number
from yanzhen.kernel.errors import DecisionError

Verdicts = npt.NDArray[np.int8]

_PRECISION = 38
_WIDE = Context(prec=6200, Emin=-9999, Emax=9999, traps=[])


@dataclass(frozen=True, slots=True)
class Amounts:
    """Whole fen by row, for rows with a known amount only.

    ``rows`` ascend; ``fen`` stands beside them.
    """

    rows: npt.NDArray[np.int32]
    fen: npt.NDArray[np.int64]

    def amount(self, row: int) -> Decimal | None:
        """The yuan of one row, None where there is no known amount."""
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            return None
        return Decimal(int(self.fen[place])).scaleb(-FEN_PLACES)

    def total(self) -> int:
        """The sum in fen."""
        return int(self.fen.sum())


@dataclass(frozen=True, slots=True)
class Values:
    """One column of values of other decisions.

    Attributes:
        kind: number, text, date or truth.
        values: whole units of ``10**-places`` for numbers, day numbers for dates, numbers of
            ``words`` for texts (-1 is null), 1, 0 and -1 for truths.
        known: where there is a value.
        places: decimals of a number.
        words: the texts.
    """

    kind: Kind
    values: npt.NDArray[Any]
    known: npt.NDArray[np.bool_]
    places: int = 0
    words: tuple[str, ...] = ()

    def to_arrow(self) -> ArrowArray:
        """Decimals, texts (dictionary), dates or booleans, with nulls."""
        missing = ~self.known
        match self.kind:
            case "truth":
                return pa.array(self.values == 1, pa.bool_(), mask=missing)
            case "text":
                codes = pa.array(self.values.astype(np.int32), pa.int32(), mask=missing)
                return pa.DictionaryArray.from_arrays(codes, pa.array(self.words, pa.string()))
            case "date":
                days = pa.array(self.values.astype(np.int32), pa.int32(), mask=missing)
                return days.cast(pa.date32())
            case _:
                return decimals(self.values, missing, self.places)

    def value(self, row: int) -> Any:
        """The value of one row as the interpreter gives it, rounded to ``places``; None if null."""
        if not self.known[row]:
            return None
        held = self.values[row]
        match self.kind:
            case "truth":
                return bool(held == 1)
            case "text":
                return self.words[held]
            case "date":
                return day_from_number(int(held))
            case _:
                return Decimal(int(held)).scaleb(-self.places, _WIDE)


def decimals(units: npt.NDArray[Any], missing: npt.NDArray[np.bool_], places: int) -> ArrowArray:
    """A decimal column from whole units."""
    if units.dtype == object:
        exact = [
            None if gone else Decimal(unit).scaleb(-places, _WIDE)
            for unit, gone in zip(units, missing, strict=True)
        ]
        return pa.array(exact, pa.decimal128(_PRECISION, places))
    whole = pa.array(units.astype(np.int64), mask=missing).cast(pa.decimal128(_PRECISION, 0))
    return pa.Array.from_buffers(pa.decimal128(_PRECISION, places), len(whole), whole.buffers())


@dataclass(frozen=True, slots=True)
class Result:
    """The answers of one run.

    Attributes:
        rows: how many enterprises there were.
        targets: what was asked, by name.
        verdicts: by name of a clause: 1 yes, 0 no, -1 unknown.
        amounts: by name of a clause that gives money.
        values: by name of the column (``decision`` or ``decision.member``).
        conditions: by name of a clause, the truth of each of its conditions in order (1, 0, -1),
            if they were asked for.
    """

    rows: int
    targets: Mapping[str, Target]
    verdicts: Mapping[str, Verdicts]
    amounts: Mapping[str, Amounts]
    values: Mapping[str, Values]
    conditions: Mapping[str, tuple[Verdicts, ...]]

    def amount(self, name: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """The fen of a clause for every row, and where they are known."""
        fen = np.zeros(self.rows, np.int64)
        known = np.zeros(self.rows, bool)
        held = self.amounts[name]
        fen[held.rows] = held.fen
        known[held.rows] = True
        return fen, known

    def first_failures(self, name: str) -> npt.NDArray[np.int64]:
        """How many enterprises fail at each condition of a clause: the first that is false.

        Raises:
            DecisionError: the run was not asked for conditions.
        """
        if name not in self.conditions:
            raise DecisionError(f"{name}: run with conditions=[{name!r}] to count its conditions")
        open_ = np.ones(self.rows, bool)
        counts = []
        for condition, truths in zip(
            self.targets[name].conditions, self.conditions[name], strict=True
        ):
            fails = open_ & (truths == (1 if condition.exclusion else 0))
            counts.append(int(fails.sum()))
            open_ &= ~fails
        return np.array(counts, np.int64)

    def to_table(self) -> pa.Table:
        """One column for each output: int8 verdicts, ``name.amount`` in yuan, typed values."""
        columns: dict[str, ArrowArray] = {}
        for target in self.targets.values():
            for output in target.outputs:
                if output.name in self.values:
                    columns[output.name] = self.values[output.name].to_arrow()
                elif output.only_if is None:
                    columns[output.name] = pa.array(self.verdicts[target.name])
                else:
                    fen, known = self.amount(target.name)
                    columns[output.name] = decimals(fen, ~known, output.places)
        return pa.table(columns)


def merge_words(
    parts: list[tuple[npt.NDArray[Any], tuple[str, ...]]],
) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
    """Codes of several blocks, each with its own words, over common words."""
    place: dict[str, int] = {}
    merged = []
    for codes, words in parts:
        for word in words:
            place.setdefault(word, len(place))
        own = np.array([-1, *(place[word] for word in words)], np.int32)
        merged.append(own[codes + 1])
    return np.concatenate(merged) if merged else np.zeros(0, np.int32), tuple(place)
