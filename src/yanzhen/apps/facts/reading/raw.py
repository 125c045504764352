"""A sheet as text, before anybody knows what it means."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from yanzhen.kernel.errors import DataError
from yanzhen.kernel.normalize.quantity import EXCEL_DIGITS

_SNIFFED = 64 * 1024
_EXACT = 10.0**EXCEL_DIGITS

type Cells = list[str]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Every row of a sheet as text, blank rows included.

    Attributes:
        rows: the cells; the first row has number ``first_row``.
        first_row: 1-based number of the first row, as a spreadsheet shows it.
        name: name of the sheet, empty for CSV.
        notes: what was done in reading, in Chinese.
    """

    rows: list[Cells]
    first_row: int = 1
    name: str = ""
    notes: tuple[str, ...] = ()


def read_csv(path: Path) -> list[RawSheet]:
    """A CSV file in UTF-8, with or without byte order mark, or in GB18030; one sheet.

    Raises:
        DataError: neither encoding fits, or it is no table of text.
    """
    content = path.read_bytes()
    notes = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise DataError(
                "文件不是 UTF-8 也不是 GB18030（GBK）编码：请用表格软件另存为“CSV UTF-8”后重新上传"
            ) from error
        notes.append("按 GB18030（GBK）编码读取")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise DataError("文件不是 CSV 表格：请用表格软件另存为“CSV UTF-8”后重新上传") from error
    return [RawSheet(rows, notes=tuple(notes))]


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: whichever the first lines hold most of."""
    head = text[:_SNIFFED].split("\n", 20)[:20]
    return max(",\t;", key=lambda mark: sum(line.count(mark) for line in head))


def read_xlsx(path: Path) -> list[RawSheet]:
    """Every sheet of a workbook; merged cells have their value in each of their cells.

    Raises:
        DataError: no workbook can be read from the file.
    """
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (CalamineError, OSError) as error:
        raise DataError("无法打开表格文件：请确认没有设置密码，另存为 .xlsx 后重新上传") from error
    read = []
    for sheet in sheets:
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        filled = _fill_merged(rows, sheet.merged_cell_ranges or [])
        notes = (f"{filled} 处合并单元格按拆分填充",) if filled else ()
        read.append(RawSheet(rows, name=sheet.name, notes=notes))
    return read


def _fill_merged(rows: list[Cells], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Write the value of each merged range into all of its cells."""
    filled = 0
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left].strip():
            continue
        filled += 1
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * (min(right + 1, len(row)) - left)
    return filled


def cell_text(
    cell: str | float | bool | time | date | datetime | timedelta,  # noqa: FBT001 -- a cell's value
) -> str:
    """A cell as text that loses nothing.

    A whole number is its digits; one of which the spreadsheet has already lost digits keeps its
    exponent, so that the loss can be seen.

    >>> cell_text(44378.0), cell_text(0.1), cell_text(1.23e17)
    ('44378', '0.1', '1.23e+17')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell)) if abs(cell) < _EXACT else f"{cell:.{EXCEL_DIGITS}g}"
        return repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return str(cell)
