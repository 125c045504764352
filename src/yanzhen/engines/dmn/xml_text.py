"""Opening DMN files safely: no entities, no network, no document types, a limit on size."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from yanzhen.engines.feel.names import normalize
from yanzhen.kernel.errors import DecisionError

MAX_BYTES = 16 * 1024 * 1024
NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
"""The model namespaces of DMN 1.1, 1.2, 1.3, 1.4 and 1.5."""
LATEST = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def open_definitions(source: Path | bytes) -> etree._Element:
    """The root element of a DMN file.

    Args:
        source: path or content.

    Raises:
        DecisionError: too large, not XML, with a document type, or not DMN.
    """
    if isinstance(source, Path) and source.stat().st_size > MAX_BYTES:
        raise DecisionError(f"{source.name} is larger than {MAX_BYTES} bytes")
    content = source.read_bytes() if isinstance(source, Path) else source
    title = source.name if isinstance(source, Path) else "the DMN file"
    if len(content) > MAX_BYTES:
        raise DecisionError(f"{title} is larger than {MAX_BYTES} bytes")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise DecisionError(f"{title} is not well-formed XML: {fault}") from None
    if root.getroottree().docinfo.doctype:
        raise DecisionError(f"{title} has a document type (DOCTYPE); remove it")
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        raise DecisionError(f"{title} is not DMN: its root is {name.text}")
    return root


def tag(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def elements(parent: etree._Element, name: str = "") -> Iterator[etree._Element]:
    """The children of DMN, all or those of that name; extensions are left out."""
    for child in parent.iterchildren(tag=etree.Element):
        if etree.QName(child).namespace in NAMESPACES and name in {"", tag(child)}:
            yield child


def element(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next(elements(parent, name), None)


def text_of(parent: etree._Element | None, name: str = "text") -> str:
    """The text of a child, empty without one."""
    child = None if parent is None else element(parent, name)
    return "" if child is None else (child.text or "")


def name_of(node: etree._Element) -> str:
    """The name attribute with normal white space."""
    return normalize(node.get("name", ""))


def type_ref_of(node: etree._Element) -> str:
    """The type reference of an element, an attribute or (in item definitions) a child."""
    return normalize(node.get("typeRef") or text_of(node, "typeRef"))
