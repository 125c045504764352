"""All values of one fact that make a decision yes, as spans."""

from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn.nearest.change import Span
from yanzhen.engines.dmn.nearest.costs import Variable
from yanzhen.engines.dmn.nearest.oracle import Oracle
from yanzhen.engines.dmn.nearest.solve import Choice, Mover, counts_around, lifted


def spans_of(
    oracle: Oracle, mover: Mover, beside: tuple[tuple[str, Any], ...] = ()
) -> tuple[Span, ...]:
    """The values of one fact that make the decision yes.

    Args:
        oracle: the decision and the facts.
        mover: the fact.
        beside: other values put in.

    Raises:
        NotSolvableError: the cuts cannot be found exactly.
        SpentError: too many decisions have been made.
    """
    if isinstance(mover, Choice):
        values = sorted(mover.price.values, key=str)
        return tuple(Span(v, v) for v in values if oracle.verdict(*beside, (mover.name, v)) is True)
    spans: list[Span] = []
    free = _unordered(mover)
    points = sorted(counts_around(lifted(oracle, beside, mover).lines[0], free))
    began: int | None = None
    for at, point in enumerate(points):
        yes = oracle.verdict(*beside, (mover.name, mover.value(point))) is True
        if yes and began is None:
            began = at
        if began is not None and (not yes or at == len(points) - 1):
            last = at if yes else at - 1
            low = None if began == 0 and mover.low is None else mover.value(points[began])
            open_end = last == len(points) - 1 and mover.high is None
            spans.append(Span(low, None if open_end else mover.value(points[last])))
            began = None
    return tuple(spans)


def _unordered(mover: Variable) -> Variable:
    """The same fact as if it were missing, so that every value is open to it."""
    return Variable(
        mover.name, mover.price, None, mover.step, mover.day, mover.low, mover.high, Decimal(0)
    )
