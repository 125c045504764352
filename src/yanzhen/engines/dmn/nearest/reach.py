"""Which parts of the rules depend on the facts that change."""

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.nearest.frames import Frame
from yanzhen.engines.dmn.needs import names_of
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.free import free_names
from yanzhen.engines.feel.walk import children


class Reach:
    """Answers for one book, one set of given names and one set of changing facts."""

    __slots__ = ("_book", "_entries", "_given", "_kept", "_keys")

    def __init__(self, book: m.Book, given: frozenset[str], changing: tuple[str, ...]) -> None:
        self._book, self._given = book, given
        self._keys: dict[str, frozenset[str]] = {key: frozenset({key}) for key in changing}
        self._entries: dict[int, frozenset[str]] = {}
        self._kept: dict[int, tuple[n.Node, frozenset[str]]] = {}

    def of_node(self, node: n.Node, frame: Frame) -> frozenset[str]:
        """The changing facts behind an expression."""
        kept = self._kept.get(id(node))
        if kept is None:
            kept = self._kept[id(node)] = node, free_names(node)
        return self._all(kept[1], frame)

    def of_logic(self, logic: m.Logic, frame: Frame) -> frozenset[str]:
        """The changing facts behind a logic."""
        return self._all(names_of(logic), frame)

    def decisions_behind(self, logic: m.Logic, frame: Frame) -> frozenset[str]:
        """The decisions on the way from a logic to the changing facts."""
        self.of_logic(logic, frame)
        return frozenset(
            key for key, behind in self._keys.items() if behind and key in self._book.decisions
        )

    def _all(self, names: "frozenset[str] | tuple[str, ...]", frame: Frame) -> frozenset[str]:
        found: set[str] = set()
        for name in names:
            found |= self._of_name(name, frame)
        return frozenset(found)

    def _of_name(self, name: str, frame: Frame) -> frozenset[str]:
        known = frame.names.get(name)
        if known is not None:
            entry, outer = known
            if id(entry) not in self._entries:
                self._entries[id(entry)] = self.of_logic(entry.logic, outer)
            return self._entries[id(entry)]
        key = self._book.resolve(name)
        if key not in self._keys:
            self._keys[key] = frozenset()
            decision = self._book.decisions.get(key)
            settled = key in self._given or key in self._book.constants or key in self._book.facts
            if decision is not None and not settled:
                self._keys[key] = self.of_logic(decision.logic, Frame())
        return self._keys[key]


def asks_under_test(node: n.Node) -> bool:
    """Whether an expression reads the value under test, ``?``."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, n.Input):
            return True
        waiting.extend(children(current))
    return False
