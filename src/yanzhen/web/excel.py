"""Tables as workbooks that are ready to send (导出表): title, unit, day, numbers, print set-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

RISKY = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROW_HEIGHT_HEAD = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its words and width in characters."""

    words: str
    width: int


def safe_cell(value: Any) -> Any:
    """A value that a spreadsheet shows and never runs: texts that look like formulas are quoted."""
    if isinstance(value, str) and value.startswith(RISKY):
        return "'" + value
    return value


def workbook(
    title: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Any]],
    *,
    unit: str,
    made_on: date,
    watermark: str,
) -> bytes:
    """One sheet: title row, unit and day, numbered rows, frozen heading, A4 print set-up.

    Args:
        title: stands on top and names the sheet.
        headings: without the number column, which is added.
        rows: one sequence a row, in the order of ``headings``.
        unit: the unit that made the table (制表单位).
        made_on: the day it was made.
        watermark: who took it out and when; stands in the footer of every page.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    when = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    last = len(headings)
    sheet.merge_range(0, 0, 0, last, title, bold)
    sheet.write(1, 0, f"制表单位：{unit}")
    sheet.write(1, last, f"{made_on:%Y-%m-%d}")
    sheet.write_row(2, 0, ["序号", *(h.words for h in headings)], head)
    sheet.set_column(0, 0, 6)
    for column, heading in enumerate(headings, start=1):
        sheet.set_column(column, column, heading.width)
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.write_number(count + 2, 0, count, cell)
        for column, value in enumerate(row, start=1):
            _write(sheet, count + 2, column, value, cell, when)
    sheet.freeze_panes(ROW_HEIGHT_HEAD, 0)
    sheet.autofilter(2, 0, max(count + 2, 2), last)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, max(count + 2, 2), last)
    sheet.set_footer(f"&L{watermark}&R第 &P / &N 页")
    book.close()
    return stream.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, cell: Any, when: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, cell)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, when)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value, cell)
    else:
        sheet.write_string(row, column, safe_cell(str(value)), cell)


def download(name: str, content: bytes) -> HttpResponse:
    """The workbook as a file whose name is the report's, Chinese included."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = (
        f"attachment; filename=\"report.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    response["Cache-Control"] = "private, no-store"
    return response
