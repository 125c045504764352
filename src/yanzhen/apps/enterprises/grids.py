"""Which grid serves an enterprise (网格归属规则).

The grid of the highest priority whose towns, zones and industries all admit it; of two with the
same priority, the one whose code comes first. An empty list admits all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yanzhen.apps.arrow import Values, pa, pc
from yanzhen.packs.model import Grid

NONE = ("", "")


@dataclass(frozen=True, slots=True)
class GridRule:
    """The grids of a city in the order in which they are asked."""

    grids: tuple[Grid, ...]

    def choose(self, town: str, zone: str, industry: str) -> tuple[str, str]:
        """Grid and community; two empty texts where no grid admits the enterprise.

        Args:
            town: code of the town, or empty.
            zone: code of the functional zone, or empty.
            industry: GB/T 4754 code without its letter; a grid admits it by any beginning.
        """
        for grid in self.grids:
            if (
                (not grid.towns or town in grid.towns)
                and (not grid.zones or zone in grid.zones)
                and (not grid.industries or industry.startswith(grid.industries))
            ):
                return grid.id, grid.community
        return NONE


def grid_rule(grids: Iterable[Grid]) -> GridRule:
    """Grids in the order in which they are asked."""
    return GridRule(tuple(sorted(grids, key=lambda grid: (-grid.priority, grid.id))))


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
