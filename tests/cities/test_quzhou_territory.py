"""Every enterprise of Quzhou falls in exactly one grid, and the network has its promised size."""

from itertools import combinations
from pathlib import Path

from yanzhen.packs.model import Grid
from yanzhen.packs.reader import check_city

FOUND, _ = check_city(Path(__file__).resolve().parents[2] / "cities" / "quzhou")
assert FOUND is not None
CITY = FOUND
DIVISIONS = [f"{number:02d}" for number in range(1, 98)]
ZONES = ["", *(place.code for place in CITY.districts if place.kind == "zone")]
TOWNS = ["", *(code for code, _, _ in CITY.towns)]


def _admits(grid: Grid, town: str, zone: str, division: str) -> bool:
    """Whether the grid's towns, zones and industries all admit the enterprise."""
    return (
        (not grid.towns or town in grid.towns)
        and (not grid.zones or zone in grid.zones)
        and (not grid.industries or division in grid.industries)
    )


def _winners(town: str, zone: str, division: str) -> list[str]:
    """Ids of the admitting grids with the highest priority."""
    admitting = [grid for grid in CITY.grids if _admits(grid, town, zone, division)]
    highest = max((grid.priority for grid in admitting), default=0)
    return [grid.id for grid in admitting if grid.priority == highest]


def test_quzhou_network_is_33_communities_65_grids_34_squads():
    sizes = (len(CITY.communities), len(CITY.grids), len(CITY.squads), len(CITY.towns))

    assert sizes == (33, 65, 34, 100)


def test_quzhou_every_place_and_industry_has_exactly_one_grid():
    astray = [
        (town, zone, division)
        for town in TOWNS
        for zone in ZONES
        for division in DIVISIONS
        if len(_winners(town, zone, division)) != 1
    ]

    assert astray == []


def test_quzhou_every_grid_receives_some_enterprise():
    reached = {
        winner
        for town in TOWNS
        for zone in ZONES
        for division in DIVISIONS
        for winner in _winners(town, zone, division)
    }

    assert reached == {grid.id for grid in CITY.grids}


def test_quzhou_units_on_the_map_do_not_share_a_hexagon():
    now = [place for place in CITY.districts if place.end is None]

    shared = [
        (one.name, other.name)
        for one, other in combinations(now, 2)
        if (one.hex_q, one.hex_r) == (other.hex_q, other.hex_r)
    ]

    assert len(now) == 8
    assert shared == []


def test_quzhou_historic_codes_lead_to_a_present_district():
    by_code = {place.code: place for place in CITY.districts}

    ends = {}
    for place in CITY.districts:
        last = place
        while last.successor:
            last = by_code[last.successor]
        if place.end is not None:
            ends[place.code] = last.code

    assert ends == {"330821": "330803", "330823": "330881", "339006": "330881"}


def test_quzhou_has_its_departments_banks_and_guarantee_institutions():
    kinds = [organization.kind for organization in CITY.organizations]

    assert kinds.count("bank") == 40
    assert kinds.count("guarantee") == 7
    assert kinds.count("platform") == 1
    assert kinds.count("zone") == 2
    assert kinds.count("department") >= 40
