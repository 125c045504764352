"""One block of rows: every term of a plan to one small array."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context
from typing import Any

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar import calendar, numbers
from yanzhen.engines.columnar.cuts import cell_of
from yanzhen.engines.columnar.exact import Value
from yanzhen.engines.columnar.frame import (
    EXACT_LIMIT,
    NO,
    UNKNOWN,
    YES,
    Codes,
    Frame,
    Levels,
    NumberColumn,
    TextColumn,
    TruthColumn,
)
from yanzhen.engines.columnar.numbers import ULP, Array, Numbers
from yanzhen.engines.columnar.rounding import round_exact, round_near
from yanzhen.engines.columnar.tables import LEVEL_OF, Tables, levels_by_steps
from yanzhen.engines.columnar.terms import NUMERIC, Term, walk

Rows = slice | npt.NDArray[np.intp]
Cells = npt.NDArray[np.unsignedinteger]
_BYTE = 255
_WIDE = Context(prec=6200, Emin=-9999, Emax=9999, traps=[])


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts: numbers of words, -1 for null."""

    codes: Codes
    words: tuple[str, ...]


Column = Levels | Numbers | Texts | Cells


class Block:
    """Computes terms for some rows of a frame.

    Args:
        frame: the facts.
        tables: look-ups and cut points of this plan and frame.
        rows: which rows.
        uses: how often each term will still be asked for; what is used up is let go. None keeps
            everything.
        within: the block that holds these rows, if there is one; what it has is not made again.
    """

    def __init__(
        self,
        frame: Frame,
        tables: Tables,
        rows: Rows,
        uses: dict[Term, int] | None = None,
        within: "Block | None" = None,
    ) -> None:
        self._frame = frame
        self._tables = tables
        self._rows = rows
        self._uses = uses
        self._within = within
        self._done: dict[Term, Any] = {}
        self._first = rows.start if isinstance(rows, slice) else 0
        self.size = rows.stop - rows.start if isinstance(rows, slice) else len(rows)

    def compute(self, root: Term) -> Any:
        """The column of a term: ``Numbers``, ``Texts`` or levels."""
        if root not in self._done:
            for term in walk([root], self._missing_args):
                if term not in self._done:
                    self._done[term] = self._term(term)
                    self._release(term)
        return self._done[root]

    def _missing_args(self, term: Term) -> tuple[Term, ...]:
        return () if term in self._done or self._borrow(term) else term.args

    def _borrow(self, term: Term) -> bool:
        """Take the rows of a column that the block around this one has made."""
        if self._within is None or term.is_const:
            return False
        held = self._within._done.get(term)
        if held is None:
            return False
        self._done[term] = _at_rows(held, self._rows - self._within._first)
        return True

    def some(self, rows: npt.NDArray[np.intp]) -> "Block":
        """A block of some rows of this one, numbered within it."""
        return Block(self._frame, self._tables, rows + self._first, None, self)

    def _release(self, term: Term) -> None:
        if self._uses is None:
            return
        for arg in term.args:
            self.drop(arg)

    def drop(self, term: Term) -> None:
        """Say that a term has been used once."""
        if self._uses is None:
            return
        left = self._uses[term] - 1
        self._uses[term] = left
        if not left:
            self._done.pop(term, None)

    def _term(self, term: Term) -> Any:
        if term.op == "const":
            return _constant(term)
        if term.op == "fact":
            return self._fact(term)
        handler = _HANDLERS.get((term.op, _family(term)))
        if handler is None:
            raise AssertionError(f"no column form of {term.op} for {term.kind}")  # noqa: TRY003
        return handler(self, term)

    def _args(self, term: Term) -> list[Any]:
        return [self._done[arg] for arg in term.args]

    # exact values of single rows

    def exact(self, term: Term, row: int) -> Value:
        """The exact value of a term in one row of this block."""
        place = self._first + row if isinstance(self._rows, slice) else int(self._rows[row])
        frame = self._frame
        return self._tables.program(term).run(lambda name: frame.scalar(name, place))

    # facts

    def _fact(self, term: Term) -> Column:
        column = self._frame.columns[term.data]
        match column:
            case NumberColumn():
                return numbers.from_column(column, column.values[self._rows])
            case TextColumn():
                return Texts(column.codes[self._rows], column.words)
            case TruthColumn():
                return column.levels[self._rows]

    # truth

    def _and(self, term: Term) -> Levels:
        return _fold(np.minimum, self._args(term))

    def _or(self, term: Term) -> Levels:
        return _fold(np.maximum, self._args(term))

    def _not(self, term: Term) -> Levels:
        return np.subtract(np.uint8(YES), self._args(term)[0])

    def _is(self, term: Term) -> Levels:
        return _truth(self._args(term)[0] == LEVEL_OF[term.data])

    def _missing(self, term: Term) -> Levels:
        value = self._args(term)[0]
        if isinstance(value, Texts):
            return _truth(value.codes < 0)
        return _truth(value == UNKNOWN)

    def _text_compare(self, term: Term) -> Levels:
        left, right = self._args(term)
        place = {word: code for code, word in enumerate(left.words)}
        codes = np.array([-1, *(place.get(word, -2) for word in right.words)], np.int32)
        equal = _truth(left.codes == codes[right.codes + 1])
        known = (left.codes >= 0) & (right.codes >= 0)
        return np.where(known, equal, np.uint8(UNKNOWN))

    def _text_member(self, term: Term) -> Levels:
        value = self._args(term)[0]
        levels = [UNKNOWN, *(YES if word in term.data else NO for word in value.words)]
        return np.array(levels, np.uint8)[value.codes + 1]

    def _truth_lookup(self, term: Term) -> Levels:
        table = self._tables.truth(term)
        codes = self._codes(term)
        if table.steps is not None:
            return levels_by_steps(table, codes)
        if codes.dtype == np.uint8:
            found = codes.tobytes().translate(table.as_bytes)
            return np.frombuffer(found, np.uint8)
        return table.levels[codes]

    # look-ups and cells

    def _codes(self, term: Term) -> Any:
        value = self._args(term)[0]
        if isinstance(value, Texts):
            kept = self._done.get((term.args[0], "codes"))  # type: ignore[call-overload]
            if kept is None:
                small = len(value.words) < _BYTE
                kept = (value.codes + np.int32(1)).astype(np.uint8 if small else np.intp)
                self._done[(term.args[0], "codes")] = kept  # type: ignore[index]
            return kept
        return value

    def _number_lookup(self, term: Term) -> Numbers:
        table, codes = self._tables.numbers(term), self._codes(term)
        error = None if table.error is None else table.error[codes]
        return Numbers(table.values[codes], table.scale, table.limit, error)

    def _text_lookup(self, term: Term) -> Texts:
        table = self._tables.texts(term)
        return Texts(table.codes[self._codes(term)], table.words)

    def _cells(self, term: Term) -> Cells:
        number: Numbers = self._args(term)[0]
        if number.error is None:
            thresholds = self._tables.thresholds(term, number.scale)
            return _passed(number.values, thresholds, self.size)
        return self._near_cells(term, number, number.error)

    def _near_cells(self, term: Term, number: Numbers, error: Array) -> Cells:
        thresholds = self._tables.thresholds(term, None)
        values = np.broadcast_to(number.values, self.size)
        slack = error * (1 + 8 * ULP) + np.abs(values) * (2 * ULP)
        cells = _passed(values - slack, thresholds, self.size)
        doubtful = cells != _passed(values + slack, thresholds, self.size)
        doubtful |= np.isinf(slack)
        boundaries, source = term.data
        for row in np.flatnonzero(doubtful):
            cells[row] = cell_of(boundaries, self.exact(source, int(row)))
        return cells

    # numbers

    def _binary(self, term: Term) -> Numbers:
        left, right = self._args(term)
        return _BINARY[term.op](left, right)

    def _power(self, term: Term) -> Numbers:
        return numbers.power(self._args(term)[0], term.data)

    def _negate(self, term: Term) -> Numbers:
        return numbers.negate(self._args(term)[0])

    def _absolute(self, term: Term) -> Numbers:
        return numbers.absolute(self._args(term)[0])

    def _extreme(self, term: Term) -> Numbers:
        function = np.minimum if term.op == "least" else np.maximum
        result, *others = self._args(term)
        for other in others:
            result = numbers.pick(result, other, function)
        return result  # type: ignore[no-any-return]

    def _round(self, term: Term) -> Numbers:
        number: Numbers = self._args(term)[0]
        mode, places = term.data
        if number.error is None:
            return round_exact(number, mode, places)
        units, doubtful = round_near(number, mode, places)
        units = np.broadcast_to(units, self.size).copy()
        for row in np.flatnonzero(np.broadcast_to(doubtful, self.size)):
            value = self.exact(term, int(row))
            units[row] = np.nan if value is None else float(value.scaleb(places, _WIDE))
        limit = float(np.nanmax(np.abs(units), initial=0.0))
        if limit > EXACT_LIMIT:
            natural = units / 10.0**places
            return numbers.near(natural, np.abs(natural) * (4 * ULP))
        if places >= 0:
            return Numbers(units, places, limit)
        return Numbers(units * 10.0**-places, 0, limit * 10.0**-places)

    def _modulo(self, term: Term) -> Numbers:
        left, right = self._args(term)
        same = numbers.aligned(left, right)
        if same is None:
            return self._row_by_row(term)
        dividend, divisor, scale, _, limit = same
        rest = np.mod(dividend, np.where(divisor == 0, np.nan, divisor))
        return Numbers(rest, scale, limit)

    def _row_by_row(self, term: Term) -> Numbers:
        """The last resort: every row exactly."""
        values = [self.exact(term, row) for row in range(self.size)]
        floats = np.array([np.nan if value is None else float(value) for value in values])
        return numbers.near(floats, np.abs(floats) * ULP)

    def _tally(self, term: Term) -> Numbers:
        total = np.zeros(self.size)
        for levels in self._args(term):
            total += levels == YES
        return Numbers(total, 0, float(len(term.args)))

    def _number_if(self, term: Term) -> Numbers:
        condition, yes, no = self._args(term)
        fails = None if term.args[0].sure else condition == NO
        return numbers.choose(condition == YES, fails, yes, no)

    def _text_if(self, term: Term) -> Texts:
        condition, yes, no = self._args(term)
        words, codes = _merged(yes, no)
        rest = np.where(condition == NO, codes, np.int32(-1))
        return Texts(np.where(condition == YES, yes.codes, rest), words)

    # dates

    def _calendar(self, term: Term) -> Numbers:
        function = _CALENDAR[term.op]
        days = [number.values for number in self._args(term)]
        values = function(term.data, *days)
        return Numbers(values, 0, _DATE_LIMIT)


