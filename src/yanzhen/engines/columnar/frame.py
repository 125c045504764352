"""Facts of a whole population as columns (事实列): one row an enterprise, nulls are missing.

Numbers are floats of whole units of their last decimal place (fen for money), which is exact up to
2**53 and quick; only where a column goes beyond that is its Arrow column kept as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yanzhen.engines.columnar.shapes import FACT_KINDS
from yanzhen.engines.columnar.terms import Kind
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.engines.feel.civil import day_number
from yanzhen.kernel.errors import DataError

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]

type ArrowArray = pa.Array[Any]
type ArrowColumn = pa.ChunkedArray[Any]

NO, UNKNOWN, YES = 0, 1, 2
"""Levels of truth: so ordered, Kleene's and is the minimum and his or the maximum."""

_IN_INT64 = 18
"""Digits that always fit into 64 bits."""
EXACT_LIMIT = 2.0**53
"""Whole numbers up to here are exact as floats."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """Numbers or dates: ``values`` are whole units of 10**-scale, NaN where missing.

    ``limit`` is the greatest size; beyond ``EXACT_LIMIT`` the floats are only near, and ``source``
    holds the exact values.
    """

    values: Floats
    scale: int
    limit: float
    source: ArrowArray | None


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Texts: ``codes`` number the distinct ``words``, -1 where missing."""

    codes: Codes
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TruthColumn:
    """Truth values as levels."""

    levels: Levels


Column = NumberColumn | TextColumn | TruthColumn


class Frame:
    """Columns of facts by id.

    Attributes:
        rows: how many enterprises there are.
        columns: by fact id.
    """

    __slots__ = ("columns", "rows")

    def __init__(self, rows: int, columns: Mapping[str, Column]) -> None:
        self.rows = rows
        self.columns = columns

    @classmethod
    def from_table(cls, table: pa.Table, facts: Iterable[FactSpec]) -> "Frame":
        """The columns of a table that are named by the ids of ``facts``.

        Args:
            table: booleans, integers, decimals, texts (plain or dictionary) and dates; floats are
                taken where they hold decimals of the fact's scale. A fact without a column is
                missing in every row.
            facts: what to read and of which type it must be.

        Raises:
            DataError: a column is not of its fact's type.
        """
        held = set(table.column_names)
        columns: dict[str, Column] = {}
        for fact in facts:
            kind = FACT_KINDS.get(fact.type)
            if kind is None:
                raise DataError(f"fact {fact.name}: type {fact.type} has no column form")
            source = table[fact.name] if fact.name in held else pa.nulls(table.num_rows)
            try:
                columns[fact.name] = _READERS[kind](source, fact)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as error:
                raise DataError(
                    f"column {fact.name} holds {source.type}, which is no {fact.type}: {error}"
                ) from None
        return cls(table.num_rows, columns)

    @classmethod
    def from_parquet(cls, path: Path | str, facts: Iterable[FactSpec]) -> "Frame":
        """As ``from_table``, reading from a Parquet file only what is needed.

        Raises:
            DataError: the file cannot be read, or a column is not of its fact's type.
        """
        facts = tuple(facts)
        try:
            file = pq.ParquetFile(path)
            held = set(file.schema_arrow.names)
            wanted = [fact.name for fact in facts if fact.name in held]
            table = file.read(columns=wanted)
        except (OSError, pa.ArrowException) as error:
            raise DataError(f"{path} cannot be read as Parquet: {error}") from None
        if not wanted:
            table = pa.table({"": pa.nulls(file.metadata.num_rows)})
        return cls.from_table(table, facts)

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, Any]], facts: Iterable[FactSpec]) -> "Frame":
        """A frame from facts by enterprise, as the interpreter takes them (small sets).

        Raises:
            DataError: a value is not of its fact's type, or has more decimals than its scale.
        """
        facts = tuple(facts)
        arrays = {}
        for fact in facts:
            values = [row.get(fact.name) for row in rows]
            try:
                arrays[fact.name] = pa.array(values, type=arrow_type(fact))
            except (pa.ArrowException, ValueError) as error:
                raise DataError(f"fact {fact.name} of type {fact.type}: {error}") from None
        table = pa.table(arrays) if arrays else pa.table({"": pa.nulls(len(rows))})
        return cls.from_table(table, facts)

    def scalar(self, name: str, row: int) -> Any:
        """The exact value of one fact in one row as ``columnar.exact`` has it; None if missing."""
        column = self.columns[name]
        match column:
            case NumberColumn():
                if np.isnan(column.values[row]):
                    return None
                if column.source is None:
                    return Decimal(int(column.values[row])).scaleb(-column.scale)
                return _decimal(column.source[row].as_py())
            case TextColumn():
                code = column.codes[row]
                return None if code < 0 else column.words[code]
            case TruthColumn():
                return (False, None, True)[column.levels[row]]


