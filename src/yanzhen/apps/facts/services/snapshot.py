"""Making the snapshot of a day: everyone in one file that never changes (快照)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yanzhen.apps.accounts.models import User
from yanzhen.apps.arrow import Table, Values, pa, pc, pq
from yanzhen.apps.enterprises.models import Enterprise, GridMembership
from yanzhen.apps.facts.columns import arrow_type, register_dataset
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.facts.precedence import Delivery, delivery_on, verified_corrections
from yanzhen.apps.facts.services.links import decided_links
from yanzhen.apps.facts.services.progress import Cancelled, Progress, Reporter
from yanzhen.apps.facts.storage import USCC, data_path, write_parquet
from yanzhen.apps.facts.values import read_canonical
from yanzhen.apps.facts.wide import (
    Rows,
    aligned,
    content_hash,
    one_row_each,
    unknown,
    with_decided,
    with_dictionary,
)
from yanzhen.apps.journal.services import record
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.periods import holding_on
from yanzhen.kernel.errors import DomainError
from yanzhen.packs.model import City

GRID, COMMUNITY = "grid", "community"
KEYS = (USCC, GRID, COMMUNITY)


def make_snapshot(
    day: date,
    *,
    by: User | None = None,
    city: City | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Snapshot:
    """Everything known of everyone as of ``day``; the same state gives the same file and hash.

    Columns: ``uscc``, ``grid``, ``community``, then every fact of the city in the order of its
    dictionary: boolean, int64, decimal128(18, scale), date32, text (by dictionary where values
    repeat). Rows in order of ``uscc``. Data received or decided after ``day`` does not count.

    Raises:
        DomainError: no enterprise is known as of the day.
        CancelledError: somebody stopped it; nothing was kept.
    """
    city = city or current_city()
    tell = Reporter(progress, cancelled)
    total = len(city.datasets) + 3
    tell(0, total, "登记库")
    deliveries = {d.id: delivery_on(d, day) for d in city.datasets.values()}
    register = register_dataset(city)
    rows = {} if register is None else {register.id: _rows(deliveries[register.id])}
    base = _base(None if register is None else rows[register.id], day)
    if not len(base):
        raise DomainError(f"{day} 没有任何企业的登记数据：请先接收市场主体登记，再生成快照")
    every = [fact for name, fact in city.facts.items() if name not in KEYS]
    columns: dict[str, Values] = {USCC: base, **_grids(base, day), **unknown(base, every)}
    for done, (name, delivery) in enumerate(deliveries.items(), start=1):
        tell(done, total, delivery.dataset.label.zh)
        if delivery.main is not None:
            facts = [fact for fact in every if fact.dataset == name]
            columns |= aligned(rows.get(name) or _rows(delivery), base, facts)
    corrected = _correct(columns, base, city, day)
    tell(total - 2, total, "内容摘要")
    table = _table(columns, city)
    meta = {**_meta(deliveries, city, day), "corrections": corrected}
    return _keep(table, day, city, meta, by, tell)


def _keep(
    table: Table, day: date, city: City, meta: dict[str, Any], by: User | None, tell: Reporter
) -> Snapshot:
    digest = content_hash(table)
    known = Snapshot.objects.filter(day=day, hash=digest).first()
    relative = f"snapshots/{day}-{digest[:16]}.parquet"
    if known is not None and known.file.exists():
        return known
    tell(len(city.datasets) + 2, len(city.datasets) + 3, "写入快照文件")
    if not data_path(relative).exists():
        write_parquet(table, relative)
    if known is not None:
        return known
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            day=day,
            hash=digest,
            path=relative,
            rows=table.num_rows,
            columns=table.num_columns,
            city_hash=city.hash,
            meta=meta,
            created_at=timezone.now(),
            by=by,
        )
        record("facts.snapshot_made", snapshot, by=by, day=day.isoformat(), hash=digest)
    return snapshot


def _rows(delivery: Delivery) -> Rows:
    """One row for each enterprise that a delivery speaks of."""
    decided = decided_links(delivery.dataset.id)
    tables = (with_decided(pq.read_table(load.file), decided) for load in delivery.loads)
    return one_row_each(tables, history=delivery.dataset.kind == "history")


def _base(register: Rows | None, day: date) -> Values:
    """The enterprises of the snapshot in order: of the register files, else of the registry."""
    if register is None:
        known = Enterprise.objects.filter(first_seen__lte=day).order_by()
        usccs = pa.array(list(known.values_list(USCC, flat=True)), pa.string())
    else:
        usccs = register.usccs
    return usccs.take(pc.sort_indices(usccs))


def _grids(base: Values, day: date) -> dict[str, Values]:
    """Grid and community of each enterprise on the day; null for the unassigned."""
    members = GridMembership.objects.filter(holding_on(day)).order_by()
    rows = members.values_list("enterprise__uscc", "grid", "community").iterator(chunk_size=20_000)
    usccs, grids, communities = list(zip(*rows, strict=True)) or ((), (), ())
    place = pc.index_in(base, value_set=pa.array(usccs, pa.string()))
    return {
        GRID: pa.array(grids, pa.string()).take(place),
        COMMUNITY: pa.array(communities, pa.string()).take(place),
    }


def _correct(columns: dict[str, Values], base: Values, city: City, day: date) -> int:
    """Put verified corrections over what was delivered; returns how many values they set."""
    found: dict[str, dict[str, Any]] = {}
    for correction in verified_corrections(day):
        fact = city.facts.get(correction.fact)
        if fact is not None and correction.fact not in KEYS:
            value = read_canonical(correction.value, fact.spec)
            found.setdefault(correction.fact, {})[correction.enterprise.uscc] = value
    set_ = 0
    for name, values in found.items():
        kind = arrow_type(city.facts[name].spec)
        place = pc.index_in(base, value_set=pa.array(list(values), pa.string()))
        mask = pc.is_valid(place)
        new = pa.array(list(values.values()), kind).take(place.filter(mask))
        columns[name] = pc.replace_with_mask(columns[name], mask, new)
        set_ += len(new)
    return set_


def _table(columns: dict[str, Values], city: City) -> Table:
    """The columns in the order of the city, texts by dictionary where their values repeat."""
    names = [*KEYS, *(name for name in city.facts if name not in KEYS)]
    return pa.table({name: with_dictionary(columns[name]) for name in names})


def _meta(deliveries: dict[str, Delivery], city: City, day: date) -> dict[str, Any]:
    """Which load speaks for each data set, how old it is, and which are late or missing."""
    lines = {name: _line(delivery, day) for name, delivery in deliveries.items()}
    return {
        "city": {"id": city.id, "version": city.version},
        "datasets": lines,
        "missing": [name for name, line in lines.items() if line["missing"]],
        "late": [name for name, line in lines.items() if line["late"]],
    }


def _line(delivery: Delivery, day: date) -> dict[str, Any]:
    main, dataset = delivery.main, delivery.dataset
    line: dict[str, Any] = {"objective": dataset.freshness, "missing": main is None, "late": False}
    if main is None:
        return line
    age = (day - main.as_of).days
    return {
        **line,
        "loads": [load.pk for load in delivery.loads],
        "as_of": main.as_of.isoformat(),
        "received_on": main.received_on.isoformat(),
        "days_old": age,
        "late": age > dataset.freshness,
        "rows": sum(load.accepted for load in delivery.loads),
        "linked": sum(load.linked for load in delivery.loads),
    }
