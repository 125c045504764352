"""Checking a decision before it decides anything: names, types, tables, circles (规则校验).

Every fault is one sentence that says where: condition, table, row, column.
"""

from collections.abc import Iterable

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.needs import circle
from yanzhen.engines.dmn.table_check import check_rows
from yanzhen.engines.dmn.type_check import FEEL_KINDS, Kind, TypeChecker
from yanzhen.engines.feel.runtime import from_python
from yanzhen.engines.feel.values import type_name


def check_decision(decision: m.Decision, book: m.Book) -> list[str]:
    """Everything wrong with a decision, in words, empty if nothing is.

    Unknown names; operands that can never fit; results not of the declared type; decisions that
    need themselves; and for tables of literals and ranges: rows of a U table that overlap, rows of
    an A table that contradict each other, rows of an F table that are never reached, and values
    for which no row of a U, A, F or P table without default holds.
    """
    checker = _DecisionCheck(book)
    kind = checker.logic(decision.logic, "")
    wanted = FEEL_KINDS[decision.type]
    if wanted is not None and kind is not None and kind != wanted:
        checker.faults.append(f"the result is a {kind}, but the decision says {decision.type}")
    loop = circle(book, decision)
    if loop:
        checker.faults.append(f"the decision needs itself (循环引用): {' → '.join(loop)}")
    return checker.faults


