"""Small books for the tests: facts a to f, decisions from texts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn import model as m
from yanzhen.engines.feel import parse, parse_unary_tests
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label

DAY = date(2026, 1, 1)
FACTS: dict[str, tuple[str, m.ValueType]] = {
    "staff": ("从业人员", "integer"),
    "revenue": ("营业收入", "money"),
    "sector": ("行业", "text"),
    "listed_on": ("入库日期", "date"),
    "discredited": ("严重失信", "boolean"),
}


def expression(text: str) -> m.Expression:
    return m.Expression(text, parse(text))


def condition(text: str, name: str = "") -> m.Condition:
    return m.Condition(name or text, text, expression(text), Citation("source", text))


def clause(
    *conditions: str, exclude: Sequence[str] = (), amount: str | None = None
) -> m.Conditions:
    return m.Conditions(
        tuple(condition(text, f"c{at}") for at, text in enumerate(conditions, 1)),
        tuple(condition(text, f"x{at}") for at, text in enumerate(exclude, 1)),
        None if amount is None else expression(amount),
    )


def table(
    hit: m.HitPolicy,
    inputs: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    outputs: Sequence[str] = ("结果",),
    default: Sequence[str] = (),
    ranked: Sequence[str] = (),
) -> m.Table:
    """A table from texts; the cells of a row are its tests, then its outputs."""
    count = len(inputs)
    return m.Table(
        hit,
        tuple(m.InputClause(expression(text), text) for text in inputs),
        tuple(
            m.OutputClause(
                name,
                name,
                allowed=tuple(map(expression, ranked)),
                default=expression(default[at]) if default else None,
            )
            for at, name in enumerate(outputs)
        ),
        tuple(
            m.Rule(
                tuple(parse_unary_tests(cell) for cell in row[:count]),
                tuple(expression(cell) for cell in row[count:]),
                tuple(row[:count]),
            )
            for row in rows
        ),
    )


def decision(name: str, logic: m.Logic, label: str = "", **more: Any) -> m.Decision:
    return m.Decision(name, Label(label or name, name), logic, **more)


def book(*decisions: m.Decision, constants: Mapping[str, Any] | None = None) -> m.Book:
    facts = {
        name: m.FactSpec(name, Label(label, name), kind) for name, (label, kind) in FACTS.items()
    }
    aliases = {label: name for name, (label, _) in FACTS.items()}
    aliases |= {one.label.zh: one.name for one in decisions if one.label.zh != one.name}
    units = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
    return m.Book(
        DAY, facts, {one.name: one for one in decisions}, {**units, **(constants or {})}, aliases
    )
