"""Solving: the cheapest value of one fact, or of two together, that makes the decision yes.

Between two cuts the verdict does not change, so that of each piece only the value nearest to the
present one counts. The values beside all cuts are asked in the order of their cost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yanzhen.engines.dmn.nearest.algebra import Poly
from yanzhen.engines.dmn.nearest.costs import Price, Variable
from yanzhen.engines.dmn.nearest.forms import Cuts, NotSolvableError
from yanzhen.engines.dmn.nearest.frames import Frame
from yanzhen.engines.dmn.nearest.lift import Lift
from yanzhen.engines.dmn.nearest.oracle import Oracle

ALL_TRIED = 256
"""Where a fact has no more values than this within the cost, a pair tries them all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact whose values have no order; each has its cost."""

    name: str
    price: Price
    old: Any
    supply: Fraction

    def options(self) -> list[tuple[Fraction, Any]]:
        """The other values with their costs, cheapest first."""
        found = [
            (Fraction(self.price.base) + Fraction(cost) if self.old is not None else self.supply, v)
            for v, cost in self.price.values.items()
            if v != self.old
        ]
        return sorted(found, key=lambda option: (option[0], not option[1], str(option[1])))


Mover = Variable | Choice


@dataclass(frozen=True, slots=True)
class Solution:
    """Values that make the decision yes, and their cost."""

    moves: tuple[tuple[str, Any], ...]
    cost: Fraction


def lifted(oracle: Oracle, moves: Iterable[tuple[str, Any]], *variables: Variable) -> Cuts:
    """The cuts of the decision in one variable or two, with other values put in.

    Raises:
        NotSolvableError: they cannot be found exactly.
    """
    lift = Lift(oracle.book, {**oracle.facts, **dict(moves)}, variables)
    lift.logic(oracle.book.decisions[oracle.name].logic, Frame())
    for statement in oracle.keep:
        lift.node(statement.node, Frame())
    return lift.cuts


def counts_within(cuts: Iterable[int], variable: Variable) -> list[int]:
    """The counts that a search must ask, cheapest first.

    The nearest count of every piece, seen from the present value, and the ends of the fact.

    Args:
        cuts: in halves.
        variable: the fact.
    """
    origin, points = variable.origin, set[int]()
    for half in cuts:
        f, between = divmod(half, 2)
        if between:
            points.add(f + 1 if f + 1 > origin else f)
        else:
            points |= {at for at in (f - 1, f, f + 1) if (at - f) * (f - origin) >= 0}
    return _asked(points, variable)


def counts_around(cuts: Iterable[int], variable: Variable) -> list[int]:
    """The counts on both sides of all cuts, cheapest first."""
    return _asked({half // 2 + side for half in cuts for side in (-1, 0, 1, 2)}, variable)


def _asked(points: set[int], variable: Variable) -> list[int]:
    origin = variable.origin
    points |= {end for end in (variable.low, variable.high) if end is not None}
    points |= {origin // 1, origin // 1 + 1}
    allowed = [at for at in points if variable.allows(at)]
    return sorted(allowed, key=lambda at: (variable.cost(at), abs(at - origin), at))


def solve_one(oracle: Oracle, mover: Mover, ceiling: Fraction | None) -> Solution | None:
    """The cheapest value of one fact, below a ceiling of cost.

    Raises:
        NotSolvableError: the cuts cannot be found exactly.
    """
    return _one_given(oracle, mover, (), ceiling)


def solve_two(
    oracle: Oracle, one: Mover, other: Mover, ceiling: Fraction | None
) -> Solution | None:
    """The cheapest values of two facts, both of them needed, below a ceiling of cost.

    Raises:
        NotSolvableError: the cuts cannot be found exactly.
    """
    if isinstance(one, Variable) and isinstance(other, Variable):
        return _two_counted(oracle, one, other, ceiling)
    if isinstance(one, Variable):
        one, other = other, one
    best: Solution | None = None
    for cost, value in one.options() if isinstance(one, Choice) else ():
        if ceiling is not None and cost >= ceiling:
            break
        first = (one.name, value)
        if oracle.verdict(first) is True or _no_way(oracle, first, other):
            continue
        rest = None if ceiling is None else ceiling - cost
        found = _one_given(oracle, other, (first,), rest)
        if found is not None:
            best = Solution(found.moves, found.cost + cost)
            ceiling = best.cost
    return best


def _no_way(oracle: Oracle, first: tuple[str, Any], other: Mover) -> bool:
    return oracle.relaxes and oracle.verdict(first, (other.name, None)) is False


def _one_given(
    oracle: Oracle, mover: Mover, given: tuple[tuple[str, Any], ...], ceiling: Fraction | None
) -> Solution | None:
    """The cheapest value of one fact beside values put in, none of which may be idle."""
    for cost, value in _options(oracle, mover, given):
        if ceiling is not None and cost >= ceiling:
            return None
        move = (mover.name, value)
        if oracle.verdict(*given, move) is True and not (given and oracle.verdict(move) is True):
            return Solution((*given, move), cost)
    return None


def _options(
    oracle: Oracle, mover: Mover, given: tuple[tuple[str, Any], ...]
) -> Iterator[tuple[Fraction, Any]]:
    if isinstance(mover, Choice):
        yield from mover.options()
        return
    cuts = lifted(oracle, given, mover)
    for at in counts_within(cuts.lines[0], mover):
        yield mover.cost(at), mover.value(at)


def _two_counted(
    oracle: Oracle, one: Variable, other: Variable, ceiling: Fraction | None
) -> Solution | None:
    cuts = lifted(oracle, (), one, other)
    if any(len(curve.by(1)) > 2 for curve in cuts.curves):  # noqa: PLR2004 - more than a line
        one, other = other, one
        cuts = lifted(oracle, (), one, other)
        if any(len(curve.by(1)) > 2 for curve in cuts.curves):  # noqa: PLR2004
            raise NotSolvableError("两项事实都以二次以上进入同一条件")
    best: Solution | None = None
    for at in _first_counts(cuts, one, other, ceiling):
        cost = one.cost(at)
        if ceiling is not None and cost >= ceiling:
            break
        first = (one.name, one.value(at))
        if oracle.verdict(first) is True or _no_way(oracle, first, other):
            continue
        lines = set(cuts.lines[1])
        for curve in cuts.curves:
            lines |= curve.at(0, at).roots(1)
        for count in counts_within(lines, other):
            total = cost + other.cost(count)
            if ceiling is not None and total >= ceiling:
                break
            second = (other.name, other.value(count))
            if oracle.verdict(first, second) is True and oracle.verdict(second) is not True:
                best, ceiling = Solution((first, second), total), total
                break
    return best


def _first_counts(
    cuts: Cuts, one: Variable, other: Variable, ceiling: Fraction | None
) -> list[int]:
    """The counts of the first fact at which the best pair can lie.

    Along a piece the cheapest second value follows one curve, and the cost of both falls or rises
    up to the next of: a cut of the first fact alone, a curve crossing another or a value of the
    second fact that counts, a turning point of the cost. So only the counts beside those matter.
    """
    reach = _within(one, ceiling)
    if reach is not None and len(reach) <= ALL_TRIED:
        allowed = [at for at in reach if one.allows(at)]
        return sorted(allowed, key=lambda at: (one.cost(at), at))
    points = set(cuts.lines[0])
    seconds = {half // 2 + side for half in cuts.lines[1] for side in (0, 1)} | {other.origin // 1}
    seconds |= {end for end in (other.low, other.high) if end is not None}
    curves = sorted(cuts.curves, key=lambda curve: curve.terms)
    parts = [[*curve.by(1), Poly(()), Poly(())][:2] for curve in curves]
    for at, (a, b) in enumerate(parts):
        points |= b.roots(0)
        for value in seconds:
            points |= curves[at].at(1, value).roots(0)
        for c, d in parts[at + 1 :]:
            points |= (a * d - c * b).roots(0)
        points |= _turns(a, b, one, other)
    return counts_around(points, one)


def _turns(a: Poly, b: Poly, one: Variable, other: Variable) -> set[int]:
    """Where the cost of both turns along ``a(x) + b(x) * y = 0``."""
    bend = a.slope(0) * b - a * b.slope(0)
    points: set[int] = set()
    for first in {one.rate(up=True), one.rate(up=False)}:
        for second in {other.rate(up=True), other.rate(up=False)}:
            for sign in (1, -1):
                along = Poly.constant(first) * b * b
                points |= (along + Poly.constant(sign * second) * bend).roots(0)
    return points


def _within(variable: Variable, ceiling: Fraction | None) -> range | None:
    """The counts that cost no more than the ceiling; None where nothing bounds them."""
    origin = variable.origin // 1
    ends: list[int] = []
    for up in (False, True):
        rate, end = variable.rate(up=up), variable.high if up else variable.low
        if variable.old is not None and (variable.price.up if up else variable.price.down) is None:
            end = origin
        if ceiling is not None and rate > 0:
            most = ceiling // rate + 1
            bound = origin + most if up else origin - most
            end = bound if end is None else (min(end, bound) if up else max(end, bound))
        if end is None:
            return None
        ends.append(end)
    return range(ends[0], ends[1] + 1)
