"""Who already receives something else (叠加享受)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from yanzhen.engines.columnar.sandbox.change import Pair
from yanzhen.engines.columnar.sandbox.sides import Side


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the recipients of one clause meet other clauses.

    Attributes:
        name: of the clause.
        recipients: how many it has.
        same_group: how many of them receive another clause of its group too.
        others: how many of them receive any other clause of the comparison.
        pairs: by name of the other clause, how many receive both; clauses without any left out.
    """

    name: str
    recipients: Pair[int]
    same_group: Pair[int]
    others: Pair[int]
    pairs: dict[str, Pair[int]]


def policy_of(clause: str) -> str:
    """The group of a clause by default: its policy, the part of its id before the slash."""
    return clause.partition("/")[0]


def overlap_of(
    name: str,
    names: Iterable[str],
    sides: Callable[[str], Pair[Side]],
    group_of: Callable[[str], str],
) -> Overlap:
    """The overlap of one clause with all others.

    Args:
        name: of the clause.
        names: of all clauses, its own among them.
        sides: gives a clause before and after.
        group_of: gives the group of a clause.
    """
    own = sides(name)
    others = [other for other in names if other != name]
    before = _met(own.before, {other: sides(other).before for other in others}, name, group_of)
    after = _met(own.after, {other: sides(other).after for other in others}, name, group_of)
    pairs = {
        other: Pair(before[2][other], after[2][other])
        for other in others
        if before[2][other] or after[2][other]
    }
    return Overlap(
        name,
        Pair(own.before.recipients, own.after.recipients),
        Pair(before[0], after[0]),
        Pair(before[1], after[1]),
        pairs,
    )


def _met(
    own: Side, others: dict[str, Side], name: str, group_of: Callable[[str], str]
) -> tuple[int, int, dict[str, int]]:
    """Recipients with another clause of the group, with any other, and by other clause."""
    rows = np.flatnonzero(own.verdicts == 1)
    grouped, any_other = np.zeros(len(rows), bool), np.zeros(len(rows), bool)
    pairs: dict[str, int] = {}
    for other, side in others.items():
        both = side.verdicts[rows] == 1
        pairs[other] = int(np.count_nonzero(both))
        if pairs[other]:
            any_other |= both
            if group_of(other) == group_of(name):
                grouped |= both
    return int(np.count_nonzero(grouped)), int(np.count_nonzero(any_other)), pairs
