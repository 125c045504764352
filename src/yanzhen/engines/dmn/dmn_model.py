"""A whole DMN model as its file says: requirement graph, types, imports (DMN 1.1–1.5, chapter 6).

A city's ``Book`` is flat and dated; a DMN model is a graph in a namespace. This is that graph.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yanzhen.engines.dmn.model import FunctionLogic, Logic
from yanzhen.engines.feel.names import normalize
from yanzhen.engines.feel.nodes import UnaryTests

UNNAMED = "#"
"""Begins the key of an import without a name, whose elements are known without a prefix."""


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A named type (itemDefinition) or one of its components.

    Attributes:
        name: of the type or the component.
        type_ref: the type it builds on, empty if it has components or is a function.
        is_list: whether its values are lists of that.
        components: members of a context type.
        parameters: names and types of a function type, None if it is none.
        result: result type of a function type.
        allowed: what its values, or the items of its lists, must satisfy.
        constraint: what its values as a whole must satisfy.
    """

    name: str
    type_ref: str = ""
    is_list: bool = False
    components: tuple["ItemDefinition", ...] = ()
    parameters: tuple[tuple[str, str], ...] | None = None
    result: str = ""
    allowed: UnaryTests | None = None
    constraint: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to an element: its namespace and id, and the import name under which it is known."""

    namespace: str
    id: str
    alias: str = ""


@dataclass(frozen=True, slots=True)
class InputData:
    """An input of the model."""

    id: str
    name: str
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class DecisionNode:
    """A decision; ``logic`` is None if the model leaves it to people."""

    id: str
    name: str
    type_ref: str = ""
    logic: Logic | None = None
    requires: tuple[Reference, ...] = ()
    label: str = ""
    doc: str = ""
    sources: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A business knowledge model: a function with a name."""

    id: str
    name: str
    type_ref: str
    function: FunctionLogic | None
    requires: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: a function from input data and input decisions to output decisions."""

    id: str
    name: str
    type_ref: str
    outputs: tuple[Reference, ...]
    encapsulated: tuple[Reference, ...]
    input_decisions: tuple[Reference, ...]
    input_data: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeSource:
    """An authority that a decision rests on."""

    id: str
    name: str
    location: str


Element = InputData | DecisionNode | KnowledgeModel | Service | KnowledgeSource


@dataclass(frozen=True, slots=True)
class DmnModel:
    """One file, with the models that it imports.

    Attributes:
        name: of the model.
        namespace: its unique name.
        elements: by id.
        items: its types by name.
        imports: models by import name; of an import without one, by ``#`` and the namespace.
        faults: what could not be read; such expressions are null.
    """

    name: str
    namespace: str
    elements: Mapping[str, Element]
    items: Mapping[str, ItemDefinition]
    imports: Mapping[str, "DmnModel"] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def find(self, reference: Reference) -> "tuple[DmnModel, Element] | None":
        """The element a reference leads to, and the model that holds it; None if there is none."""
        seen: set[int] = set()
        waiting: list[DmnModel] = [self]
        while waiting:
            model = waiting.pop(0)
            if id(model) in seen:
                continue
            seen.add(id(model))
            if reference.namespace in {"", model.namespace} and reference.id in model.elements:
                return model, model.elements[reference.id]
            if not reference.namespace:
                return None
            waiting.extend(model.imports.values())
        return None

    def named(self, name: str) -> Element | None:
        """The decision, service, knowledge model or input of this name."""
        wanted = normalize(name)
        return next((e for e in self.elements.values() if e.name == wanted), None)
