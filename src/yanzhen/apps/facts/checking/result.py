"""What checking one column gives: values, faults, and what was changed on the way."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yanzhen.apps.arrow import Values, pa, pc
from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize import Normalized

_QUOTED = re.compile("“[^”]*”|\\d[\\d-]*")


@dataclass(slots=True)
class Change:
    """One kind of change made to a column (规范化): how often, and an example."""

    what: str
    rows: int = 0
    example: str = ""


@dataclass(slots=True)
class ColumnResult:
    """A column with its type.

    Attributes:
        values: shape (n,), null where blank or faulty.
        faults: Chinese text by row.
        changes: what was normalized, by kind.
    """

    values: Values
    faults: dict[int, str] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)

    def note(self, notes: Iterable[str], given: str, rows: int) -> None:
        """Remember what was done to a value that stands in ``rows`` rows."""
        for text in notes:
            kind = _QUOTED.sub("…", text)
            change = self.changes.setdefault(kind, Change(kind, example=f"“{given}”：{text}"))
            change.rows += rows

    def refuse(self, mask: Values, text: Callable[[int], str]) -> None:
        """A fault for every row where ``mask`` is true, unless it has one."""
        for row in rows_where(mask):
            self.faults.setdefault(row, text(row))


def rows_where(mask: Values) -> list[int]:
    """Rows where a column of truth values is true."""
    return [int(row) for row in true_rows(mask)]


def true_rows(mask: Values) -> NDArray[np.int64]:
    """The same as an array."""
    sure = pc.fill_null(mask, False)
    return np.flatnonzero(sure.to_numpy(zero_copy_only=False))


def read_odd(
    result: ColumnResult,
    given: Values,
    odd: NDArray[np.int64],
    read: Callable[[str], Normalized[Any]],
) -> tuple[NDArray[np.int64], list[Any]]:
    """Read the values in the rows ``odd`` one by one, each distinct value once.

    Args:
        result: receives faults and changes.
        given: the whole column as text.
        odd: rows that no fast way can read.
        read: reads one value or raises CellError.

    Returns:
        Rows read without fault, and their values.
    """
    if not odd.size:
        return odd, []
    packed = given.take(pa.array(odd)).dictionary_encode()
    counts = np.bincount(packed.indices.to_numpy(zero_copy_only=False))
    values: list[Any] = []
    faults: list[str | None] = []
    for text, count in zip(packed.dictionary.to_pylist(), counts.tolist(), strict=True):
        try:
            found = read(text)
        except CellError as error:
            values.append(None)
            faults.append(str(error))
        else:
            values.append(found.value)
            faults.append(None)
            result.note(found.notes, text, count)
    rows, read_values = [], []
    for row, i in zip(odd.tolist(), packed.indices.to_pylist(), strict=True):
        fault = faults[i]
        if fault is None:
            rows.append(row)
            read_values.append(values[i])
        else:
            result.faults[row] = fault
    return np.asarray(rows, dtype=np.int64), read_values


def overlay(values: Values, rows: NDArray[np.int64], new: list[Any]) -> Values:
    """``values`` with ``new`` in ``rows``."""
    if not rows.size:
        return values
    mask = np.zeros(len(values), dtype=bool)
    mask[rows] = True
    return pc.replace_with_mask(values, pa.array(mask), pa.array(new, values.type))
