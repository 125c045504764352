"""Territory, organizations, calendars and glossary of a city folder (区域、机构、日历、术语)."""

import re
from dataclasses import dataclass
from typing import Any

from yanzhen.packs.hints import did_you_mean, listed
from yanzhen.packs.model import Community, District, Grid, Organization, Squad
from yanzhen.packs.reading import Reading
from yanzhen.packs.tables import Field, Row, TableSpec, as_day, read_table

GB_2260 = re.compile("[0-9]{6}")
"""A division code (行政区划代码)."""
GB_4754 = re.compile("[A-T]|[A-T]?[0-9]{2,4}")
"""A section, division, group or class of industry (行业代码)."""

DISTRICTS = TableSpec(
    (
        Field("code", required=True),
        Field("name", required=True),
        Field("kind", required=True, words=("district", "county", "city", "zone")),
        Field("parent", required=True),
        Field("from", "day"),
        Field("until", "day"),
        Field("successor"),
        Field("hex_q", "whole", required=True),
        Field("hex_r", "whole", required=True),
    ),
    key=("code", "from"),
)
TOWNS = TableSpec(
    (
        Field("code", required=True),
        Field("name", required=True),
        Field("district", required=True),
    ),
    key=("code",),
)
COMMUNITIES = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("district", required=True),
        Field("head_unit"),
    ),
    key=("id",),
)
GRIDS = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("community", required=True),
        Field("towns", "list"),
        Field("zones", "list"),
        Field("industries", "list"),
        Field("priority", "whole"),
    ),
    key=("id",),
)
SQUADS = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("district", required=True),
        Field("lead"),
    ),
    key=("id",),
)
ORGANIZATIONS = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("short"),
        Field(
            "kind",
            required=True,
            words=(
                "department",
                "government",
                "zone",
                "bank",
                "guarantee",
                "operator",
                "platform",
            ),
        ),
        Field("parent"),
        Field("district"),
        Field("uscc"),
    ),
    key=("id",),
)
CALENDAR = TableSpec(
    (
        Field("date", "day", required=True),
        Field("kind", required=True, words=("off", "work")),
        Field("name"),
        Field("known_from", "day", required=True),
        Field("source", required=True),
    ),
    key=("date", "known_from"),
)
GLOSSARY = TableSpec(
    (
        Field("zh", required=True),
        Field("en", required=True),
        Field("meaning", required=True),
        Field("source"),
    ),
    key=("zh",),
)


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
    checker = _Checker(reading, districts, organizations)
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
    return read_table(reading.folder.files.get(name, []), spec, reading.faults)


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


class _Checker:
    """References between the tables."""

    def __init__(self, reading: Reading, districts: list[Row], organizations: list[Row]) -> None:
        self.reading = reading
        self.cities = reading.folder.codes
        self.codes = {row.cells["code"] for row in districts}
        self.units = {row.cells["id"] for row in organizations}
        self.reported: set[tuple[str, str, str]] = set()

    def references(
        self, rows: list[Row], column: str, known: set[str], what: str, where: str
    ) -> None:
        for row in rows:
            self.reference(row, column, row.cells[column], known, what=what, where=where)

    def reference(
        self, row: Row, column: str, value: str, known: set[str], *, what: str, where: str
    ) -> None:
        # One missing thing is one fault, however many rows of a file name it.
        if value and value not in known and (row.file, column, value) not in self.reported:
            self.reported.add((row.file, column, value))
            mend = did_you_mean(value, sorted(known), otherwise=f"add it in {where}")
            self.reading.faults.append(row.fault(column, f"there is no {what} “{value}”", mend))

    def source(self, row: Row) -> None:
        known = set(self.reading.sources)
        where = "sources/<id>.yaml"
        self.reference(row, "source", row.cells["source"], known, what="source", where=where)

    def districts(self, rows: list[Row]) -> None:
        """A county has a code of the city's; parents and successors exist; periods are whole."""
        hexagons: dict[tuple[int, int], str] = {}
        own = sorted({city[:4] for city in self.cities})
        for row in rows:
            code, kind = row.cells["code"], row.cells["kind"]
            counted = kind != "zone" and not row.cells["until"]
            if counted and not (GB_2260.fullmatch(code) and code[:4] in own):
                message = f"“{code}” is no code of a {kind} of this city"
                mend = f"write six digits that start with {listed(own)} (GB/T 2260)"
                self.reading.faults.append(row.fault("code", message, mend))
            parents = {*self.codes, *self.cities}
            where = "territory/districts.csv"
            parent, successor = row.cells["parent"], row.cells["successor"]
            self.reference(row, "parent", parent, parents, what="district", where=where)
            self.reference(row, "successor", successor, self.codes, what="district", where=where)
            start, end = row.day("from"), row.day("until")
            if start is not None and end is not None and end < start:
                message = f"it ends on {end}, before it starts on {start}"
                self.reading.faults.append(row.fault("until", message, "write a later day"))
            place = (row.whole("hex_q"), row.whole("hex_r"))
            if end is None and hexagons.setdefault(place, code) != code:
                message = f"the hexagon {place} belongs to {hexagons[place]} already"
                self.reading.faults.append(row.fault("hex_q", message, "choose a free hexagon"))

    def grids(self, grids: list[Row], communities: list[Row], towns: list[Row]) -> None:
        """A grid lies in a community, and every community has a grid."""
        ids = {row.cells["id"] for row in communities}
        where = "territory/communities.csv"
        self.references(grids, "community", ids, "community", where)
        town_words = {word for row in towns for word in (row.cells["code"], row.cells["name"])}
        for row in grids:
            for town in row.parts("towns"):
                file = "territory/towns.csv"
                self.reference(row, "towns", town, town_words, what="town", where=file)
            for zone in row.parts("zones"):
                file = "territory/districts.csv"
                self.reference(row, "zones", zone, self.codes, what="district", where=file)
            for industry in row.parts("industries"):
                if not GB_4754.fullmatch(industry):
                    message = f"“{industry}” is no code of GB/T 4754"
                    mend = "write a section letter, or two to four digits"
                    self.reading.faults.append(row.fault("industries", message, mend))
        covered = {row.cells["community"] for row in grids}
        for row in communities:
            if row.cells["id"] not in covered:
                message = f"the community “{row.cells['id']}” has no grid"
                mend = "add one in territory/grids.csv"
                self.reading.faults.append(row.fault("id", message, mend))
