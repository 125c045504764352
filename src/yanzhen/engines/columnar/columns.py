"""What a term is for some rows, and what its computing may ask of the block around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.exact import Value
from yanzhen.engines.columnar.frame import Codes, Levels
from yanzhen.engines.columnar.numbers import Numbers
from yanzhen.engines.columnar.tables import Tables
from yanzhen.engines.columnar.terms import Term

Cells = npt.NDArray[Any]
"""Small integers: the cell, or the code of a text plus one; 0 is null."""
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts: numbers of words, -1 for null."""

    codes: Codes
    words: tuple[str, ...]


Column = Levels | Numbers | Texts | Cells
"""Constants are columns without a dimension."""


class Site(Protocol):
    """The rows for which a term is computed."""

    size: int
    tables: Tables

    def exact(self, term: Term, row: int) -> Value:
        """The exact value of a term in one of these rows."""
        ...

    def codes(self, term: Term) -> Cells:
        """The column by which a look-up is indexed, for its operand ``term``."""
        ...


Handler = Callable[[Site, Term, Sequence[Any]], Any]
"""Computes a term from the columns of its operands."""


def at_rows(column: Column, rows: Rows) -> Column:
    """Some rows of a column; a constant stays one."""
    match column:
        case Numbers():
            error = column.error
            return Numbers(
                _part(column.values, rows),
                column.scale,
                column.limit,
                None if error is None else _part(error, rows),
            )
        case Texts():
            return Texts(_part(column.codes, rows), column.words)
        case _:
            return _part(column, rows)


def _part(values: npt.NDArray[Any], rows: Rows) -> npt.NDArray[Any]:
    return values[rows] if values.ndim else values
