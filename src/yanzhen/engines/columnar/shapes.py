"""What an expression is while it is lowered: a column, or a structure known before any row is.

Contexts, lists and ranges never become columns; their members do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.columnar.build import Builder, kind_name
from yanzhen.engines.columnar.terms import Kind, Term
from yanzhen.engines.dmn.model import ValueType
from yanzhen.engines.feel.civil import FarDate, day_number
from yanzhen.engines.feel.values import (
    DAY_NANOS,
    DayTimeDuration,
    RangeValue,
    YearMonthDuration,
)
from yanzhen.kernel.errors import LoweringError


@dataclass(frozen=True, slots=True)
class Record:
    """A context: shapes by name, in order."""

    members: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose length is known."""

    items: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A range; an end that is None is unbounded."""

    low: Term | None
    high: Term | None
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class ClauseShape:
    """A clause: its verdict, its money where the verdict is yes, and each condition's truth.

    ``parts`` names conditions and exclusions; an exclusion's truth is that of its own text.
    """

    verdict: Term
    amount: Term | None
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One condition or exclusion of a clause, in one version."""

    name: str
    label: str
    exclusion: bool
    truth: Term


Shape = Term | Record | Items | Interval | ClauseShape

FACT_KINDS: dict[ValueType, Kind] = {
    "boolean": "truth",
    "integer": "number",
    "number": "number",
    "money": "number",
    "text": "text",
    "date": "date",
}
"""The kinds of facts that have columns."""


def column_of(shape: Shape, *, what: str = "this") -> Term:
    """The column that a shape is.

    Raises:
        LoweringError: it is a structure.
    """
    match shape:
        case Term():
            return shape
        case ClauseShape():
            return shape.verdict
        case _:
            raise LoweringError(f"{what} is a {_form(shape)}, which is no single column")


def truth_of(shape: Shape, *, what: str) -> Term:
    """The truth column that a shape is.

    Raises:
        LoweringError: it is of another type.
    """
    term = column_of(shape, what=what)
    if term.kind not in {"truth", "null"}:
        raise LoweringError(f"{what} is a {kind_name(term.kind)}, not a boolean")
    return term


def _form(shape: Shape) -> str:
    match shape:
        case Record():
            return "context"
        case Items():
            return "list"
        case _:
            return "range"


def constant(value: Any, build: Builder) -> Shape:
    """The shape of a FEEL value that is the same in every row.

    Raises:
        LoweringError: values of its type have no column form.
    """
    pool = build.pool
    match value:
        case None:
            return build.null
        case bool():
            return pool.truth(value)
        case int() | Decimal():
            return build.number(value)
        case str():
            return pool.const(value, "text")
        case date() | FarDate():
            return pool.const(Decimal(day_number(value)), "date")
        case YearMonthDuration():
            return pool.const(Decimal(value.months), "months")
        case DayTimeDuration() if value.nanos % DAY_NANOS == 0:
            return pool.const(Decimal(value.nanos // DAY_NANOS), "days")
        case list() | tuple():
            return Items(tuple(constant(item, build) for item in value))
        case dict():
            return Record({name: constant(member, build) for name, member in value.items()})
        case RangeValue():
            return Interval(
                None if value.low is None else column_of(constant(value.low, build)),
                None if value.high is None else column_of(constant(value.high, build)),
                value.low_closed,
                value.high_closed,
            )
        case _:
            raise LoweringError(f"{type(value).__name__} values have no column form")