_DATE_LIMIT = 2.0**40
"""No day number, month count or part of a date is beyond this."""


def _at_rows(column: Any, rows: npt.NDArray[np.intp]) -> Any:
    """Some rows of a column."""
    match column:
        case Numbers():
            values = column.values[rows] if column.values.ndim else column.values
            error = column.error
            if error is not None and error.ndim:
                error = error[rows]
            return Numbers(values, column.scale, column.limit, error)
        case Texts():
            codes = column.codes[rows] if column.codes.ndim else column.codes
            return Texts(codes, column.words)
        case _:
            return column[rows] if column.ndim else column


def _family(term: Term) -> str:
    """What decides how an operation runs: the kind of its result, or of its operand if truth."""
    if term.kind == "truth" and term.op in {"compare", "member"}:
        return term.args[0].kind
    return "number" if term.kind in NUMERIC else term.kind


def _constant(term: Term) -> Column:
    if term.kind in NUMERIC:
        return numbers.from_decimal(term.data)
    if term.kind == "text":
        known = term.data is not None
        return Texts(np.asarray(0 if known else -1, np.int32), (term.data,) if known else ())
    return np.asarray(LEVEL_OF[term.data], np.uint8)


def _truth(flags: Any) -> Levels:
    levels = np.asarray(flags).view(np.uint8)
    return levels + levels


