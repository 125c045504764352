"""Overlaps, contradictions, unreachable rows and gaps of decision tables (决策表检查)."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.regions import Column, column_of
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.nodes import Name

MAX_COMBINATIONS = 20_000
"""Tables with more combinations of regions are not searched."""
_MAX_REPORTS = 3


def check_rows(table: m.Table, book: m.Book) -> Iterator[str]:
    """Overlaps, contradictions, unreachable rows and gaps of a simple table."""
    columns = _columns(table, book)
    if columns is None or prod(len(c.regions) for c in columns) > MAX_COMBINATIONS:
        return
    constants = book.constants
    clashes: dict[tuple[int, int], str] = {}
    reached: set[int] = set()
    gaps: list[str] = []
    for combination in product(*(range(len(column.regions)) for column in columns)):
        rows = [
            row
            for row in range(len(table.rules))
            if all(at in c.rows[row] for at, c in zip(combination, columns, strict=True))
        ]
        regions = [c.regions[at] for at, c in zip(combination, columns, strict=True)]
        if rows:
            reached.add(rows[0])
            if len(rows) > 1:
                clashes.setdefault((rows[0], rows[1]), _where(table, columns, combination))
        elif all(region.ordinary for region in regions):
            gaps.append(_where(table, columns, combination))
    if table.hit in {"U", "A"}:
        for (one, other), where in list(clashes.items())[:_MAX_REPORTS]:
            if table.hit == "U":
                yield f"rows {one + 1} and {other + 1} overlap (重叠) where {where}"
            elif _differ(table, one, other, constants):
                yield f"rows {one + 1} and {other + 1} contradict each other where {where}"
    if table.hit == "F":
        for row in range(len(table.rules)):
            if row not in reached:
                yield f"row {row + 1} is never reached (不可达): earlier rows cover it"
    defaults = any(clause.default is not None for clause in table.outputs)
    if table.hit in {"U", "A", "F", "P"} and not defaults:
        for where in gaps[:_MAX_REPORTS]:
            yield f"no row holds (缺口) where {where}; add a row or a default"


def _columns(table: m.Table, book: m.Book) -> list[Column] | None:
    """The columns in regions, those of one expression merged; None if one is not simple."""
    merged: dict[Any, list[int]] = {}
    for at, clause in enumerate(table.inputs):
        merged.setdefault(clause.expression.node, []).append(at)
    columns: list[Column] = []
    for node, places in merged.items():
        cells = [rule.tests[at] for at in places for rule in table.rules]
        fact = None
        if isinstance(node, Name):
            fact = book.facts.get(book.resolve(node.value))
        allowed = table.inputs[places[0]].allowed
        column = column_of(
            cells,
            book.constants,
            whole=fact is not None and fact.type == "integer",
            closed=allowed,
        )
        if column is None:
            return None
        count = len(table.rules)
        rows = tuple(
            frozenset.intersection(*(column.rows[i * count + r] for i in range(len(places))))
            for r in range(count)
        )
        columns.append(Column(column.regions, rows))
    return columns


def _where(table: m.Table, columns: list[Column], combination: tuple[int, ...]) -> str:
    """The combination of regions in words, columns that do not matter left out."""
    labels = list({clause.expression.node: clause.label for clause in table.inputs}.values())
    parts = [
        f"{label} is {column.regions[at]}"
        for label, column, at in zip(labels, columns, combination, strict=True)
        if len(column.regions) > 1
    ]
    return ", ".join(parts) or "anything is given"


def _differ(table: m.Table, one: int, other: int, constants: Mapping[str, Any]) -> bool:
    """Whether two rows have constant outputs that are not equal."""
    for left, right in zip(table.rules[one].outputs, table.rules[other].outputs, strict=True):
        values = [evaluate(cell.node, constants) for cell in (left, right)]
        if None not in values and values[0] != values[1]:
            return True
    return False
