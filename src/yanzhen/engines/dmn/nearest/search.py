"""The search: every fact alone, then every two together; cheapest first, each one verified."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from yanzhen.engines.dmn.model import Book
from yanzhen.engines.dmn.nearest.change import Change, Need
from yanzhen.engines.dmn.nearest.costs import Costs, variable
from yanzhen.engines.dmn.nearest.forms import NotSolvableError
from yanzhen.engines.dmn.nearest.frames import Frame
from yanzhen.engines.dmn.nearest.oracle import Oracle, SpentError
from yanzhen.engines.dmn.nearest.reach import Reach
from yanzhen.engines.dmn.nearest.report import change_of
from yanzhen.engines.dmn.nearest.solve import (
    Choice,
    Mover,
    Solution,
    solve_one,
    solve_two,
)
from yanzhen.engines.dmn.nearest.spans import spans_of
from yanzhen.kernel.errors import DecisionError

MAX_DECISIONS = 2_000
"""Decisions that one search may make; the largest score rules of a city take 2 ms each."""


@dataclass(frozen=True, slots=True)
class Unsolved:
    """Facts whose effect could not be solved exactly, and why, in Chinese."""

    facts: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that a search found.

    Attributes:
        changes: cheapest first; for each set of facts its cheapest change.
        unsolved: what could not be solved; a cheaper change may lie there.
        complete: False if the search was given up after ``budget`` decisions.
    """

    changes: tuple[Change, ...]
    unsolved: tuple[Unsolved, ...] = ()
    complete: bool = True


def nearest(
    book: Book,
    name: str,
    facts: Mapping[str, Any],
    *,
    costs: Costs,
    most_facts: int = 2,
    limit: int = 5,
) -> tuple[Change, ...]:
    """The cheapest changes that make a decision yes (差一步), best first.

    Args:
        book: the rules in force on one day.
        name: id or Chinese label of a decision whose value is a truth value, such as a clause.
        facts: value by id, as for ``decide``.
        costs: which facts may change, how, and what it costs.
        most_facts: 1 or 2.
        limit: how many changes at most.

    Returns:
        Nothing if the decision is yes already, or no change within the table of costs helps.

    Raises:
        DecisionError: there is no such decision, it does not answer yes or no, or the table of
            costs does not fit the facts.
    """
    return search(book, name, facts, costs=costs, most_facts=most_facts, limit=limit).changes


def search(
    book: Book,
    name: str,
    facts: Mapping[str, Any],
    *,
    costs: Costs,
    most_facts: int = 2,
    limit: int = 5,
    budget: int = MAX_DECISIONS,
) -> Found:
    """Like ``nearest``, with what could not be solved and whether the search came to its end.

    Args:
        book: the rules in force on one day.
        name: id or label of the decision.
        facts: value by id.
        costs: the table of costs.
        most_facts: 1 or 2.
        limit: how many changes at most.
        budget: how many decisions may be made; then the search ends with what it has.
    """
    if most_facts not in {1, 2} or limit < 1:
        raise DecisionError("most_facts is 1 or 2 and limit at least 1 (参数超出范围)")
    oracle = _oracle(book, name, facts, costs, budget)
    if oracle.verdict() is True:
        return Found(())
    trail = _Trail(oracle, limit, costs.gain)
    movers = movers_of(oracle, costs)
    try:
        for mover in movers:
            trail.take((mover,))
        if most_facts > 1:
            for pair in combinations(movers, 2):
                trail.take(pair)
    except SpentError:
        trail.complete = False
    known = {mover.name: mover for mover in movers}
    changes = tuple(change_of(oracle, solution, known) for solution in trail.best())
    return Found(changes, tuple(trail.unsolved), trail.complete)


