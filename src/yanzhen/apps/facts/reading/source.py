"""A source file as columns of the data set, whatever kind of file it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yanzhen.apps.arrow import Values, pa, pc, pq
from yanzhen.apps.facts.reading.headings import by_name, read_heading
from yanzhen.apps.facts.reading.layout import Body, Layout, find_layout, read_body
from yanzhen.apps.facts.reading.raw import Cells, RawSheet, read_csv, read_xlsx
from yanzhen.apps.facts.reading.template import TemplateMark, take_mark
from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import Dataset

CSV, XLSX, PARQUET = "csv", "xlsx", "parquet"
_KINDS = {".csv": CSV, ".txt": CSV, ".xlsx": XLSX, ".xlsm": XLSX, ".xls": XLSX, ".parquet": PARQUET}


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The data of a source file, not yet checked.

    Attributes:
        kind: ``csv``, ``xlsx`` or ``parquet``.
        columns: one array for each column of the data set, by its name: text with nulls for
            blanks, or values with a type of their own where the file has types.
        numbers: shape (n,), row numbers as the file's own program shows them, from 1.
        units: unit of each column as the file has it.
        notes: what was found and skipped, in Chinese.
        sheet: the sheet as text, None for Parquet.
        layout: where the table is in it, None for Parquet.
        is_returned: the file is one that was given back with 错误说明.
    """

    kind: str
    columns: Mapping[str, Values]
    numbers: NDArray[np.int32]
    units: Mapping[str, str]
    notes: tuple[str, ...]
    sheet: RawSheet | None = None
    layout: Layout | None = None

    @property
    def is_returned(self) -> bool:
        """Whether this file was once given back with 错误说明."""
        return self.layout is not None and self.layout.is_returned


def read_source(path: Path, dataset: Dataset) -> SourceTable:
    """Read a file of ``dataset``.

    Raises:
        DataError: no such kind of file, not readable, or columns missing, unknown or twice.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise DataError(f"不认识的文件类型“{path.suffix}”：请上传 .csv、.xlsx 或 .parquet 文件")
    if kind == PARQUET:
        return _from_parquet(path, dataset)
    sheets = read_csv(path) if kind == CSV else read_xlsx(path)
    sheets, mark = take_mark(sheets, dataset)
    sheet, layout = find_layout(sheets, dataset, None if mark is None else mark.columns)
    table = _from_sheet(kind, sheet, layout, read_body(sheet, layout))
    return table if mark is None else _with_later_columns(table, dataset, mark)


def _from_sheet(kind: str, sheet: RawSheet, layout: Layout, body: Body) -> SourceTable:
    width = len(layout.headings)
    cells = [*zip_longest(*body.rows, fillvalue="")] if body.rows else []
    notes = [*sheet.notes, *body.notes]
    columns, units = {}, {}
    for i, heading in enumerate(layout.headings[:width]):
        column = heading.column
        if column is None:
            continue
        given = cells[i] if i < len(cells) else ("",) * len(body.rows)
        columns[column.name] = _text(given)
        units[column.name] = layout.unit_of(column, heading)
        if units[column.name] != column.unit:
            notes.append(f"列“{column.name}”按文件注明的单位“{units[column.name]}”换算")
    numbers = np.asarray(body.numbers, dtype=np.int32)
    return SourceTable(kind, columns, numbers, units, tuple(notes), sheet, layout)


def _with_later_columns(table: SourceTable, dataset: Dataset, mark: TemplateMark) -> SourceTable:
    """Blanks for the columns that came after the file's template was made."""
    later = [column for column in dataset.columns if column.name not in table.columns]
    if not later:
        return table
    blank = pa.nulls(len(table.numbers), pa.string())
    names = "、".join(column.name for column in later)
    note = f"{mark.version} 版模板还没有列“{names}”，按未填处理"
    return replace(
        table,
        columns={**table.columns, **{column.name: blank for column in later}},
        units={**table.units, **{column.name: column.unit for column in later}},
        notes=(*table.notes, note),
    )


def _text(cells: tuple[str, ...]) -> Values:
    values = pa.array(cells, pa.string())
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def _from_parquet(path: Path, dataset: Dataset) -> SourceTable:
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError("无法读取 Parquet 文件：请确认文件完整后重新上传") from error
    known = by_name(dataset)
    headings = tuple(read_heading(name, known) for name in table.column_names)
    layout = Layout(0, 1, headings)
    find_layout([RawSheet([list(table.column_names)])], dataset)
    columns, units = {}, {}
    for i, heading in enumerate(headings):
        if heading.column is not None:
            columns[heading.column.name] = _plain_type(table.column(i))
            units[heading.column.name] = layout.unit_of(heading.column, heading)
    # row 1 is the heading, as in a spreadsheet
    numbers = np.arange(2, table.num_rows + 2, dtype=np.int32)
    return SourceTable(PARQUET, columns, numbers, units, ())


def _plain_type(column: Values) -> Values:
    """One chunk, without dictionaries and large offsets; empty texts become nulls."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    whole = column.combine_chunks()
    if pa.types.is_string(whole.type):
        return pc.if_else(pc.equal(whole, ""), pa.scalar(None, pa.string()), whole)
    return whole


def sheet_cells(table: SourceTable) -> tuple[list[Cells], list[Cells]]:
    """Heading rows and all rows of the sheet, for giving a file back."""
    if table.sheet is None or table.layout is None:
        return [], []
    end = table.layout.top + table.layout.depth
    return table.sheet.rows[:end], table.sheet.rows
