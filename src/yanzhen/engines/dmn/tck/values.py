"""Values in the test files of the TCK, and when a result is what was expected."""

from decimal import Decimal
from typing import Any

from lxml import etree

from yanzhen.engines.feel.equality import equal
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.nodes import Temporal
from yanzhen.engines.feel.parser import parse
from yanzhen.engines.feel.text import to_text
from yanzhen.kernel.errors import DecisionError, FeelError

TC = "{http://www.omg.org/spec/DMN/20160719/testcase}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
TOLERANCE = Decimal("0.00000001")
"""The kit prints expected numbers with few digits: so much, relative above 1, may differ."""

_NUMBERS = frozenset({"decimal", "double", "integer", "int", "long", "float", "short", "byte"})
_TEMPORAL = frozenset({"date", "time", "dateTime", "duration"})


def value_of(node: etree._Element) -> Any:
    """The FEEL value of an input, an expectation, a list item or a component.

    Raises:
        DecisionError: a number or a temporal value is not written as XML Schema wants it.
    """
    if _is_nil(node):
        return None
    items = node.find(f"{TC}list")
    if items is not None:
        return None if _is_nil(items) else [value_of(one) for one in items.findall(f"{TC}item")]
    components = node.findall(f"{TC}component")
    if components:
        return {one.get("name", ""): value_of(one) for one in components}
    value = node.find(f"{TC}value")
    if value is None or _is_nil(value):
        return None
    return _simple(value.text or "", (value.get(f"{XSI}type") or "string").rpartition(":")[2])


def _is_nil(node: etree._Element) -> bool:
    return node.get(f"{XSI}nil") in {"true", "1"}


def _simple(text: str, kind: str) -> Any:
    bare = text.strip()
    if kind == "boolean":
        return bare in {"true", "1"}
    if kind not in _NUMBERS | _TEMPORAL:
        return text
    try:
        tree = parse(bare) if kind in _NUMBERS else Temporal(bare)
    except FeelError:
        tree = None
    value = None if tree is None else evaluate(tree, {}, mode="spec")
    if value is None or (kind in _NUMBERS and not isinstance(value, Decimal)):
        raise DecisionError(f"the test file has {bare[:80]!r} as a value of type {kind}")
    return value


def agrees(actual: Any, expected: Any) -> bool:
    """Whether a result is what was expected: numbers within a tolerance, the rest by value.

    >>> agrees([Decimal("0.333333333333")], [Decimal("0.33333333")]), agrees(None, False)
    (True, False)
    """
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(actual - expected) <= TOLERANCE * max(Decimal(1), abs(expected))
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) == len(expected) and all(map(agrees, actual, expected))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return all(agrees(actual.get(name), expected.get(name)) for name in {*actual, *expected})
    return actual is expected or equal(actual, expected) is True


def shown(value: Any) -> str:
    """A value as FEEL text, strings in quotation marks, for the report."""
    return to_text([value])[1:-1]
