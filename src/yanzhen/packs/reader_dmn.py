"""A decision of a city from a DMN file (以 DMN 文件书写的决策).

The decision's ``id`` is its folder's name, its ``name`` the Chinese label and its ``label`` the
English one; the id of its knowledge source names a file in ``sources/``. Other decisions and
business knowledge models of the file become steps. Inputs are names of the city.
"""

import re
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from yanzhen.engines.dmn.dmn_model import DecisionNode, DmnModel, KnowledgeModel
from yanzhen.engines.dmn.model import Context, Decision, Entry, Logic, ValueType
from yanzhen.engines.dmn.xml_read import read_dmn
from yanzhen.kernel.errors import DecisionError, Fault
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label
from yanzhen.packs.expressions import Expressions, Scope
from yanzhen.packs.files import CityFile
from yanzhen.packs.hints import did_you_mean
from yanzhen.packs.logic_parts import logic_parts
from yanzhen.packs.reading import Reading
from yanzhen.packs.yaml_node import Node

FAULT = re.compile(r"(?P<place>[^:]*): '(?P<text>.*)': .*", re.DOTALL)
TYPES: dict[str, ValueType] = {
    "string": "text",
    "boolean": "boolean",
    "number": "number",
    "date": "date",
    "date and time": "date and time",
    "context": "context",
}


@dataclass(frozen=True, slots=True)
class DmnVersion:
    """One DMN file with the decision that gives it its name."""

    model: DmnModel
    main: DecisionNode


def open_dmn(reading: Reading, file: CityFile, name: str) -> tuple[Node, DmnVersion] | None:
    """Read a DMN file; None, with a fault, where it holds no decision of that id.

    Args:
        reading: takes the faults.
        file: the file.
        name: of the folder, which is the decision's id.

    Returns:
        A node that stands for the file in faults and gives the decision's labels, and the model.
    """
    place = Node(None, file.shown, 1, "")
    try:
        model = read_dmn(file.data)
    except DecisionError as error:
        reading.add(place, str(error), "correct the XML")
        return None
    for fault in model.faults:
        reading.faults.append(_expression_fault(file, fault))
    main = model.elements.get(name)
    if not isinstance(main, DecisionNode) or main.logic is None:
        known = [one.id for one in model.elements.values() if isinstance(one, DecisionNode)]
        mend = did_you_mean(name, known, otherwise=f"give the decision the id “{name}”")
        reading.add(place, f"there is no decision with the id “{name}” and a logic", mend)
        return None
    line = _line_of(file.data, f'id="{name}"')
    label = {
        "zh": Node(main.name, file.shown, line, "name", "quoted"),
        "en": Node(main.label, file.shown, line, "label", "quoted"),
    }
    if not main.label:
        reading.add(label["en"], "the decision has no label", "write the English name in “label”")
    members = {"label": Node(label, file.shown, line, "label", "block")}
    return Node(members, file.shown, line, "", "block"), DmnVersion(model, main)


def build_dmn(
    expressions: Expressions,
    scope: Scope,
    node: Node,
    version: DmnVersion,
    period: tuple[date, date | None],
) -> Decision | None:
    """The decision of a DMN file, with every name it takes from the city checked.

    Args:
        expressions: of the city.
        scope: of the decision; collects the decisions it names.
        node: stands for the file.
        version: the model.
        period: first and last day in force.
    """
    main, reading = version.main, expressions.reading
    entries: dict[str, Entry] = {}
    logic = main.logic
    if logic is None or not _enter_required(reading, node, version.model, main, entries):
        return None
    if entries:
        logic = Context(tuple(entries.values()), logic)
    _check_names(expressions, scope, node, logic)
    source = main.sources[0].id if main.sources else ""
    if source not in reading.sources:
        known = list(reading.sources)
        mend = did_you_mean(source, known, otherwise="add a knowledgeSource with a source's id")
        message = f"there is no source “{source}”" if source else "the decision names no source"
        reading.add(node, message, mend)
        return None
    return Decision(
        name=scope.owner,
        label=Label(main.name, main.label),
        logic=logic,
        type=TYPES.get(main.type_ref, "any"),
        version=period[0].isoformat(),
        start=period[0],
        end=period[1],
        citation=Citation(source),
        official=reading.sources[source].status != "design",
        doc=main.doc.strip(),
    )


def _enter_required(
    reading: Reading,
    node: Node,
    model: DmnModel,
    of: DecisionNode | KnowledgeModel,
    entries: dict[str, Entry],
) -> bool:
    """Put what ``of`` requires into ``entries``, needed before needing."""
    for reference in of.requires:
        element = model.elements.get(reference.id)
        if reference.alias or element is None:
            message = f"“{of.name}” requires {reference.id}, which is not in this file"
            reading.add(node, message, "put it into this file; city rules import by name alone")
            return False
        if not isinstance(element, DecisionNode | KnowledgeModel) or element.id in entries:
            continue
        logic: Logic | None
        logic = element.logic if isinstance(element, DecisionNode) else element.function
        if logic is None:
            reading.add(node, f"“{element.name}” has no logic", "write its expression")
            return False
        if not _enter_required(reading, node, model, element, entries):
            return False
        entries[element.id] = Entry(element.id, element.name, logic)
    return True


def _check_names(expressions: Expressions, scope: Scope, node: Node, logic: Logic) -> None:
    for tree, local in logic_parts(logic):
        steps = Scope(scope.owner, {name: name for name in local}, set(), scope.decisions)
        expressions.check(node, tree, steps)


def _expression_fault(file: CityFile, text: str) -> Fault:
    """A fault of the DMN reader, ``place: 'expression': message``, with its line."""
    found = FAULT.fullmatch(text)
    place = "" if found is None else found["place"]
    line = 1 if found is None else _line_of(file.data, f">{escape(found['text'])}")
    return Fault(file.shown, line, place, text, "correct the expression")


def _line_of(data: bytes, text: str) -> int:
    """The line on which that text begins, the first line if it stands nowhere."""
    before, found, _ = data.partition(text.encode())
    return before.count(b"\n") + 1 if found else 1
