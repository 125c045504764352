"""Writing source files (来源文件的写出): Parquet, CSV and XLSX, the same bytes every time."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from yanzhen.packs.model import Dataset
from yanzhen.packs.population.arrow import Values, pa, pacsv, pc, pq

SUFFIXES = {"parquet": ".parquet", "csv": ".csv", "xlsx": ".xlsx"}
_PART = ".part"
_BOM = b"\xef\xbb\xbf"
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The day in every workbook's properties, so that equal data give equal bytes."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One written file, as the manifest lists it.

    Attributes:
        dataset: id of the data set.
        file: name inside the folder.
        as_of: the day of which the values speak.
        received_on: the day on which it came.
        rows: rows of data, faulty ones included.
        sha256: of the file's bytes.
    """

    dataset: str
    file: str
    as_of: date
    received_on: date
    rows: int
    sha256: str


def write_file(
    folder: Path, dataset: Dataset, columns: dict[str, Values], kind: str, days: tuple[date, date]
) -> SourceFile:
    """Write one file whole: under another name first, so that half a file is never found.

    Args:
        folder: must exist.
        dataset: names the file and, in a workbook, its title.
        columns: by heading, in the order of the data set.
        kind: a key of ``SUFFIXES``.
        days: as-of and received-on.
    """
    path = folder / f"{dataset.id}{SUFFIXES[kind]}"
    part = path.with_name(path.name + _PART)
    table = pa.table(columns)
    if kind == "parquet":
        pq.write_table(table, part, compression="zstd", compression_level=3)
    elif kind == "csv":
        _write_csv(part, table)
    else:
        _write_xlsx(part, table, dataset)
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    part.replace(path)
    return SourceFile(dataset.id, path.name, *days, table.num_rows, digest)


def as_cells(column: Values) -> Values:
    """A column as people type it: 是/否, 2026-01-31, plain digits."""
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, pa.scalar("是"), pa.scalar("否"))
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _write_csv(path: Path, table: pa.Table) -> None:
    """UTF-8 with a byte order mark, as spreadsheet programs in offices write it."""
    cells = pa.table({name: as_cells(table[name]) for name in table.column_names})
    with path.open("wb") as file:
        file.write(_BOM)
        pacsv.write_csv(cells, file)


def _write_xlsx(path: Path, table: pa.Table, dataset: Dataset) -> None:
    """A sheet with a title over the headings; codes as text, so that no digit is lost."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    book.set_properties({"title": dataset.label.zh, "created": _EPOCH})
    sheet = book.add_worksheet(dataset.label.zh)
    heading = book.add_format({"bold": True})
    last = max(table.num_columns - 1, 1)
    sheet.merge_range(0, 0, 0, last, dataset.label.zh, book.add_format({"align": "center"}))
    for i, name in enumerate(table.column_names):
        sheet.write_string(1, i, name, heading)
        column = table[name]
        if pa.types.is_integer(column.type):
            for row, value in enumerate(column.to_pylist()):
                if value is not None:
                    sheet.write_number(row + 2, i, value)
            continue
        for row, text in enumerate(as_cells(column).to_pylist()):
            if text is not None:
                sheet.write_string(row + 2, i, text)
    book.close()