class _Trail:
    """What a search has found so far."""

    def __init__(self, oracle: Oracle, limit: int, gain: Decimal) -> None:
        self._oracle, self._limit, self._share = oracle, limit, 1 - Fraction(gain)
        self._found: list[Solution] = []
        self._blocked: set[str] = set()
        self.unsolved: list[Unsolved] = []
        self.complete = True

    def take(self, movers: tuple[Mover, ...]) -> None:
        """Solve for one fact or two."""
        names = tuple(mover.name for mover in movers)
        if self._blocked.intersection(names) or self._oracle.hopeless(*names):
            return
        try:
            if len(movers) == 1:
                solution = solve_one(self._oracle, movers[0], self._ceiling(names))
            else:
                solution = solve_two(self._oracle, movers[0], movers[1], self._ceiling(names))
        except NotSolvableError as fault:
            self.unsolved.append(Unsolved(names, f"不能精确反解：{fault}"))
            if len(names) == 1:
                self._blocked.add(names[0])
            return
        if solution is not None:
            self._found.append(solution)

    def best(self) -> list[Solution]:
        """The cheapest solutions, with fewer facts first where the cost is the same."""
        self._found.sort(
            key=lambda one: (one.cost, len(one.moves), sorted(n for n, _ in one.moves))
        )
        return self._found[: self._limit]

    def _ceiling(self, names: tuple[str, ...]) -> Fraction | None:
        """The cost from which a solution is of no use."""
        ceilings = [
            one.cost * self._share
            for one in self._found
            if len(one.moves) < len(names) and one.moves[0][0] in names
        ]
        if len(self._found) >= self._limit:
            ceilings.append(self.best()[-1].cost)
        return min(ceilings, default=None)


def needed(
    book: Book,
    name: str,
    facts: Mapping[str, Any],
    *,
    costs: Costs,
    of: Iterable[str] | None = None,
) -> tuple[Need, ...]:
    """All values of one fact that make a decision yes, for each of some facts.

    Args:
        book: the rules in force on one day.
        name: id or label of the decision.
        facts: value by id; what is absent or None is missing.
        costs: gives the limits, steps and codes of the facts; directions do not count here.
        of: ids of the facts asked about; without it, every missing fact with a price.

    Returns:
        One for each fact that alone can make it yes, in the order of their ids. Facts whose effect
        cannot be solved exactly are left out; ``search`` names them.

    Raises:
        DecisionError: as for ``nearest``, or too many facts are asked about at once.
    """
    oracle = _oracle(book, name, facts, costs, MAX_DECISIONS)
    wanted = None if of is None else {book.resolve(one) for one in of}
    needs: list[Need] = []
    for mover in movers_of(oracle, costs):
        if (mover.old is not None) if wanted is None else mover.name not in wanted:
            continue
        if oracle.hopeless(mover.name):
            continue
        try:
            spans = spans_of(oracle, mover)
        except NotSolvableError:
            continue
        except SpentError:
            raise DecisionError(
                f"decision {oracle.name} takes more than {MAX_DECISIONS} tries; ask about fewer"
                " facts (所问事实太多)"
            ) from None
        if spans:
            needs.append(Need(mover.name, mover.old, spans))
    return tuple(needs)


def movers_of(oracle: Oracle, costs: Costs) -> list[Mover]:
    """The facts that may change and matter, in the order of their ids."""
    book, facts = oracle.book, oracle.facts
    priced = [name for name in costs.prices if costs.supply is not None or _known(oracle, name)]
    reach = Reach(book, frozenset(facts) - set(priced), tuple(priced))
    behind = set(reach.of_logic(book.decisions[oracle.name].logic, Frame()))
    for statement in oracle.keep:
        # a statement may have to be kept by moving a fact that the decision does not read
        bound = reach.of_node(statement.node, Frame())
        if bound & behind:
            behind |= bound
    movers: list[Mover] = []
    for name in sorted(behind):
        old = facts.get(name, book.constants.get(name))
        counted = variable(book, name, old, costs)
        if counted is not None:
            movers.append(counted)
        elif costs.prices[name].values:
            supply = Fraction(costs.supply or Decimal(0))
            movers.append(Choice(name, costs.prices[name], old, supply))
    return movers


def _known(oracle: Oracle, name: str) -> bool:
    return oracle.facts.get(name, oracle.book.constants.get(name)) is not None


def _oracle(book: Book, name: str, facts: Mapping[str, Any], costs: Costs, budget: int) -> Oracle:
    key = book.resolve(name)
    if key not in book.decisions:
        raise DecisionError(f"there is no decision {name!r} in force on {book.day} (没有该决策)")
    oracle = Oracle(book, key, facts, costs.keep, budget)
    verdict = oracle.verdict()
    if verdict is not None and not isinstance(verdict, bool):
        raise DecisionError(f"decision {key} answers {verdict!r}, not yes or no (不是是非题)")
    return oracle
