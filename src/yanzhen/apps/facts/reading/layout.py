"""Finding the table in a sheet: titles above, headings of one or two rows, totals and notes.

Row numbers stay those of the sheet, whatever is skipped.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from yanzhen.apps.facts.reading.headings import (
    ERROR_HEADING,
    MONEY_UNITS,
    Heading,
    by_name,
    plain,
    read_heading,
    unit_line,
)
from yanzhen.apps.facts.reading.raw import Cells, RawSheet
from yanzhen.apps.facts.reading.template import EXAMPLE
from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import Column, Dataset

_LOOKED_AT = 15
"""Rows in which a heading is looked for."""

_TOTAL = re.compile(r"^(合计|总计|小计|共计|累计|本页合计)")
_NOTE = re.compile(r"^(备注|注|说明|填表|制表|填报|审核|联系人|联系电话|报送|打印)")
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is.

    Attributes:
        top: 0-based row of the (first) heading row.
        depth: heading rows, one or two.
        headings: one for each column of the sheet.
        unit: unit declared above the table for amounts, or empty.
        is_returned: the file is one that was given back with 错误说明.
    """

    top: int
    depth: int
    headings: tuple[Heading, ...]
    unit: str = ""

    @property
    def is_returned(self) -> bool:
        """Whether this file was once given back with 错误说明."""
        return any(plain(heading.text) == ERROR_HEADING for heading in self.headings)

    def unit_of(self, column: Column, heading: Heading) -> str:
        """The unit of a column: of its heading, else of the line above, else of the data set."""
        if heading.unit:
            return heading.unit
        if self.unit and column.type == "money" and column.unit in MONEY_UNITS:
            return self.unit
        return column.unit


@dataclass(slots=True)
class Body:
    """The rows of data with their numbers, and what was left out."""

    rows: list[Cells] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)

    def skip(self, why: str, number: int) -> None:
        """Leave a row out and remember it."""
        self.skipped.setdefault(why, []).append(number)

    @property
    def notes(self) -> list[str]:
        """What was left out, in Chinese, with row numbers."""
        return [f"跳过{why}：第 {_numbers(rows)} 行" for why, rows in self.skipped.items()]


def _numbers(rows: list[int]) -> str:
    shown = "、".join(map(str, rows[:_LISTED]))
    return shown if len(rows) <= _LISTED else f"{shown} 等 {len(rows)} "


def find_layout(
    sheets: list[RawSheet], dataset: Dataset, expected: Collection[str] | None = None
) -> tuple[RawSheet, Layout]:
    """The sheet and rows whose headings fit the data set best.

    Args:
        sheets: the sheets of a file.
        dataset: what is looked for.
        expected: columns that must be there; by default all of the data set.

    Raises:
        DataError: no heading row; columns missing, unknown or given twice: all are named.
    """
    columns = by_name(dataset)
    best: tuple[tuple[int, int], RawSheet, Layout] | None = None
    for sheet in sheets:
        for layout in _candidates(sheet, columns):
            fitting = {h.column.name for h in layout.headings if h.column is not None}
            fit = (len(fitting), -layout.depth)
            if best is None or fit > best[0]:
                best = (fit, sheet, layout)
    if best is None or best[0][0] == 0:
        some = "、".join(column.name for column in dataset.columns[:5])
        raise DataError(
            f"没有找到表头：前 {_LOOKED_AT} 行中应有一行写明列名（{some}…）。"
            "请核对是否选错数据集或工作表"
        )
    _require_columns(best[2], dataset, expected)
    return best[1], best[2]


def _candidates(sheet: RawSheet, columns: dict[str, Column]) -> Iterator[Layout]:
    unit = ""
    rows = sheet.rows[:_LOOKED_AT]
    for top, row in enumerate(rows):
        if any(cell.strip() for cell in row):
            yield Layout(top, 1, tuple(read_heading(cell, columns) for cell in row), unit)
            if top + 1 < len(sheet.rows):
                headings = _two_rows(row, sheet.rows[top + 1], columns)
                yield Layout(top, 2, headings, unit)
        unit = next(filter(None, map(unit_line, row)), unit)


def _two_rows(upper: Cells, lower: Cells, columns: dict[str, Column]) -> tuple[Heading, ...]:
    """Headings over two rows: the upper one may stand over several of the lower."""
    headings, above = [], ""
    for i in range(max(len(upper), len(lower))):
        top = upper[i] if i < len(upper) else ""
        bottom = lower[i] if i < len(lower) else ""
        above = top or above
        tried = [bottom, above + bottom, top, f"{above}({bottom})", f"{top}({bottom})"]
        read = [read_heading(text, columns) for text in tried]
        headings.append(next((h for h in read if h.column is not None), read[0 if bottom else 2]))
    return tuple(headings)


def _require_columns(layout: Layout, dataset: Dataset, expected: Collection[str] | None) -> None:
    names = [h.column.name for h in layout.headings if h.column is not None]
    asked = [c.name for c in dataset.columns if expected is None or c.name in expected]
    missing = [name for name in asked if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1})
    unknown = [h.text.strip() for h in layout.headings if h.column is None and not h.is_ignored]
    faults = [
        f"{what}：{'、'.join(found)}"
        for what, found in (("缺少列", missing), ("重复的列", twice), ("不认识的列", unknown))
        if found
    ]
    if faults:
        raise DataError(
            f"{'；'.join(faults)}。请对照“{dataset.label.zh}”的模板修改表头，未填的列也请保留"
        )


def read_body(sheet: RawSheet, layout: Layout) -> Body:
    """The rows under the heading, without blanks, totals, notes and repeated headings."""
    body = Body()
    code = next(i for i, h in enumerate(layout.headings) if h.column is not None)
    first = layout.top + layout.depth
    repeated = plain(layout.headings[code].text)
    for i, row in enumerate(sheet.rows[first:], start=first):
        number = sheet.first_row + i
        why = _why_skipped(row, code, repeated, is_first=not body.rows)
        if why == "":
            body.rows.append(row)
            body.numbers.append(number)
        elif why is not None:
            body.skip(why, number)
    return body


def _why_skipped(row: Cells, code: int, repeated: str, *, is_first: bool) -> str | None:
    """Why a row is no data: empty for data, None for a blank row that needs no word."""
    given = row[code] if code < len(row) else ""
    if len(given) >= _SHORTEST_CODE and given.isascii() and given.isalnum():
        return ""
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled:
        return None
    head = re.sub(r"\s", "", filled[0])
    if _TOTAL.match(head):
        return "合计行"
    if given.startswith(EXAMPLE):
        return "示例行"
    if plain(given) == repeated:
        return "重复的表头"
    if _NOTE.match(head) or (len(filled) == 1 and _NOTE.match(plain(given))):
        return "备注行"
    if is_first and all(plain(cell) in _UNITS for cell in filled):
        return "单位行"
    return ""


_SHORTEST_CODE = 9
_UNITS = frozenset((*MONEY_UNITS, "人", "亩", "吨", "%", "家", "件", "度", "千瓦时", "平方米", "-"))
