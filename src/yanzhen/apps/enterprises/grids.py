"""Which grid serves an enterprise (网格归属规则).

The grid of the highest priority whose towns, zones and industries all admit it; of two with the
same priority, the one whose code comes first. An empty list admits all.
"""

from dataclasses import dataclass

from yanzhen.apps.arrow import Values, pa, pc
from yanzhen.apps.enterprises.places import Places
from yanzhen.kernel.errors import CellError
from yanzhen.kernel.industries import section_of
from yanzhen.packs.model import City, Grid

NONE = ("", "")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One grid with its lists in codes; an empty list admits all."""

    grid: str
    community: str
    towns: frozenset[str]
    zones: frozenset[str]
    industries: tuple[str, ...]

    def admits(self, town: str, zone: str, industry: str) -> bool:
        """Whether all three lists admit an enterprise."""
        return (
            (not self.towns or town in self.towns)
            and (not self.zones or zone in self.zones)
            and (not self.industries or industry.startswith(self.industries))
        )


@dataclass(frozen=True, slots=True)
class GridRule:
    """The grids of a city in the order in which they are asked."""

    rules: tuple[_Rule, ...]

    def choose(self, town: str, zone: str, industry: str) -> tuple[str, str]:
        """Grid and community; two empty texts where no grid admits the enterprise.

        Args:
            town: code of the town, or empty.
            zone: code of the functional zone, or empty.
            industry: GB/T 4754 code without its letter, or empty.
        """
        lettered = letter_of(industry) + industry
        for rule in self.rules:
            if rule.admits(town, zone, lettered):
                return rule.grid, rule.community
        return NONE


def grid_rule(city: City, places: Places) -> GridRule:
    """The rule of a city; its grids may name towns and zones by code or by name."""
    ordered = sorted(city.grids, key=lambda grid: (-grid.priority, grid.id))
    return GridRule(tuple(_rule(grid, places) for grid in ordered))


def _rule(grid: Grid, places: Places) -> _Rule:
    return _Rule(
        grid.id,
        grid.community,
        frozenset(places.towns.get(("", town), town) for town in grid.towns),
        frozenset(places.zones.get(zone, zone) for zone in grid.zones),
        tuple(_lettered(industry) for industry in grid.industries),
    )


def _lettered(industry: str) -> str:
    """An industry with its letter: ``C``, ``C26``, or ``26`` as ``C26``."""
    return letter_of(industry) + industry if industry[:1].isdigit() else industry


def letter_of(industry: str) -> str:
    """The letter of the section of an industry code; empty where the code says none.

    >>> letter_of("2641"), letter_of("")
    ('C', '')
    """
    try:
        return section_of(industry)
    except CellError:
        return ""


def choose_grids(
    rule: GridRule, town: Values, zone: Values, industry: Values, alive: Values
) -> tuple[Values, Values]:
    """:meth:`GridRule.choose` for whole columns; what is not ``alive`` has no grid."""
    key = pc.binary_join_element_wise(town, zone, industry, "\x1f")
    packed = pc.dictionary_encode(key)
    found = [rule.choose(*text.split("\x1f")) for text in packed.dictionary.to_pylist()]
    columns = zip(*found, strict=True) if found else ((), ())
    grid, community = (
        pc.if_else(alive, pa.array(column, pa.string()).take(packed.indices), "")
        for column in columns
    )
    return grid, community
