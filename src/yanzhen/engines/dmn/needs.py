"""What a decision needs: names, decisions, facts, over the whole requirement graph (决策需求)."""

from collections.abc import Iterator

from yanzhen.engines.dmn import model as m
from yanzhen.engines.feel.free import free_names
from yanzhen.engines.feel.nodes import Node


def names_of(logic: m.Logic) -> tuple[str, ...]:
    """The names that a logic reads from outside, as written, in order of first use."""
    return tuple(dict.fromkeys(_names(logic)))


def facts_behind(book: m.Book, name: str) -> tuple[str, ...]:
    """Ids of all facts that a decision may read, itself or through other decisions.

    Raises:
        KeyError: the book has no such decision.
    """
    facts: dict[str, None] = {}
    waiting = [book.decisions[book.resolve(name)]]
    seen: set[str] = set()
    while waiting:
        decision = waiting.pop(0)
        if decision.name in seen:
            continue
        seen.add(decision.name)
        for read in names_of(decision.logic):
            key = book.resolve(read)
            if key in book.constants:
                continue
            if key in book.facts:
                facts.setdefault(key)
            elif key in book.decisions:
                waiting.append(book.decisions[key])
    return tuple(facts)


def circle(book: m.Book, decision: m.Decision) -> tuple[str, ...]:
    """The ids on a way from a decision back to itself, first and last the same; empty if none."""
    trail: list[tuple[m.Decision, Iterator[m.Decision]]] = [(decision, _needed(book, decision))]
    seen: set[str] = set()
    while trail:
        following = next(trail[-1][1], None)
        if following is None:
            trail.pop()
        elif following.name == decision.name:
            return (*(one.name for one, _ in trail), decision.name)
        elif following.name not in seen:
            seen.add(following.name)
            trail.append((following, _needed(book, following)))
    return ()


def _needed(book: m.Book, decision: m.Decision) -> Iterator[m.Decision]:
    for name in names_of(decision.logic):
        key = book.resolve(name)
        if key not in book.constants and key not in book.facts and key in book.decisions:
            yield book.decisions[key]


def _names(logic: m.Logic) -> Iterator[str]:
    match logic:
        case m.Expression():
            yield from _free(logic.node)
        case m.Table():
            yield from _table_names(logic)
        case m.Context():
            bound: set[str] = set()
            for entry in logic.entries:
                yield from (name for name in _names(entry.logic) if name not in bound)
                bound |= {entry.name, entry.label}
            if logic.result is not None:
                yield from (name for name in _names(logic.result) if name not in bound)
        case m.Conditions():
            for one in (*logic.conditions, *logic.exclusions):
                yield from _free(one.expression.node)
            if logic.amount is not None:
                yield from _free(logic.amount.node)
        case m.Dated():
            yield from _free(logic.event.node)
            for version in logic.versions:
                yield from _names(version.logic)
        case m.FunctionLogic():
            yield from (name for name in _names(logic.body) if name not in logic.parameters)
        case m.Iteration():
            yield from _names(logic.source)
            inner = {logic.name, "partial"}
            yield from (name for name in _names(logic.body) if name not in inner)
        case m.Selection():
            yield from _names(logic.source)
            yield from (name for name in _names(logic.match) if name != "item")
        case _:
            for part in _parts(logic):
                yield from _names(part)


def _parts(logic: m.Logic) -> tuple[m.Logic, ...]:
    match logic:
        case m.Invocation():
            return (logic.function, *(argument for _, argument in logic.bindings))
        case m.ListLogic():
            return logic.items
        case m.Relation():
            return tuple(cell for row in logic.rows for cell in row)
        case m.Conditional():
            return (logic.condition, logic.yes, logic.no)
        case m.Typed():
            return (logic.logic,)
        case _:
            return ()


def _table_names(table: m.Table) -> Iterator[str]:
    for clause in table.inputs:
        yield from _free(clause.expression.node)
    for rule in table.rules:
        for tests in rule.tests:
            yield from _free(tests)
        for output in rule.outputs:
            yield from _free(output.node)
    for column in table.outputs:
        for expression in (*column.allowed, *([column.default] if column.default else [])):
            yield from _free(expression.node)


def _free(node: Node) -> list[str]:
    """Free names, sorted, so that what depends on their order is the same in every run."""
    return sorted(free_names(node))
