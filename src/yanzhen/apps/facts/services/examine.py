"""A source file read, checked and linked, with nothing written yet (预检)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from yanzhen.apps.arrow import Table, pa, pc
from yanzhen.apps.enterprises.names import name_reader
from yanzhen.apps.enterprises.register import register_faults
from yanzhen.apps.facts.checking import CheckedTable, check_table
from yanzhen.apps.facts.checking.rows import RowFault
from yanzhen.apps.facts.columns import key_of, name_column, register_columns
from yanzhen.apps.facts.linking import Linked, Proposal, link_rows, registry_index
from yanzhen.apps.facts.linking.link import Given
from yanzhen.apps.facts.reading import SourceTable, read_source
from yanzhen.apps.facts.services.progress import Reporter
from yanzhen.apps.facts.storage import CODE, NAME, ROW, USCC
from yanzhen.packs.model import City, Dataset

_SHOWN = 200


@dataclass(slots=True)
class Examined:
    """What a file holds.

    Attributes:
        source: the file as read.
        faults: every fault of every refused row, in order of row.
        table: the accepted rows: ``_row``, ``_code``, ``_name``, ``uscc`` (null where not
            linked), then the columns of the data set; sorted by ``uscc``.
        rows: rows in the file.
        proposals: what a person must decide, by row number of the file.
        report: what was normalized, skipped and linked, in plain values.
    """

    source: SourceTable
    faults: list[RowFault]
    table: Table
    rows: int
    proposals: list[Proposal] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        """Rows without a fault."""
        return int(self.table.num_rows)

    @property
    def linked(self) -> int:
        """Accepted rows that belong to an enterprise."""
        return int(self.table.num_rows - self.table[USCC].null_count)


def examine(
    path: Path,
    dataset: Dataset,
    city: City,
    *,
    decided: Mapping[Given, str] | None = None,
    report: Reporter | None = None,
) -> Examined:
    """Read, check and link a file; a preview shows the result, a load writes it.

    Raises:
        DataError: the file as a whole cannot be taken in.
    """
    tell = report or Reporter()
    tell(0, 100, "读取文件")
    source = read_source(path, dataset)
    tell(25, 100, "校验")
    checked = check_table(source, dataset, city)
    faults = list(checked.faults)
    if dataset.kind == "register":
        faults += _registry_faults(checked, dataset)
    tell(50, 100, "关联企业")
    linked = _link(checked, dataset, city, decided or {})
    dropped = np.zeros(len(checked.numbers), dtype=bool)
    if dataset.kind != "history":
        dropped = _repeated(checked, linked, _ok(checked, faults), faults)
    ok = _ok(checked, faults)
    table = _table(checked, dataset, linked, ok & ~dropped)
    faults.sort(key=lambda fault: fault.row)
    found = Examined(source, faults, table, len(checked.numbers))
    found.proposals = [p for p in linked.proposals if ok[p.row]]
    found.report = _report(source, checked, faults, linked, int(dropped.sum()))
    return found


def _ok(checked: CheckedTable, faults: list[RowFault]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    ok = np.ones(len(checked.numbers), dtype=bool)
    ok[[fault.row for fault in faults]] = False
    return ok


def _registry_faults(checked: CheckedTable, dataset: Dataset) -> list[RowFault]:
    """What the registry's own constraints would refuse, said of the file's columns."""
    ours = register_columns(dataset)
    theirs = {name: given for given, name in ours.items()}
    rows = pa.table({name: checked.columns[given] for given, name in ours.items()})
    return [RowFault(f.row, theirs[f.column], f.text) for f in register_faults(rows)]


def _link(
    checked: CheckedTable, dataset: Dataset, city: City, decided: Mapping[Given, str]
) -> Linked:
    codes = checked.columns[checked.code]
    if dataset.kind == "register":
        return Linked(codes, methods={"登记数据本身": len(codes) - codes.null_count})
    named = name_column(dataset)
    names = None if named is None else checked.columns[named.name]
    return link_rows(codes, names, registry_index(), name_reader(city), decided=decided)


def _repeated(
    checked: CheckedTable,
    linked: Linked,
    ok: np.ndarray[Any, np.dtype[np.bool_]],
    faults: list[RowFault],
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows that only repeat an earlier one; a repetition that differs is a fault."""
    dropped = np.zeros(len(ok), dtype=bool)
    usable = pc.and_(pc.is_valid(linked.uscc), pa.array(ok))
    rows = np.flatnonzero(usable.to_numpy(zero_copy_only=False))
    packed = linked.uscc.take(pa.array(rows)).dictionary_encode().indices
    _, first, place = np.unique(
        packed.to_numpy(zero_copy_only=False), return_index=True, return_inverse=True
    )
    earlier = rows[first[place]]
    for row, before in zip(rows.tolist(), earlier.tolist(), strict=True):
        if row == before:
            continue
        if all(c[row].as_py() == c[before].as_py() for c in checked.columns.values()):
            dropped[row] = True
        else:
            text = f"与第 {checked.numbers[before]} 行是同一家企业而内容不同：请只保留一行"
            faults.append(RowFault(row, checked.code, text))
    return dropped


def _table(
    checked: CheckedTable,
    dataset: Dataset,
    linked: Linked,
    kept: np.ndarray[Any, np.dtype[np.bool_]],
) -> Table:
    named = name_column(dataset)
    blank = pa.nulls(len(kept), pa.string())
    columns = {
        ROW: pa.array(checked.numbers),
        CODE: checked.columns[checked.code],
        NAME: blank if named is None else checked.columns[named.name],
        USCC: linked.uscc,
    }
    for column in dataset.columns:
        if column.name != checked.code:
            columns.setdefault(key_of(column), checked.columns[column.name])
    table = pa.table(columns).filter(pa.array(kept))
    return table.sort_by([(USCC, "ascending"), (ROW, "ascending")])


def _report(
    source: SourceTable,
    checked: CheckedTable,
    faults: list[RowFault],
    linked: Linked,
    dropped: int,
) -> dict[str, Any]:
    notes = list(source.notes)
    if dropped:
        notes.append(f"{dropped} 行与前面的行完全相同，只保留一行")
    return {
        "notes": notes,
        "changes": {
            name: [{"what": c.what, "rows": c.rows, "example": c.example} for c in found]
            for name, found in checked.changes.items()
            if found
        },
        "methods": linked.methods,
        "faults": [
            {"row": int(checked.numbers[f.row]), "column": f.column, "text": f.text}
            for f in faults[:_SHOWN]
        ],
    }
