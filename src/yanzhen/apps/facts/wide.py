"""Putting deliveries side by side, one row an enterprise (宽表): pure work on columns."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from yanzhen.apps.arrow import Table, Values, pa, pc
from yanzhen.apps.facts.columns import arrow_type
from yanzhen.apps.facts.linking.link import Given
from yanzhen.apps.facts.storage import CODE, NAME, ROW, USCC
from yanzhen.packs.model import Fact

TEXT = pa.dictionary(pa.int32(), pa.string())
REPEATED = 8
"""Rows for each distinct text from which a dictionary pays; names of firms have none."""

_NEVER = -1


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one data set, one for each enterprise it mentions.

    Attributes:
        usccs: shape (m,), without repetition.
        table: shape (m, columns).
    """

    usccs: Values
    table: Table


def with_decided(table: Table, decided: Mapping[Given, str]) -> Table:
    """The table of a load, with rows that persons linked later."""
    if not decided or not table[USCC].null_count:
        return table
    open_ = pc.is_null(table[USCC]).combine_chunks()
    rows = np.flatnonzero(open_.to_numpy(zero_copy_only=False))
    part = table.select([CODE, NAME]).take(rows).to_pylist()
    found = [decided.get((row[CODE], row[NAME] or "")) for row in part]
    usccs = pc.replace_with_mask(table[USCC].combine_chunks(), open_, pa.array(found, pa.string()))
    return table.set_column(table.column_names.index(USCC), USCC, usccs)


def one_row_each(tables: Iterable[Table], *, history: bool) -> Rows:
    """One row for each enterprise out of several loads; in case of doubt the first table wins.

    Args:
        tables: rows of loads, the winner first; within one the later row wins.
        history: several rows of an enterprise in one load add up: of each column the last value
            that is not blank counts.
    """
    taken: list[Table] = []
    empty = pa.table({})
    seen = pa.array([], pa.string())
    for table in tables:
        empty = table.slice(0, 0)
        known = table.filter(pc.is_valid(table[USCC]))
        if len(seen):
            known = known.filter(pc.invert(pc.is_in(known[USCC], value_set=seen)))
        single = _last_of_each(known, history=history)
        if single.num_rows:
            taken.append(single)
            seen = pa.concat_arrays([seen, single[USCC].combine_chunks()])
    if not taken:
        return Rows(pa.array([], pa.string()), empty)
    table = pa.concat_tables(taken, promote_options="default").combine_chunks()
    return Rows(table[USCC].combine_chunks(), table)


def _last_of_each(table: Table, *, history: bool) -> Table:
    """The last row of each enterprise; for a history, of each column the last value given."""
    packed = table[USCC].combine_chunks().dictionary_encode()
    holders = len(packed.dictionary)
    if holders == table.num_rows:
        return table
    order = np.argsort(table[ROW].to_numpy(), kind="stable")
    holder = packed.indices.to_numpy(zero_copy_only=False)[order]
    if not history:
        return table.take(pa.array(_last(holder, order, holders)))
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        given = pc.is_valid(column).to_numpy(zero_copy_only=False)[order]
        rows = _last(holder[given], order[given], holders)
        columns[name] = column.take(pa.array(rows, mask=rows == _NEVER))
    return pa.table(columns)


def _last(holder: NDArray[np.int32], rows: NDArray[np.int64], holders: int) -> NDArray[np.int64]:
    """For each holder the last of its ``rows``, which are in order."""
    last = np.full(holders, _NEVER, dtype=np.int64)
    # of repeated places numpy keeps what is assigned last
    last[holder] = rows
    return last


def aligned(rows: Rows, base: Values, facts: Sequence[Fact]) -> dict[str, Values]:
    """The facts of one data set, one value for each enterprise of ``base``.

    Enterprises that the data set does not mention have null, or what the dictionary gives to
    the absent.
    """
    place = pc.index_in(base, value_set=rows.usccs)
    unmentioned = pc.is_null(place)
    found = {}
    for fact in facts:
        kind = arrow_type(fact.spec)
        if fact.spec.name in rows.table.column_names:
            column = rows.table[fact.spec.name].combine_chunks()
            values = column.take(place).cast(kind)
        else:
            values = pa.nulls(len(base), kind)
        if fact.absent is not None:
            values = pc.if_else(unmentioned, pa.scalar(fact.absent, kind), values)
        found[fact.spec.name] = values
    return found


def unknown(base: Values, facts: Sequence[Fact]) -> dict[str, Values]:
    """Facts that nothing was received for: null for everyone."""
    return {fact.spec.name: pa.nulls(len(base), arrow_type(fact.spec)) for fact in facts}


def with_dictionary(values: Values) -> Values:
    """Texts by dictionary where each stands in ``REPEATED`` rows on average; others as they are.

    A dictionary of names would be written again into every row group.
    """
    if not pa.types.is_string(values.type):
        return values
    encoded = values.cast(TEXT)
    return encoded if len(encoded.dictionary) * REPEATED <= len(values) else values


def content_hash(table: Table) -> str:
    """SHA-256 over names, types and values, whatever the layout of chunks, buffers and file.

    Values under a null do not count; texts count as texts, not by their dictionary.
    """
    digest = hashlib.sha256()
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        digest.update(f"{name}\x1f{column.type}\x1f{len(column)}\x1e".encode())
        nulls = pc.is_null(column).to_numpy(zero_copy_only=False)
        digest.update(np.packbits(nulls).tobytes())
        for part in _plain_buffers(column):
            digest.update(part)
    return digest.hexdigest()


def _plain_buffers(column: Values) -> list[bytes | memoryview]:
    """The values of a column as bytes, zero or empty under its nulls."""
    kind = column.type
    if pa.types.is_string(kind):
        texts = pc.fill_null(column, "").to_pylist()
        lengths = np.fromiter(map(len, texts), dtype="<i4", count=len(texts))
        return [lengths.tobytes(), "".join(texts).encode()]
    if pa.types.is_boolean(kind):
        truths = pc.fill_null(column, False)
        return [np.packbits(truths.to_numpy(zero_copy_only=False)).tobytes()]
    if pa.types.is_date(kind):
        column, kind = column.cast(pa.int32()), pa.int32()
    zero = pa.scalar(Decimal(0) if pa.types.is_decimal(kind) else 0, kind)
    filled = pc.fill_null(column, zero)
    buffer = filled.buffers()[1]
    if buffer is None:
        return []
    start = filled.offset * kind.byte_width
    return [memoryview(buffer)[start : start + len(filled) * kind.byte_width]]
