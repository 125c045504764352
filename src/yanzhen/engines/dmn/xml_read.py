"""DMN files into models: elements, requirements, types, imports (DMN 1.1 to 1.5)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from lxml import etree

from yanzhen.engines.dmn import dmn_model as d
from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.item_types import ItemTypes
from yanzhen.engines.dmn.xml_logic import LogicReader, Names
from yanzhen.engines.dmn.xml_text import (
    element,
    elements,
    name_of,
    open_definitions,
    tag,
    text_of,
    type_ref_of,
)
from yanzhen.engines.feel.names import normalize
from yanzhen.kernel.errors import DecisionError

_MEMBER_HOLDERS = frozenset({"itemComponent", "column", "output"})


def read_dmn(source: Path | bytes, *, imports: Iterable[Path | bytes] = ()) -> d.DmnModel:
    """Read one DMN model and those that it imports.

    Args:
        source: path or content of the file.
        imports: files in which imported models are looked for by namespace; for a path without
            any given, the other ``.dmn`` files of its folder.

    Returns:
        The model. An expression that cannot be read is null and listed in ``faults``.

    Raises:
        DecisionError: the file is not DMN, or an imported model is not among ``imports``.
    """
    root = open_definitions(source)
    others = [open_definitions(other) for other in imports]
    if not others and isinstance(source, Path) and element(root, "import") is not None:
        others = list(_neighbors(source))
    library = {other.get("namespace", ""): other for other in others}
    return _Reader(library, {}).model(root)


def _neighbors(source: Path) -> Iterator[etree._Element]:
    """The other DMN files of the folder; what cannot be opened is not meant."""
    for path in sorted(source.parent.glob("*.dmn")):
        if path != source:
            with suppress(DecisionError):
                yield open_definitions(path)


class _Reader:
    """Reads a model after those that it imports."""

    def __init__(
        self, library: Mapping[str, etree._Element], made: dict[str, d.DmnModel | None]
    ) -> None:
        self._library, self._made = library, made

    def model(self, root: etree._Element) -> d.DmnModel:
        """The model of a root element."""
        namespace = root.get("namespace", "")
        self._made[namespace] = None
        imports: dict[str, d.DmnModel] = {}
        for node in elements(root, "import"):
            if "DMN" not in node.get("importType", "DMN").upper():
                continue
            space = node.get("namespace", "")
            imports[name_of(node) or d.UNNAMED + space] = self._imported(space)
        model = _ModelReader(root, namespace, imports).read()
        self._made[namespace] = model
        return model

    def _imported(self, namespace: str) -> d.DmnModel:
        if namespace in self._made:
            made = self._made[namespace]
            if made is None:
                raise DecisionError(f"model {namespace} imports itself (循环引用)")
            return made
        root = self._library.get(namespace)
        if root is None:
            raise DecisionError(f"the imported model {namespace} is not among the files given")
        return self.model(root)


class _ModelReader:
    """Reads one root element whose imports are at hand."""

    def __init__(
        self, root: etree._Element, namespace: str, imports: Mapping[str, d.DmnModel]
    ) -> None:
        self._root, self._namespace, self._imports = root, namespace, imports
        self._aliases = {model.namespace: name for name, model in imports.items()}
        _settle_types(root, self._aliases)
        self._members = frozenset(
            name_of(node) for node in root.iter(tag=etree.Element) if tag(node) in _MEMBER_HOLDERS
        ) | {member for model in imports.values() for member in _names_in(model)}
        self._typing = LogicReader(self._members, lambda _: None)
        self._items = {
            item.name: item for item in map(self._item, elements(root, "itemDefinition"))
        }
        self._bare = d.DmnModel(name_of(root), namespace, {}, self._items, imports)
        self._logic = LogicReader(self._members, ItemTypes(self._bare).allowed_values)
        self._names = {
            node.get("id", ""): name_of(node) for node in elements(root) if node.get("name")
        }

    def read(self) -> d.DmnModel:
        """The model."""
        made: dict[str, d.Element] = {}
        for node in elements(self._root):
            maker = {
                "inputData": self._input,
                "decision": self._decision,
                "businessKnowledgeModel": self._knowledge,
                "decisionService": self._service,
                "knowledgeSource": self._source,
            }.get(tag(node))
            if maker is not None:
                one = maker(node)
                made[one.id] = one
        faults = (*self._typing.faults, *self._logic.faults)
        return d.DmnModel(
            name_of(self._root), self._namespace, made, self._items, self._imports, faults
        )

    def _item(self, node: etree._Element) -> d.ItemDefinition:
        name = name_of(node)
        function = element(node, "functionItem")
        parameters = None
        if function is not None:
            parameters = tuple(
                (name_of(p), type_ref_of(p)) for p in elements(function, "parameters")
            )
        result = "" if function is None else function.get("outputTypeRef", "")
        return d.ItemDefinition(
            name,
            type_ref_of(node),
            node.get("isCollection", "false") in {"true", "1"},
            tuple(self._item(child) for child in elements(node, "itemComponent")),
            parameters,
            normalize(result),
            self._typing.tests(element(node, "allowedValues"), name),
            self._typing.tests(element(node, "typeConstraint"), name),
        )

    def _input(self, node: etree._Element) -> d.Element:
        return d.InputData(_id(node), name_of(node), _variable_type(node))

    def _decision(self, node: etree._Element) -> d.Element:
        name = name_of(node)
        requires = self._requires(node)
        logic = self._logic.read(node, self._scope(requires), name)
        sources = self._links(node, "authorityRequirement", "requiredAuthority")
        return d.DecisionNode(
            _id(node),
            name,
            _variable_type(node),
            logic,
            requires,
            node.get("label", ""),
            text_of(node, "description").strip(),
            sources,
        )

    def _knowledge(self, node: etree._Element) -> d.Element:
        name = name_of(node)
        requires = self._requires(node)
        body = element(node, "encapsulatedLogic")
        scope = self._scope(requires) | {name}
        function = None
        if body is not None:
            function = self._logic.function(body, scope, name)
            if ref := body.get("typeRef"):
                function = replace(function, body=m.Typed(function.body, ref))
        return d.KnowledgeModel(_id(node), name, _variable_type(node), function, requires)

    def _service(self, node: etree._Element) -> d.Element:
        def links(kind: str) -> tuple[d.Reference, ...]:
            return tuple(self._reference(child) for child in elements(node, kind))

        return d.Service(
            _id(node),
            name_of(node),
            _variable_type(node),
            links("outputDecision"),
            links("encapsulatedDecision"),
            links("inputDecision"),
            links("inputData"),
        )

    def _source(self, node: etree._Element) -> d.Element:
        return d.KnowledgeSource(_id(node), name_of(node), node.get("locationURI", ""))

    def _requires(self, node: etree._Element) -> tuple[d.Reference, ...]:
        return (
            *self._links(node, "informationRequirement", "requiredInput"),
            *self._links(node, "informationRequirement", "requiredDecision"),
            *self._links(node, "knowledgeRequirement", "requiredKnowledge"),
        )

    def _links(self, node: etree._Element, kind: str, what: str) -> tuple[d.Reference, ...]:
        return tuple(
            self._reference(link)
            for requirement in elements(node, kind)
            for link in elements(requirement, what)
        )

    def _reference(self, link: etree._Element) -> d.Reference:
        namespace, _, id_ = link.get("href", "").rpartition("#")
        namespace = namespace or self._namespace
        alias = self._aliases.get(namespace, "")
        return d.Reference(namespace, id_, "" if alias.startswith(d.UNNAMED) else alias)

    def _scope(self, requires: Iterable[d.Reference]) -> Names:
        """The names that the logic of an element may use."""
        names: set[str] = set()
        for reference in requires:
            if reference.alias:
                names.add(reference.alias)
            elif reference.namespace == self._namespace:
                names.add(self._names.get(reference.id, ""))
            elif found := self._bare.find(reference):
                names.add(found[1].name)
        return frozenset(names - {""})


def _settle_types(root: etree._Element, aliases: Mapping[str, str]) -> None:
    """Give all type references one form: ``name``, or ``import.name`` for an imported type.

    DMN 1.1 writes qualified names instead (``feel:string``, ``ns:tPerson``).
    """
    for node in root.iter(tag=etree.Element):
        for attribute in ("typeRef", "outputTypeRef"):
            if attribute in node.attrib:
                node.set(attribute, _settled(node, node.attrib[attribute], aliases))
        if tag(node) == "typeRef":
            node.text = _settled(node, node.text or "", aliases)


def _settled(node: etree._Element, ref: str, aliases: Mapping[str, str]) -> str:
    ref = normalize(ref)
    prefix, colon, local = ref.partition(":")
    if not colon or prefix not in {"feel", *(p for p in node.nsmap if p)}:
        return ref
    alias = aliases.get(node.nsmap.get(prefix, ""), d.UNNAMED)
    return normalize(local) if alias.startswith(d.UNNAMED) else f"{alias}.{normalize(local)}"


def _id(node: etree._Element) -> str:
    return node.get("id") or name_of(node)


def _variable_type(node: etree._Element) -> str:
    variable = element(node, "variable")
    return "" if variable is None else type_ref_of(variable)


def _names_in(model: d.DmnModel) -> Iterable[str]:
    yield from (one.name for one in model.elements.values())
    for item in model.items.values():
        yield item.name
        yield from (component.name for component in item.components)
