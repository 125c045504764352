"""What a change of the book touches: the decisions that read, directly or not, what differs."""

from collections.abc import Iterable, Sequence
from typing import Any

from yanzhen.engines.dmn.model import Book, Decision
from yanzhen.engines.dmn.needs import names_of


class Reads:
    """The names that decisions read; kept, since most decisions stay the same objects."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Decision, tuple[str, ...]]] = {}

    def of(self, decision: Decision) -> tuple[str, ...]:
        """The names as written in the decision."""
        held = self._held.get(decision.name)
        if held is None or held[0] is not decision:
            held = self._held[decision.name] = (decision, names_of(decision.logic))
        return held[1]


def changed_names(before: Book, after: Book) -> frozenset[str]:
    """Ids of facts, constants and decisions that differ, and labels that now mean another id."""
    names = {
        name
        for one, other in ((before.facts, after.facts), (before.constants, after.constants))
        for name in one.keys() | other.keys()
        if name not in one or name not in other or not _same(one[name], other[name])
    }
    names |= {
        name
        for name in before.decisions.keys() | after.decisions.keys()
        if not _same_decision(before.decisions.get(name), after.decisions.get(name))
    }
    names |= {
        label
        for label in before.aliases.keys() | after.aliases.keys()
        if before.aliases.get(label) != after.aliases.get(label)
    }
    return frozenset(names)


def touched(before: Book, after: Book, targets: Iterable[str], reads: Reads) -> list[str]:
    """Those of the targets (ids) whose answer may differ, in their order.

    Whatever a decision reads in either version counts, so none is ever missed; one may be listed
    although it comes to the same.
    """
    changed = changed_names(before, after)
    if not changed:
        return []
    known: dict[str, bool] = {}
    return [name for name in targets if _is_touched(name, (before, after), changed, reads, known)]


def _is_touched(
    name: str,
    books: Sequence[Book],
    changed: frozenset[str],
    reads: Reads,
    known: dict[str, bool],
) -> bool:
    """Whether anything behind a name differs; ``known`` takes what is found clean or not."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        key = waiting.pop()
        if key in changed or known.get(key):
            known[name] = True
            return True
        if key in seen or key in known:
            continue
        seen.add(key)
        for book in books:
            decision = book.decisions.get(key)
            if decision is not None:
                for read in reads.of(decision):
                    waiting += (read, book.resolve(read))
    known |= dict.fromkeys(seen, False)
    return False


def _same(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and bool(one == other))


def _same_decision(one: Decision | None, other: Decision | None) -> bool:
    if one is None or other is None:
        return one is other
    return one is other or (one.type == other.type and one.logic == other.logic)
