"""The sandbox: the first version is decided once, and of a second only what differs (政策沙盘)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yanzhen.engines.columnar.frame import Column, Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.result import Result
from yanzhen.engines.columnar.sandbox.change import Change
from yanzhen.engines.columnar.sandbox.comparison import Comparison, Point
from yanzhen.engines.columnar.sandbox.edits import with_constant, with_threshold
from yanzhen.engines.columnar.sandbox.groups import Grouping
from yanzhen.engines.columnar.sandbox.sides import Side, Tally, side_of
from yanzhen.engines.columnar.sandbox.touch import Reads, changed_names, touched
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.model import Book
from yanzhen.kernel.errors import DecisionError

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

_TOGETHER = 24
"""Versions of a clause decided in one pass; each takes a byte a row beside its money."""


class StoppedError(DecisionError):
    """The one who waited no longer wants the answer (已取消)."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells how far a comparison has come, and whether it is still wanted.

    Attributes:
        progress: called after each block with the rows done and the rows in all of that pass.
        stopped: asked after each block; true ends the comparison with a ``StoppedError``.
    """

    progress: Progress | None = None
    stopped: Stop | None = None

    def block(self, done: int, rows: int) -> None:
        """Say that a block is done.

        Raises:
            StoppedError: the answer is no longer wanted.
        """
        if self.progress is not None:
            self.progress(done, rows)
        if self.stopped is not None and self.stopped():
            raise StoppedError("the comparison was stopped (已取消)")


NO_WATCH = Watch()


class Sandbox:
    """One version of rules over one population, against which others are put.

    Args:
        book_before: the rules as they are.
        frame: the facts, of all enterprises; those that changed rules read must be there too.
        groups: columns by which figures are divided, beside the frame's rows.

    Raises:
        DecisionError: a group column holds numbers, or has another number of rows.

    What the first version says of a clause is kept from its first use on, so that each further
    comparison decides only the clauses that the change can reach.
    """

    def __init__(
        self, book_before: Book, frame: Frame, *, groups: Mapping[str, Column] | None = None
    ) -> None:
        self.book = book_before
        self.frame = frame
        self.groupings = {name: Grouping(name, column) for name, column in (groups or {}).items()}
        for name, grouping in self.groupings.items():
            if len(grouping.codes) != frame.rows:
                raise DecisionError(
                    f"group {name} has {len(grouping.codes)} rows, the frame has {frame.rows}"
                )
        self._reads = Reads()
        self._sides: dict[str, Side] = {}
        self._unmoved: dict[str, Change] = {}
        self._refused: dict[str, str] = {}
        self._tally: tuple[tuple[str, ...], Tally] | None = None

    def compare(
        self, book_after: Book, targets: Sequence[str], watch: Watch = NO_WATCH
    ) -> Comparison:
        """Put a second version beside the first.

        Args:
            book_after: the changed rules.
            targets: ids or Chinese labels of clauses, or of other decisions that are yes or no.
                One that only one of the books has says no in the other.
            watch: for progress and for stopping.

        Returns:
            All clauses that both executors of columns can decide; the others are in ``refused``.

        Raises:
            DecisionError: neither book has a decision of that name.
            StoppedError: ``watch`` says so.
        """
        names = self._names(book_after, targets)
        reached = touched(self.book, book_after, names, self._reads)
        self._prepare(names, watch)
        after, refused = self._decide(book_after, reached, watch)
        return self._comparison(names, after, refused)

    def sweep(
        self,
        books: Iterable[tuple[object, Book]],
        targets: Sequence[str],
        watch: Watch = NO_WATCH,
    ) -> list[Point]:
        """Compare a series of changed books, each under the value that it stands for (滑块).

        Versions that change nothing but one clause each are decided together in one pass, so that
        the scalars they share are coded once; others one after the other.

        Raises:
            DecisionError: a decision is missing, or a version cannot be decided in columns.
            StoppedError: ``watch`` says so.
        """
        points: list[Point] = []
        waiting = list(books)
        for start in range(0, len(waiting), _TOGETHER):
            part = waiting[start : start + _TOGETHER]
            alone = self._alone([book for _, book in part], targets)
            if alone is None:
                points += [
                    _point(value, self.compare(book, targets, watch)) for value, book in part
                ]
            else:
                points += self._sweep_clause(alone, part, targets, watch)
        return points

    def sweep_threshold(
        self,
        clause: str,
        condition: str,
        old_text: str,
        new_texts: Sequence[str],
        targets: Sequence[str] | None = None,
        watch: Watch = NO_WATCH,
    ) -> list[Point]:
        """A slider on a part of one condition or amount; ``with_threshold`` says what it takes.

        ``targets`` is the clause alone by default.
        """
        books = (
            (text, with_threshold(self.book, clause, condition, old_text, text))
            for text in new_texts
        )
        return self.sweep(books, [clause] if targets is None else targets, watch)

    def sweep_constant(
        self, name: str, values: Sequence[Any], targets: Sequence[str], watch: Watch = NO_WATCH
    ) -> list[Point]:
        """A slider on a parameter."""
        books = ((value, with_constant(self.book, name, value)) for value in values)
        return self.sweep(books, targets, watch)

    def _names(self, after: Book, targets: Sequence[str]) -> list[str]:
        """Ids of the targets, each once."""
        names: dict[str, None] = {}
        for target in targets:
            found = [b.resolve(target) for b in (self.book, after)]
            held = [
                name
                for name, book in zip(found, (self.book, after), strict=True)
                if name in book.decisions
            ]
            if not held:
                raise DecisionError(f"neither version has a decision {target!r} (没有该决策)")
            names.setdefault(held[0])
        return list(names)

    def _prepare(self, names: Sequence[str], watch: Watch) -> None:
        """Decide the first version of what has not been asked for before."""
        new = [name for name in names if name not in self._sides and name not in self._refused]
        sides, refused = self._decide(self.book, new, watch)
        self._sides |= sides
        self._refused |= refused

    def _decide(
        self, book: Book, names: Sequence[str], watch: Watch
    ) -> tuple[dict[str, Side], dict[str, str]]:
        """The sides of decisions by name, and why others have none."""
        there = [name for name in names if name in book.decisions]
        sides = {name: self._absent() for name in names if name not in book.decisions}
        if not there:
            return sides, {}
        result, refused = self._run(book, there, watch)
        for name in there:
            if name not in refused:
                try:
                    sides[name] = side_of(result, name)
                except DecisionError as error:
                    refused[name] = str(error)
        return sides, refused

    def _run(self, book: Book, names: Sequence[str], watch: Watch) -> tuple[Result, dict[str, str]]:
        plan = compile_plan(book, names)
        lacking = sorted(name for name in plan.facts if name not in self.frame.columns)
        if lacking:
            raise DecisionError(
                f"the sandbox's frame lacks the facts {', '.join(lacking)}, which these rules "
                "read; load them too (缺少规则所需的事实)"
            )
        return run(plan, self.frame, progress=watch.block), dict(plan.refused)

    def _absent(self) -> Side:
        """A clause that a book does not have: nobody receives it."""
        return Side.nobody(self.frame.rows)

    def _comparison(
        self, names: Sequence[str], after: Mapping[str, Side], refused: Mapping[str, str]
    ) -> Comparison:
        reasons = {name: self._refused[name] for name in names if name in self._refused}
        reasons |= {name: why for name, why in refused.items() if name not in reasons}
        held = [name for name in names if name not in reasons]
        moved = [name for name in held if name in after]
        tally = self._tally_of(held)
        changed = tally.moved([self._sides[n] for n in moved], [after[n] for n in moved])
        before = tally.side()
        total = Change("", before, changed.side() if moved else before, touched=bool(moved))
        clauses = {
            name: Change(name, self._sides[name], after[name], touched=True)
            if name in after
            else self._still(name)
            for name in held
        }
        return Comparison(total, clauses, reasons, self.groupings)

    def _still(self, name: str) -> Change:
        """A clause that does not change; its figures are counted once."""
        if name not in self._unmoved:
            side = self._sides[name]
            self._unmoved[name] = Change(name, side, side, touched=False)
        return self._unmoved[name]

    def _tally_of(self, names: Sequence[str]) -> Tally:
        key = tuple(names)
        if self._tally is None or self._tally[0] != key:
            tally = Tally.of((self._sides[name] for name in names), self.frame.rows)
            self._tally = key, tally
        return self._tally[1]

    def _alone(self, books: Sequence[Book], targets: Sequence[str]) -> str | None:
        """The one clause that all these books change, if nothing else that is asked for moves."""
        changed = {name for book in books for name in changed_names(self.book, book)}
        if len(changed) != 1 or len(books) == 1:
            return None
        (name,) = changed
        if name not in self.book.decisions or any(name not in book.decisions for book in books):
            return None
        names = self._names(books[0], targets)
        for book in books:
            if touched(self.book, book, names, self._reads) != [name]:
                return None
        return name

    def _sweep_clause(
        self,
        name: str,
        books: Sequence[tuple[object, Book]],
        targets: Sequence[str],
        watch: Watch,
    ) -> list[Point]:
        names = self._names(self.book, targets)
        self._prepare(names, watch)
        versions = {
            f"{name}@{number}": replace(book.decisions[name], name=f"{name}@{number}")
            for number, (_, book) in enumerate(books)
        }
        together = replace(self.book, decisions={**self.book.decisions, **versions})
        sides, refused = self._decide(together, list(versions), watch)
        points = []
        for (value, _), version in zip(books, versions, strict=True):
            after = {name: sides[version]} if version in sides else {}
            reasons = {name: refused[version]} if version in refused else {}
            points.append(_point(value, self._comparison(names, after, reasons)))
        return points


def _point(value: object, comparison: Comparison) -> Point:
    if comparison.refused:
        reasons = "; ".join(comparison.refused.values())
        raise DecisionError(f"the value {value} cannot be compared: {reasons}")
    return Point(value, comparison.summary())
