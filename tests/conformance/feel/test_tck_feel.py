"""The DMN TCK's decisions that are FEEL alone: literal expressions over inputs and each other."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from yanzhen.engines.feel import FeelError, evaluate, parse
from yanzhen.engines.feel.equality import equal
from yanzhen.engines.feel.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("YANZHEN_SHARED", ROOT.parent / "shared"))
TCK = SHARED / "fixtures" / "tck"
pytestmark = pytest.mark.skipif(not TCK.is_dir(), reason=f"the DMN TCK is not at {TCK}")
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
# jDMN and others compare numbers so; the expected values are printed with few digits
TOLERANCE = Decimal("0.00000001")
READERS = {
    "boolean": lambda text: text == "true",
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
    "string": lambda text: text,
}


class Case(NamedTuple):
    expression: str
    scope: dict[str, Any]
    expected: Any
    literals: dict[str, str]


def local(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def named(element, name):
    return [child for child in element if local(child) == name]


def read_value(element):
    """The value below an inputNode, expected, item or component."""
    if components := named(element, "component"):
        return {child.get("name"): read_value(child) for child in components}
    for child in element:
        if child.get(f"{XSI}nil") == "true":
            return None
        if local(child) == "list":
            return [read_value(item) for item in named(child, "item")]
        if local(child) == "value":
            kind = (child.get(f"{XSI}type") or "xsd:string").rpartition(":")[2]
            text = child.text or ""
            return READERS[kind](text) if kind in READERS else Decimal(text)
    return None


def literals_of(model):
    """Every decision of the model that is a literal expression, by name."""
    found = {}
    for decision in model.iter():
        if local(decision) == "decision":
            for literal in named(decision, "literalExpression"):
                texts = named(literal, "text")
                found[decision.get("name")] = (texts[0].text or "") if texts else ""
    return found


def others_of(model):
    """Everything of the model that is not FEEL alone: other logic, and functions."""
    wanted = {"businessKnowledgeModel", "decisionService", "import"}
    names = {each.get("name") for each in model.iter() if local(each) in wanted}
    literals = literals_of(model)
    decisions = {each.get("name") for each in model.iter() if local(each) == "decision"}
    return names | (decisions - literals.keys())


def depends_on(expression, names, literals):
    """Whether the text speaks of one of ``names``, itself or through another decision."""
    seen, todo = set(), [expression]
    while todo:
        text = todo.pop()
        if any(name and name in text for name in names):
            return True
        todo += [literals[name] for name in literals if name in text and name not in seen]
        seen |= {name for name in literals if name in text}
    return False


def cases():
    for file in sorted(TCK.glob("*/*/*-test-*.xml")):
        model = etree.parse(next(iter(sorted(file.parent.glob("*.dmn"))))).getroot()
        literals, others = literals_of(model), others_of(model)
        for case in etree.parse(file).getroot().iter():
            if local(case) != "testCase":
                continue
            scope = {node.get("name"): read_value(node) for node in named(case, "inputNode")}
            for result in named(case, "resultNode"):
                expression = literals.get(result.get("name"))
                if expression is None or depends_on(expression, others, literals):
                    continue
                expected = named(result, "expected")
                title = f"{file.parent.name}:{case.get('id')}:{result.get('name')}"
                value = read_value(expected[0]) if expected else None
                yield pytest.param(Case(expression, scope, value, literals), id=title)


def run(expression, scope, literals):
    """The value, with those decisions evaluated first that the expression speaks of."""
    known = dict(scope)
    for name, text in literals.items():
        if name in expression and text != expression and name not in known:
            known[name] = run(text, scope, literals)
    try:
        return evaluate(parse(expression, frozenset(known)), known)
    except FeelError:
        return None


def agrees(value, expected):
    if isinstance(value, Decimal) and isinstance(expected, Decimal):
        return abs(value - expected) <= TOLERANCE
    if isinstance(value, list) and isinstance(expected, list):
        return len(value) == len(expected) and all(map(agrees, value, expected))
    if isinstance(value, dict) and isinstance(expected, dict):
        return value.keys() == expected.keys() and all(
            agrees(value[name], expected[name]) for name in value
        )
    if isinstance(value, date) and isinstance(expected, date):
        return value == expected
    return equal(value, expected) is True


@pytest.mark.parametrize("case", list(cases()))
def test_tck_feel_gives_the_expected_value(case):
    value = run(case.expression, case.scope, case.literals)

    assert agrees(value, case.expected), f"{case.expression}: {value!r} is not {case.expected!r}"


def test_tck_feel_has_its_cases():
    assert sum(1 for _ in cases()) > 1000
