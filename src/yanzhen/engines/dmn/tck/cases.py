"""Reading the test files of a TCK folder: which model, which inputs, which expected values."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from yanzhen.engines.dmn.tck.values import TC, value_of
from yanzhen.kernel.errors import DecisionError


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one result node must be.

    Attributes:
        name: of the decision, or of an output of the service called.
        value: the FEEL value.
        may_fail: an error is right as well (``errorResult="true"``).
    """

    name: str
    value: Any
    may_fail: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One test case: the model to run, what goes in, what must come out.

    Attributes:
        model: path of the DMN file.
        file: name of the test file.
        id: of the case in that file.
        invocable: the knowledge model or service that is called with the inputs, else empty.
        inputs: by name, or by namespace and name.
        expected: one for each result node, in order.
    """

    model: Path
    file: str
    id: str
    invocable: str
    inputs: dict[str | tuple[str, str], Any]
    expected: tuple[Expectation, ...]


def test_files(folder: Path) -> list[Path]:
    """The test files of one folder, by name."""
    return sorted(folder.glob("*-test-*.xml"))


def read_cases(path: Path) -> list[Case]:
    """The cases of one test file, in order.

    Raises:
        DecisionError: the file is not a test file of the TCK; says why.
    """
    root = _open(path)
    model = path.parent / (root.findtext(f"{TC}modelName") or "").strip()
    try:
        return [_case(model, path, node) for node in root.iter(f"{TC}testCase")]
    except DecisionError as fault:
        raise DecisionError(f"{path.name}: {fault}") from None


def cases_in(folder: Path) -> Iterator[Case]:
    """All cases of one folder, in order."""
    for path in test_files(folder):
        yield from read_cases(path)


def _open(path: Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as fault:
        raise DecisionError(f"{path.name} is not well-formed XML: {fault}") from None
    if root.tag != f"{TC}testCases":
        raise DecisionError(f"{path.name} is no test file of the TCK: its root is {root.tag!r}")
    return root


def _case(model: Path, path: Path, node: etree._Element) -> Case:
    return Case(
        model,
        path.name,
        node.get("id") or "",
        node.get("invocableName") or "",
        dict(_input(one) for one in node.findall(f"{TC}inputNode")),
        tuple(_expectation(one) for one in node.findall(f"{TC}resultNode")),
    )


def _input(node: etree._Element) -> tuple[str | tuple[str, str], Any]:
    name, namespace = node.get("name") or "", node.get("namespace")
    return (namespace, name) if namespace else name, value_of(node)


def _expectation(node: etree._Element) -> Expectation:
    expected = node.find(f"{TC}expected")
    return Expectation(
        node.get("name") or "",
        None if expected is None else value_of(expected),
        node.get("errorResult") == "true",
    )
