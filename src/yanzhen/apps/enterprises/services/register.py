"""Taking a register file into the registry: new, changed and closed enterprises (登记入库)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db import connection, transaction

from yanzhen.apps.arrow import Table, Values, pa, pc
from yanzhen.apps.enterprises.enums import IdentifierKind, SuccessionKind
from yanzhen.apps.enterprises.models import (
    Enterprise,
    EnterpriseAddress,
    EnterpriseName,
    GridMembership,
    Identifier,
    RegistryState,
    Representative,
    Succession,
)
from yanzhen.apps.enterprises.register import prepare
from yanzhen.apps.enterprises.services.bulk import allocate_ids, insert_rows, run_many
from yanzhen.apps.enterprises.services.search_index import index_rows, reindex
from yanzhen.packs.model import City

CHUNK = 20_000
_ENTERPRISE = Enterprise._meta.db_table
_COLUMNS = tuple(
    field.attname
    for field in Enterprise._meta.concrete_fields
    if field.attname not in {"id", "first_seen"}
)

type Known = dict[str, tuple[int, str]]
"""Key and fingerprint of every enterprise by its code."""


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What a register file did to the registry."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class _Trail:
    """One history table: which columns make its value, and the model that keeps it."""

    table: str
    columns: tuple[str, ...]


_TRAILS = (
    _Trail(EnterpriseName._meta.db_table, ("name", "name_key")),
    _Trail(EnterpriseAddress._meta.db_table, ("address", "district", "zone", "town")),
    _Trail(GridMembership._meta.db_table, ("grid", "community")),
)


def write_register(
    rows: Table,
    *,
    city: City,
    as_of: date,
    start: int = 0,
    on_chunk: Callable[[int, int], None] | None = None,
) -> RegisterReport:
    """Take in every row of a register file, in transactions of ``CHUNK`` rows.

    Args:
        rows: columns of ``register.REGISTER``, codes unique, faults already taken out.
        city: the city folder.
        as_of: the day from which the values are known to hold.
        start: rows already taken in by an interrupted run.
        on_chunk: called inside each transaction with rows done and rows in all, so that what it
            writes stands or falls with the chunk; raising in it leaves the chunk unwritten.

    Returns:
        What was added, changed and left; the same file twice changes nothing.
    """
    # in order of code, so that the known rows of a chunk are one range of the index
    prepared = prepare(rows, city, as_of).sort_by("uscc")
    added = changed = 0
    for begin in range(start, prepared.num_rows, CHUNK):
        chunk = prepared.slice(begin, CHUNK)
        with transaction.atomic():
            state = lock_registry()
            known = _known(chunk["uscc"])
            new, old = _split(chunk, known)
            _add(new, as_of)
            _change(old, known, as_of)
            added, changed = added + new.num_rows, changed + old.num_rows
            if new.num_rows or old.num_rows:
                mark_changed(state)
            if on_chunk is not None:
                on_chunk(min(begin + CHUNK, prepared.num_rows), prepared.num_rows)
    return RegisterReport(added, changed, prepared.num_rows - start - added - changed)


def lock_registry() -> RegistryState:
    """The registry's state, locked to the end of the transaction: one writer at a time."""
    RegistryState.objects.get_or_create(pk=1)
    return RegistryState.objects.select_for_update().get(pk=1)


def mark_changed(state: RegistryState) -> None:
    """Say that the registry is another than before; ``state`` comes from ``lock_registry``."""
    state.revision = uuid4().hex
    state.save(update_fields=["revision"])


def _known(usccs: Values) -> Known:
    """Key and fingerprint of the enterprises between the least and greatest code of a chunk."""
    if not len(usccs):
        return {}
    ends = pc.min_max(usccs)
    rows = Enterprise.objects.filter(uscc__gte=ends["min"].as_py(), uscc__lte=ends["max"].as_py())
    found = rows.order_by().values_list("uscc", "pk", "fingerprint").iterator(chunk_size=20_000)
    return {uscc: (pk, fingerprint) for uscc, pk, fingerprint in found}


