"""References between the CSV files of a city folder (区域与机构的引用检查)."""

import re

from yanzhen.packs.hints import did_you_mean, listed
from yanzhen.packs.reading import Reading
from yanzhen.packs.tables import Row

GB_2260 = re.compile("[0-9]{6}")
"""A division code (行政区划代码)."""
GB_4754 = re.compile("[A-T]|[A-T]?[0-9]{2,4}")
"""A section, division, group or class of industry (行业代码)."""


class ReferenceChecker:
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
        """Check one column of all rows; ``what`` it refers to is written in the file ``where``."""
        for row in rows:
            self.reference(row, column, row.cells[column], known, what=what, where=where)

    def reference(
        self, row: Row, column: str, value: str, known: set[str], *, what: str, where: str
    ) -> None:
        """Check one value; one missing thing is one fault, however many rows of a file name it."""
        if not value or value in known or not self.reading.knows_all(where):
            return
        if (row.file, column, value) not in self.reported:
            self.reported.add((row.file, column, value))
            mend = did_you_mean(value, sorted(known), otherwise=f"add it in {where}")
            self.reading.faults.append(row.fault(column, f"there is no {what} “{value}”", mend))

    def source(self, row: Row) -> None:
        """Check the source that a row names."""
        known = set(self.reading.sources)
        where = "sources/<id>.yaml"
        self.reference(row, "source", row.cells["source"], known, what="source", where=where)

    def districts(self, rows: list[Row]) -> None:
        """A county has a code of the city's; parents and successors exist; periods are whole."""
        hexagons: dict[tuple[int, int], str] = {}
        where = "territory/districts.csv"
        parents = {*self.codes, *self.cities}
        for row in rows:
            parent, successor = row.cells["parent"], row.cells["successor"]
            self.reference(row, "parent", parent, parents, what="district", where=where)
            self.reference(row, "successor", successor, self.codes, what="district", where=where)
            self._check_code(row)
            self._check_period(row)
            self._check_hexagon(row, hexagons)

    def _check_code(self, row: Row) -> None:
        """Codes of today start as the city's does; older ones may not, and zones have none."""
        code, kind = row.cells["code"], row.cells["kind"]
        own = sorted({city[:4] for city in self.cities})
        counted = kind != "zone" and not row.cells["until"]
        if counted and not (GB_2260.fullmatch(code) and code[:4] in own):
            message = f"“{code}” is no code of a {kind} of this city"
            mend = f"write six digits that start with {listed(own)} (GB/T 2260)"
            self.reading.faults.append(row.fault("code", message, mend))

    def _check_period(self, row: Row) -> None:
        start, end = row.day("from"), row.day("until")
        if start is not None and end is not None and end < start:
            message = f"it ends on {end}, before it starts on {start}"
            self.reading.faults.append(row.fault("until", message, "write a later day"))

    def _check_hexagon(self, row: Row, taken: dict[tuple[int, int], str]) -> None:
        """Of the districts in force no two lie on one hexagon of the map."""
        place, code = (row.whole("hex_q"), row.whole("hex_r")), row.cells["code"]
        if row.day("until") is None and taken.setdefault(place, code) != code:
            message = f"the hexagon {place} belongs to {taken[place]} already"
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
        if not self.reading.knows_all("territory/grids.csv"):
            return
        covered = {row.cells["community"] for row in grids}
        for row in communities:
            if row.cells["id"] not in covered:
                message = f"the community “{row.cells['id']}” has no grid"
                mend = "add one in territory/grids.csv"
                self.reading.faults.append(row.fault("id", message, mend))
