"""A register file as columns of the table ``Enterprise`` (登记数据的整理): pure, whole columns.

The input has the columns of ``REGISTER``, any of which but the first three may be missing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.db import models

from yanzhen.apps.arrow import Kind, Table, Values, pa, pc
from yanzhen.apps.enterprises.grids import choose_grids, grid_rule, letter_of
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.enterprises.names import name_reader
from yanzhen.apps.enterprises.places import locate_columns, places_of
from yanzhen.kernel.identifiers import check_usccs
from yanzhen.packs.model import City

_MONEY = pa.decimal128(18, 2)
REGISTER: Final[dict[str, Kind]] = {
    "uscc": pa.string(),
    "name": pa.string(),
    "kind": pa.string(),
    "legal_form": pa.string(),
    "founded_on": pa.date32(),
    "closed_on": pa.date32(),
    "status": pa.string(),
    "private": pa.bool_(),
    "registered_capital": _MONEY,
    "sector": pa.string(),
    "division": pa.int64(),
    "industry": pa.string(),
    "district": pa.string(),
    "zone": pa.string(),
    "town": pa.string(),
    "address": pa.string(),
    "representative": pa.string(),
    "phone": pa.string(),
    "predecessor": pa.string(),
    "registration_number": pa.string(),
}
"""Columns that the registry understands, with their types; money in yuan."""

GONE: Final = ("注销", "迁出")
"""States in which an enterprise no longer stands under the city's care."""


_LONGEST: Final = {
    field.name: field.max_length
    for field in Enterprise._meta.concrete_fields
    if isinstance(field, models.CharField) and field.max_length is not None
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """One row that the registry cannot take: 0-based row, column of ``REGISTER``, Chinese text."""

    row: int
    column: str
    text: str


def register_faults(rows: Table) -> list[RowFault]:
    """Every row that a constraint of the registry would refuse."""
    faults = []
    for name in rows.column_names:
        kind = REGISTER.get(name)
        if kind != pa.string() or name not in _LONGEST:
            continue
        limit = _LONGEST[name]
        too_long = pc.greater(pc.utf8_length(rows[name]), limit)
        faults += [RowFault(i, name, f"超过 {limit} 个字：请缩短") for i in _where(too_long)]
    if {"founded_on", "closed_on"} <= set(rows.column_names):
        upside_down = pc.less(rows["closed_on"], rows["founded_on"])
        text = "注销日期早于成立日期：请核对两个日期"
        faults += [RowFault(i, "closed_on", text) for i in _where(upside_down)]
    return faults


def prepare(rows: Table, city: City, as_of: date) -> Table:
    """The columns of ``Enterprise``, with predecessor and old number behind them.

    Args:
        rows: columns of ``REGISTER``, values as accepted from a file.
        city: gives places, grids, and the words that names leave out.
        as_of: the day of the file.

    Returns:
        One row for each of ``rows``, in the same order, texts without nulls, codes of places,
        amounts in fen, days as text.
    """
    n = rows.num_rows
    given = {name: _column(rows, name, kind) for name, kind in REGISTER.items()}
    text = {n: pc.fill_null(c, "") for n, c in given.items() if pa.types.is_string(c.type)}
    places = places_of(city)
    text["district"], text["zone"], text["town"] = locate_columns(
        places, text["district"], text["zone"], text["town"]
    )
    text["industry"] = pc.replace_substring_regex(text["industry"], r"^[A-Za-z]", "")
    text["sector"] = _sections(text["sector"], text["industry"])
    closed = pc.and_not(pc.is_valid(given["closed_on"]), _after(given["closed_on"], as_of))
    alive = pc.invert(pc.or_(closed, pc.is_in(text["status"], pa.array(GONE))))
    prepared: dict[str, Values] = {
        **text,
        "founded_on": given["founded_on"].cast(pa.string()),
        "closed_on": given["closed_on"].cast(pa.string()),
        "private": given["private"],
        "registered_capital": _fen(given["registered_capital"]),
        "division": given["division"],
        "code_warning": pa.array(
            ~check_usccs(text["uscc"].to_numpy(zero_copy_only=False)).check_ok
        ),
        "name_key": _each(text["name"], name_reader(city).key),
    }
    prepared["fingerprint"] = _fingerprints(prepared)
    prepared["grid"], prepared["community"] = choose_grids(
        grid_rule(city, places), text["town"], text["zone"], text["industry"], alive
    )
    prepared["as_of"] = pa.array([as_of.isoformat()] * n, pa.string())
    return pa.table(prepared)


def _column(rows: Table, name: str, kind: Kind) -> Values:
    if name not in rows.column_names:
        return pa.nulls(rows.num_rows, kind)
    found = rows[name].combine_chunks()
    whole = found.cast(kind) if found.type != kind else found
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def _sections(sector: Values, industry: Values) -> Values:
    """The letter of each section, of the industry's code where the file has words instead."""
    lettered = pc.match_substring_regex(sector, "^[A-T]$")
    return pc.if_else(lettered, sector, _each(industry, letter_of))


def _after(days: Values, day: date) -> Values:
    return pc.fill_null(pc.greater(days, pa.scalar(day, pa.date32())), False)


def _fen(yuan: Values) -> Values:
    hundred = pa.scalar(100, pa.decimal128(3, 0))
    return pc.multiply(yuan, hundred).cast(pa.int64())


def _each(values: Values, change: Callable[[str], str]) -> Values:
    packed = pc.dictionary_encode(values)
    done = pa.array([change(value) for value in packed.dictionary.to_pylist()], pa.string())
    return done.take(packed.indices)


def _fingerprints(columns: dict[str, Values]) -> Values:
    """Thirty-two hexadecimal digits over all delivered values of each row."""
    texts = [pc.fill_null(c.cast(pa.string()), "\x00") for _, c in sorted(columns.items())]
    joined = pc.binary_join_element_wise(*texts, "\x1f")
    digests = (hashlib.blake2b(t.encode(), digest_size=16).hexdigest() for t in joined.to_pylist())
    return pa.array(digests, pa.string())


def _where(mask: Values) -> list[int]:
    found = pc.fill_null(mask, False)
    return np.flatnonzero(found.to_numpy(zero_copy_only=False)).tolist()
