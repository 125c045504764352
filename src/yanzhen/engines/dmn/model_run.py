"""Running DMN models to the letter: decisions, knowledge models and services (DMN 1.5, 10.4)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from yanzhen.engines.dmn.boxed import Boxes, Inner, Meter
from yanzhen.engines.dmn.dmn_model import (
    DecisionNode,
    DmnModel,
    Element,
    InputData,
    KnowledgeModel,
    Reference,
    Service,
)
from yanzhen.engines.dmn.item_types import ItemTypes
from yanzhen.engines.feel.names import normalize
from yanzhen.engines.feel.nodes import TypeName
from yanzhen.engines.feel.runtime import from_python
from yanzhen.engines.feel.values import DateTime, FunctionValue
from yanzhen.kernel.errors import DecisionError

Inputs = Mapping[str | tuple[str, str], Any]
"""Values by name, or by namespace and name for what stands in an imported model."""


def evaluate_decision(
    model: DmnModel, name: str, inputs: Inputs, *, now: DateTime | None = None
) -> Any:
    """The value of one decision of a model, or of a service's only output, in spec mode.

    Args:
        model: as ``read_dmn`` gives it.
        name: of the decision; a service is called with the inputs.
        inputs: values of the input data; a value under a decision's name replaces the decision.
        now: what ``now()`` and ``today()`` tell; without it they are null.

    Returns:
        A FEEL value; null where evaluation failed, as DMN wants it.

    Raises:
        DecisionError: the model has nothing of that name that can be evaluated.
    """
    element = model.named(name)
    if isinstance(element, DecisionNode):
        return Session(model, inputs, now).value(model, element)
    return invoke(model, name, inputs, now=now)


def invoke(model: DmnModel, name: str, inputs: Inputs, *, now: DateTime | None = None) -> Any:
    """Call a knowledge model or decision service with arguments by parameter name.

    Raises:
        DecisionError: the model has no such function.
    """
    element = model.named(name)
    if not isinstance(element, KnowledgeModel | Service):
        raise DecisionError(f"model {model.name!r} has no decision or function {name!r}")
    function = Session(model, {}, now).value(model, element)
    if not isinstance(function, FunctionValue):
        return None
    keys = {_key(name): value for name, value in inputs.items()}
    given = {key if isinstance(key, str) else key[1]: value for key, value in keys.items()}
    return function.invoke([from_python(given.get(name)) for name, _ in function.parameters])


def _key(name: str | tuple[str, str]) -> str | tuple[str, str]:
    return normalize(name) if isinstance(name, str) else (name[0], normalize(name[1]))


class _Lazy(Mapping[str, Any]):
    """Names whose values are made when they are first read."""

    __slots__ = ("_made", "_makers")

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = makers
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


class Session:
    """One evaluation of a requirement graph: each element is valued once.

    Attributes:
        faults: why elements are null, in the order met.
    """

    def __init__(
        self, model: DmnModel, inputs: Inputs, now: DateTime | None, meter: Meter | None = None
    ) -> None:
        self._model, self._now, self._meter = model, now, meter or Meter()
        self._inputs = {_key(name): value for name, value in inputs.items()}
        self._values: dict[tuple[str, str], Any] = {}
        self._path: list[tuple[str, str]] = []
        self._boxes: dict[str, tuple[Boxes, ItemTypes]] = {}
        self.faults: list[str] = []

    def value(self, model: DmnModel, element: Element) -> Any:
        """The value of an element of ``model``: functions for what can be called."""
        key = model.namespace, element.id
        if key in self._values:
            return self._values[key]
        if key in self._path:
            self.faults.append(f"{element.name}: needs itself (循环引用)")
            return None
        self._path.append(key)
        try:
            self._values[key] = self._make(model, element)
        except DecisionError as fault:
            self.faults.append(f"{element.name}: {fault}")
            self._values[key] = None
        finally:
            self._path.pop()
        return self._values[key]

    def _make(self, model: DmnModel, element: Element) -> Any:
        boxes, types = self._tools(model)
        match element:
            case InputData():
                return types.fit(self._given(model, element), element.type_ref)
            case DecisionNode():
                if self._is_given(model, element):
                    return types.fit(self._given(model, element), element.type_ref)
                if element.logic is None:
                    return None
                scope = self._scope(model, element.requires)
                return types.fit(boxes.value(element.logic, scope), element.type_ref)
            case KnowledgeModel():
                return self._function(model, element, boxes, types)
            case Service():
                return self._service(model, element, types)
            case _:
                return None

    def _tools(self, model: DmnModel) -> tuple[Boxes, ItemTypes]:
        tools = self._boxes.get(model.namespace)
        if tools is None:
            types = ItemTypes(model)
            tools = (
                Boxes(
                    "spec", types.fit, types.find, types.type_of, now=self._now, meter=self._meter
                ),
                types,
            )
            self._boxes[model.namespace] = tools
        return tools

    def _is_given(self, model: DmnModel, element: Element) -> bool:
        return (model.namespace, element.name) in self._inputs or (
            model is self._model and element.name in self._inputs
        )

    def _given(self, model: DmnModel, element: Element) -> Any:
        key = model.namespace, element.name
        if key in self._inputs:
            return from_python(self._inputs[key])
        return from_python(self._inputs.get(element.name))

    def _scope(self, model: DmnModel, requires: Sequence[Reference]) -> Mapping[str, Any]:
        """The names that an element's logic may use: what it requires."""
        makers: dict[str, Callable[[], Any]] = {}
        groups: dict[str, dict[str, Any]] = {}
        for reference in requires:
            found = model.find(reference)
            if found is None:
                self.faults.append(f"{reference.namespace}#{reference.id}: no such element")
            elif reference.alias:
                home, element = found
                groups.setdefault(reference.alias, {})[element.name] = self.value(home, element)
            else:
                home, element = found
                makers[element.name] = self._maker(home, element)
        for alias, members in groups.items():
            makers[alias] = _constant(members)
        return _Lazy(makers)

    def _maker(self, model: DmnModel, element: Element) -> Callable[[], Any]:
        return lambda: self.value(model, element)

    def _function(
        self, model: DmnModel, element: KnowledgeModel, boxes: Boxes, types: ItemTypes
    ) -> Any:
        if element.function is None:
            return None
        own: dict[str, Any] = {}
        # its own name is in scope, so that it can call itself
        scope = Inner(self._scope(model, element.requires), own)
        function = boxes.function(element.function, scope, element.name)
        own[element.name] = function
        return _checked(function, element.type_ref, types)

    def _service(self, model: DmnModel, service: Service, types: ItemTypes) -> FunctionValue:
        inputs = [
            found
            for reference in (*service.input_data, *service.input_decisions)
            if (found := model.find(reference)) is not None
        ]

        def run(arguments: Sequence[Any]) -> Any:
            given: dict[str | tuple[str, str], Any] = {
                (home.namespace, element.name): value
                for (home, element), value in zip(inputs, arguments, strict=True)
            }
            self._meter.step()
            inner = Session(self._model, given, self._now, self._meter)
            results = {
                element.name: inner.value(home, element)
                for reference in service.outputs
                if (found := model.find(reference)) is not None
                for home, element in [found]
            }
            self.faults.extend(inner.faults)
            return next(iter(results.values())) if len(results) == 1 else results

        parameters = tuple((element.name, _declared(home, element)) for home, element in inputs)
        return _checked(FunctionValue(parameters, run, service.name), service.type_ref, types)


def _declared(model: DmnModel, element: Element) -> TypeName | None:
    if isinstance(element, InputData | DecisionNode) and element.type_ref:
        return ItemTypes(model).type_of(element.type_ref)
    return None


def _checked(function: FunctionValue, ref: str, types: ItemTypes) -> FunctionValue:
    """The function with its result made to fit what the type of its variable says."""
    result = types.result_of(ref)
    if not result:
        return function

    def run(arguments: Sequence[Any]) -> Any:
        return types.fit(function.invoke(arguments), result)

    return FunctionValue(function.parameters, run, function.name, types.type_of(result))


def _constant(value: Any) -> Callable[[], Any]:
    return lambda: value
