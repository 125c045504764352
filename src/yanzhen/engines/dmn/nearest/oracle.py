"""Asking the engine itself: what would the decision be with these values?"""

from collections.abc import Mapping
from typing import Any

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.needs import names_of
from yanzhen.engines.dmn.run import Run
from yanzhen.engines.dmn.scope import Scope
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.runtime import from_python
from yanzhen.engines.feel.walk import children

Moves = tuple[tuple[str, Any], ...]


class SpentError(Exception):
    """The search has made as many decisions as it may."""


class Oracle:
    """One decision on the facts of one enterprise, asked again with other values.

    Attributes:
        facts: as given, as FEEL values.
        keep: statements that no change may make false.
        left: decisions that may still be made.
    """

    __slots__ = ("_known", "book", "facts", "keep", "left", "name", "relaxes")

    def __init__(
        self,
        book: m.Book,
        name: str,
        facts: Mapping[str, Any],
        keep: tuple[m.Expression, ...],
        budget: int,
    ) -> None:
        self.book, self.name, self.keep = book, name, keep
        self.facts = {key: from_python(value) for key, value in facts.items()}
        self.left = budget
        self.relaxes = all(_node_is_blind(one.node) for one in keep) and (
            not _asks_what_is_missing(book, name, frozenset(facts))
        )
        self._known: dict[Moves, bool | None] = {}

    def verdict(self, *moves: tuple[str, Any]) -> bool | None:
        """The verdict with some values put in.

        Raises:
            SpentError: too many decisions have been made.
        """
        if moves not in self._known:
            if self.left <= 0:
                raise SpentError
            self.left -= 1
            given = {**self.facts, **dict(moves)}
            verdict = decide(self.book, self.name, given, explain=False).value
            broken = verdict is True and bool(moves) and self._breaks(given)
            self._known[moves] = False if broken else verdict
        return self._known[moves]

    def _breaks(self, given: Mapping[str, Any]) -> bool:
        scope = Scope(Run(self.book, given, "three_valued", explain=False))
        return any(evaluate(one.node, scope, mode="three_valued") is False for one in self.keep)

    def hopeless(self, *names: str) -> bool:
        """Whether no values of these facts can give a yes: it is a no with all of them unknown."""
        return self.relaxes and self.verdict(*((name, None) for name in names)) is False


_BLIND_CALLS = frozenset(
    {
        "abs", "ceiling", "date", "decimal", "floor", "max", "min", "not", "round down",
        "round half down", "round half up", "round up", "years and months duration",
    }
)  # fmt: skip
_BLIND_NODES = (
    n.Name, n.Number, n.String, n.Bool, n.Temporal, n.Input, n.Arithmetic, n.And, n.Or, n.Between,
    n.UnaryTests, n.Range, n.Negate,
)  # fmt: skip


def _asks_what_is_missing(book: m.Book, name: str, given: frozenset[str]) -> bool:
    """Whether a rule on the way may ask if a value is missing, or looks like it.

    Such a rule can turn an unknown into a no that a known value would turn into a yes, so that
    leaving facts out tells nothing about what their values could do.
    """
    waiting, seen = [name], {name}
    while waiting:
        logic = book.decisions[waiting.pop()].logic
        if not _logic_is_blind(logic):
            return True
        for read in names_of(logic):
            key = book.resolve(read)
            settled = key in given or key in book.constants or key in book.facts
            if key in book.decisions and not settled and key not in seen:
                seen.add(key)
                waiting.append(key)
    return False


def _logic_is_blind(logic: m.Logic) -> bool:
    match m.untyped(logic):
        case m.Expression(node=node):
            return _node_is_blind(node)
        case m.Conditions(conditions=conditions, exclusions=exclusions):
            return all(_node_is_blind(one.expression.node) for one in (*conditions, *exclusions))
        case m.Context(entries=entries, result=result) if result is not None:
            return all(map(_logic_is_blind, (*(entry.logic for entry in entries), result)))
        case m.Dated(versions=versions, event=event):
            return _node_is_blind(event.node) and all(_logic_is_blind(v.logic) for v in versions)
        case m.Table() as table:
            nodes = [clause.expression.node for clause in table.inputs]
            nodes += [tests for rule in table.rules for tests in rule.tests]
            nodes += [output.node for rule in table.rules for output in rule.outputs]
            return all(map(_node_is_blind, nodes))
    return False


def _node_is_blind(root: n.Node) -> bool:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = list(children(node))
        match node:
            case n.Compare() | n.In():
                if any(isinstance(child, n.Null) for child in inside):
                    return False
            case n.If():
                inside = [child for child in inside if not isinstance(child, n.Null)]
            case n.Call(function=n.Name(value=name)) if name in _BLIND_CALLS:
                inside = inside[1:]
            case n.Path(name="years" | "months" | "year" | "month" | "day"):
                pass
            case _ if not isinstance(node, _BLIND_NODES):
                return False
        waiting.extend(inside)
    return True
