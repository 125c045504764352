"""Reading the examples of FEEL in this folder: one YAML file a family, one line an example.

A line is ``EXPRESSION ⇒ VALUE``, ``EXPRESSION ⇒ VALUE IN SPEC ⇒ VALUE IN THREE_VALUED`` where the
modes differ, and after it `` where NAME = VALUE; NAME: TYPE = null`` if it reads facts. Values are
FEEL. In an operation with ``cells: true`` the expression is a cell of a table, and the fact ``?``
is the value under test. In one with ``tables`` it is empty: the table is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from yanzhen.engines.dmn.model import Expression, HitPolicy, InputClause, OutputClause, Rule, Table
from yanzhen.engines.feel import evaluate, parse, parse_unary_tests
from yanzhen.engines.feel.nodes import Node, Temporal
from yanzhen.engines.feel.values import DateTime

HERE = Path(__file__).parent
ORDER = (
    "literals", "numbers", "text", "logic", "control", "lists", "aggregates", "contexts",
    "functions", "temporal", "ranges", "types", "cells", "tables",
)  # fmt: skip
NOW = cast("DateTime", evaluate(Temporal("2026-11-23T09:30:00@Asia/Shanghai"), {}))
"""The moment of all examples."""


@dataclass(frozen=True)
class Example:
    """One example; ``types`` holds the types of facts that are null, by name."""

    line: str
    text: str
    facts: Mapping[str, Any]
    types: Mapping[str, str]
    given: str
    spec: str
    three_valued: str
    cell: bool = False
    table: Table | None = None

    @property
    def node(self) -> Node:
        """The tree of the expression or cell."""
        return parse_unary_tests(self.text) if self.cell else parse(self.text, self.facts.keys())

    def expected(self, mode: str) -> Any:
        """The value that must come out."""
        return _value(self.spec if mode == "spec" else self.three_valued)


@dataclass(frozen=True)
class Group:
    """Examples that belong together: those of one table, or all of an operation."""

    examples: tuple[Example, ...]
    table: Table | None = None
    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    default: str = ""
    priority: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation; ``kind`` is function, form, property or hit policy."""

    name: str
    kind: str
    zh: str
    meaning: str
    form: str = ""
    differs: str = ""
    of: str = ""
    groups: tuple[Group, ...] = field(default=())

    @property
    def examples(self) -> tuple[Example, ...]:
        """All examples of the operation."""
        return tuple(one for group in self.groups for one in group.examples)


@dataclass(frozen=True)
class Family:
    """One page of the manual."""

    id: str
    title: str
    zh: str
    intro: str
    operations: tuple[Operation, ...]


def _value(text: str) -> Any:
    return evaluate(parse(text), {}, now=NOW)


def _example(line: str, *, cell: bool = False, table: Table | None = None) -> Example:
    asked, _, given = line.partition(" where ")
    text, *values = (part.strip() for part in f" {asked}".split(" ⇒ "))
    facts: dict[str, Any] = {}
    types: dict[str, str] = {}
    for assignment in given.split("; ") if given else ():
        declared, _, value = assignment.partition(" = ")
        name, _, kind = declared.partition(": ")
        facts[name.strip()] = _value(value)
        types[name.strip()] = kind.strip() or "number"
    shown = "; ".join(
        part.partition(": ")[0] + " = null" if part.endswith("= null") else part
        for part in (given.split("; ") if given else ())
    )
    if len(values) not in {1, 2}:
        raise ValueError(f"an example needs one value or two: {line!r}")
    return Example(line, text, facts, types, shown, values[0], values[-1], cell, table)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _expression(text: str) -> Expression:
    return Expression(text, parse(text))


def _table_group(hit: HitPolicy, form: Mapping[str, Any]) -> Group:
    names = form.get("outputs", ["result"])
    rows = [
        tuple(cell.strip() for side in line.split(" ⇒ ") for cell in side.split(" ; "))
        for line in _lines(form["rows"])
    ]
    width = len(form["inputs"])
    default = form.get("default", "")
    allowed = tuple(_expression(one) for one in form.get("priority", []))
    table = Table(
        hit,
        tuple(InputClause(_expression(text), text) for text in form["inputs"]),
        tuple(
            OutputClause(name, name, "any", allowed, _expression(default) if default else None)
            for name in names
        ),
        tuple(
            Rule(
                tuple(parse_unary_tests(cell) for cell in row[:width]),
                tuple(_expression(cell) for cell in row[width:]),
            )
            for row in rows
        ),
    )
    examples = tuple(_example(line, table=table) for line in _lines(form["examples"]))
    head = (*form["inputs"], *(f"**{name}**" for name in names))
    return Group(
        examples, table, form.get("title", ""), (head, *rows), default,
        ", ".join(form.get("priority", [])),
    )  # fmt: skip


def _operation(form: Mapping[str, Any]) -> Operation:
    kind = form.get("kind", "function")
    groups: tuple[Group, ...]
    if "tables" in form:
        groups = tuple(_table_group(cast("HitPolicy", form["name"]), one) for one in form["tables"])
    else:
        cell = form.get("cells", False)
        groups = (Group(tuple(_example(line, cell=cell) for line in _lines(form["examples"]))),)
    return Operation(
        form["name"], kind, form["zh"], form["meaning"].strip(), form.get("form", ""),
        form.get("differs", "").strip(), form.get("of", ""), groups,
    )  # fmt: skip


@cache
def families() -> tuple[Family, ...]:
    """Every family, in the order of the manual."""
    found = {path.stem for path in HERE.glob("*.yaml")}
    if found != set(ORDER):
        raise ValueError(f"families and files differ: {found ^ set(ORDER)}")
    return tuple(map(_family, ORDER))


def _family(name: str) -> Family:
    form = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    operations = tuple(map(_operation, form["operations"]))
    return Family(name, form["title"], form["zh"], form["intro"].strip(), operations)
