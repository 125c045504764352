"""Going through a logic: every expression in it, with the names that are local there."""

from collections.abc import Iterator

from yanzhen.engines.dmn.model import (
    Conditional,
    Conditions,
    Context,
    Dated,
    Expression,
    FunctionLogic,
    Invocation,
    Iteration,
    ListLogic,
    Logic,
    Relation,
    Selection,
    Table,
    Typed,
)
from yanzhen.engines.feel import nodes as n

Part = tuple[n.Node, frozenset[str]]


def logic_parts(logic: Logic, local: frozenset[str] = frozenset()) -> Iterator[Part]:
    """Every expression and cell of ``logic``, each with the local names that it may use.

    Args:
        logic: of a decision, clause or entry.
        local: names of entries and parameters around it.
    """
    match logic:
        case Expression():
            yield logic.node, local
        case Table():
            yield from _table(logic, local)
        case Context():
            inner = local
            for entry in logic.entries:
                # A function may call itself; the engine stops one that never ends.
                own = {entry.name, entry.label} if isinstance(entry.logic, FunctionLogic) else set()
                yield from logic_parts(entry.logic, inner | own)
                inner |= {entry.name, entry.label}
            if logic.result is not None:
                yield from logic_parts(logic.result, inner)
        case Conditions():
            for condition in (*logic.conditions, *logic.exclusions):
                yield condition.expression.node, local
            if logic.amount is not None:
                yield logic.amount.node, local
        case Dated():
            yield logic.event.node, local
            for version in logic.versions:
                yield from logic_parts(version.logic, local)
        case Invocation():
            yield logic.function.node, local
            for _, argument in logic.bindings:
                yield from logic_parts(argument, local)
        case FunctionLogic():
            yield from logic_parts(logic.body, local | set(logic.parameters))
        case ListLogic():
            for item in logic.items:
                yield from logic_parts(item, local)
        case Conditional():
            for part in (logic.condition, logic.yes, logic.no):
                yield from logic_parts(part, local)
        case Selection():
            yield from logic_parts(logic.source, local)
            yield from logic_parts(logic.match, local | {"item"})
        case Iteration():
            yield from logic_parts(logic.source, local)
            yield from logic_parts(logic.body, local | {logic.name, "partial"})
        case Typed():
            yield from logic_parts(logic.logic, local)
        case Relation():
            for row in logic.rows:
                for item in row:
                    yield from logic_parts(item, local)


def _table(table: Table, local: frozenset[str]) -> Iterator[Part]:
    for column in table.inputs:
        yield column.expression.node, local
        if column.allowed is not None:
            yield column.allowed, local
    for output in table.outputs:
        for expression in (*output.allowed, *([output.default] if output.default else [])):
            yield expression.node, local
    for rule in table.rules:
        for test in rule.tests:
            yield test, local
        for cell in rule.outputs:
            yield cell.node, local
