"""Reading the territory. It is public: every reader may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yanzhen.apps.periods import holding_on
from yanzhen.apps.territory.models import Community, District, Grid, Town


def districts_on(day: date) -> QuerySet[District]:
    """Districts and zones that exist on ``day``, in order of code."""
    return District.objects.filter(holding_on(day)).order_by("code")


def towns_on(day: date) -> QuerySet[Town]:
    """Towns that exist on ``day``, in order of code."""
    return Town.objects.filter(holding_on(day)).order_by("code")


def communities_on(day: date) -> QuerySet[Community]:
    """Enterprise communities that exist on ``day``, in order of code."""
    return Community.objects.filter(holding_on(day)).order_by("code")


def grids_on(day: date) -> QuerySet[Grid]:
    """Grids that exist on ``day``, in order of code."""
    return Grid.objects.filter(holding_on(day)).order_by("code")


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Present names by code, for showing lists without a join."""

    districts: dict[str, str]
    towns: dict[str, str]
    communities: dict[str, str]
    grids: dict[str, str]


def place_names() -> PlaceNames:
    """Names of every present district, zone, town, community and grid: four queries."""
    tables = (District.objects, Town.objects, Community.objects, Grid.objects)
    return PlaceNames(
        *(dict(rows.filter(end__isnull=True).values_list("code", "name")) for rows in tables)
    )
