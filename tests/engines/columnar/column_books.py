"""Small books for the tests of the columns."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.dmn.model import (
    Book,
    Condition,
    Conditions,
    Decision,
    Expression,
    FactSpec,
    InputClause,
    Logic,
    OutputClause,
    Rule,
    Table,
    ValueType,
)
from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.kernel.labels import Label

DAY = date(2026, 11, 23)
FACTS = {
    fact.name: fact
    for fact in (
        FactSpec("revenue", Label("营业收入", "Revenue"), "money", 2),
        FactSpec("tax", Label("税金", "Tax"), "money", 2),
        FactSpec("area", Label("面积", "Area"), "number", 3),
        FactSpec("staff", Label("人数", "Staff"), "integer"),
        FactSpec("sector", Label("门类", "Sector"), "text"),
        FactSpec("county", Label("县", "County"), "text"),
        FactSpec("listed", Label("失信", "Listed"), "boolean"),
        FactSpec("founded", Label("成立日期", "Founded"), "date"),
        FactSpec("ended", Label("注销日期", "Ended"), "date"),
        FactSpec("moment", Label("时刻", "Moment"), "date and time"),
    )
}
COLUMN_FACTS = tuple(fact for fact in FACTS.values() if fact.type != "date and time")


def feel(text: str) -> Expression:
    return Expression(text, parse(text))


def clause(
    conditions: Sequence[str], exclusions: Sequence[str] = (), amount: str | None = None
) -> Conditions:
    return Conditions(
        tuple(Condition(f"c{i}", text, feel(text)) for i, text in enumerate(conditions, 1)),
        tuple(Condition(f"x{i}", text, feel(text)) for i, text in enumerate(exclusions, 1)),
        None if amount is None else feel(amount),
    )


def table(
    hit: Any, inputs: Sequence[str], rows: Sequence[Sequence[str]], default: str | None = None
) -> Table:
    return Table(
        hit,
        tuple(InputClause(feel(text), text) for text in inputs),
        (OutputClause("result", "结果", default=None if default is None else feel(default)),),
        tuple(
            Rule(tuple(parse_unary_tests(cell) for cell in cells), (feel(output),))
            for *cells, output in rows
        ),
    )


def book(logics: Mapping[str, Logic | str], types: Mapping[str, ValueType] | None = None) -> Book:
    decisions = {
        name: Decision(
            name,
            Label(name, name),
            feel(logic) if isinstance(logic, str) else logic,
            (types or {}).get(name, "any"),
        )
        for name, logic in logics.items()
    }
    return Book(
        DAY,
        FACTS,
        decisions,
        {"万": Decimal(10000), "评估日": DAY},
        {fact.label.zh: fact.name for fact in FACTS.values()},
    )


def frame(*rows: Mapping[str, Any]) -> Frame:
    return Frame.from_rows(rows, COLUMN_FACTS)
