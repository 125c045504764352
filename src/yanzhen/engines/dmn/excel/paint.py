"""Pages to an XLSX file (成册)."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from yanzhen.engines.dmn.excel.page import Page, Style, Value
from yanzhen.engines.dmn.excel.words import HIDDEN
from yanzhen.kernel.errors import DecisionError

A4 = 9
LONGEST_CELL = 32_767
_UNHOLDABLE = ("\ufffe", "\uffff")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "{=")
_FONT = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
_BOX = {**_FONT, "border": 1, "num_format": "@"}
_STYLES: dict[Style, dict[str, Any]] = {
    "title": {**_FONT, "font_size": 16, "bold": True, "align": "center"},
    "key": {**_BOX, "bold": True, "bg_color": "#F2F2F2"},
    "value": {**_BOX, "align": "left"},
    "head": {**_BOX, "bold": True, "bg_color": "#DDEBF7", "align": "center"},
    "cell": {**_BOX, "align": "left"},
    "number": {**_BOX, "num_format": "General", "align": "center"},
    "sign": {**_FONT, "bottom": 1, "align": "left"},
    "bad": {**_BOX, "bg_color": "#FDE2E0", "align": "left"},
    "reason": {**_FONT, "font_color": "#B42318", "align": "left"},
}
_KINDS: dict[str, dict[str, Any]] = {
    "": {},
    "quoted": {"quote_prefix": True},
    "date": {"num_format": "yyyy-mm-dd"},
    "number": {"num_format": "General"},
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_OFFER_COLUMN = 20
"""The lists of drop-downs stand on the hidden sheet from this column on."""


def paint(pages: Sequence[Page]) -> bytes:
    """The pages as an XLSX file.

    Raises:
        DecisionError: a text has more characters than a cell can hold, or one that no cell can.
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        _Painter(book).run(pages)
    return stream.getvalue()


class _Painter:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[tuple[Style, str], Any] = {}
        self.lists: dict[tuple[str, ...], str] = {}
        self.hidden: Any = None

    def run(self, pages: Sequence[Page]) -> None:
        made = [(page, self.book.add_worksheet(page.name)) for page in pages]
        self.hidden = next((sheet for page, sheet in made if page.hidden), None)
        for page, sheet in made:
            self._cells(page, sheet)
            if page.hidden:
                sheet.very_hidden()
                continue
            self._offers(page, sheet)
            for (row, column), text in page.comments.items():
                options = {"x_scale": 2.2, "y_scale": 1 + text.count("\n") / 4}
                sheet.write_comment(row, column, text, options)
            self._print_setup(page, sheet)

    def _format(self, style: Style, value: Value) -> Any:
        kind = ""
        if isinstance(value, str) and value.startswith(_RISKY):
            kind = "quoted"  # so that editing the cell does not turn its text into a formula
        elif isinstance(value, date):
            kind = "date"
        elif not isinstance(value, str):
            kind = "number"
        if (style, kind) not in self.formats:
            self.formats[style, kind] = self.book.add_format({**_STYLES[style], **_KINDS[kind]})
        return self.formats[style, kind]

    def _cells(self, page: Page, sheet: Any) -> None:
        spans = {(top, left): (bottom, right) for top, left, bottom, right in page.merged}
        for (row, column), (value, style) in sorted(page.cells.items()):
            form = self._format(style, value)
            if (row, column) in spans:
                sheet.merge_range(row, column, *spans[row, column], "", form)
            _write(sheet, row, column, value, form)
        for column, width in page.widths.items():
            sheet.set_column(column, column, width)
        for row, height in page.heights.items():
            sheet.set_row(row, height)

    def _offers(self, page: Page, sheet: Any) -> None:
        for offer in page.offers:
            if self.hidden is None:
                return
            sheet.data_validation(
                *offer.first,
                *offer.last,
                {
                    "validate": "list",
                    "source": self._list(offer.items),
                    "error_type": "information",
                    "error_title": "不在列表中",
                    "error_message": "所填内容不在列表中；如确需填写，请点“确定”。",
                },
            )

    def _list(self, items: tuple[str, ...]) -> str:
        """The range on the hidden sheet that holds ``items``; a list of any length fits there."""
        if items not in self.lists:
            column = _OFFER_COLUMN + len(self.lists)
            for row, item in enumerate(items):
                _write(self.hidden, row, column, item, self._format("cell", item))
            span = xlsxwriter.utility.xl_range_abs(0, column, len(items) - 1, column)
            self.lists[items] = f"='{HIDDEN}'!{span}"
        return self.lists[items]

    def _print_setup(self, page: Page, sheet: Any) -> None:
        rows, columns = page.size()
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
        sheet.print_area(0, 0, max(rows - 1, 0), max(columns - 1, 0))
        if page.frozen:
            sheet.freeze_panes(page.frozen, 1)
        if page.repeated is not None:
            sheet.repeat_rows(*page.repeated)


def _write(sheet: Any, row: int, column: int, value: Value, form: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value, form)
    elif not isinstance(value, str):
        sheet.write_number(row, column, value, form)
    elif value:
        if len(value) > LONGEST_CELL or any(mark in value for mark in _UNHOLDABLE):
            shown = value[:20]
            raise DecisionError(
                f"“{shown}…” does not fit a cell: at most {LONGEST_CELL} characters, no U+FFFE or "
                "U+FFFF; split the expression or the text"
            )
        sheet.write_string(row, column, value, form)
    else:
        sheet.write_blank(row, column, None, form)
