"""Putting every enterprise into its grid after the grids changed (网格调整)."""

from datetime import date

from django.db import connection, transaction

from yanzhen.apps.accounts.models import User
from yanzhen.apps.arrow import pa
from yanzhen.apps.enterprises.grids import choose_grids, grid_rule
from yanzhen.apps.enterprises.models import Enterprise, GridMembership
from yanzhen.apps.enterprises.places import places_of
from yanzhen.apps.enterprises.register import GONE
from yanzhen.apps.enterprises.services.bulk import insert_rows, run_many
from yanzhen.apps.enterprises.services.register import end_periods, lock_registry, mark_changed
from yanzhen.apps.journal.services import record
from yanzhen.packs.model import City

_FIELDS = ("pk", "town", "zone", "industry", "status", "closed_on", "grid", "community")


@transaction.atomic
def assign_grids(city: City, *, on: date, by: User | None = None) -> int:
    """Apply the city's grid rule to everyone from the day ``on``; twice changes nothing.

    Returns:
        How many enterprises moved to another grid, or into or out of one.
    """
    state = lock_registry()
    rows = list(Enterprise.objects.order_by("pk").values_list(*_FIELDS))
    if not rows:
        return 0
    keys, town, zone, industry, status, closed, grid, community = zip(*rows, strict=True)
    alive = [s not in GONE and (c is None or c > on) for s, c in zip(status, closed, strict=True)]
    places = [pa.array(column, pa.string()) for column in (town, zone, industry)]
    chosen = choose_grids(
        grid_rule(city, places_of(city)), places[0], places[1], places[2], pa.array(alive)
    )
    pairs = zip(*(column.to_pylist() for column in chosen), strict=True)
    now = zip(keys, pairs, zip(grid, community, strict=True), strict=True)
    moved = [(key, *new) for key, new, old in now if new != old]
    if moved:
        _move(moved, on)
        mark_changed(state)
        record("enterprises.grids_assigned", ("city", city.id), by=by, moved=len(moved))
    return len(moved)


def _move(moved: list[tuple[int, str, str]], on: date) -> None:
    members, enterprises = GridMembership._meta.db_table, Enterprise._meta.db_table
    end_periods(members, [key for key, _, _ in moved], on)
    opened = [row for row in moved if row[1]]
    if opened:
        keys, grids, communities = zip(*opened, strict=True)
        start = pa.array([on.isoformat()] * len(opened), pa.string())
        columns = {"enterprise_id": keys, "start": start, "grid": grids, "community": communities}
        insert_rows(members, pa.table(columns))
    table = connection.ops.quote_name(enterprises)
    run_many(
        f"UPDATE {table} SET grid = %s, community = %s WHERE id = %s",  # noqa: S608 -- our own table
        ((grid, community, key) for key, grid, community in moved),
    )
