"""What an expression of a city's rule can name: the steps around it, then the book."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from yanzhen.engines.dmn.model import Entry, Table, untyped
from yanzhen.engines.dmn.outcome import Finding
from yanzhen.engines.dmn.uses import Use, make_step
from yanzhen.kernel.explanation import Step, StepKind


class Names(Protocol):
    """The outermost names."""

    def lookup(self, name: str) -> Any:
        """The value of a name; KeyError if there is none."""

    def knows(self, name: str) -> bool:
        """Whether there is such a name."""

    def names(self) -> Iterator[str]:
        """All names."""


class LazyEntry:
    """An entry of a boxed context, computed when it is first read.

    Attributes:
        finding: what it came to, None as long as nobody has read it.
    """

    __slots__ = ("_entry", "_find", "_tell", "finding")

    def __init__(
        self, entry: Entry, find: Callable[[], Finding], tell: Callable[[str, Use], None]
    ) -> None:
        """Make an entry.

        Args:
            entry: as the rule has it.
            find: computes it.
            tell: is told that it was read, and what it misses.
        """
        self._entry, self._find, self._tell = entry, find, tell
        self.finding: Finding | None = None

    def find(self) -> Finding:
        """Its finding, computed once."""
        if self.finding is None:
            self.finding = self._find()
        return self.finding

    def read(self) -> Any:
        """Its value, for an expression."""
        found = self.find()
        self._tell(f"entry {self._entry.name}", Use(None, found.missing))
        return found.value

    def step(self) -> Step | None:
        """Its step in the explanation, None if nobody has read it."""
        if self.finding is None:
            return None
        kind: StepKind = "table" if isinstance(untyped(self._entry.logic), Table) else "value"
        return make_step(kind, self._entry.name, self._entry.label, self.finding, self._entry)


class Scope(Mapping[str, Any]):
    """Entries in front of the outermost names."""

    __slots__ = ("_entries", "_outer")

    def __init__(self, outer: Names, entries: Mapping[str, LazyEntry] | None = None) -> None:
        self._outer, self._entries = outer, entries or {}

    def __getitem__(self, name: str) -> Any:
        entry = self._entries.get(name)
        return self._outer.lookup(name) if entry is None else entry.read()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self._entries or self._outer.knows(name))

    def __iter__(self) -> Iterator[str]:
        yield from self._entries
        yield from (name for name in self._outer.names() if name not in self._entries)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def extended(self, name: str, label: str, entry: LazyEntry) -> "Scope":
        """This scope with one more entry in front, known by name and label."""
        added = {name: entry, label: entry} if label else {name: entry}
        return Scope(self._outer, {**self._entries, **added})
