"""Two versions of the rules beside each other: every clause, and all together (规则对比)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yanzhen.engines.columnar.sandbox.budget import BudgetCheck, check_budget
from yanzhen.engines.columnar.sandbox.change import Change, Cost, Counts, GroupChange, Pair
from yanzhen.engines.columnar.sandbox.groups import Grouping
from yanzhen.engines.columnar.sandbox.overlap import Overlap, overlap_of, policy_of
from yanzhen.engines.columnar.sandbox.sides import Side
from yanzhen.engines.columnar.sandbox.spread import BINS, QUANTILES, Spread, spread_of
from yanzhen.kernel.errors import DecisionError


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a changed book changes.

    Attributes:
        total: all clauses together: a row wins if it receives nothing before and something after;
            it is unknown if no clause says yes and one may. Its money is that of all clauses.
        clauses: by id, in the order asked for.
        refused: by id of what was asked for and cannot be compared, the reason.
        groupings: by name, how the population is divided.

    The figures beyond counts and costs are made when they are asked for. ``clause`` is an id, or
    None for all together.
    """

    total: Change
    clauses: Mapping[str, Change]
    refused: Mapping[str, str]
    groupings: Mapping[str, Grouping]

    @property
    def touched(self) -> tuple[str, ...]:
        """Ids of the clauses that the change of rules can reach."""
        return tuple(name for name, change in self.clauses.items() if change.touched)

    def change(self, clause: str | None = None) -> Change:
        """One clause, or all together.

        Raises:
            DecisionError: the comparison has no such clause.
        """
        if clause is None:
            return self.total
        if clause not in self.clauses:
            reason = self.refused.get(clause, "it was not asked for")
            raise DecisionError(f"clause {clause} is not in the comparison: {reason}")
        return self.clauses[clause]

    def by(self, group: str, clause: str | None = None) -> list[GroupChange]:
        """Counts and costs before and after in each county, size, section, grade ….

        Raises:
            DecisionError: there is no such group column or clause.
        """
        if group not in self.groupings:
            known = ", ".join(self.groupings) or "none"
            raise DecisionError(f"the sandbox has no group {group!r}; it has {known} (没有该分组)")
        return self.change(clause).by(self.groupings[group])

    def spread(
        self,
        clause: str | None = None,
        *,
        quantiles: Sequence[Decimal] = QUANTILES,
        bins: Sequence[Decimal] = BINS,
    ) -> Pair[Spread]:
        """The distribution and concentration of amounts; for all together, of sums by row."""
        change = self.change(clause)
        return Pair(
            spread_of(change.before.amounts.fen, quantiles=quantiles, bins=bins),
            spread_of(change.after.amounts.fen, quantiles=quantiles, bins=bins),
        )

    def overlap(self, clause: str, *, group_of: Callable[[str], str] = policy_of) -> Overlap:
        """How many recipients of a clause receive others of its group, or any others.

        Args:
            clause: id of a clause.
            group_of: gives the group of a clause, by default its policy.
        """
        self.change(clause)

        def sides(name: str) -> Pair[Side]:
            return Pair(self.clauses[name].before, self.clauses[name].after)

        return overlap_of(clause, self.clauses, sides, group_of)

    def budget(self, fen: int, clause: str | None = None) -> BudgetCheck:
        """The cost after the change beside a budget in fen."""
        return check_budget(fen, self.change(clause).cost.after)

    def summary(self) -> "Summary":
        """Counts and costs alone, without the rows: small enough to keep many."""
        return Summary(
            self.total.counts,
            self.total.cost,
            {name: (self.clauses[name].counts, self.clauses[name].cost) for name in self.touched},
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """A comparison in counts and costs.

    Attributes:
        counts: of all clauses together.
        cost: of all clauses together.
        clauses: counts and cost of each clause that the change can reach.
    """

    counts: Counts
    cost: Cost
    clauses: Mapping[str, tuple[Counts, Cost]]


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a slider: the value, and what the rules with it change."""

    value: object
    summary: Summary
