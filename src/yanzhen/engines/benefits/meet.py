"""Which clauses exclude each other (互斥): one exclusive group, one matter."""

from collections.abc import Sequence

from yanzhen.engines.benefits.model import EXCLUSIVE, Group


def cliques_of(
    groups: Sequence[Sequence[Group]], matters: Sequence[str] | None = None
) -> list[list[int]]:
    """The places of clauses of which only one can be had, a list for each group and matter.

    Args:
        groups: for each clause the groups it stands in.
        matters: for each clause its matter; left out where all are for the same.

    >>> best = Group("listing", "就高")
    >>> cliques_of([[best], [best], [Group("rd", "叠加")], [best]])
    [[0, 1, 3]]
    """
    found: dict[tuple[str, str], list[int]] = {}
    for place, own in enumerate(groups):
        matter = "" if matters is None else matters[place]
        for group in {group.id: None for group in own if group.rule in EXCLUSIVE}:
            found.setdefault((group, matter), []).append(place)
    return [places for places in found.values() if len(places) > 1]
