"""Lifting the forms of logic: clauses, tables, contexts and dated versions."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.nearest import forms as f
from yanzhen.engines.dmn.nearest.frames import Frame
from yanzhen.engines.dmn.nearest.reach import Reach
from yanzhen.engines.dmn.run import Run
from yanzhen.engines.feel.nodes import Node, UnaryTests

_ONE_ROW = frozenset({"U", "A", "F", "P", "C<", "C>"})
MAX_SUMS = 256


class Lifting(Protocol):
    """What lifts the expressions inside a logic."""

    cuts: f.Cuts
    reach: Reach

    def node(self, node: Node, frame: Frame, under: f.Forms | None = None) -> f.Forms:
        """The forms of an expression."""

    def logic(self, logic: m.Logic, frame: Frame) -> f.Forms:
        """The forms of a logic inside another."""

    def value(self, logic: m.Logic, frame: Frame) -> Any:
        """The value of a logic that does not change."""

    def compare(self, left: f.Forms, right: f.Forms) -> f.Forms:
        """A comparison of two values: its cuts."""

    def tests(self, tests: Iterable[Node], of: f.Forms, frame: Frame) -> f.Forms:
        """Any of some tests against a value."""

    def tabulate(self, behind: frozenset[str], value: Callable[[Run], Any], words: str) -> f.Forms:
        """The forms of something that depends on one fact with few values, by trying them all."""


def lift_logic(lift: Lifting, logic: m.Logic, frame: Frame) -> f.Forms:
    """The forms of a logic, with its cuts.

    Raises:
        NotSolvableError: its cuts cannot be found exactly.
    """
    logic = m.untyped(logic)
    if isinstance(logic, m.Expression):
        return lift.node(logic.node, frame)
    behind = lift.reach.of_logic(logic, frame)
    if not behind:
        return frozenset({f.form_of(lift.value(logic, frame))})
    try:
        return _structure(lift, logic, frame)
    except f.NotSolvableError as fault:
        return lift.tabulate(
            behind, lambda run: run.find(logic, frame.scope(run)).value, str(fault)
        )


def lift_output(lift: Lifting, logic: m.Logic, name: str, frame: Frame) -> f.Forms:
    """The forms of one output of a table with several, each of which is decided by itself.

    Raises:
        NotSolvableError: the logic is no such table, or its rows are ranked by all outputs.
    """
    logic = m.untyped(logic)
    if isinstance(logic, m.Table) and logic.hit in {"U", "A", "F"}:
        for column, output in enumerate(logic.outputs):
            if output.name == name and len(logic.outputs) > 1:
                return _table(lift, logic, column, frame)
    raise f.NotSolvableError("取成员")


def _structure(lift: Lifting, logic: m.Logic, frame: Frame) -> f.Forms:
    match logic:
        case m.Conditions():
            settled = False
            for one in logic.conditions:
                settled |= lift.node(one.expression.node, frame) == {f.Plain(False)}
            for one in logic.exclusions:
                settled |= lift.node(one.expression.node, frame) == {f.Plain(True)}
            return frozenset({f.Plain(False)}) if settled else f.TRUTHS
        case m.Context(result=result) if result is not None:
            inner = frame
            for entry in logic.entries:
                inner = inner.extended(entry)
            return lift.logic(result, inner)
        case m.Dated():
            return _dated(lift, logic, frame)
        case m.Table() if len(logic.outputs) == 1:
            return _table(lift, logic, 0, frame)
        case m.Conditional():
            condition = lift.logic(logic.condition, frame)
            if condition == {f.Plain(True)}:
                return lift.logic(logic.yes, frame)
            return lift.logic(logic.yes, frame) | lift.logic(logic.no, frame) | f.NULL
    raise f.NotSolvableError(f"{type(logic).__name__} 形式的规则")


def _dated(lift: Lifting, dated: m.Dated, frame: Frame) -> f.Forms:
    event = lift.node(dated.event.node, frame)
    found: set[f.Form] = {f.Plain(None), f.Plain(False)}
    for version in dated.versions:
        for end in (version.start, version.end):
            if end is not None:
                lift.compare(event, frozenset({f.form_of(end)}))
        found |= lift.logic(version.logic, frame)
    return frozenset(found)


def _table(lift: Lifting, table: m.Table, column: int, frame: Frame) -> f.Forms:
    inputs = [lift.node(clause.expression.node, frame) for clause in table.inputs]
    rows: list[f.Forms] = []
    for rule in table.rules:
        cells = [
            _cell(lift, tests, of, frame)
            for tests, of in zip(rule.tests, inputs, strict=True)
            if tests.tests or tests.negated
        ]
        if frozenset({f.Plain(False)}) not in cells:
            rows.append(lift.node(rule.outputs[column].node, frame))
    default = table.outputs[column].default
    last = f.NULL if default is None else lift.node(default.node, frame)
    if table.hit in _ONE_ROW:
        return _one_row(lift, table.outputs[column], [*rows, last], frame)
    if table.hit == "C+":
        return _sums(lift, rows, last)
    if table.hit == "C#":
        return frozenset(f.number(count) for count in range(len(rows) + 1)) | f.NULL
    raise f.NotSolvableError(f"命中策略 {table.hit} 的决策表")


def _cell(lift: Lifting, tests: UnaryTests, of: f.Forms, frame: Frame) -> f.Forms:
    found = lift.tests(tests.tests, of, frame)
    if not tests.negated or found == f.TRUTHS:
        return found
    turned = {True: False, False: True}
    return frozenset(f.Plain(turned.get(form.value)) for form in found if isinstance(form, f.Plain))


def _one_row(lift: Lifting, output: m.OutputClause, rows: list[f.Forms], frame: Frame) -> f.Forms:
    """Outputs are compared with each other where rows are open, and ranked in some policies."""
    everything: f.Forms = frozenset().union(*rows)
    moving = [form for form in everything if not _still(form)]
    lift.compare(frozenset(moving), everything)
    for ranked in output.allowed:
        lift.compare(frozenset(moving), lift.node(ranked.node, frame))
    return everything | f.NULL


def _sums(lift: Lifting, rows: Iterable[f.Forms], last: f.Forms) -> f.Forms:
    sums: set[f.Form] = {f.number(0)}
    for row in rows:
        sums |= {f.add(total, form, lift.cuts) for total in sums for form in row}
        if len(sums) > MAX_SUMS:
            raise f.NotSolvableError("累加的取值太多")
    return frozenset(sums) | last | f.NULL


def _still(form: f.Form) -> bool:
    return isinstance(form, f.Plain) or (isinstance(form, f.Ratio) and form.number is not None)
