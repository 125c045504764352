"""A decision of a city as a DMN 1.5 file, for other tools (导出 DMN).

What DMN has no place for is written in its words: a clause is a context of its conditions whose
result is their conjunction, and its amount a second decision. Texts, labels and notes are kept;
citations of single rows and conditions are not, and money and whole numbers are DMN's ``number``.
Decisions chosen by an event date have one file for each version.
"""

from collections.abc import Iterable, Mapping
from typing import assert_never

from lxml import etree

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.needs import names_of
from yanzhen.engines.dmn.xml_text import LATEST
from yanzhen.engines.feel.parser import parse
from yanzhen.engines.feel.unparse import unparse
from yanzhen.kernel.errors import DecisionError

TYPE_REFS: dict[m.ValueType, str] = {
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "money": "number",
    "text": "string",
    "date": "date",
    "date and time": "date and time",
    "context": "context",
    "any": "",
}
_HITS: dict[m.HitPolicy, tuple[str, str]] = {
    "U": ("UNIQUE", ""),
    "A": ("ANY", ""),
    "P": ("PRIORITY", ""),
    "F": ("FIRST", ""),
    "R": ("RULE ORDER", ""),
    "O": ("OUTPUT ORDER", ""),
    "C": ("COLLECT", ""),
    "C+": ("COLLECT", "SUM"),
    "C<": ("COLLECT", "MIN"),
    "C>": ("COLLECT", "MAX"),
    "C#": ("COLLECT", "COUNT"),
}


def write_dmn(
    decision: m.Decision,
    *,
    namespace: str = "",
    types: Mapping[str, m.ValueType] | None = None,
) -> bytes:
    """Write one decision as a DMN 1.5 file.

    Args:
        decision: its id becomes the element's id (``/`` as ``.``), its Chinese label the name and
            its English label the label; every name it reads becomes an input.
        namespace: of the model; made from the id if left out.
        types: types of the names it reads, as written in its expressions.

    Returns:
        UTF-8 XML.

    Raises:
        DecisionError: it is chosen by an event date.
    """
    id_ = decision.name.replace("/", ".")
    root = etree.Element(f"{{{LATEST}}}definitions", nsmap={None: LATEST})
    root.set("id", f"definitions.{id_}")
    root.set("name", decision.label.zh)
    root.set("namespace", namespace or f"urn:yanzhen:decision:{id_}")
    inputs = {name: f"input{at}" for at, name in enumerate(names_of(decision.logic), 1)}
    for name, key in inputs.items():
        node = _add(root, "inputData", id=key, name=name)
        ref = TYPE_REFS[(types or {}).get(name, "any")]
        _add(node, "variable", name=name, typeRef=ref)
    if decision.citation is not None:
        _add(root, "knowledgeSource", id=decision.citation.source, name=decision.citation.article)
    logic = decision.logic
    _write_decision(root, decision, id_, decision.label.zh, logic, inputs)
    if isinstance(logic, m.Conditions) and logic.amount is not None:
        name = f"{decision.label.zh}金额"
        _write_decision(root, decision, f"{id_}.amount", name, logic.amount, inputs)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write_decision(
    root: etree._Element,
    decision: m.Decision,
    id_: str,
    name: str,
    logic: m.Logic,
    inputs: Mapping[str, str],
) -> None:
    node = _add(root, "decision", id=id_, name=name, label=decision.label.en)
    if decision.doc:
        _add(node, "description").text = decision.doc
    kind: m.ValueType = "number" if logic is not decision.logic else decision.type
    _add(node, "variable", name=name, typeRef=TYPE_REFS[kind])
    for read in names_of(logic):
        requirement = _add(node, "informationRequirement")
        _add(requirement, "requiredInput", href=f"#{inputs[read]}")
    if decision.citation is not None:
        requirement = _add(node, "authorityRequirement")
        _add(requirement, "requiredAuthority", href=f"#{decision.citation.source}")
    _write(node, logic)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """A new last child; empty attributes are left out."""
    given = {key: value for key, value in attributes.items() if value}
    return etree.SubElement(parent, f"{{{LATEST}}}{tag}", given)


def _literal(parent: etree._Element, expression: m.Expression, tag: str) -> None:
    _text(_add(parent, tag), expression.text or unparse(expression.node))


def _text(parent: etree._Element, text: str) -> None:
    _add(parent, "text").text = text


