"""The names around an expression, for lifting it and for evaluating its fixed parts."""

from collections.abc import Mapping

from yanzhen.engines.dmn.model import Entry
from yanzhen.engines.dmn.outcome import Finding
from yanzhen.engines.dmn.run import Run
from yanzhen.engines.dmn.scope import LazyEntry, Scope


class Frame:
    """The entries in front of the names of the book, in order."""

    __slots__ = ("entries", "names")

    def __init__(
        self,
        entries: tuple[Entry, ...] = (),
        names: Mapping[str, tuple[Entry, "Frame"]] | None = None,
    ) -> None:
        self.entries = entries
        self.names = names or {}

    def extended(self, entry: Entry) -> "Frame":
        """This frame with one more entry, known by name and label."""
        known = (entry, self)
        added = {entry.name: known, entry.label: known} if entry.label else {entry.name: known}
        return Frame((*self.entries, entry), {**self.names, **added})

    def scope(self, run: Run) -> Scope:
        """The same names in a run, each entry computed when it is read."""
        scope = Scope(run)
        for entry in self.entries:
            scope = scope.extended(entry.name, entry.label, _lazy(run, entry, scope))
        return scope


def _lazy(run: Run, entry: Entry, scope: Scope) -> LazyEntry:
    def find() -> Finding:
        return run.find(entry.logic, scope)

    return LazyEntry(entry, find, lambda _name, _use: None)


class Fixed:
    """Evaluating what does not depend on the facts that change."""

    __slots__ = ("_run", "_scopes")

    def __init__(self, run: Run) -> None:
        self._run = run
        self._scopes: dict[int, tuple[Frame, Scope]] = {}

    def scope(self, frame: Frame) -> Scope:
        """The scope of a frame, made once."""
        kept = self._scopes.get(id(frame))
        if kept is None:
            # the frame is kept with its scope, so that its identity stays its own
            kept = self._scopes[id(frame)] = frame, frame.scope(self._run)
        return kept[1]