def _fold(function: Callable[..., Any], members: list[Levels]) -> Levels:
    first, second, *rest = members
    result: Levels = function(first, second)
    for member in rest:
        result = function(result, member, out=result) if result.shape else function(result, member)
    return result


def _passed(values: Array, thresholds: Array, size: int) -> Cells:
    """The cell of each row: 0 for null, else one more than the boundaries passed."""
    small = len(thresholds) + 1 <= _BYTE
    known = values == values  # noqa: PLR0124 -- the test for NaN
    cells: Cells = np.zeros(size, np.uint8 if small else np.uint16)
    cells += known
    for threshold in thresholds:
        cells += values >= threshold
    return cells


def _merged(one: Texts, other: Texts) -> tuple[tuple[str, ...], Codes]:
    """The words of both, and the codes of the other among them."""
    if one.words == other.words:
        return one.words, other.codes
    place = {word: code for code, word in enumerate(one.words)}
    for word in other.words:
        place.setdefault(word, len(place))
    codes = np.array([-1, *(place[word] for word in other.words)], np.int32)
    return tuple(place), codes[other.codes + 1]


_BINARY: dict[str, Callable[[Numbers, Numbers], Numbers]] = {
    "add": numbers.add,
    "subtract": numbers.subtract,
    "multiply": numbers.multiply,
    "divide": numbers.divide,
}
_CALENDAR: dict[str, Callable[..., Array]] = {
    "add months": calendar.add_months,
    "date part": calendar.date_part,
    "months between": calendar.months_between,
    "years": calendar.years,
    "rest months": calendar.rest_months,
}
_HANDLERS: dict[tuple[str, str], Callable[[Block, Term], Any]] = {
    ("and", "truth"): Block._and,
    ("or", "truth"): Block._or,
    ("not", "truth"): Block._not,
    ("is", "truth"): Block._is,
    ("missing", "truth"): Block._missing,
    ("compare", "text"): Block._text_compare,
    ("member", "text"): Block._text_member,
    ("lookup", "truth"): Block._truth_lookup,
    ("lookup", "number"): Block._number_lookup,
    ("lookup", "text"): Block._text_lookup,
    ("cells", "code"): Block._cells,
    ("power", "number"): Block._power,
    ("negate", "number"): Block._negate,
    ("absolute", "number"): Block._absolute,
    ("least", "number"): Block._extreme,
    ("greatest", "number"): Block._extreme,
    ("round", "number"): Block._round,
    ("modulo", "number"): Block._modulo,
    ("tally", "number"): Block._tally,
    ("if", "number"): Block._number_if,
    ("if", "text"): Block._text_if,
    **{(op, "number"): Block._binary for op in _BINARY},
    **{(op, "number"): Block._calendar for op in _CALENDAR},
}
