"""One run over a book: names are looked up when they are needed, decisions are made once.

The run keeps account of what each expression reads, for the explanation and for the missing facts.
Steps are built only if an explanation is asked for; values do not depend on it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from yanzhen.engines.dmn import boxed
from yanzhen.engines.dmn.model import (
    Book,
    Condition,
    Conditions,
    Context,
    Dated,
    Decision,
    Entry,
    Expression,
    Logic,
    Table,
    Typed,
    untyped,
)
from yanzhen.engines.dmn.outcome import Finding, is_known, note
from yanzhen.engines.dmn.run_table import Reader, TableRun
from yanzhen.engines.dmn.tables import Mode, Truth, conjunction
from yanzhen.engines.dmn.uses import Use, Uses, make_step, missing_of, union
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.evaluate import evaluate, evaluate_tests
from yanzhen.engines.feel.runtime import from_python
from yanzhen.kernel.errors import DecisionError, FeelError
from yanzhen.kernel.explanation import FactUse, Step, StepKind


class Scope(Mapping[str, Any]):
    """The names that an expression sees: the entries so far, then the book."""

    __slots__ = ("_entries", "_run")

    def __init__(self, run: "Run", entries: Mapping[str, "_LazyEntry"] | None = None) -> None:
        self._run = run
        self._entries = entries or {}

    def __getitem__(self, name: str) -> Any:
        entry = self._entries.get(name)
        return self._run.lookup(name) if entry is None else entry.read()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self._entries or self._run.knows(name))

    def __iter__(self) -> Iterator[str]:
        yield from self._entries
        yield from self._run.names()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def extended(self, entries: Mapping[str, "_LazyEntry"]) -> "Scope":
        """This scope with more entries in front."""
        return Scope(self._run, {**self._entries, **entries})


class _LazyEntry:
    """An entry of a boxed context, computed when it is first read."""

    __slots__ = ("_entry", "_run", "_scope", "finding")

    def __init__(self, run: "Run", entry: Entry, scope: Scope) -> None:
        self._run, self._entry, self._scope = run, entry, scope
        self.finding: Finding | None = None

    def find(self) -> Finding:
        if self.finding is None:
            self.finding = self._run.find(self._entry.logic, self._scope)
        return self.finding

    def read(self) -> Any:
        found = self.find()
        self._run.uses.setdefault(f"entry {self._entry.name}", Use(None, found.missing))
        return found.value

    def step(self) -> Step | None:
        """The step of this entry, None if it was never read."""
        if self.finding is None:
            return None
        kind: StepKind = "table" if isinstance(untyped(self._entry.logic), Table) else "value"
        return make_step(kind, self._entry.name, self._entry.label, self.finding, self._entry)


class Run:
    """The state of one call of ``decide``."""

    __slots__ = ("_book", "_explain", "_facts", "_made", "_mode", "_path", "_root", "uses")

    def __init__(self, book: Book, facts: Mapping[str, Any], mode: Mode, *, explain: bool) -> None:
        self._book, self._facts, self._mode, self._explain = book, facts, mode, explain
        self._made: dict[str, tuple[Finding, Step | None]] = {}
        self._path: list[str] = []
        self._root = Scope(self)
        self.uses: Uses = {}

    # names

    def lookup(self, name: str) -> Any:
        """The value of a name of the book, remembered among the uses of the expression at work.

        Raises:
            KeyError: the book knows no such name.
        """
        key = self._book.resolve(name)
        if key in self._facts and (key in self._book.facts or key in self._book.decisions):
            return self._read_fact(key, self._facts[key])
        if key in self._book.constants:
            return from_python(self._facts.get(key, self._book.constants[key]))
        if key in self._book.facts:
            return self._read_fact(key, None)
        decision = self._book.decisions.get(key)
        if decision is None:
            raise KeyError(name)
        found, step = self.decide(decision)
        if key not in self.uses:
            self.uses[key] = Use(None, found.missing, step)
        return found.value

    def _read_fact(self, key: str, given: Any) -> Any:
        value = from_python(given)
        if key not in self.uses:
            known = value is not None
            self.uses[key] = Use(FactUse(key, value, known), () if known else (key,))
        return value

    def knows(self, name: str) -> bool:
        """Whether the book has the name."""
        key = self._book.resolve(name)
        book = self._book
        return key in book.facts or key in book.constants or key in book.decisions

    def names(self) -> Iterator[str]:
        """All names of the book."""
        yield from self._book.facts
        yield from self._book.constants
        yield from self._book.decisions
        yield from self._book.aliases

    # decisions

    def decide(self, decision: Decision) -> tuple[Finding, Step | None]:
        """Make a decision, once in a run.

        Raises:
            DecisionError: it needs itself.
        """
        made = self._made.get(decision.name)
        if made is not None:
            return made
        if decision.name in self._path:
            circle = " → ".join([*self._path[self._path.index(decision.name) :], decision.name])
            raise DecisionError(f"decision {decision.name} needs itself (循环引用): {circle}")
        self._path.append(decision.name)
        try:
            found = self.find(decision.logic, self._root)
        finally:
            self._path.pop()
        step = self._decision_step(decision, found) if self._explain else None
        self._made[decision.name] = found, step
        return found, step

    def _decision_step(self, decision: Decision, found: Finding) -> Step:
        logic = untyped(decision.logic)
        kind: StepKind = "clause" if _is_clause(logic) else "decision"
        if isinstance(logic, Table):
            table = make_step("table", decision.name, decision.label.zh, found)
            found = Finding(found.value, children=(table,))
        return make_step(kind, decision.name, decision.label.zh, found, decision)

    def find(self, logic: Logic, scope: Scope) -> Finding:
        """The finding of any logic."""
        match logic:
            case Expression():
                return self._expression(logic, scope)
            case Conditions():
                return self._conditions(logic, scope)
            case Table():
                return self._table(logic, scope)
            case Context():
                return self._context(logic, scope)
            case Dated():
                return self._dated(logic, scope)
            case Typed():
                return self.find(logic.logic, scope)
            case _:
                value, uses = self._watch(lambda: boxed.evaluate_logic(logic, scope, self._mode))
                return self._finding(value, uses, "")

    # expressions

    def _watch[T](self, read: Callable[[], T]) -> tuple[T, Uses]:
        """What ``read`` gives, and what it used."""
        outer, self.uses = self.uses, {}
        try:
            return read(), self.uses
        finally:
            self.uses = outer

    def _expression(self, expression: Expression, scope: Scope) -> Finding:
        notes: list[FeelError] | None = [] if self._explain else None
        outer, self.uses = self.uses, {}
        try:
            value = evaluate(expression.node, scope, mode=self._mode, notes=notes)
            uses = self.uses
        finally:
            self.uses = outer
        if is_known(value):
            if not self._explain:
                return Finding(value)
            return self._finding(value, uses, expression.text)
        missing = self._blame(expression.node, scope)
        return self._finding(value, uses, expression.text, missing=missing, notes=notes or [])

    def _finding(
        self,
        value: Any,
        uses: Uses,
        text: str,
        *,
        missing: tuple[str, ...] | None = None,
        notes: list[FeelError] | None = None,
    ) -> Finding:
        if missing is None:
            missing = () if is_known(value) else missing_of(uses)
        if not self._explain:
            return Finding(value, missing)
        children = tuple(use.step for use in uses.values() if use.step is not None)
        return Finding(
            value,
            missing,
            text,
            tuple(use.fact for use in uses.values() if use.fact is not None),
            children + tuple(note(str(one)) for one in notes or []),
        )

    def _blame(self, node: n.Node, scope: Scope) -> tuple[str, ...]:
        """The missing facts that keep ``node`` from being known.

        Of a conjunction or disjunction only the unknown members count, of a conditional only its
        unknown part: what is settled elsewhere cannot change the result.
        """
        match node:
            case n.And(members=members) | n.Or(members=members):
                return self._blame_each(members, scope)
            case n.If():
                condition = evaluate(node.condition, scope, mode=self._mode)
                if condition is None:
                    return self._blame(node.condition, scope)
                return self._blame(node.yes if condition is True else node.no, scope)
            case n.Call(function=n.Name(value="not"), positional=(argument,)):
                return self._blame(argument, scope)
            case _:
                _, uses = self._watch(lambda: evaluate(node, scope, mode=self._mode))
                return missing_of(uses)

    def _blame_each(self, members: tuple[n.Node, ...], scope: Scope) -> tuple[str, ...]:
        unknown = [m for m in members if evaluate(m, scope, mode=self._mode) is None]
        return union(self._blame(member, scope) for member in unknown)

    # clauses

    def _conditions(self, clause: Conditions, scope: Scope) -> Finding:
        holds = [self._condition(condition, scope) for condition in clause.conditions]
        excluded = [self._condition(exclusion, scope) for exclusion in clause.exclusions]
        truths = [found.value for found in holds] + [_negated(found.value) for found in excluded]
        verdict = conjunction(truths)
        missing: tuple[str, ...] = ()
        if verdict is None:
            missing = union(found.missing for found in holds + excluded if found.value is None)
        amount = None
        if verdict and clause.amount is not None:
            amount = self._expression(clause.amount, scope)
        children: list[Step] = []
        if self._explain:
            for one, found in zip(clause.conditions, holds, strict=True):
                children.append(make_step("condition", one.name, one.label, found, one))
            for one, found in zip(clause.exclusions, excluded, strict=True):
                children.append(make_step("exclusion", one.name, one.label, found, one))
            if amount is not None:
                children.append(make_step("value", "amount", "金额", amount))
        return Finding(
            verdict,
            missing,
            children=tuple(children),
            amount=None if amount is None else amount.value,
            amount_missing=() if amount is None else amount.missing,
        )

    def _condition(self, condition: Condition, scope: Scope) -> Finding:
        found = self._expression(condition.expression, scope)
        if found.value is None or isinstance(found.value, bool):
            return found
        remark = (note(f"条件的结果是{found.value}，不是“是”或“否”"),) if self._explain else ()
        return Finding(None, (), found.text, found.facts, found.children + remark)

    # contexts and dated logic

    def _context(self, context: Context, scope: Scope) -> Finding:
        lazy: list[_LazyEntry] = []
        names: dict[str, _LazyEntry] = {}
        inner = scope
        for entry in context.entries:
            one = _LazyEntry(self, entry, inner)
            lazy.append(one)
            names = {**names, entry.name: one}
            if entry.label:
                names[entry.label] = one
            inner = scope.extended(names)
        result: Finding | None = None
        if context.result is None:
            value = {e.name: one.find().value for e, one in zip(context.entries, lazy, strict=True)}
            found = Finding(value, union(one.find().missing for one in lazy))
        else:
            result = self.find(context.result, inner)
            found = result
        if not self._explain:
            return found
        steps = [step for one in lazy if (step := one.step()) is not None]
        if result is not None:
            kind: StepKind = "table" if isinstance(context.result, Table) else "value"
            steps.append(make_step(kind, "result", "结果", result))
        return Finding(
            found.value,
            found.missing,
            children=tuple(steps),
            amount=found.amount,
            amount_missing=found.amount_missing,
        )

    def _dated(self, dated: Dated, scope: Scope) -> Finding:
        event = self._expression(dated.event, scope)
        steps: list[Step] = []
        if self._explain:
            steps.append(make_step("value", "event", "事件发生日", event))
        if not isinstance(event.value, date):
            return Finding(None, event.missing, children=tuple(steps))
        for version in dated.versions:
            if (version.start is None or version.start <= event.value) and (
                version.end is None or event.value <= version.end
            ):
                break
        else:
            nothing = False if any(_is_clause(v.logic) for v in dated.versions) else None
            if self._explain:
                steps.append(note(f"事件发生日{event.value.isoformat()}不在任何版本的施行期内"))
            return Finding(nothing, children=tuple(steps))
        found = self.find(version.logic, scope)
        if self._explain:
            label = f"{version.start.isoformat()}起施行的版本" if version.start else "最初的版本"
            steps.append(make_step("value", version.name, label, found))
        return Finding(
            found.value,
            found.missing,
            children=tuple(steps),
            amount=found.amount,
            amount_missing=found.amount_missing,
        )

    # tables

    def _table(self, table: Table, scope: Scope) -> Finding:
        def cell(tests: n.UnaryTests, value: Any) -> tuple[Truth, Uses]:
            return self._watch(lambda: evaluate_tests(tests, value, scope, mode=self._mode))

        reader = Reader(lambda expression: self._expression(expression, scope), cell)
        return TableRun(table, reader, explain=self._explain).find()


def _negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _is_clause(logic: Logic) -> bool:
    if isinstance(logic, Dated):
        return any(_is_clause(version.logic) for version in logic.versions)
    return isinstance(logic, Conditions)
