"""One block of rows: computes every term of a plan to one small array (行块)."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar import number_ops, numbers, text_ops, truth_ops
from yanzhen.engines.columnar.columns import Cells, Column, Handler, Rows, Texts, at_rows
from yanzhen.engines.columnar.exact import Value
from yanzhen.engines.columnar.frame import Frame, NumberColumn, TextColumn, TruthColumn
from yanzhen.engines.columnar.tables import LEVEL_OF, Tables
from yanzhen.engines.columnar.terms import NUMERIC, Term, walk

_BYTE = 255
_HANDLERS: dict[tuple[str, str], Handler] = {
    **truth_ops.HANDLERS,
    **number_ops.HANDLERS,
    **text_ops.HANDLERS,
}


class Block:
    """Computes terms for some rows of a frame.

    Args:
        frame: the facts.
        tables: look-ups and cut points of this plan and frame.
        rows: which rows of the frame: a range, or their numbers.
        uses: how often each term will still be asked for; what is used up is let go, so that only
            what is alive takes room. None keeps everything.
        around: the block that holds these rows, if there is one; what it has is not made again.
        order: what each root needed in the blocks before, in order; blocks asked for the same
            roots in the same sequence share it, so that only the first finds it out.

    Attributes:
        size: how many rows there are.
        tables: as given.
    """

    def __init__(
        self,
        frame: Frame,
        tables: Tables,
        rows: range | Rows,
        *,
        uses: dict[Term, int] | None = None,
        around: "Block | None" = None,
        order: dict[Term, tuple[Term, ...]] | None = None,
    ) -> None:
        self.size = len(rows)
        self.tables = tables
        self._frame = frame
        self._rows = rows
        self._uses = uses
        self._around = around
        self._order = order
        self._here: Rows | None = None
        self._done: dict[Term, Any] = {}
        self._codes: dict[Term, Cells] = {}

    def some(self, rows: Rows) -> "Block":
        """A block of some rows of this one, numbered within it."""
        start = self._rows.start if isinstance(self._rows, range) else 0
        part = Block(self._frame, self.tables, rows + start, around=self)
        part._here = rows
        return part

    def compute(self, root: Term) -> Any:
        """The column of a term: ``Numbers``, ``Texts``, levels or cells."""
        if root not in self._done:
            for term in self._needed(root):
                self._done[term] = self._make(term)
                for arg in term.args:
                    self.drop(arg)
        return self._done[root]

    def _needed(self, root: Term) -> Iterable[Term]:
        """The terms to make for a root, operands first."""
        if self._order is None:
            return (term for term in walk([root], self._lacking) if term not in self._done)
        order = self._order.get(root)
        if order is None:
            terms = walk([root], self._lacking)
            order = self._order[root] = tuple(term for term in terms if term not in self._done)
        return order

    def drop(self, term: Term) -> None:
        """Say that a term has been used once."""
        if self._uses is None:
            return
        self._uses[term] -= 1
        if not self._uses[term]:
            self._done.pop(term, None)

    def exact(self, term: Term, row: int) -> Value:
        """The exact value of a term in one row of this block."""
        frame, place = self._frame, int(self._rows[row])
        return self.tables.program(term).run(lambda name: frame.scalar(name, place))

    def codes(self, term: Term) -> Cells:
        """The codes of a source that is looked up: small integers, null first."""
        value = self._done[term]
        if not isinstance(value, Texts):
            return value  # type: ignore[no-any-return]
        codes = self._codes.get(term)
        if codes is None:
            small = len(value.words) < _BYTE
            codes = (value.codes + np.int32(1)).astype(np.uint8 if small else np.intp)
            self._codes[term] = codes
        return codes

    def _lacking(self, term: Term) -> tuple[Term, ...]:
        """The operands of a term that must be made before it."""
        return () if term in self._done or self._borrow(term) else term.args

    def _borrow(self, term: Term) -> bool:
        """Take the rows of a column that the block around this one has made."""
        if self._around is None or self._here is None or term.is_const:
            return False
        held = self._around._done.get(term)  # noqa: SLF001 -- of the same class
        if held is None:
            return False
        self._done[term] = at_rows(held, self._here)
        return True

    def _make(self, term: Term) -> Any:
        if term.op == "const":
            return _constant(term)
        if term.op == "fact":
            return self._fact(term.data)
        handler = _HANDLERS[term.op, _family(term)]
        return handler(self, term, [self._done[arg] for arg in term.args])

    def _fact(self, name: str) -> Column:
        column, rows = self._frame.columns[name], self._rows
        index: slice | Rows = slice(rows.start, rows.stop) if isinstance(rows, range) else rows
        match column:
            case NumberColumn():
                return numbers.from_column(column, column.values[index])
            case TextColumn():
                return Texts(column.codes[index], column.words)
            case TruthColumn():
                levels: npt.NDArray[np.uint8] = column.levels[index]
                return levels


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
