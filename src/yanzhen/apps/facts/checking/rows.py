"""A whole table checked: typed columns, and for each refused row everything that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from yanzhen.apps.arrow import Values, pc
from yanzhen.apps.facts.checking.numbers import read_decimals, read_integers, refuse_outside
from yanzhen.apps.facts.checking.result import Change, ColumnResult
from yanzhen.apps.facts.checking.words import read_codes, read_days, read_texts, read_truths
from yanzhen.apps.facts.reading import SourceTable
from yanzhen.packs.model import City, Column, Dataset
from yanzhen.packs.units import unit_factor


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault: 0-based row of the table, name of the column, Chinese text."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A source table with types.

    Attributes:
        columns: by name of the data set's column, null where blank or faulty.
        numbers: shape (n,), row numbers in the file.
        faults: every fault, by row, then by column in the order of the data set.
        changes: what was normalized, by column.
        code: name of the column with the enterprise's code.
    """

    columns: Mapping[str, Values]
    numbers: NDArray[np.int32]
    faults: tuple[RowFault, ...]
    changes: Mapping[str, tuple[Change, ...]]
    code: str

    @property
    def accepted(self) -> NDArray[np.bool_]:
        """Shape (n,): rows without a fault."""
        ok = np.ones(len(self.numbers), dtype=bool)
        ok[[fault.row for fault in self.faults]] = False
        return ok


def check_table(source: SourceTable, dataset: Dataset, city: City) -> CheckedTable:
    """Check every value of every row.

    Args:
        source: as read from the file.
        dataset: its columns say type, unit, limits, closed lists.
        city: its facts say into which unit and scale values are converted.
    """
    code = dataset.columns[0].name
    columns, changes = {}, {}
    faults: list[RowFault] = []
    for column in dataset.columns:
        given = source.columns[column.name]
        unit = source.units.get(column.name, column.unit)
        if column.name == code:
            result = read_codes(given, only_unified=dataset.kind == "register")
        else:
            result = _read(given, column, unit, city)
        if column.required or column.name == code:
            result.refuse(pc.is_null(result.values), _required(column.name))
        columns[column.name] = result.values
        changes[column.name] = tuple(result.changes.values())
        faults += [RowFault(row, column.name, text) for row, text in result.faults.items()]
    # stable: within a row the faults stay in the order of the columns
    faults.sort(key=lambda fault: fault.row)
    return CheckedTable(columns, source.numbers, tuple(faults), changes, code)


def _required(name: str) -> Callable[[int], str]:
    return lambda _: f"“{name}”必填：请补充"


def target_of(column: Column, city: City) -> tuple[str, int]:
    """Unit and scale in which a column is kept: those of its fact, else its own in base units."""
    fact = city.facts.get(column.fact or "")
    if fact is not None:
        return fact.spec.unit or column.unit, fact.spec.scale
    return ("元" if column.type == "money" else column.unit), column.scale


def _read(given: Values, column: Column, unit: str, city: City) -> ColumnResult:
    match column.type:
        case "boolean":
            return read_truths(given)
        case "date":
            return read_days(given)
        case "integer":
            result = read_integers(given)
            _limit(result, given, column, Decimal(1))
            return result
        case "money" | "number":
            to, scale = target_of(column, city)
            result = read_decimals(given, scale=scale, unit=unit, to=to)
            _limit(result, given, column, unit_factor(column.unit, to) or Decimal(1))
            return result
        case _:
            return read_texts(given, codes=column.codes)


def _limit(result: ColumnResult, given: Values, column: Column, factor: Decimal) -> None:
    refuse_outside(result, given, minimum=column.minimum, maximum=column.maximum, factor=factor)
