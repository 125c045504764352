"""Reading the files of the DMN TCK: cases, inputs and expected values."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from yanzhen.engines.feel.equality import equal
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.nodes import Temporal
from yanzhen.engines.feel.parser import parse

TC = "{http://www.omg.org/spec/DMN/20160719/testcase}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
TOLERANCE = Decimal("0.00000001")
NUMBERS = {"decimal", "double", "integer", "int", "long", "float", "short", "byte"}


@dataclass(frozen=True)
class Expectation:
    """What one result node must be."""

    name: str
    value: Any
    may_fail: bool


@dataclass(frozen=True)
class Case:
    """One test case: the model to run, what goes in, what must come out."""

    model: Path
    id: str
    invocable: str
    inputs: dict[Any, Any]
    expected: tuple[Expectation, ...]


def cases_in(folder: Path) -> Iterator[Case]:
    """All cases of one TCK folder, in order."""
    for path in sorted(folder.glob("*-test-*.xml")):
        root = etree.parse(path).getroot()
        model = folder / (root.findtext(f"{TC}modelName") or "").strip()
        for node in root.iter(f"{TC}testCase"):
            yield Case(
                model,
                f"{path.stem}/{node.get('id')}",
                node.get("invocableName") or "",
                dict(_input(one) for one in node.findall(f"{TC}inputNode")),
                tuple(_expectation(one) for one in node.findall(f"{TC}resultNode")),
            )


def _input(node: etree._Element) -> tuple[Any, Any]:
    name = node.get("name") or ""
    namespace = node.get("namespace")
    return (namespace, name) if namespace else name, value_of(node)


def _expectation(node: etree._Element) -> Expectation:
    expected = node.find(f"{TC}expected")
    return Expectation(
        node.get("name") or "",
        None if expected is None else value_of(expected),
        node.get("errorResult") == "true",
    )


def value_of(node: etree._Element) -> Any:
    """The FEEL value of an input, an expectation, a list item or a component."""
    if node.get(f"{XSI}nil") == "true":
        return None
    items = node.find(f"{TC}list")
    if items is not None:
        if items.get(f"{XSI}nil") == "true":
            return None
        return [value_of(item) for item in items.findall(f"{TC}item")]
    components = node.findall(f"{TC}component")
    if components:
        return {component.get("name"): value_of(component) for component in components}
    value = node.find(f"{TC}value")
    if value is None or value.get(f"{XSI}nil") == "true":
        return None
    text = value.text or ""
    kind = (value.get(f"{XSI}type") or "string").rpartition(":")[2]
    if kind in NUMBERS:
        return _number(text.strip())
    if kind == "boolean":
        return text.strip() in {"true", "1"}
    if kind in {"date", "time", "dateTime", "duration"}:
        return evaluate(Temporal(text.strip()), {}, mode="spec")
    return text


def _number(text: str) -> Any:
    return evaluate(parse(text), {}, mode="spec")


def agrees(actual: Any, expected: Any) -> bool:
    """Whether a result is what was expected: numbers within a tolerance, the rest by value."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(actual - expected) <= TOLERANCE * max(Decimal(1), abs(expected))
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) == len(expected) and all(map(agrees, actual, expected))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return all(agrees(actual.get(name), expected.get(name)) for name in {*actual, *expected})
    return actual is expected or equal(actual, expected) is True
