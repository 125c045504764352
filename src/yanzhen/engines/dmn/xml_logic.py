"""Boxed expressions from DMN XML to the model (DMN 1.5, chapters 7 and 8)."""

from collections.abc import Callable, Iterable
from typing import cast

from lxml import etree

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.xml_text import (
    element,
    elements,
    name_of,
    tag,
    text_of,
    type_ref_of,
)
from yanzhen.engines.feel.nodes import Null, UnaryTests
from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.engines.feel.unparse import unparse
from yanzhen.kernel.errors import FeelError

Names = frozenset[str]
_NOTHING = m.Expression("", Null())
_HITS: dict[str, m.HitPolicy] = {
    "UNIQUE": "U",
    "ANY": "A",
    "PRIORITY": "P",
    "FIRST": "F",
    "RULE ORDER": "R",
    "OUTPUT ORDER": "O",
    "COLLECT": "C",
}
_AGGREGATIONS: dict[str, m.HitPolicy] = {"SUM": "C+", "MIN": "C<", "MAX": "C>", "COUNT": "C#"}


VALUE_TYPES: dict[str, m.ValueType] = {
    "string": "text",
    "boolean": "boolean",
    "number": "number",
    "date": "date",
    "date and time": "date and time",
    "context": "context",
}
"""The types of our facts and results that stand for FEEL's."""


