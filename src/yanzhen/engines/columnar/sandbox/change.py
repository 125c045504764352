"""What changes for one clause, or for all together: who wins, who loses, what it costs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.sandbox.groups import Grouping, Label
from yanzhen.engines.columnar.sandbox.sides import Side
from yanzhen.engines.columnar.sandbox.sums import counts_by, sums_by

Rows = npt.NDArray[np.intp]
Sort = Literal["winners", "losers", "newly_unknown", "newly_known", "more", "less"]
"""``winners``: no or unknown → yes. ``losers``: yes → no or unknown. ``newly_unknown``: yes or no
→ unknown. ``newly_known``: unknown → yes or no. ``more`` and ``less``: yes before and after, with
an amount that is known both times and rises or falls."""


@dataclass(frozen=True, slots=True)
class Pair[T]:
    """A figure before and after."""

    before: T
    after: T


@dataclass(frozen=True, slots=True)
class Cost(Pair[int]):
    """Money in fen before and after."""

    @property
    def difference(self) -> int:
        """How much more it costs, in fen."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what happens to them; the sorts are those of ``Sort``.

    ``unchanged`` counts rows whose verdict stays and whose amount does; ``unpriced`` rows that say
    yes with an amount that is not known, which no cost holds.
    """

    recipients: Pair[int]
    unknown: Pair[int]
    unpriced: Pair[int]
    winners: int
    losers: int
    unchanged: int
    newly_unknown: int
    newly_known: int
    more: int
    less: int


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The change in one group; ``label`` None holds the rows without a value."""

    label: Label
    rows: int
    recipients: Pair[int]
    winners: int
    losers: int
    newly_unknown: int
    cost: Cost


class Change:
    """One clause, or all of them, before and after.

    Attributes:
        name: of the clause; empty for all together.
        before: under the first book.
        after: under the second.
        touched: False where the change of rules cannot reach the clause.
        counts: rows by what happens to them.
        cost: the money in fen.
    """

    def __init__(self, name: str, before: Side, after: Side, *, touched: bool) -> None:
        self.name, self.before, self.after, self.touched = name, before, after, touched
        self.cost = Cost(before.cost, after.cost if touched else before.cost)
        self.counts = self._counts()

    def mask(self, sort: Sort) -> npt.NDArray[np.bool_]:
        """Which rows are of one sort."""
        old, new = self.before.verdicts, self.after.verdicts
        mask: npt.NDArray[np.bool_] = np.zeros(len(old), bool)
        if not self.touched:
            return mask
        match sort:
            case "winners":
                mask = (new == 1) & (old != 1)
            case "losers":
                mask = (old == 1) & (new != 1)
            case "newly_unknown":
                mask = (new == -1) & (old != -1)
            case "newly_known":
                mask = (old == -1) & (new != -1)
            case "more" | "less":
                common, gain = self._gains()
                mask[common[gain > 0 if sort == "more" else gain < 0]] = True
        return mask

    def rows(self, sort: Sort) -> Rows:
        """The rows of one sort, ascending."""
        return np.flatnonzero(self.mask(sort))

    def by(self, grouping: Grouping) -> list[GroupChange]:
        """The change in each group that has rows; sums over all groups equal the totals."""
        codes, size = grouping.codes, len(grouping.labels)
        count = [
            counts_by(codes[mask], size)
            for mask in (
                self.before.verdicts == 1,
                self.after.verdicts == 1,
                self.mask("winners"),
                self.mask("losers"),
                self.mask("newly_unknown"),
            )
        ]
        costs = [
            sums_by(codes[side.amounts.rows], side.amounts.fen, size)
            for side in (self.before, self.after)
        ]
        rows = counts_by(codes, size)
        return [
            GroupChange(
                label,
                rows[group],
                Pair(count[0][group], count[1][group]),
                count[2][group],
                count[3][group],
                count[4][group],
                Cost(costs[0][group], costs[1][group]),
            )
            for group, label in enumerate(grouping.labels)
            if rows[group]
        ]

    def _gains(self) -> tuple[Rows, npt.NDArray[np.int64]]:
        """Rows with a known amount before and after, and which way it moves: 1, 0 or -1."""
        old, new = self.before.amounts, self.after.amounts
        common, here, there = np.intersect1d(
            old.rows, new.rows, assume_unique=True, return_indices=True
        )
        was, is_ = old.fen[here], new.fen[there]
        stays = (self.before.verdicts[common] == 1) & (self.after.verdicts[common] == 1)
        moves = (is_ > was).astype(np.int64) - (is_ < was)
        return common.astype(np.intp), np.where(stays, moves, 0)

    def _counts(self) -> Counts:
        old, new = self.before, self.after
        recipients = Pair(old.recipients, new.recipients if self.touched else old.recipients)
        unknown = _unknown(old)
        if not self.touched:
            same = len(old.verdicts)
            priced = Pair(old.unpriced, old.unpriced)
            return Counts(recipients, Pair(unknown, unknown), priced, 0, 0, same, 0, 0, 0, 0)
        _, gains = self._gains()
        more, less = int(np.count_nonzero(gains > 0)), int(np.count_nonzero(gains < 0))
        stays = int(np.count_nonzero(old.verdicts == new.verdicts))
        return Counts(
            recipients,
            Pair(unknown, _unknown(new)),
            Pair(old.unpriced, new.unpriced),
            winners=int(np.count_nonzero(self.mask("winners"))),
            losers=int(np.count_nonzero(self.mask("losers"))),
            unchanged=stays - more - less - self._price_turns(),
            newly_unknown=int(np.count_nonzero(self.mask("newly_unknown"))),
            newly_known=int(np.count_nonzero(self.mask("newly_known"))),
            more=more,
            less=less,
        )

    def _price_turns(self) -> int:
        """Rows that say yes both times and whose amount is known only once."""
        old, new = self.before, self.after
        one_sided = np.setxor1d(old.amounts.rows, new.amounts.rows, assume_unique=True)
        stays = (old.verdicts[one_sided] == 1) & (new.verdicts[one_sided] == 1)
        return int(np.count_nonzero(stays))


def _unknown(side: Side) -> int:
    return int(np.count_nonzero(side.verdicts == -1))
