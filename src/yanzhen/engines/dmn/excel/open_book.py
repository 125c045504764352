"""Opening a workbook that came from outside: limited, no formulas, no entities (打开工作簿)."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from yanzhen.engines.dmn.excel.report import place
from yanzhen.kernel.errors import DataError

MAX_BYTES = 16 * 1024 * 1024
MAX_UNPACKED = 96 * 1024 * 1024
MAX_FILES = 1000
MAX_ROWS, MAX_COLUMNS = 20_000, 300
_CHUNK = 1 << 20
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOT_A_BOOK = "无法打开表格文件：请确认没有设置密码，另存为 .xlsx 后重新上传"

Raw = str | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, row 0 being the first row of the sheet.

    Attributes:
        name: as on its tab.
        rows: the values, "" where a cell is empty.
        merged: first row, first column, last row, last column of each merged range.
        formulas: places of the cells that hold a formula.
        hidden: whether people do not see it.
    """

    name: str
    rows: list[list[Raw]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False

    def value(self, row: int, column: int) -> Raw:
        """The value of a cell, "" beyond the sheet."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.rows), default=0)


def open_book(content: bytes) -> list[RawSheet]:
    """The sheets of an XLSX file, in order.

    Raises:
        DataError: too large, not XLSX, protected by a password, or with a cell so far out that
            it cannot belong to a table; the text is Chinese.
    """
    formulas = _inspect(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [_sheet(book, at, formulas) for at in range(len(book.sheet_names))]
    except (CalamineError, OSError, ValueError) as error:
        raise DataError(_NOT_A_BOOK) from error
    return sheets


def _sheet(
    book: CalamineWorkbook, at: int, formulas: Mapping[str, frozenset[tuple[int, int]]]
) -> RawSheet:
    sheet = book.get_sheet_by_index(at)
    merged = tuple(
        (top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if bottom < MAX_ROWS and right < MAX_COLUMNS
    )
    visible = book.sheets_metadata[at].visible == SheetVisibleEnum.Visible
    return RawSheet(
        sheet.name,
        [list(row) for row in sheet.to_python(skip_empty_area=False)],
        merged,
        formulas.get(sheet.name, frozenset()),
        hidden=not visible,
    )


def _inspect(content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Refuse what could exhaust the process; the formulas of each sheet."""
    if len(content) > MAX_BYTES:
        raise DataError(f"文件超过 {MAX_BYTES >> 20} MB：请只保留决策表后重新上传")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if len(packed.infolist()) > MAX_FILES:
                raise DataError("表格文件内的部件太多：请另存为新的 .xlsx 后重新上传")
            parts = _unpack(packed)
        return {name: _scan(parts[path], name) for name, path in _sheet_paths(parts).items()}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, KeyError, OSError) as error:
        raise DataError(_NOT_A_BOOK) from error
    except (NotImplementedError, EOFError, ValueError) as error:
        raise DataError(_NOT_A_BOOK) from error


def _unpack(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML parts, read in pieces, since the sizes that a ZIP file states may be false."""
    parts: dict[str, bytes] = {}
    total = 0
    for info in packed.infolist():
        keep = info.filename.endswith((".xml", ".rels"))
        pieces: list[bytes] = []
        with packed.open(info) as stream:
            while piece := stream.read(_CHUNK):
                total += len(piece)
                if total > MAX_UNPACKED:
                    raise DataError("表格文件解压后过大：请另存为新的 .xlsx 后重新上传")
                if keep:
                    pieces.append(piece)
        if keep:
            part = b"".join(pieces)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise DataError(
                    "表格文件含有不允许的内容（DOCTYPE）：请另存为新的 .xlsx 后重新上传"
                )
            parts[info.filename] = part
    return parts


def _root(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part, parser)


def _sheet_paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    relations = {
        item.get("Id"): item.get("Target", "")
        for item in _root(parts["xl/_rels/workbook.xml.rels"])
    }
    found: dict[str, str] = {}
    for sheet in _root(parts["xl/workbook.xml"]).iter("{*}sheet"):
        target = relations.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        path = posixpath.normpath(path)
        if path in parts:
            found[sheet.get("name", "")] = path
    return found


def _scan(part: bytes, name: str) -> frozenset[tuple[int, int]]:
    """Where the sheet's formulas stand; refuses cells that stand impossibly far out."""
    found: set[tuple[int, int]] = set()
    row, column = -1, -1
    events = etree.iterparse(
        BytesIO(part),
        events=("start", "end"),
        tag=("{*}row", "{*}c", "{*}f"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for event, element in events:
        kind = etree.QName(element).localname
        if event == "start" and kind == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "start" and kind == "c":
            row, column = _place_of(element.get("r"), row, column + 1)
        elif event == "end" and kind == "f":
            found.add((row, column))
        elif event == "end" and kind == "c":
            if len(element) and (row >= MAX_ROWS or column >= MAX_COLUMNS):
                raise DataError(
                    f"工作表“{name}”的 {place(row, column)} 有内容，离表格太远：请删除后重新上传"
                )
            element.clear()
    return frozenset(found)


def _place_of(ref: str | None, row: int, column: int) -> tuple[int, int]:
    match = _REF.fullmatch(ref) if ref else None
    if match is None:
        return row, column
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, number - 1