class _DecisionCheck:
    def __init__(self, book: m.Book) -> None:
        self._book = book
        self._entries: dict[str, Kind] = {}
        self.faults: list[str] = []

    def logic(self, logic: m.Logic, place: str) -> Kind:
        """Check a logic; its type."""
        match logic:
            case m.Expression():
                return self._expression(logic, place)
            case m.Conditions():
                return self._conditions(logic, place)
            case m.Table():
                return self._table(logic, place)
            case m.Context():
                return self._context(logic, place)
            case m.Dated():
                event = self._expression(logic.event, _at(place, "event date"))
                if event not in {None, "date"}:
                    self.faults.append(f"{_at(place, 'event date')}is a {event}, not a date")
                kinds = {
                    self.logic(v.logic, _at(place, f"version {v.name}")) for v in logic.versions
                }
                return kinds.pop() if len(kinds) == 1 else None
            case m.ListLogic():
                for number, item in enumerate(logic.items, 1):
                    self.logic(item, _at(place, f"item {number}"))
                return "list"
            case m.Relation():
                for number, row in enumerate(logic.rows, 1):
                    for column, cell in zip(logic.columns, row, strict=True):
                        self.logic(cell, _at(place, f"row {number}, column {column}"))
                return "list"
            case m.FunctionLogic():
                self._inside(logic.parameters, logic.body, place)
                return "function"
            case m.Invocation():
                self._expression(logic.function, place)
                for name, argument in logic.bindings:
                    self.logic(argument, _at(place, f"argument {name}"))
                return None
            case m.Typed():
                return self.logic(logic.logic, place)
            case m.Conditional():
                self.logic(logic.condition, _at(place, "if"))
                yes = self.logic(logic.yes, _at(place, "then"))
                return yes if self.logic(logic.no, _at(place, "else")) == yes else None
            case m.Selection():
                self.logic(logic.source, place)
                return None
            case m.Iteration():
                self.logic(logic.source, place)
                self._inside((logic.name, "partial"), logic.body, place)
                return "list" if logic.kind == "for" else "boolean"

    def _inside(self, names: Iterable[str], body: m.Logic, place: str) -> None:
        """Check a body with names of its own."""
        outer = self._entries
        self._entries = {**outer, **dict.fromkeys(names)}
        self.logic(body, place)
        self._entries = outer

    def _checker(self) -> TypeChecker:
        book = self._book
        known = [*self._entries, *book.aliases, *book.facts, *book.constants, *book.decisions]
        return TypeChecker(self._kind, known)

    def _kind(self, name: str) -> Kind:
        if name in self._entries:
            return self._entries[name]
        book, key = self._book, self._book.resolve(name)
        if key in book.constants:
            return type_name(from_python(book.constants[key]))
        if key in book.facts:
            return FEEL_KINDS[book.facts[key].type]
        decision = book.decisions[key]
        if decision.type == "any" and isinstance(decision.logic, m.Conditions):
            return "boolean"
        return FEEL_KINDS[decision.type]

    def _expression(self, expression: m.Expression, place: str) -> Kind:
        checker = self._checker()
        kind = checker.expression(expression.node)
        self._add(checker, place, expression.text)
        return kind

    def _add(self, checker: TypeChecker, place: str, text: str) -> None:
        self.faults += [f"{place}{fault}, in: {text.strip()}" for fault in checker.faults]

    def _conditions(self, logic: m.Conditions, place: str) -> Kind:
        parts = [("condition", one) for one in logic.conditions]
        parts += [("exclusion", one) for one in logic.exclusions]
        for word, one in parts:
            here = _at(place, f"{word} {one.label or one.name}")
            kind = self._expression(one.expression, here)
            if kind not in {None, "boolean"}:
                self.faults.append(f"{here}is a {kind}, not a boolean (应为是/否)")
        if logic.amount is not None:
            kind = self._expression(logic.amount, _at(place, "amount"))
            if kind not in {None, "number"}:
                self.faults.append(f"{_at(place, 'amount')}is a {kind}, not a number")
        return "boolean"

    def _context(self, logic: m.Context, place: str) -> Kind:
        outer = self._entries
        self._entries = dict(outer)
        for entry in logic.entries:
            kind = self.logic(entry.logic, _at(place, f"step {entry.label or entry.name}"))
            self._entries[entry.name] = kind
            if entry.label:
                self._entries[entry.label] = kind
        result: Kind = "context"
        if logic.result is not None:
            result = self.logic(logic.result, _at(place, "result"))
        self._entries = outer
        return result

    def _table(self, table: m.Table, place: str) -> Kind:
        place = place or "table: "
        before = len(self.faults)
        kinds = [
            self._expression(clause.expression, _at(place, f"column {clause.label}"))
            for clause in table.inputs
        ]
        self.faults += [f"{place}{fault}" for fault in _shape_faults(table)]
        for output in table.outputs:
            for value in output.allowed:
                self._output(output, value, _at(place, f"values of {output.label or output.name}"))
        results: list[set[Kind]] = [set() for _ in table.outputs]
        for number, rule in enumerate(table.rules, 1):
            row = _at(place, f"row {number}")
            if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
                wanted = len(table.inputs) + len(table.outputs)
                found = len(rule.tests) + len(rule.outputs)
                self.faults.append(f"{row}has {found} cells; the table has {wanted} columns")
                return None
            texts = rule.texts or ("",) * len(rule.tests)
            for clause, tests, text, kind in zip(
                table.inputs, rule.tests, texts, kinds, strict=True
            ):
                checker = self._checker()
                checker.cell(tests, kind)
                self._add(checker, _at(row, f"column {clause.label}"), text)
            for at, (output, cell) in enumerate(zip(table.outputs, rule.outputs, strict=True)):
                here = _at(row, f"column {output.label or output.name}")
                results[at].add(self._output(output, cell, here))
        for output in table.outputs:
            if output.default is not None:
                self._output(output, output.default, _at(place, f"default of {output.name}"))
        for output, result in zip(table.outputs, results, strict=True):
            kinds_found = sorted(kind for kind in result if kind is not None)
            if len(kinds_found) > 1:
                here = _at(place, f"column {output.label or output.name}")
                self.faults.append(f"{here}some rows give a {' and some a '.join(kinds_found)}")
        if len(self.faults) > before:
            return None
        self.faults += [f"{place}{fault}" for fault in check_rows(table, self._book)]
        if len(table.outputs) > 1:
            return None if table.hit in {"C", "R", "O"} else "context"
        if table.hit in {"C", "R", "O"}:
            return "list"
        if table.hit == "C#":
            return "number"
        return results[0].pop() if len(results[0]) == 1 else None

    def _output(self, clause: m.OutputClause, cell: m.Expression, place: str) -> Kind:
        kind = self._expression(cell, place)
        wanted = FEEL_KINDS[clause.type]
        if None not in {kind, wanted} and kind != wanted:
            self.faults.append(f"{place}is a {kind}, the column a {clause.type}: {cell.text}")
        return kind or wanted


def _shape_faults(table: m.Table) -> list[str]:
    """What the hit policy wants of the columns and does not find."""
    faults = []
    if table.hit in {"P", "O"} and not any(output.allowed for output in table.outputs):
        faults.append(f"hit policy {table.hit} needs the output values in order of priority")
    if table.hit in {"C+", "C<", "C>", "C#"} and len(table.outputs) != 1:
        faults.append(f"hit policy {table.hit} needs exactly one output")
    if not table.outputs:
        faults.append("the table has no output")
    return faults


def _at(place: str, here: str) -> str:
    return f"{place}{here}: "
