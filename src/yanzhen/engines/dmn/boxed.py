"""Boxed expressions after DMN 1.5, chapters 8 and 10: values only, without explanation.

The whole of a DMN model runs on this; of a city's book only lists, relations, functions,
invocations and iterators do, the other forms being explained (``run``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, assert_never

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.tables import (
    Mode,
    Truth,
    conjunction,
    decide_table,
    decide_table_to_the_letter,
)
from yanzhen.engines.feel.build_calls import call_function
from yanzhen.engines.feel.evaluate import evaluate, evaluate_tests
from yanzhen.engines.feel.nodes import Node, TypeName, UnaryTests
from yanzhen.engines.feel.parser import parse
from yanzhen.engines.feel.runtime import Run as FeelRun
from yanzhen.engines.feel.runtime import from_python
from yanzhen.engines.feel.values import DateTime, FunctionValue
from yanzhen.kernel.errors import DecisionError, FeelError


class Inner(Mapping[str, Any]):
    """Names in front of those of an outer scope."""

    __slots__ = ("_names", "_outer")

    def __init__(self, outer: Mapping[str, Any], names: Mapping[str, Any]) -> None:
        self._outer, self._names = outer, names

    def __getitem__(self, name: str) -> Any:
        return self._names[name] if name in self._names else self._outer[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names or name in self._outer

    def __iter__(self) -> Iterator[str]:
        yield from self._names
        yield from (name for name in self._outer if name not in self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


_GO_THROUGH = parse("for item in items return item")
_PICK = parse("items[at]")


def _negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _as_it_is(value: Any, _: str) -> Any:
    return value


MAX_STEPS = 1_000_000
"""Boxed expressions evaluated in one run of a model."""
MAX_CALLS = 60
"""How deeply boxed functions may call each other."""


@dataclass(slots=True)
class Meter:
    """What one run has spent; a run that loops forever is given up."""

    steps: int = 0
    calls: int = 0

    def step(self) -> None:
        """Count one boxed expression.

        Raises:
            DecisionError: there were too many.
        """
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise DecisionError("the evaluation takes too many steps and was given up")

    @contextmanager
    def call(self, name: str) -> Iterator[None]:
        """Count one call of a function, as long as it lasts.

        Raises:
            DecisionError: functions call each other too deeply.
        """
        self.calls += 1
        try:
            if self.calls > MAX_CALLS:
                raise DecisionError(f"{name or 'a function'} calls itself too deeply (递归过深)")
            yield
        finally:
            self.calls -= 1


@dataclass(frozen=True, slots=True)
class Boxes:
    """How boxed expressions are run.

    Attributes:
        mode: FEEL's mode.
        coerce: makes a value fit a declared type (a ``typeRef``), or gives null.
        types: finds the FEEL type of a declared type's name, for ``instance of`` and lambdas.
        type_of: the FEEL type that a typeRef stands for.
        notes: where remarks on nulls go, or None.
        now: what ``now()`` and ``today()`` tell; without it they are null.
        meter: counts what is spent.
    """

    mode: Mode = "three_valued"
    coerce: Callable[[Any, str], Any] = _as_it_is
    types: Callable[[str], TypeName | None] | None = None
    type_of: Callable[[str], TypeName] = TypeName
    notes: list[FeelError] | None = None
    now: DateTime | None = None
    meter: Meter = field(default_factory=Meter)

    def value(self, logic: m.Logic, scope: Mapping[str, Any]) -> Any:
        """The value of ``logic`` with the names of ``scope``.

        Raises:
            DecisionError: a function outside of FEEL would have to run, or the evaluation was given
                up because it takes too many steps.
        """
        self.meter.step()
        match logic:
            case m.Expression():
                return evaluate(
                    logic.node,
                    scope,
                    mode=self.mode,
                    notes=self.notes,
                    types=self.types,
                    now=self.now,
                )
            case m.Typed():
                value = self.value(logic.logic, scope)
                if isinstance(logic.logic, m.FunctionLogic):
                    return self._typed_function(value, logic.type_ref)
                return self.coerce(value, logic.type_ref)
            case m.Table():
                return self._table(logic, scope)
            case m.Context():
                return self._context(logic, scope)
            case m.Invocation():
                return self._invocation(logic, scope)
            case m.FunctionLogic():
                return self.function(logic, scope)
            case m.ListLogic():
                return [self.value(item, scope) for item in logic.items]
            case m.Relation():
                return [
                    {
                        column: self.value(cell, scope)
                        for column, cell in zip(logic.columns, row, strict=True)
                    }
                    for row in logic.rows
                ]
            case m.Conditional():
                return self._conditional(logic, scope)
            case m.Selection():
                return self._selection(logic, scope)
            case m.Iteration():
                return self._iteration(logic, scope)
            case m.Conditions():
                holds = [self._truth(c.expression, scope) for c in logic.conditions]
                bars = [self._truth(c.expression, scope) for c in logic.exclusions]
                return conjunction([*holds, *map(_negated, bars)])
            case m.Dated():
                return self._dated(logic, scope)
            case _:
                assert_never(logic)

    def function(self, logic: m.FunctionLogic, scope: Mapping[str, Any], name: str = "") -> Any:
        """The function that a boxed function stands for."""
        if logic.external:
            raise DecisionError(
                f"function {name or '(boxed)'} is external and is never run (外部函数)"
            )
        types = logic.types or ("",) * len(logic.parameters)

        def invoke(arguments: Sequence[Any]) -> Any:
            given = {
                parameter: self.coerce(argument, kind) if kind else argument
                for parameter, kind, argument in zip(
                    logic.parameters, types, arguments, strict=True
                )
            }
            with self.meter.call(name):
                return self.value(logic.body, Inner(scope, given))

        parameters = tuple(
            (parameter, self.type_of(kind) if kind else None)
            for parameter, kind in zip(logic.parameters, types, strict=True)
        )
        body = logic.body
        result = self.type_of(body.type_ref) if isinstance(body, m.Typed) else None
        return FunctionValue(parameters, invoke, name, result)

    def _typed_function(self, function: FunctionValue, ref: str) -> FunctionValue:
        """A function of the type ``ref`` or, as many models mean it, with a result of that type."""
        if self.coerce(function, ref) is not None:
            return function

        def invoke(arguments: Sequence[Any]) -> Any:
            return self.coerce(function.invoke(arguments), ref)

        return FunctionValue(function.parameters, invoke, function.name, self.type_of(ref))

    def _truth(self, expression: m.Expression, scope: Mapping[str, Any]) -> bool | None:
        value = self.value(expression, scope)
        return value if isinstance(value, bool) else None

    def _context(self, logic: m.Context, scope: Mapping[str, Any]) -> Any:
        names: dict[str, Any] = {}
        context: dict[str, Any] = {}
        inner = Inner(scope, names)
        for entry in logic.entries:
            context[entry.name] = self.value(entry.logic, inner)
            names[entry.name] = context[entry.name]
            if entry.label and self.mode == "three_valued":
                names[entry.label] = context[entry.name]
        return context if logic.result is None else self.value(logic.result, inner)

    def _invocation(self, logic: m.Invocation, scope: Mapping[str, Any]) -> Any:
        function = self.value(logic.function, scope)
        given = {name: self.value(argument, scope) for name, argument in logic.bindings}
        return self.call(function, given)

    def call(self, function: Any, given: Mapping[str, Any]) -> Any:
        """Call a function with named arguments; null if it is none or the names do not fit."""
        if not isinstance(function, FunctionValue):
            return None
        arguments = dict(given)
        if function.raw is None:
            arguments = {name: None for name, _ in function.parameters} | arguments
        run = FeelRun(
            {}, budget=None, on_name=None, notes=self.notes, types=self.types, now=self.now
        )
        return call_function(run, function, (), arguments)

    def _conditional(self, logic: m.Conditional, scope: Mapping[str, Any]) -> Any:
        condition = self.value(logic.condition, scope)
        if condition is None and self.mode == "three_valued":
            return None
        return self.value(logic.yes if condition is True else logic.no, scope)

    def _selection(self, logic: m.Selection, scope: Mapping[str, Any]) -> Any:
        source = self.value(logic.source, scope)
        if source is None:
            return None
        items = source if isinstance(source, list) else [source]
        kept = []
        for item in items:
            members = item if isinstance(item, dict) else {}
            verdict = self.value(logic.match, Inner(scope, {"item": item, **members}))
            if isinstance(verdict, Decimal):
                return self._plain(_PICK, {"items": items, "at": verdict})
            if verdict is True:
                kept.append(item)
            elif verdict is not False and self.mode != "spec":
                return None
        return kept

    def _iteration(self, logic: m.Iteration, scope: Mapping[str, Any]) -> Any:
        items = self._plain(_GO_THROUGH, {"items": self.value(logic.source, scope)})
        if items is None:
            return None
        results: list[Any] = []
        for item in items:
            names = {"partial": list(results), logic.name: item}
            results.append(self.value(logic.body, Inner(scope, names)))
        if logic.kind == "for":
            return results
        truths = [result if isinstance(result, bool) else None for result in results]
        if logic.kind == "every":
            return conjunction(truths)
        return _negated(conjunction([_negated(truth) for truth in truths]))

    def _plain(self, node: Node, scope: Mapping[str, Any]) -> Any:
        return evaluate(node, scope, mode=self.mode, notes=self.notes)

    def _dated(self, logic: m.Dated, scope: Mapping[str, Any]) -> Any:
        day = self.value(logic.event, scope)
        if not isinstance(day, date):
            found = [self.value(version.logic, scope) for version in logic.versions]
            return False if found and all(value is False for value in found) else None
        for version in logic.versions:
            if (version.start is None or version.start <= day) and (
                version.end is None or day <= version.end
            ):
                return self.value(version.logic, scope)
        return False if any(isinstance(v.logic, m.Conditions) for v in logic.versions) else None

    def _table(self, table: m.Table, scope: Mapping[str, Any]) -> Any:
        inputs = [self.value(clause.expression, scope) for clause in table.inputs]
        if self.mode == "spec" and not all(
            clause.allowed is None or value is None or self._holds(clause.allowed, value, scope)
            for clause, value in zip(table.inputs, inputs, strict=True)
        ):
            return None
        truths = [
            conjunction(
                [
                    self._holds(cell, value, scope)
                    for cell, value in zip(rule.tests, inputs, strict=True)
                ]
            )
            for rule in table.rules
        ]

        def output(row: int) -> tuple[Any, ...]:
            return tuple(self.value(cell, scope) for cell in table.rules[row].outputs)

        default = None
        if any(clause.default is not None for clause in table.outputs):
            default = tuple(
                None if clause.default is None else self.value(clause.default, scope)
                for clause in table.outputs
            )
        ranked = tuple(
            tuple(self.value(value, scope) for value in clause.allowed) for clause in table.outputs
        )
        decide = decide_table_to_the_letter if self.mode == "spec" else decide_table
        return decide(table, truths, output, default, ranked).value

    def _holds(self, tests: UnaryTests, value: Any, scope: Mapping[str, Any]) -> bool | None:
        return evaluate_tests(
            tests,
            value,
            scope,
            mode=self.mode,
            notes=self.notes,
            types=self.types,
            now=self.now,
        )


def evaluate_logic(logic: m.Logic, scope: Mapping[str, Any], mode: Mode) -> Any:
    """The value of a logic of a book, as a FEEL value."""
    return from_python(Boxes(mode).value(logic, scope))
