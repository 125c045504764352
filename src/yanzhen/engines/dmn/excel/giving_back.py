"""The same book with what is wrong beside each row and at each cell (退回改正)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.grid import Grid
from yanzhen.engines.dmn.excel.layout import column_width, offer_words
from yanzhen.engines.dmn.excel.open_book import RawSheet, open_book
from yanzhen.engines.dmn.excel.page import Page, Style, Value
from yanzhen.engines.dmn.excel.paint import paint
from yanzhen.engines.dmn.excel.report import BookFault, in_words, place

_REASON_WIDTH = 50.0
_OFFERS_FROM = 20
"""Where drop-down lists stand on the hidden sheet; they are written anew."""


def give_back(content: bytes, faults: Sequence[BookFault]) -> bytes:
    """The same book with a column 错误说明, comments and color at the cells (退回改正).

    Values, merged cells and the hidden sheet are those of the book; frames, widths and print
    set-up are drawn anew. A cell that held a formula shows its last value. A column 错误说明 of
    an earlier return is replaced. The book can be mended and read again.

    Args:
        content: the bytes of the book as it came.
        faults: of ``read_table_book``.

    Raises:
        DataError: the file cannot be opened as a workbook.
    """
    grouped: dict[str, list[BookFault]] = defaultdict(list)
    for fault in faults:
        grouped[fault.sheet].append(fault)
    sheets = open_book(content)
    shown = next((sheet.name for sheet in sheets if not sheet.hidden), "")
    grouped[shown] += grouped.pop("", [])
    return paint([_page(sheet, grouped[sheet.name]) for sheet in sheets])


def _page(sheet: RawSheet, faults: list[BookFault]) -> Page:
    page = Page(sheet.name, hidden=sheet.hidden)
    if sheet.hidden:
        _copy_hidden(page, sheet)
        return page
    grid = Grid.of(sheet)
    top = grid.find(w.ROLE)
    head = top if top is not None else grid.find(w.NUMBER)
    ours = _earlier(grid, head)
    covered = {
        (row, column)
        for up, left, bottom, right in sheet.merged
        for row in range(up, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (up, left)
    }
    bad = {fault.cell for fault in faults}
    last = 0
    for row in grid.rows():
        for column in range(sheet.width()):
            value = sheet.value(row, column)
            if column == ours or (row, column) in covered or value == "":
                continue
            style = "bad" if place(row, column) in bad else _style(grid, row, column, head)
            page.put(row, column, _value(value), style)
            last = max(last, column)
    page.merged = list(sheet.merged)
    last = max([last, *(right for _, _, _, right in sheet.merged)])
    _put_faults(page, faults, head, last)
    _set_up(page, grid, head, last)
    return page


def _copy_hidden(page: Page, sheet: RawSheet) -> None:
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells[:_OFFERS_FROM]):
            if value != "":
                page.put(row, column, _value(value))


def _earlier(grid: Grid, head: int | None) -> int | None:
    """The column that an earlier return added."""
    row = head or 0
    return next(
        (c for c in grid.columns() if w.plain(grid.at(row, c).value) == w.ERROR_HEADING), None
    )


def _value(value: object) -> Value:
    if isinstance(value, str | bool | float | int | date | datetime):
        return value
    return str(value)


def _style(grid: Grid, row: int, column: int, head: int | None) -> Style:
    if row == 0 and grid.mark(row) not in w.HEADER_MARKS:
        return "title"
    if head is None or row < head:
        return "key" if column == 0 else "value"
    mark = grid.mark(row)
    if row == head or (mark in w.HEADER_MARKS and row <= head + 2 * len(w.HEADER_MARKS)):
        return "head"
    if mark in w.SIGNATURES:
        return "sign"
    return "number" if column == 0 else "cell"


def _put_faults(page: Page, faults: list[BookFault], head: int | None, last: int) -> None:
    rows: dict[int, list[BookFault]] = defaultdict(list)
    for fault in faults:
        letters = fault.cell.rstrip("0123456789")
        row = int(fault.cell[len(letters) :] or 1) - 1
        rows[row].append(fault)
        if fault.cell:
            column = _column(letters)
            page.comments[row, column] = f"{fault.message}。{fault.mend}"
            page.cells.setdefault((row, column), ("", "bad"))
    if not faults:
        return
    page.put(head or 0, last + 1, w.ERROR_HEADING, "head")
    for row, found in rows.items():
        # a fault of the heading row itself stands behind the heading
        column = last + 2 if row == (head or 0) else last + 1
        page.put(row, column, in_words(found), "reason")
        page.widths[column] = _REASON_WIDTH


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _set_up(page: Page, grid: Grid, head: int | None, last: int) -> None:
    start = head or 0
    for column in range(last + 1):
        texts = [str(grid.at(row, column).value) for row in grid.rows() if row >= start]
        page.widths[column] = 12.0 if column == 0 else column_width(texts)
    lines = [(grid.mark(row), "") for row in grid.rows() if row < start]
    offer_words(page, lines, 0)
    if head is None:
        return
    marks = [r for r in grid.rows() if r >= head and grid.mark(r) in w.HEADER_MARKS] or [head]
    page.frozen = marks[-1] + 1
    page.repeated = (head, min(head + 1, marks[-1]))
    is_table = grid.mark(head) == w.ROLE
    for column in grid.columns():
        role = w.plain(grid.at(head, column).value)
        if is_table and role in {w.INPUT, w.OUTPUT}:
            text = w.CELL_HELP if role == w.INPUT else w.RESULT_HELP
            page.comments.setdefault((head, column), text)
