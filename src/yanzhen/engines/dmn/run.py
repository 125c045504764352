"""One run over a book: names are looked up when they are needed, decisions are made once.

The run keeps account of what each expression reads, for the explanation and for the missing facts.
Steps are built only if an explanation is asked for; values do not depend on it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from yanzhen.engines.dmn import boxed
from yanzhen.engines.dmn.blame import blame
from yanzhen.engines.dmn.model import (
    Book,
    Condition,
    Conditions,
    Context,
    Dated,
    Decision,
    Expression,
    Logic,
    Table,
    Typed,
    Version,
    untyped,
)
from yanzhen.engines.dmn.outcome import Finding, is_known, note
from yanzhen.engines.dmn.run_table import Reader, TableRun
from yanzhen.engines.dmn.scope import LazyEntry, Scope
from yanzhen.engines.dmn.tables import Mode, Truth, conjunction
from yanzhen.engines.dmn.uses import Use, Uses, make_step, missing_of, union
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.evaluate import evaluate, evaluate_tests
from yanzhen.engines.feel.runtime import from_python
from yanzhen.kernel.errors import DecisionError, FeelError
from yanzhen.kernel.explanation import FactUse, Step, StepKind


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
            case Table() if self._mode == "three_valued":
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
        missing = blame(expression.node, lambda node: self._look(node, scope))
        # faults are told only where no missing fact explains the null
        told = [] if missing else notes
        return self._finding(value, uses, expression.text, missing=missing, notes=told)

    def _look(self, node: n.Node, scope: Scope) -> tuple[Any, Uses]:
        return self._watch(lambda: evaluate(node, scope, mode=self._mode))

    def _tell(self, name: str, use: Use) -> None:
        self.uses.setdefault(name, use)

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
            children + tuple(note(f"没有结果：{one}") for one in notes or []),
        )

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
        lazy: list[LazyEntry] = []
        inner = scope
        for entry in context.entries:
            lazy.append(LazyEntry(entry, self._finder(entry.logic, inner), self._tell))
            inner = inner.extended(entry.name, entry.label, lazy[-1])
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

    def _finder(self, logic: Logic, scope: Scope) -> Callable[[], Finding]:
        return lambda: self.find(logic, scope)

    def _dated(self, dated: Dated, scope: Scope) -> Finding:
        event = self._expression(dated.event, scope)
        steps: list[Step] = []
        if self._explain:
            steps.append(make_step("value", "event", "事件发生日", event))
        if not isinstance(event.value, date):
            return self._undated(dated, scope, event, steps)
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
            steps.append(_version_step(version, found))
        return Finding(
            found.value,
            found.missing,
            children=tuple(steps),
            amount=found.amount,
            amount_missing=found.amount_missing,
        )

    def _undated(self, dated: Dated, scope: Scope, event: Finding, steps: list[Step]) -> Finding:
        """Without an event date: no where every version says no, else unknown."""
        found = [self.find(version.logic, scope) for version in dated.versions]
        if self._explain and found:
            steps.append(_version_step(dated.versions[-1], found[-1]))
        if found and all(one.value is False for one in found):
            return Finding(False, children=tuple(steps))
        still = union((event.missing, *(one.missing for one in found if one.value is not False)))
        return Finding(None, still, children=tuple(steps))

    # tables

    def _table(self, table: Table, scope: Scope) -> Finding:
        def cell(tests: n.UnaryTests, value: Any) -> tuple[Truth, Uses]:
            return self._watch(lambda: evaluate_tests(tests, value, scope, mode=self._mode))

        reader = Reader(lambda expression: self._expression(expression, scope), cell)
        return TableRun(table, reader, explain=self._explain).find()


def _version_step(version: Version, found: Finding) -> Step:
    label = f"{version.start.isoformat()}起施行的版本" if version.start else "最初的版本"
    return make_step("value", version.name, label, found)


def _negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _is_clause(logic: Logic) -> bool:
    if isinstance(logic, Dated):
        return any(_is_clause(version.logic) for version in logic.versions)
    return isinstance(logic, Conditions)