def _split(chunk: Table, known: Known) -> tuple[Table, Table]:
    """The rows that are new, and those that are known and differ."""
    new, changed = [], []
    pairs = zip(chunk["uscc"].to_pylist(), chunk["fingerprint"].to_pylist(), strict=True)
    for i, (uscc, fingerprint) in enumerate(pairs):
        found = known.get(uscc)
        if found is None:
            new.append(i)
        elif found[1] != fingerprint:
            changed.append(i)
    return chunk.take(pa.array(new, pa.int64())), chunk.take(pa.array(changed, pa.int64()))


def _add(rows: Table, as_of: date) -> None:
    """Insert new enterprises with the first row of each of their histories."""
    if not rows.num_rows:
        return
    first = allocate_ids(Enterprise, rows.num_rows)
    ids = pa.array(range(first, first + rows.num_rows), pa.int64())
    day = pa.scalar(as_of.isoformat())
    begun = pc.min_element_wise(rows["founded_on"], day)
    values = {name: rows[name] for name in _COLUMNS}
    seen = pa.array([as_of.isoformat()] * rows.num_rows, pa.string())
    insert_rows(_ENTERPRISE, pa.table({"id": ids, **values, "first_seen": seen}))
    for trail in _TRAILS:
        start = seen if trail.columns[0] == "grid" else begun
        _open(trail, pa.table({"enterprise_id": ids, "start": start, **_of(rows, trail.columns)}))
    people = pa.table({"enterprise_id": ids, "start": begun, "name": rows["representative"]})
    insert_rows(Representative._meta.db_table, people.filter(pc.not_equal(people["name"], "")))
    _add_identifiers(ids, begun, rows["uscc"], IdentifierKind.USCC)
    _add_identifiers(ids, begun, rows["registration_number"], IdentifierKind.REGISTRATION)
    _add_predecessors(ids.to_pylist(), rows, as_of)
    index_rows(ids, rows["name"], rows["uscc"], rows["registration_number"])


def _of(rows: Table, columns: tuple[str, ...]) -> dict[str, Values]:
    return {name: rows[name] for name in columns}


def _open(trail: _Trail, rows: Table) -> None:
    """Open periods, but none for a value that is empty."""
    empty = [pc.equal(rows[name], "") for name in trail.columns]
    nothing = empty[0]
    for column in empty[1:]:
        nothing = pc.and_(nothing, column)
    insert_rows(trail.table, rows.filter(pc.invert(nothing)))


def _add_identifiers(ids: Values, start: Values, codes: Values, kind: IdentifierKind) -> None:
    kinds = pa.array([kind.value] * len(ids), pa.string())
    rows = pa.table({"enterprise_id": ids, "start": start, "code": codes, "kind": kinds})
    insert_rows(Identifier._meta.db_table, rows.filter(pc.not_equal(rows["code"], "")))


def _add_predecessors(ids: list[int], rows: Table, as_of: date) -> None:
    found = []
    columns = (rows[name].to_pylist() for name in ("predecessor", "uscc", "founded_on"))
    for key, before, uscc, founded in zip(ids, *columns, strict=True):
        if before and before != uscc:
            day = founded or as_of.isoformat()
            found.append(
                Succession(predecessor=before, successor_id=key, kind=_kind(before, uscc), day=day)
            )
    Succession.objects.bulk_create(found, batch_size=1000, ignore_conflicts=True)


def _kind(predecessor: str, successor: str) -> SuccessionKind:
    """An individual business (92) that became an enterprise (91) was upgraded (个转企)."""
    if predecessor.startswith("92") and successor.startswith("91"):
        return SuccessionKind.UPGRADE
    return SuccessionKind.OTHER


