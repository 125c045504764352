"""A sheet as the readers see it: merged cells filled, lines found by their headings (表头识别)."""

from collections.abc import Iterator
from dataclasses import dataclass

from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.open_book import Raw, RawSheet
from yanzhen.engines.dmn.excel.reading import Place


@dataclass(slots=True)
class Grid:
    """One sheet with the value of each merged range in all of its cells."""

    sheet: RawSheet
    filled: dict[tuple[int, int], Raw]

    @classmethod
    def of(cls, sheet: RawSheet) -> "Grid":
        """Fill the merged ranges of a sheet."""
        filled: dict[tuple[int, int], Raw] = {}
        for top, left, bottom, right in sheet.merged:
            value = sheet.value(top, left)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    filled[row, column] = value
        return cls(sheet, filled)

    def at(self, row: int, column: int) -> Place:
        """One cell."""
        value = self.filled.get((row, column), self.sheet.value(row, column))
        return Place(self.sheet, row, column, value)

    def rows(self) -> range:
        """All rows."""
        return range(len(self.sheet.rows))

    def mark(self, row: int) -> str:
        """The word in the first column, without spaces and colon."""
        return w.plain(self.at(row, 0).value)

    def find(self, mark: str, start: int = 0) -> int | None:
        """The first row with ``mark`` in its first column."""
        return next((row for row in self.rows() if row >= start and self.mark(row) == mark), None)

    def line(self, key: str) -> Place | None:
        """The cell beside a heading in the first column."""
        row = self.find(key)
        return None if row is None else self.at(row, 1)

    def columns(self) -> range:
        """All columns but the first."""
        return range(1, self.sheet.width())

    def body(self, start: int) -> Iterator[int]:
        """The rows from ``start`` up to the signatures."""
        for row in self.rows()[start:]:
            if self.mark(row) == w.SIGNATURES[0]:
                return
            yield row


def passed_over(text: str) -> bool:
    """Whether a row that begins so is a total or a note, and no row of the table.

    >>> passed_over("合计"), passed_over("注：以上均含本数"), passed_over("12")
    (True, True, False)
    """
    narrow = w.plain(text)
    return any(narrow == word.rstrip(":") or narrow.startswith(word) for word in w.PASSED_OVER)
