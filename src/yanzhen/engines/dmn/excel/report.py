"""What reading a book gives: the decision, the faults, and what was normalized (读取结果)."""

from collections.abc import Iterable
from dataclasses import dataclass

from yanzhen.engines.dmn.model import Decision


def place(row: int, column: int) -> str:
    """The name of a cell from its 0-based row and column.

    >>> place(6, 2), place(0, 27)
    ('C7', 'AB1')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class BookFault:
    """One fault of a book (错误说明).

    Attributes:
        sheet: name of the sheet; empty for the book as a whole.
        cell: its cell, such as ``C7``; empty for the sheet as a whole.
        message: what is wrong, in Chinese.
        mend: what to write instead, in Chinese.
    """

    sheet: str
    cell: str
    message: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}：{self.message}。{self.mend}" if where else f"{self.message}。{self.mend}"


@dataclass(frozen=True, slots=True)
class BookNote:
    """One cell that was taken otherwise than it was written (规范化说明).

    Attributes:
        sheet: name of the sheet.
        cell: its cell; empty for the sheet as a whole.
        given: what stands there.
        taken: what it was read as.
        how: what was done, in Chinese.
    """

    sheet: str
    cell: str
    given: str
    taken: str
    how: str


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A book as read.

    Attributes:
        decision: the decision, or None where there are faults.
        faults: every fault, by sheet in the order of the book.
        notes: what was normalized.
    """

    decision: Decision | None
    faults: tuple[BookFault, ...] = ()
    notes: tuple[BookNote, ...] = ()


def in_words(faults: Iterable[BookFault]) -> str:
    """The faults of one row in one text, for the column 错误说明."""
    return "；".join(f"{f.cell} {f.message}，{f.mend}" for f in faults)