class LogicReader:
    """Reads the expressions of one model.

    Attributes:
        faults: what could not be read; such an expression is null.
    """

    def __init__(self, members: Names, allowed_values: Callable[[str], UnaryTests | None]) -> None:
        """Make a reader.

        Args:
            members: names of components and columns, which may follow a dot anywhere.
            allowed_values: the allowed values of a type, by which P and O tables rank outputs.
        """
        self._members, self._allowed_values = members, allowed_values
        self.faults: list[str] = []
        self._place = ""

    def read(self, parent: etree._Element, names: Names, place: str) -> m.Logic | None:
        """The first boxed expression below ``parent``, None without one.

        Args:
            parent: a decision, an entry, a binding and so on.
            names: the names in scope.
            place: the element's name, for messages.
        """
        self._place = place
        return self._first(parent, names)

    def function(self, node: etree._Element, names: Names, place: str) -> m.FunctionLogic:
        """A functionDefinition or the encapsulatedLogic of a knowledge model."""
        self._place = place
        return self._function(node, names)

    def tests(self, node: etree._Element | None, place: str) -> UnaryTests | None:
        """The tests in the text of allowed values, None without any."""
        self._place = place
        text = text_of(node).strip()
        return self._tests(text, frozenset()) if text else None

    def _first(self, parent: etree._Element, names: Names) -> m.Logic | None:
        for child in elements(parent):
            if tag(child) in _READERS:
                return self._logic(child, names)
        return None

    def _some(self, parent: etree._Element | None, names: Names) -> m.Logic:
        found = None if parent is None else self._first(parent, names)
        if found is None:
            self._fault("an expression is missing")
            return _NOTHING
        return found

    def _logic(self, node: etree._Element, names: Names) -> m.Logic:
        logic = _READERS[tag(node)](self, node, names)
        ref = type_ref_of(node)
        return m.Typed(logic, ref) if ref else logic

    def _fault(self, message: str) -> None:
        self.faults.append(f"{self._place}: {message}")

    def _parsed(self, text: str, names: Names) -> m.Expression:
        try:
            return m.Expression(text, parse(text, names | self._members))
        except FeelError as fault:
            self._fault(f"{text.strip()!r}: {fault}")
            return m.Expression(text, Null())

    def _tests(self, text: str, names: Names) -> UnaryTests:
        try:
            return parse_unary_tests(text, names | self._members)
        except FeelError as fault:
            self._fault(f"{text.strip()!r}: {fault}")
            return UnaryTests((Null(),))

    def _literal(self, node: etree._Element, names: Names) -> m.Logic:
        language = node.get("expressionLanguage", "")
        if language and "FEEL" not in language.upper():
            self._fault(f"expressions in {language} are not read, only FEEL")
            return _NOTHING
        text = text_of(node)
        if not text.strip():
            self._fault("the text of an expression is empty")
            return _NOTHING
        return self._parsed(text, names)

    def _context(self, node: etree._Element, names: Names) -> m.Logic:
        entries: list[m.Entry] = []
        result: m.Logic | None = None
        for child in elements(node, "contextEntry"):
            variable = element(child, "variable")
            if variable is None:
                result = self._some(child, names)
                continue
            name = name_of(variable)
            # a function may call itself by its own name
            logic = self._some(child, names | {name})
            ref = type_ref_of(variable)
            entries.append(
                m.Entry(name, variable.get("label", ""), m.Typed(logic, ref) if ref else logic)
            )
            names |= {name}
        return m.Context(tuple(entries), result)

    def _list(self, node: etree._Element, names: Names) -> m.Logic:
        items = [self._logic(c, names) for c in elements(node) if tag(c) in _READERS]
        return m.ListLogic(tuple(items))

    def _relation(self, node: etree._Element, names: Names) -> m.Logic:
        columns = list(elements(node, "column"))
        rows = [
            [self._logic(c, names) for c in elements(row) if tag(c) in _READERS]
            for row in elements(node, "row")
        ]
        if any(len(row) != len(columns) for row in rows):
            self._fault("a row of a relation does not have one cell for each column")
            return _NOTHING
        typed = [
            tuple(
                m.Typed(cell, ref) if (ref := type_ref_of(column)) else cell
                for cell, column in zip(row, columns, strict=True)
            )
            for row in rows
        ]
        return m.Relation(tuple(name_of(column) for column in columns), tuple(typed))

    def _invocation(self, node: etree._Element, names: Names) -> m.Logic:
        function = self._some(node, names)
        while isinstance(function, m.Typed):
            function = function.logic
        bindings: list[tuple[str, m.Logic]] = []
        for binding in elements(node, "binding"):
            parameter = element(binding, "parameter")
            name = "" if parameter is None else name_of(parameter)
            bindings.append((name, self._first(binding, names) or _NOTHING))
        if not isinstance(function, m.Expression):
            self._fault("the function of an invocation must be a literal expression")
            return _NOTHING
        return m.Invocation(function, tuple(bindings))

    def _function(self, node: etree._Element, names: Names) -> m.FunctionLogic:
        parameters = list(elements(node, "formalParameter"))
        own = [name_of(parameter) for parameter in parameters]
        external = node.get("kind", "FEEL").upper() != "FEEL"
        body = None if external else self._first(node, names | set(own))
        return m.FunctionLogic(
            tuple(own),
            body or _NOTHING,
            tuple(type_ref_of(parameter) for parameter in parameters),
            external=external,
        )

    def _conditional(self, node: etree._Element, names: Names) -> m.Logic:
        parts = [self._some(element(node, part), names) for part in ("if", "then", "else")]
        return m.Conditional(*parts)

    def _filter(self, node: etree._Element, names: Names) -> m.Logic:
        source = self._some(element(node, "in"), names)
        return m.Selection(source, self._some(element(node, "match"), names | {"item"}))

    def _iteration(self, node: etree._Element, names: Names) -> m.Logic:
        kind = cast("m.IterationKind", tag(node))
        name = " ".join(node.get("iteratorVariable", "").split())
        source = self._some(element(node, "in"), names)
        inner = names | {name, "partial"}
        body = self._some(element(node, "return" if kind == "for" else "satisfies"), inner)
        return m.Iteration(kind, name, source, body)

    def _table(self, node: etree._Element, names: Names) -> m.Logic:
        hit = _HITS.get(node.get("hitPolicy", "UNIQUE"))
        if hit == "C":
            hit = _AGGREGATIONS.get(node.get("aggregation", ""), "C")
        if hit is None:
            self._fault(f"unknown hit policy {node.get('hitPolicy')!r}")
            return _NOTHING
        inputs = tuple(self._input(clause, names) for clause in elements(node, "input"))
        own = list(elements(node, "output"))
        outputs = tuple(
            self._output(clause, names, node if len(own) == 1 else clause) for clause in own
        )
        rules = tuple(self._rule(rule, names) for rule in elements(node, "rule"))
        if any(
            len(rule.tests) != len(inputs) or len(rule.outputs) != len(outputs) for rule in rules
        ):
            self._fault("a rule of a decision table does not have one cell for each column")
            return _NOTHING
        return m.Table(hit, inputs, outputs, rules)

    def _input(self, node: etree._Element, names: Names) -> m.InputClause:
        expression = element(node, "inputExpression")
        text = text_of(expression)
        parsed = self._parsed(text, names)
        allowed = element(node, "inputValues")
        limit = text_of(allowed).strip()
        return m.InputClause(
            parsed,
            node.get("label", "") or text.strip(),
            self._tests(limit, names) if limit else None,
        )

    def _output(self, node: etree._Element, names: Names, typed: etree._Element) -> m.OutputClause:
        listed = text_of(element(node, "outputValues")).strip()
        tests: UnaryTests | None = None
        if listed:
            tests = self._tests(listed, names)
        elif ref := type_ref_of(node) or type_ref_of(typed):
            tests = self._allowed_values(ref)
        default = element(node, "defaultOutputEntry")
        value = None
        if default is not None and text_of(default).strip():
            value = self._parsed(text_of(default), names)
        allowed: Iterable[m.Expression] = ()
        if tests is not None:
            allowed = (m.Expression(unparse(test), test) for test in tests.tests)
        name = name_of(node)
        kind = VALUE_TYPES.get(type_ref_of(node), "any")
        return m.OutputClause(name, node.get("label", ""), kind, tuple(allowed), value)

    def _rule(self, node: etree._Element, names: Names) -> m.Rule:
        texts = [text_of(cell) for cell in elements(node, "inputEntry")]
        notes = [text_of(note).strip() for note in elements(node, "annotationEntry")]
        note = "；".join(note for note in notes if note)
        return m.Rule(
            tuple(self._tests(text, names) for text in texts),
            tuple(self._parsed(text_of(c), names) for c in elements(node, "outputEntry")),
            tuple(text.strip() for text in texts),
            note or text_of(node, "description").strip(),
        )


# the readers of a class are its methods, only looked up by tag
# ruff: noqa: SLF001
_READERS: dict[str, Callable[[LogicReader, etree._Element, Names], m.Logic]] = {
    "literalExpression": LogicReader._literal,
    "decisionTable": LogicReader._table,
    "context": LogicReader._context,
    "list": LogicReader._list,
    "relation": LogicReader._relation,
    "invocation": LogicReader._invocation,
    "functionDefinition": LogicReader._function,
    "conditional": LogicReader._conditional,
    "filter": LogicReader._filter,
    "for": LogicReader._iteration,
    "every": LogicReader._iteration,
    "some": LogicReader._iteration,
}