def arrow_type(fact: FactSpec) -> pa.DataType:
    """The Arrow type that the column of a fact has in our files."""
    match fact.type:
        case "boolean":
            return pa.bool_()
        case "integer":
            return pa.int64()
        case "money" | "number":
            return pa.decimal128(18, fact.scale)
        case "date":
            return pa.date32()
        case _:
            return pa.string()


def _decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)


def _array(column: ArrowColumn | ArrowArray) -> ArrowArray:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _numbers(column: ArrowColumn, fact: FactSpec) -> NumberColumn:
    source = _array(column)
    if pa.types.is_null(source.type):
        source = source.cast(pa.int64())
    if pa.types.is_floating(source.type):
        source = _from_floats(source, fact)
    if pa.types.is_integer(source.type):
        return _whole(source.cast(pa.int64()), 0, source)
    if pa.types.is_decimal(source.type):
        scale: int = source.type.scale
        if pa.types.is_decimal128(source.type) and source.type.precision <= _IN_INT64:
            return _whole(_low_words(source), scale, source)
        wide = source.cast(pa.decimal128(38, scale))
        return _whole(pc.cast(_unscaled(wide), pa.int64()), scale, wide)
    raise ValueError("expected integers or decimals")


def _low_words(decimals: ArrowArray) -> ArrowArray:
    """The units of decimals that fit into 64 of their 128 bits."""
    words = np.frombuffer(decimals.buffers()[1] or b"", np.int64)
    units = words[2 * decimals.offset : 2 * (decimals.offset + len(decimals)) : 2]
    return pa.array(units, mask=np.asarray(decimals.is_null()))


def _unscaled(decimals: ArrowArray) -> ArrowArray:
    """The whole numbers of units of a decimal column, without its scale."""
    return pa.Array.from_buffers(
        pa.decimal128(38, 0), len(decimals), decimals.buffers(), offset=decimals.offset
    )


def _from_floats(source: ArrowArray, fact: FactSpec) -> ArrowArray:
    """Floats as whole units: refused where they are no decimals of the fact's scale."""
    values = source.to_numpy(zero_copy_only=False).astype(np.float64)
    missing = np.asarray(source.is_null())
    units = np.rint(np.where(missing, 0.0, values) * 10.0**fact.scale)
    if not np.isfinite(units).all() or np.abs(units).max(initial=0) > EXACT_LIMIT:
        raise ValueError("a float is too large to be exact; deliver decimals")
    if not np.array_equal(units / 10.0**fact.scale, np.where(missing, 0.0, values)):
        raise ValueError(f"a float has more than {fact.scale} decimals; deliver decimals")
    whole = pa.array(units.astype(np.int64), mask=missing)
    return _scaled(whole, fact.scale)


def _scaled(whole: ArrowArray, scale: int) -> ArrowArray:
    if not scale:
        return whole
    wide = whole.cast(pa.decimal128(38, 0))
    return pa.Array.from_buffers(
        pa.decimal128(38, scale), len(wide), wide.buffers(), offset=wide.offset
    )


def _whole(units: ArrowArray, scale: int, source: ArrowArray) -> NumberColumn:
    missing = np.asarray(units.is_null())
    values = units.fill_null(0).to_numpy(zero_copy_only=False).astype(np.float64)
    limit = float(np.abs(values).max(initial=0.0))
    if missing.any():
        values[missing] = np.nan
    return NumberColumn(values, scale, limit, None if limit <= EXACT_LIMIT else source)


def _dates(column: ArrowColumn, _: FactSpec) -> NumberColumn:
    source = _array(column)
    if not (pa.types.is_null(source.type) or pa.types.is_date(source.type)):
        raise ValueError("expected dates")
    days = source.cast(pa.date32()).cast(pa.int32())
    return _whole(days, 0, days)


def _texts(column: ArrowColumn, _: FactSpec) -> TextColumn:
    source = _array(column)
    if pa.types.is_null(source.type):
        source = source.cast(pa.string())
    if pa.types.is_dictionary(source.type):
        source = source.cast(source.type.value_type)
    if not (pa.types.is_string(source.type) or pa.types.is_large_string(source.type)):
        raise ValueError("expected text")
    encoded = source.dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return TextColumn(codes, tuple(map(str, encoded.dictionary.to_pylist())))


def _truths(column: ArrowColumn, _: FactSpec) -> TruthColumn:
    source = _array(column)
    if not (pa.types.is_null(source.type) or pa.types.is_boolean(source.type)):
        raise ValueError("expected booleans")
    bits = source.cast(pa.bool_()).cast(pa.uint8())
    levels = bits.fill_null(0).to_numpy(zero_copy_only=False) * np.uint8(YES)
    levels[np.asarray(bits.is_null())] = UNKNOWN
    return TruthColumn(levels)


_READERS: dict[Kind, Any] = {
    "number": _numbers,
    "date": _dates,
    "text": _texts,
    "truth": _truths,
}


def plain_value(value: Any, kind: Kind) -> Any:
    """A value of the interpreter as ``columnar.exact`` has it: dates become day numbers."""
    return Decimal(day_number(value)) if kind == "date" and value is not None else value
