"""Territory, organizations, calendars and glossary of a city folder (区域、机构、日历、术语)."""

from dataclasses import dataclass
from typing import Any

from yanzhen.packs.checks_places import ReferenceChecker
from yanzhen.packs.model import Community, District, Grid, Organization, Squad
from yanzhen.packs.reading import Reading
from yanzhen.packs.table_specs import (
    CALENDAR,
    COMMUNITIES,
    DISTRICTS,
    GLOSSARY,
    GRIDS,
    ORGANIZATIONS,
    SQUADS,
    TOWNS,
)
from yanzhen.packs.tables import Row, TableSpec, as_day, read_table


@dataclass(frozen=True, slots=True)
class Places:
    """Everything the CSV files say."""

    districts: tuple[District, ...]
    towns: tuple[tuple[str, str, str], ...]
    communities: tuple[Community, ...]
    grids: tuple[Grid, ...]
    squads: tuple[Squad, ...]
    organizations: tuple[Organization, ...]
    calendar: tuple[dict[str, str], ...]
    glossary: tuple[dict[str, str], ...]


def read_places(reading: Reading) -> Places:
    """Read the CSV files of a folder and check what they refer to."""
    districts = _table(reading, "territory/districts.csv", DISTRICTS)
    towns = _table(reading, "territory/towns.csv", TOWNS)
    communities = _table(reading, "territory/communities.csv", COMMUNITIES)
    grids = _table(reading, "territory/grids.csv", GRIDS)
    squads = _table(reading, "territory/squads.csv", SQUADS)
    organizations = _table(reading, "organizations.csv", ORGANIZATIONS)
    glossary = _table(reading, "glossary.csv", GLOSSARY)
    calendar = _calendar(reading)
    checker = ReferenceChecker(reading, districts, organizations)
    checker.districts(districts)
    checker.references(towns, "district", checker.codes, "district", "territory/districts.csv")
    for rows, column in ((communities, "head_unit"), (squads, "lead")):
        checker.references(rows, "district", checker.codes, "district", "territory/districts.csv")
        checker.references(rows, column, checker.units, "organization", "organizations.csv")
    checker.references(organizations, "parent", checker.units, "organization", "organizations.csv")
    checker.references(
        organizations,
        "district",
        {*checker.codes, *checker.cities, *(f"{code[:2]}0000" for code in checker.cities)},
        "district",
        "territory/districts.csv",
    )
    checker.grids(grids, communities, towns)
    for row in glossary:
        checker.source(row)
    for row in calendar:
        checker.source(row)
    return Places(
        districts=tuple(_district(row) for row in districts),
        towns=tuple((r.cells["code"], r.cells["name"], r.cells["district"]) for r in towns),
        communities=tuple(_of(Community, row) for row in communities),
        grids=tuple(_grid(row) for row in grids),
        squads=tuple(_of(Squad, row) for row in squads),
        organizations=tuple(_of(Organization, row) for row in organizations),
        calendar=tuple(dict(row.cells) for row in calendar),
        glossary=tuple(dict(row.cells) for row in glossary),
    )


def _table(reading: Reading, name: str, spec: TableSpec) -> list[Row]:
    before = len(reading.faults)
    rows = read_table(reading.folder.files.get(name, []), spec, reading.faults)
    if len(reading.faults) > before:
        reading.unread.add(name)
    return rows


def _calendar(reading: Reading) -> list[Row]:
    rows: list[Row] = []
    for (year,), layers in reading.folder.matching(r"calendar/([0-9]{4})\.csv"):
        for row in read_table(layers, CALENDAR, reading.faults):
            day = as_day(row.cells["date"])
            if day is not None and str(day.year) != year:
                message = f"{day} does not belong to the year {year}"
                reading.faults.append(row.fault("date", message, f"move it to {day.year}.csv"))
            rows.append(row)
    return rows


def _of(kind: type[Any], row: Row) -> Any:
    return kind(**row.cells)


def _district(row: Row) -> District:
    return District(
        code=row.cells["code"],
        name=row.cells["name"],
        kind=row.cells["kind"],  # type: ignore[arg-type]
        parent=row.cells["parent"],
        start=row.day("from"),
        end=row.day("until"),
        successor=row.cells["successor"],
        hex_q=row.whole("hex_q"),
        hex_r=row.whole("hex_r"),
    )


def _grid(row: Row) -> Grid:
    return Grid(
        id=row.cells["id"],
        name=row.cells["name"],
        community=row.cells["community"],
        towns=row.parts("towns"),
        zones=row.parts("zones"),
        industries=row.parts("industries"),
        priority=row.whole("priority"),
    )