def _write(parent: etree._Element, logic: m.Logic) -> None:
    match logic:
        case m.Expression():
            _literal(parent, logic, "literalExpression")
        case m.Table():
            _table(parent, logic)
        case m.Context():
            entries = ((entry.name, entry.label, entry.logic) for entry in logic.entries)
            _context(parent, entries, logic.result)
        case m.Conditions():
            _clause(parent, logic)
        case m.Dated():
            raise DecisionError(
                "a decision chosen by an event date has no DMN form; write versions"
            )
        case m.Invocation():
            node = _add(parent, "invocation")
            _write(node, logic.function)
            for name, argument in logic.bindings:
                binding = _add(node, "binding")
                _add(binding, "parameter", name=name)
                _write(binding, argument)
        case m.FunctionLogic():
            node = _add(parent, "functionDefinition")
            types = logic.types or ("",) * len(logic.parameters)
            for name, ref in zip(logic.parameters, types, strict=True):
                _add(node, "formalParameter", name=name, typeRef=ref)
            _write(node, logic.body)
        case m.ListLogic():
            node = _add(parent, "list")
            for item in logic.items:
                _write(node, item)
        case m.Relation():
            node = _add(parent, "relation")
            for column in logic.columns:
                _add(node, "column", name=column)
            for cells in logic.rows:
                row = _add(node, "row")
                for cell in cells:
                    _write(row, cell)
        case m.Conditional():
            node = _add(parent, "conditional")
            for tag, part in (("if", logic.condition), ("then", logic.yes), ("else", logic.no)):
                _write(_add(node, tag), part)
        case m.Selection():
            node = _add(parent, "filter")
            _write(_add(node, "in"), logic.source)
            _write(_add(node, "match"), logic.match)
        case m.Iteration():
            node = _add(parent, logic.kind, iteratorVariable=logic.name)
            _write(_add(node, "in"), logic.source)
            _write(_add(node, "return" if logic.kind == "for" else "satisfies"), logic.body)
        case m.Typed():
            _write(parent, logic.logic)
            parent[-1].set("typeRef", logic.type_ref)
        case _:
            assert_never(logic)


def _context(
    parent: etree._Element,
    entries: Iterable[tuple[str, str, m.Logic]],
    result: m.Logic | None,
) -> None:
    node = _add(parent, "context")
    for name, label, logic in entries:
        entry = _add(node, "contextEntry")
        _add(entry, "variable", name=name, label=label)
        _write(entry, logic)
    if result is not None:
        _write(_add(node, "contextEntry"), result)


def _clause(parent: etree._Element, clause: m.Conditions) -> None:
    entries = [(f"条件{at}", c) for at, c in enumerate(clause.conditions, 1)]
    bars = [(f"排除{at}", c) for at, c in enumerate(clause.exclusions, 1)]
    terms = [name for name, _ in entries] + [f"not({name})" for name, _ in bars]
    logics = ((name, one.label, one.expression) for name, one in (*entries, *bars))
    _context(parent, logics, _conjunction(terms))


def _conjunction(terms: list[str]) -> m.Expression:
    text = " and ".join(terms) or "true"
    return m.Expression(text, parse(text))


def _table(parent: etree._Element, table: m.Table) -> None:
    policy, aggregation = _HITS[table.hit]
    node = _add(parent, "decisionTable", hitPolicy=policy, aggregation=aggregation)
    for clause in table.inputs:
        column = _add(node, "input", label=clause.label)
        _literal(column, clause.expression, "inputExpression")
        if clause.allowed is not None:
            _text(_add(column, "inputValues"), unparse(clause.allowed))
    for output in table.outputs:
        name = output.name if len(table.outputs) > 1 else ""
        column = _add(node, "output", name=name, label=output.label, typeRef=TYPE_REFS[output.type])
        if output.allowed:
            texts = [value.text or unparse(value.node) for value in output.allowed]
            _text(_add(column, "outputValues"), ", ".join(texts))
        if output.default is not None:
            _literal(column, output.default, "defaultOutputEntry")
    annotated = any(rule.note for rule in table.rules)
    if annotated:
        _add(node, "annotation", name="说明")
    for rule in table.rules:
        row = _add(node, "rule")
        for text in rule.texts or map(unparse, rule.tests):
            _text(_add(row, "inputEntry"), text)
        for cell in rule.outputs:
            _literal(row, cell, "outputEntry")
        if annotated:
            _text(_add(row, "annotationEntry"), rule.note)
