"""Column makers (列的生成): what stands in a column, by the id of the fact it feeds.

A maker that is not here is no fault: :mod:`yanzhen.packs.population.fallback` makes plausible
values for any fact from its type, codes and limits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yanzhen.packs.population.arrow import Values
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.world import World


@dataclass(frozen=True, slots=True)
class Made:
    """Values of one column for everybody.

    Attributes:
        values: shape (n,): amounts in the fact's own unit, days, truth values, texts, or, with
            ``coded``, places in the column's list of codes.
        known: shape (n,), False where the cell is blank; None where all are known.
        coded: values are places in the list of codes.
    """

    values: NDArray[Any] | Values
    known: Flags | None = None
    coded: bool = False


type Maker = Callable[[World], Made]

MAKERS: dict[str, Maker] = {}


def maker(*facts: str) -> Callable[[Maker], Maker]:
    """Register a maker for one or more facts."""

    def register(function: Maker) -> Maker:
        for fact in facts:
            MAKERS[fact] = function
        return function

    return register


def simple(fact: str, function: Callable[[World], ArrayLike]) -> None:
    """Register a maker whose values are all known."""
    MAKERS[fact] = lambda world: Made(np.asarray(function(world)))


def chance(fact: str, function: Callable[[World], ArrayLike]) -> None:
    """Register a maker of truth values from chances in a thousand."""
    MAKERS[fact] = lambda world: Made(world.draws.chance(f"fact.{fact}", function(world), world.n))


def graded(fact: str, score: Callable[[World], ArrayLike], shares: tuple[int, ...]) -> None:
    """Register a maker of codes: best scores get the first code, by ``shares`` in percent."""

    def make(world: World) -> Made:
        noise = world.draws.normal(f"fact.{fact}", world.n)
        scores = np.asarray(score(world), dtype=np.float64) + noise
        edges = np.quantile(scores, 1 - np.cumsum(shares[:-1]) / 100)
        return Made((scores[:, None] < edges[None, :]).sum(axis=1), coded=True)

    MAKERS[fact] = make


def by_rank(world: World, values: tuple[float, ...]) -> Floats:
    """One value for each rank of technology, from none to little giant."""
    return np.array(values, dtype=np.float64)[world.technology.rank]
