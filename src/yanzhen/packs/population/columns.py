"""Columns as files have them: the heading's unit and scale, blanks, and office spelling (成列)."""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from yanzhen.packs.model import City, Column, Dataset
from yanzhen.packs.population import makers_money as _money  # noqa: F401 -- registers its makers
from yanzhen.packs.population import makers_operations as _operations  # noqa: F401
from yanzhen.packs.population import makers_register as _register  # noqa: F401
from yanzhen.packs.population import makers_technology as _technology  # noqa: F401
from yanzhen.packs.population import makers_titles as _titles  # noqa: F401
from yanzhen.packs.population.arrow import Values, pa, pc
from yanzhen.packs.population.draws import PER_MILLE, Flags, Integers
from yanzhen.packs.population.fallback import fall_back
from yanzhen.packs.population.makers import MAKERS
from yanzhen.packs.population.world import World
from yanzhen.packs.units import unit_factor

_PRECISION = 18
_MEASURED = frozenset(
    ("employees", "above_scale", "output", "value_added", "investment", "revenue", "tax_paid",
     "insured_employees", "insured_employees_prev")
)  # fmt: skip
"""Facts on which the published figures stand: those who weigh in them leave none blank."""


def make_column(world: World, dataset: Dataset, column: Column, rows: Integers) -> Values:
    """One column of a source file, for the entities in ``rows``.

    Returns:
        Shape (len(rows),): decimals and whole numbers in the unit of the column, days, truth
        values or texts; blank where the entity reported nothing.
    """
    key = column.fact or world.plan.part("columns").text(column.name, column.name)
    made = MAKERS[key](world) if key in MAKERS else fall_back(world, dataset, column)
    known = np.ones(len(rows), dtype=bool) if made.known is None else made.known[rows]
    known = known & ~_gaps(world, dataset, column, key)[rows]
    if isinstance(made.values, pa.Array):
        return _texts(made.values.take(pa.array(rows)), known)
    values = made.values[rows]
    if made.coded:
        index = np.minimum(values.astype(np.int64), max(len(column.codes) - 1, 0))
        return _texts(pa.array(list(column.codes or ("",))).take(pa.array(index)), known)
    return _typed(values, known, column, _unit_of(world.city, column))


def _unit_of(city: City, column: Column) -> str:
    fact = city.facts.get(column.fact or "")
    return fact.spec.unit if fact is not None else column.unit


def _gaps(world: World, dataset: Dataset, column: Column, key: str) -> Flags:
    """Cells that single enterprises left blank."""
    n = world.n
    part = world.plan.part("files").part(dataset.id)
    share = part.number("gaps", world.plan.part("default_file").number("gaps", 0))
    fact = world.city.facts.get(column.fact or "")
    # where absence has a meaning of its own, the source knows each cell
    sure = column.required or (fact is not None and fact.absent is not None)
    if sure or dataset.kind in {"register", "list"} or not share:
        return np.zeros(n, dtype=bool)
    gaps = world.draws.uniform(f"gap.{dataset.id}.{column.name}", n) * PER_MILLE < share
    return gaps & ~world.measured if key in _MEASURED else gaps


def _texts(values: Values, known: Flags) -> Values:
    if known.all():
        return values
    return pc.if_else(pa.array(known), values, pa.scalar(None, pa.string()))


def _typed(values: NDArray[np.generic], known: Flags, column: Column, unit: str) -> Values:
    blank = ~known
    match column.type:
        case "boolean":
            return pa.array(values.astype(bool), pa.bool_(), mask=blank)
        case "date":
            return pa.array(values.astype("datetime64[D]"), pa.date32(), mask=blank)
        case "integer":
            whole = np.round(np.where(known, values.astype(np.float64), 0)).astype(np.int64)
            return pa.array(_limited(whole, column, 0), pa.int64(), mask=blank)
        case "money" | "number":
            factor = float(unit_factor(unit, column.unit) or Decimal(1))
            scaled = np.where(known, values.astype(np.float64), 0) * factor * 10.0**column.scale
            whole = _limited(np.round(scaled).astype(np.int64), column, column.scale)
            return _decimals(whole, column.scale, blank)
        case _:
            return _texts(pa.array(values.astype(np.str_)), known)


def _limited(values: Integers, column: Column, scale: int) -> Integers:
    """Values inside the limits that the data set declares."""
    if column.minimum is not None:
        values = np.maximum(values, int(column.minimum.scaleb(scale)))
    if column.maximum is not None:
        values = np.minimum(values, int(column.maximum.scaleb(scale)))
    return values


def _decimals(whole: Integers, scale: int, blank: Flags) -> Values:
    """Decimals from their digits, without a detour over text."""
    halves = np.stack([whole, whole >> 63], axis=1)
    valid = pa.array(~blank).buffers()[1] if blank.any() else None
    buffers = [valid, pa.py_buffer(np.ascontiguousarray(halves).tobytes())]
    return pa.Array.from_buffers(pa.decimal128(_PRECISION, scale), len(whole), buffers)
