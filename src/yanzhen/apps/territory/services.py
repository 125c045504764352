"""Keeping districts, towns, communities and grids in step with the city folder."""

from datetime import date

from django.db import transaction

from yanzhen.apps.accounts.models import User
from yanzhen.apps.journal.services import record
from yanzhen.apps.periods import Changes, keep_in_step
from yanzhen.apps.territory.models import Community, District, Grid, Town
from yanzhen.packs.model import City


@transaction.atomic
def load_territory(city: City, *, on: date, by: User | None = None) -> Changes:
    """Make the territory that of ``city`` from the day ``on``; twice changes nothing.

    Enterprises keep their grids until ``enterprises.services.assign_grids`` runs.
    """
    changes = (
        keep_in_step(District.objects.all(), _districts(city), on=on)
        + keep_in_step(
            Town.objects.all(), (Town(code=c, name=n, district=d) for c, n, d in city.towns), on=on
        )
        + keep_in_step(Community.objects.all(), _communities(city), on=on)
        + keep_in_step(Grid.objects.all(), _grids(city), on=on)
    )
    if changes.opened or changes.changed or changes.closed:
        record(
            "territory.loaded",
            ("city", city.id),
            by=by,
            city_hash=city.hash,
            opened=changes.opened,
            changed=changes.changed,
            closed=changes.closed,
        )
    return changes


def _districts(city: City) -> list[District]:
    return [
        District(
            code=row.code,
            name=row.name,
            kind=row.kind,
            parent=row.parent,
            start=row.start,
            end=row.end,
            successor=row.successor,
            hex_q=row.hex_q,
            hex_r=row.hex_r,
        )
        for row in city.districts
    ]


def _towns(city: City) -> list[Town]:
    return [Town(code=code, name=name, district=district) for code, name, district in city.towns]


def _communities(city: City) -> list[Community]:
    return [
        Community(code=row.id, name=row.name, district=row.district, head_unit=row.head_unit)
        for row in city.communities
    ]


def _grids(city: City) -> list[Grid]:
    return [
        Grid(
            code=row.id,
            name=row.name,
            community=row.community,
            towns=list(row.towns),
            zones=list(row.zones),
            industries=list(row.industries),
            priority=row.priority,
        )
        for row in city.grids
    ]
