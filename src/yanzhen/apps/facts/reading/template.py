"""Templates that people fill in, and the mark by which an old one is still read (填报模板).

A hidden sheet says of which data set and version a template is and which columns it had. A file
made from an older one may lack columns that came later: they count as not filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from yanzhen.apps.facts.reading.raw import RawSheet
from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import Column, Dataset

MARK_SHEET = "_yanzhen"
EXAMPLE = "示例"
"""How the code of the example row begins; such rows are no data."""

_ROWS = 20_000
_WORDS = {
    "text": "文本",
    "integer": "整数",
    "number": "数字",
    "money": "金额",
    "date": "日期，如 2021-07-01",
    "boolean": "是 或 否",
}
_SAMPLES = {
    "integer": "30",
    "number": "0.05",
    "money": "120.5",
    "date": "2021-07-01",
    "boolean": "是",
}


@dataclass(frozen=True, slots=True)
class TemplateMark:
    """What the hidden sheet says: data set, version of the city folder, columns."""

    dataset: str
    version: str
    columns: tuple[str, ...]


def take_mark(
    sheets: Sequence[RawSheet], dataset: Dataset
) -> tuple[list[RawSheet], TemplateMark | None]:
    """The sheets of data, and the template's mark if there is one.

    Raises:
        DataError: the file was made from the template of another data set.
    """
    data = [sheet for sheet in sheets if sheet.name != MARK_SHEET]
    marked = [sheet for sheet in sheets if sheet.name == MARK_SHEET]
    if not marked or len(marked[0].rows) < 2:  # noqa: PLR2004 -- data set and version
        return data, None
    first = [row[0] if row else "" for row in marked[0].rows]
    mark = TemplateMark(first[0], first[1], tuple(first[2:]))
    if mark.dataset != dataset.id:
        raise DataError(
            f"这是数据集“{mark.dataset}”的模板，不是“{dataset.label.zh}”的：请核对所选的数据集"
        )
    return data, mark


def write_template(dataset: Dataset, version: str, path: Path) -> None:
    """Write an empty template: headings, drop-downs, an example row, notes, the hidden mark.

    Args:
        dataset: what it is for.
        version: version of the city folder, for reading the file years later.
        path: an ``.xlsx`` file.
    """
    with xlsxwriter.Workbook(path) as book:
        _write_data(book, dataset)
        _write_notes(book, dataset)
        mark = book.add_worksheet(MARK_SHEET)
        for y, text in enumerate((dataset.id, version, *(c.name for c in dataset.columns))):
            mark.write_string(y, 0, text)
        mark.very_hidden()


def _write_data(book: xlsxwriter.Workbook, dataset: Dataset) -> None:
    sheet = book.add_worksheet(dataset.label.zh[:31])
    # every cell is text, so that no spreadsheet eats a digit of a code
    text = book.add_format({"num_format": "@"})
    needed = book.add_format({"bold": True, "bg_color": "#FFF4D6", "text_wrap": True})
    free = book.add_format({"bold": True, "text_wrap": True})
    gray = book.add_format({"num_format": "@", "font_color": "#8A8A8A", "italic": True})
    for x, column in enumerate(dataset.columns):
        sheet.write_string(0, x, _heading(column), needed if column.required else free)
        sheet.write_string(1, x, EXAMPLE if x == 0 else _sample(column), gray)
        sheet.set_column(x, x, 22, text)
        choices = column.codes or (("是", "否") if column.type == "boolean" else ())
        if choices:
            sheet.data_validation(1, x, _ROWS, x, {"validate": "list", "source": list(choices)})
        if column.note:
            sheet.write_comment(0, x, column.note)
    sheet.freeze_panes(1, 1)


def _heading(column: Column) -> str:
    name = f"{column.name}（{column.unit}）" if column.type == "money" else column.name
    return f"*{name}" if column.required else name


def _sample(column: Column) -> str:
    return column.codes[0] if column.codes else _SAMPLES.get(column.type, "样例")


def _write_notes(book: xlsxwriter.Workbook, dataset: Dataset) -> None:
    sheet = book.add_worksheet("填写说明")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ["列", "填什么", "单位", "必填", "可选值", "说明"], bold)
    for y, column in enumerate(dataset.columns, start=1):
        kind, needed = _WORDS.get(column.type, "文本"), "是" if column.required else ""
        cells = [column.name, kind, column.unit, needed, "、".join(column.codes), column.note]
        sheet.write_row(y, 0, cells)
    last = len(dataset.columns) + 2
    sheet.write_string(
        last, 0, "带 * 的列必填；以“示例”开头的行不会接收；不清楚的请留空，不要填 0。"
    )
    sheet.set_column(0, 5, 24)
