"""A sheet before it is painted: texts with styles, drop-downs, comments, print set-up (版面)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Value = str | float | bool | date | datetime
Style = Literal["title", "key", "value", "head", "cell", "number", "sign", "bad", "reason"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A drop-down over the cells from ``first`` to ``last`` (row, column), both included."""

    first: tuple[int, int]
    last: tuple[int, int]
    items: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """One sheet.

    Attributes:
        name: of the sheet, at most 31 characters.
        cells: value and style by 0-based row and column.
        merged: first row, first column, last row, last column of each merged range.
        widths: of the columns, in characters.
        heights: of rows that need more than one line, in points.
        offers: drop-downs.
        comments: by row and column.
        frozen: rows above this one stay in sight.
        repeated: first and last row printed at the head of each page.
        hidden: whether people do not see the sheet.
    """

    name: str
    cells: dict[tuple[int, int], tuple[Value, Style]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    frozen: int = 0
    repeated: tuple[int, int] | None = None
    hidden: bool = False

    def put(self, row: int, column: int, value: Value, style: Style = "cell") -> None:
        """Write one cell."""
        self.cells[row, column] = value, style

    def put_across(self, row: int, column: int, last: int, value: Value, style: Style) -> None:
        """Write one cell that spans the columns up to ``last``."""
        self.put(row, column, value, style)
        if last > column:
            self.merged.append((row, column, row, last))

    def size(self) -> tuple[int, int]:
        """Number of rows and columns in use."""
        rows = max((row for row, _ in self.cells), default=-1) + 1
        columns = max((column for _, column in self.cells), default=-1) + 1
        spans = max((last for _, _, _, last in self.merged), default=-1) + 1
        return rows, max(columns, spans)
