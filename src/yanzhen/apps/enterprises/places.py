"""Where an enterprise is, in codes: files say names or codes, old ones or new (地址归一)."""

from dataclasses import dataclass

from yanzhen.apps.arrow import Values, pa, pc
from yanzhen.packs.model import City, District


@dataclass(frozen=True, slots=True)
class Places:
    """Codes by what files call them; towns are asked for within their district.

    Attributes:
        districts: code of each county, district and city by name or code, ended ones led to
            their successors.
        zones: code of each functional zone by name or code.
        parents: district of each zone.
        towns: code of each town by ``(district, name or code)``; the district may be empty
            where the name is unique in the city.
    """

    districts: dict[str, str]
    zones: dict[str, str]
    parents: dict[str, str]
    towns: dict[tuple[str, str], str]

    def locate(self, district: str, zone: str, town: str) -> tuple[str, str, str]:
        """District, zone and town in codes, empty where unknown.

        A zone named as a district counts as a zone; a zone or a town alone says its district.
        """
        zone_code = self.zones.get(zone) or self.zones.get(district, "")
        district_code = self.districts.get(district, "") or self.parents.get(zone_code, "")
        town_code = self.towns.get((district_code, town)) or self.towns.get(("", town), "")
        if not district_code and town_code:
            district_code = self.districts.get(town_code[:6], "")
        return district_code, zone_code, town_code


def places_of(city: City) -> Places:
    """The places of a city folder."""
    rows = {row.code: row for row in city.districts}
    districts = {}
    for row in sorted(city.districts, key=lambda row: row.end is None):
        if row.kind != "zone":
            districts[row.code] = districts[row.name] = _present(row, rows)
    zones = [row for row in city.districts if row.kind == "zone"]
    return Places(
        districts=districts,
        zones={name: row.code for row in zones for name in (row.code, row.name)},
        parents={row.code: row.parent for row in zones},
        towns=_towns(city),
    )


def _present(row: District, rows: dict[str, District]) -> str:
    """The code in force that took over, following successors."""
    seen = {row.code}
    while row.end is not None and row.successor in rows and row.successor not in seen:
        row = rows[row.successor]
        seen.add(row.code)
    return row.code


def _towns(city: City) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    names = [name for _, name, _ in city.towns]
    for code, name, district in city.towns:
        found[district, name] = found[district, code] = found["", code] = code
        if names.count(name) == 1:
            found["", name] = code
    return found


def locate_columns(
    places: Places, district: Values, zone: Values, town: Values
) -> tuple[Values, Values, Values]:
    """:meth:`Places.locate` for whole columns: each distinct combination is looked up once."""
    key = pc.binary_join_element_wise(district, zone, town, "\x1f")
    packed = pc.dictionary_encode(key)
    found = [places.locate(*text.split("\x1f")) for text in packed.dictionary.to_pylist()]
    columns = zip(*found, strict=True) if found else ((), (), ())
    taken = [pa.array(column, pa.string()).take(packed.indices) for column in columns]
    return taken[0], taken[1], taken[2]