def _change(rows: Table, known: Known, as_of: date) -> None:
    """Update known enterprises; a value kept over time closes its row and opens a new one."""
    if not rows.num_rows:
        return
    ids = [known[uscc][0] for uscc in rows["uscc"].to_pylist()]
    keys = pa.array(ids, pa.int64())
    before = _present_values(ids)
    for trail in _TRAILS:
        _move_on(trail, keys, rows, before, as_of)
    people = _Trail(Representative._meta.db_table, ("name",))
    renamed = rows.select(["representative"]).rename_columns(["name"])
    old = {key: {"name": row["representative"]} for key, row in before.items()}
    _move_on(people, keys, renamed, old, as_of)
    _renumber(ids, rows["registration_number"].to_pylist(), as_of)
    _add_predecessors(ids, rows, as_of)
    _update(ids, rows)
    reindex(ids)


def _present_values(ids: list[int]) -> dict[int, dict[str, str]]:
    wanted = {name for trail in _TRAILS for name in trail.columns} | {"representative"}
    found: dict[int, dict[str, str]] = {}
    for begin in range(0, len(ids), 500):
        rows = Enterprise.objects.filter(pk__in=ids[begin : begin + 500]).values("pk", *wanted)
        found.update((row.pop("pk"), row) for row in rows)
    return found


def _move_on(
    trail: _Trail, ids: Values, rows: Table, before: dict[int, dict[str, str]], as_of: date
) -> None:
    """Close the present period of every value that changed, and open the next from ``as_of``."""
    now = rows.select(list(trail.columns)).to_pylist()
    moved = [
        i
        for i, (key, row) in enumerate(zip(ids.to_pylist(), now, strict=True))
        if any(before[key][name] != row[name] for name in trail.columns)
    ]
    if not moved:
        return
    keys = ids.take(pa.array(moved))
    end_periods(trail.table, keys.to_pylist(), as_of)
    start = pa.array([as_of.isoformat()] * len(moved), pa.string())
    _open(
        trail,
        pa.table({"enterprise_id": keys, "start": start, **_of(rows.take(moved), trail.columns)}),
    )


def end_periods(table: str, ids: list[int], as_of: date, *, and_where: str = "") -> None:
    """End the present periods the day before ``as_of``; one begun on it or later goes."""
    name = connection.ops.quote_name(table)
    where = f'WHERE enterprise_id = %s AND "end" IS NULL{and_where}'
    day, eve = as_of.isoformat(), (as_of - timedelta(days=1)).isoformat()
    run_many(f"DELETE FROM {name} {where} AND start >= %s", ((key, day) for key in ids))  # noqa: S608
    run_many(f'UPDATE {name} SET "end" = %s {where}', ((eve, key) for key in ids))  # noqa: S608


def _renumber(ids: list[int], numbers: list[str], as_of: date) -> None:
    """A registration number that is new or another than before."""
    kind = IdentifierKind.REGISTRATION
    present: dict[int, str] = {}
    for begin in range(0, len(ids), 500):
        rows = Identifier.objects.filter(
            enterprise__in=ids[begin : begin + 500], kind=kind, end__isnull=True
        )
        present.update(rows.values_list("enterprise_id", "code"))
    moved = [
        (key, number)
        for key, number in zip(ids, numbers, strict=True)
        if number and present.get(key) != number
    ]
    table = Identifier._meta.db_table
    end_periods(table, [k for k, _ in moved], as_of, and_where=f" AND kind = '{kind.value}'")
    Identifier.objects.bulk_create(
        [Identifier(enterprise_id=k, kind=kind, code=number, start=as_of) for k, number in moved]
    )


def _update(ids: list[int], rows: Table) -> None:
    names = [name for name in _COLUMNS if name != "uscc"]
    sets = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in names)
    columns = (rows[name].to_pylist() for name in names)
    table = connection.ops.quote_name(_ENTERPRISE)
    run_many(f"UPDATE {table} SET {sets} WHERE id = %s", zip(*columns, ids, strict=True))  # noqa: S608
