"""CSV files of a city folder: columns, rows with line numbers, and their merging (表格文件)."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from yanzhen.kernel.errors import Fault
from yanzhen.packs.files import CityFile
from yanzhen.packs.hints import did_you_mean, listed

Kind = Literal["text", "day", "whole", "list"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, kind, whether a value is needed, and the words it may hold."""

    name: str
    kind: Kind = "text"
    required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """The columns of one CSV file and which of them make a row's key."""

    fields: tuple[Field, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Headings in order."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its place."""

    cells: Mapping[str, str]
    file: str
    line: int

    def fault(self, column: str, message: str, mend: str) -> Fault:
        """A fault in one cell of this row."""
        return Fault(self.file, self.line, column, message, mend)

    def day(self, column: str) -> date | None:
        """The cell as a day; None where empty or no day."""
        return as_day(self.cells[column])

    def whole(self, column: str) -> int:
        """The cell as a whole number; 0 where empty or no number."""
        return as_whole(self.cells[column]) or 0

    def parts(self, column: str) -> tuple[str, ...]:
        """The cell split at ``;``, without empty parts."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())


def as_day(text: str) -> date | None:
    """A day written YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


def as_whole(text: str) -> int | None:
    """A whole number written with digits alone, or None."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() else None


def read_table(layers: list[CityFile], spec: TableSpec, faults: list[Fault]) -> list[Row]:
    """Rows of a CSV file over all layers; a row of the same key replaces its parent's.

    Args:
        layers: copies of the file, oldest first.
        spec: its columns.
        faults: takes what is wrong; rows with a wrong key column are left out.
    """
    merged: dict[tuple[str, ...], Row] = {}
    for file in layers:
        own: dict[tuple[str, ...], Row] = {}
        for row in _rows(file, spec, faults):
            key = tuple(row.cells[name] for name in spec.key)
            if key in own:
                words = " ".join(part for part in key if part)
                message = f"“{words}” stands here twice (first on line {own[key].line})"
                faults.append(row.fault(spec.key[0], message, "keep one of the two rows"))
                continue
            own[key] = row
        merged |= own
    return list(merged.values())


def _rows(file: CityFile, spec: TableSpec, faults: list[Fault]) -> list[Row]:
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data[: error.start].count(b"\n") + 1
        faults.append(Fault(file.shown, line, "", "the file is not UTF-8", "save it as UTF-8"))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = next(reader, [])
        if not _header_is_right(header, file, spec, faults):
            return []
        for cells in reader:
            if not any(cells):
                continue
            line = reader.line_num
            if len(cells) != len(header):
                message = f"the row has {len(cells)} cells, the heading {len(header)}"
                mend = "add or remove commas; quote a text that holds a comma"
                faults.append(Fault(file.shown, line, "", message, mend))
                continue
            values = [cell.strip() for cell in cells]
            row = Row(dict(zip(header, values, strict=True)), file.shown, line)
            if _cells_are_right(row, spec, faults):
                rows.append(row)
    except csv.Error as error:
        message = f"not readable as CSV: {error}"
        mend = "check the quotes on this line"
        faults.append(Fault(file.shown, reader.line_num, "", message, mend))
    return rows


def _header_is_right(
    header: list[str], file: CityFile, spec: TableSpec, faults: list[Fault]
) -> bool:
    unknown = [name for name in header if name not in spec.names]
    missing = [name for name in spec.names if name not in header]
    for name in unknown:
        mend = did_you_mean(name, missing, otherwise=f"columns are: {listed(spec.names)}")
        faults.append(Fault(file.shown, 1, name, f"unknown column “{name}”", mend))
        missing = [wanted for wanted in missing if f"“{wanted}”" not in mend]
    if missing:
        mend = f"the heading is: {','.join(spec.names)}"
        faults.append(Fault(file.shown, 1, "", f"missing column {listed(missing)}", mend))
    if len(set(header)) != len(header):
        mend = "keep one of the columns"
        faults.append(Fault(file.shown, 1, "", "a column stands in the heading twice", mend))
    return sorted(header) == sorted(spec.names)


def _cells_are_right(row: Row, spec: TableSpec, faults: list[Fault]) -> bool:
    """Report each wrong cell; whether the row can be used all the same."""
    usable = True
    for field in spec.fields:
        value = row.cells[field.name]
        fault = _cell_fault(row, field, value)
        if fault is not None:
            faults.append(fault)
            usable = usable and field.name not in spec.key
    return usable


def _cell_fault(row: Row, field: Field, value: str) -> Fault | None:
    if not value:
        if field.required:
            return row.fault(field.name, "the cell is empty", f"write the {field.name}")
        return None
    if field.words and value not in field.words:
        mend = did_you_mean(value, field.words, otherwise=f"one of: {listed(field.words)}")
        return row.fault(field.name, f"“{value}” is not allowed here", mend)
    if field.kind == "day" and as_day(value) is None:
        return row.fault(field.name, f"“{value}” is not a day", "write the day as 2026-01-31")
    if field.kind == "whole" and as_whole(value) is None:
        return row.fault(field.name, f"“{value}” is not a whole number", "write digits alone")
    return None
