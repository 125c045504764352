"""Plausible values for any column without a maker of its own (通用生成)."""

from decimal import Decimal

import numpy as np

from yanzhen.packs.model import Column, Dataset
from yanzhen.packs.population.makers import Made
from yanzhen.packs.population.spans import day_of, days
from yanzhen.packs.population.world import World

_YES = 180
"""Chances in a thousand that a truth value nobody described is true."""


def fall_back(world: World, dataset: Dataset, column: Column) -> Made:
    """Values by the column's type, codes and limits; unknown texts stay blank.

    Args:
        world: the population.
        dataset: in a list (名单) a truth value is true, for that is what the list says.
        column: its type, list of codes, least and greatest value, in the unit of its file.
    """
    stream, n = f"column.{dataset.id}.{column.name}", world.n
    if column.codes:
        # the first codes are the more frequent ones
        weights = 1 / np.arange(1, len(column.codes) + 1)
        return Made(world.draws.choose(stream, weights, n), coded=True)
    match column.type:
        case "boolean":
            share = 1000 if dataset.kind == "list" else _YES
            return Made(world.draws.chance(stream, share, n))
        case "date":
            day = day_of(world.as_of, before=30) - days(world.draws.uniform(stream, n) * 1500)
            return Made(np.maximum(day, world.register.founded))
        case "integer" | "number" | "money":
            return Made(_numbers(world, column, stream))
        case _:
            return Made(np.full(n, "", dtype=np.str_), np.zeros(n, dtype=bool))


def _numbers(world: World, column: Column, stream: str) -> np.ndarray:
    """Between the limits where both are given, else log-normal above the least."""
    least = float(column.minimum if column.minimum is not None else Decimal(0))
    if column.maximum is not None:
        return least + world.draws.uniform(stream, world.n) * (float(column.maximum) - least)
    if column.type == "money":
        return least + world.business.revenue * world.draws.spread(stream, 0.02, 90, world.n)
    heads = np.sqrt(world.business.employees)
    return least + heads * world.draws.spread(stream, 1, 80, world.n)
