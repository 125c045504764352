"""One decision table in a run over a book: which rows hold, and what is missing if it is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yanzhen.engines.dmn.model import Expression, Table
from yanzhen.engines.dmn.outcome import Finding, is_known, note
from yanzhen.engines.dmn.tables import Truth, decide_table, shape
from yanzhen.engines.dmn.uses import Uses, make_step, missing_of, union
from yanzhen.engines.feel.nodes import UnaryTests
from yanzhen.kernel.explanation import Step


@dataclass(frozen=True, slots=True)
class Reader:
    """How a table reads in its scope: whole expressions, and cells (truth, and what they used)."""

    expression: Callable[[Expression], Finding]
    cell: Callable[[UnaryTests, Any], tuple[Truth, Uses]]


class TableRun:
    """One table in one run; its inputs are read when a cell first needs them."""

    __slots__ = ("_cells", "_explain", "_inputs", "_outputs", "_reader", "_table", "_uses")

    def __init__(self, table: Table, reader: Reader, *, explain: bool) -> None:
        self._table, self._reader, self._explain = table, reader, explain
        self._inputs: dict[int, Finding] = {}
        self._outputs: dict[int, list[Finding]] = {}
        self._cells: dict[int, tuple[str, ...]] = {}
        self._uses: Uses = {}

    def find(self) -> Finding:
        """The finding of the table."""
        table = self._table
        truths: list[Truth] = []
        for row in range(len(table.rules)):
            truths.append(self._row(row))
            if truths[-1] and table.hit == "F":
                break
        default = None
        defaults: list[Finding] = []
        if any(clause.default is not None for clause in table.outputs):
            defaults = [
                Finding(None) if clause.default is None else self._reader.expression(clause.default)
                for clause in table.outputs
            ]
            default = tuple(found.value for found in defaults)
        ranked: tuple[tuple[Any, ...], ...] = ()
        if table.hit in {"P", "O"}:
            ranked = tuple(
                tuple(self._reader.expression(e).value for e in clause.allowed)
                for clause in table.outputs
            )
        hit = decide_table(table, truths, self._output, default, ranked)
        missing: tuple[str, ...] = ()
        if not is_known(hit.value):
            parts = [self._cells[row] for row in hit.open]
            parts += [found.missing for outputs in self._outputs.values() for found in outputs]
            if not hit.rows and not hit.open:
                parts += [found.missing for found in defaults]
            missing = union(parts)
        if not self._explain:
            return Finding(hit.value, missing)
        steps = [
            make_step("value", f"input{at + 1}", table.inputs[at].label, found)
            for at, found in sorted(self._inputs.items())
        ]
        steps += [self._row_step(row) for row in sorted({*hit.rows, *hit.open})]
        if hit.note:
            steps.append(note(hit.note))
        elif not hit.rows and not hit.open:
            steps.append(note("没有一行命中" + ("，取默认结果" if default else "")))
        facts = tuple(use.fact for use in self._uses.values() if use.fact is not None)
        return Finding(hit.value, missing, facts=facts, children=tuple(steps))

    def _row(self, row: int) -> Truth:
        """The truth of a row; the missing facts of a possible row are kept for later."""
        truth: Truth = True
        missing: list[tuple[str, ...]] = []
        for at, tests in enumerate(self._table.rules[row].tests):
            if not tests.tests and not tests.negated:
                continue
            found = self._inputs.get(at)
            if found is None:
                found = self._reader.expression(self._table.inputs[at].expression)
                self._inputs[at] = found
            cell, uses = self._reader.cell(tests, found.value)
            self._uses.update(uses)
            if cell is False:
                return False
            if cell is None:
                truth = None
                missing += [found.missing, missing_of(uses)]
        if truth is None:
            self._cells[row] = union(missing)
        return truth

    def _output(self, row: int) -> tuple[Any, ...]:
        outputs = self._outputs.get(row)
        if outputs is None:
            rule = self._table.rules[row]
            outputs = [self._reader.expression(e) for e in rule.outputs]
            self._outputs[row] = outputs
        return tuple(found.value for found in outputs)

    def _row_step(self, row: int) -> Step:
        rule = self._table.rules[row]
        outputs = self._outputs[row]
        facts = {use.name: use for found in outputs for use in found.facts}
        return Step(
            "row",
            str(row + 1),
            rule.note or f"第{row + 1}行",
            " ｜ ".join(rule.texts),
            shape(self._table, self._output(row)),
            tuple(facts.values()),
            tuple(step for found in outputs for step in found.children),
            rule.citation,
        )
