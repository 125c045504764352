"""Types of a DMN model: which values fit, and what becomes of others (DMN 1.5, 7.3.2)."""

from typing import Any

from yanzhen.engines.dmn.dmn_model import UNNAMED, DmnModel, ItemDefinition
from yanzhen.engines.feel.evaluate import evaluate_tests
from yanzhen.engines.feel.nodes import TypeName, UnaryTests
from yanzhen.engines.feel.typing import coerce

_PLAIN = {
    "any": "Any",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "datetime": "date and time",
    "days and time duration": "days and time duration",
    "daytimeduration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearmonthduration": "years and months duration",
    "context": "context",
    "list": "list",
    "range": "range",
    "function": "function",
}


class ItemTypes:
    """The types that one model knows: its own and, as ``import.name``, those it imports."""

    def __init__(self, model: DmnModel) -> None:
        self._model = model
        self._known: dict[str, TypeName | None] = {}

    def find(self, name: str) -> TypeName | None:
        """The FEEL type of that name, None if the model has none."""
        if name not in self._known:
            self._known[name] = None
            found = self._item(name)
            if found is not None:
                model, item = found
                prefix = name[: len(name) - len(item.name)]
                self._known[name] = self._type(item, prefix if model is not self._model else "")
        return self._known[name]

    def type_of(self, ref: str, prefix: str = "") -> TypeName:
        """The FEEL type that a type reference stands for; items may hide built-in names.

        Types of the model are spelled out in full, since a function that takes one may be called
        from another model. A type that contains itself is ``Any`` inside itself.
        """
        if self._item(prefix + ref) is not None:
            return self.find(prefix + ref) or TypeName("Any")
        plain = _PLAIN.get(ref if ref in _PLAIN else ref.lower())
        return TypeName(plain or prefix + ref)

    def result_of(self, ref: str) -> str:
        """The type of the result of a function whose variable has the type ``ref``.

        A variable's type is that of the function or, as many models have it, that of its result.
        """
        found = self._item(ref)
        if found is None:
            return "" if ref == "function" else ref
        return ref if found[1].parameters is None else found[1].result

    def fit(self, value: Any, ref: str) -> Any:
        """The value, converted if the type wants it; null if it does not fit the type ``ref``."""
        if not ref or value is None:
            return value
        kind = self.type_of(ref)
        if self._item(ref) is None and kind.name not in _PLAIN.values():
            # nobody says what this type is, so nothing can be said against the value
            return value
        fitted, fits = coerce(value, kind, self.find)
        return fitted if fits and self._allows(fitted, ref, "") else None

    def allowed_values(self, ref: str) -> UnaryTests | None:
        """The allowed values that a type lists, its own or those of the type it builds on."""
        found = self._item(ref)
        if found is None:
            return None
        item = found[1]
        return item.allowed or (self.allowed_values(item.type_ref) if item.type_ref else None)

    def _item(self, name: str) -> tuple[DmnModel, ItemDefinition] | None:
        return _find_item(self._model, name)

    def _type(self, item: ItemDefinition, prefix: str) -> TypeName:
        if item.parameters is not None:
            kind = TypeName(
                "function",
                tuple(self.type_of(ref or "Any", prefix) for _, ref in item.parameters),
                result=self.type_of(item.result, prefix) if item.result else None,
            )
        elif item.components:
            kind = TypeName(
                "context", members=tuple((c.name, self._type(c, prefix)) for c in item.components)
            )
        else:
            kind = self.type_of(item.type_ref or "Any", prefix)
        return TypeName("list", (kind,)) if item.is_list else kind

    def _allows(self, value: Any, ref: str, prefix: str) -> bool:
        """Whether the value satisfies all constraints of a type; null always does."""
        found = self._item(prefix + ref)
        if found is None:
            return True
        item = found[1]
        inner = (prefix + ref)[: len(prefix + ref) - len(item.name)]
        return self._satisfies(value, item, inner)

    def _satisfies(self, value: Any, item: ItemDefinition, prefix: str) -> bool:
        if value is None:
            return True
        if item.constraint is not None and evaluate_tests(item.constraint, value, {}) is not True:
            return False
        values = value if item.is_list and isinstance(value, list) else [value]
        for one in values:
            if item.allowed is not None and evaluate_tests(item.allowed, one, {}) is not True:
                return False
            if item.type_ref and not self._allows(one, item.type_ref, prefix):
                return False
            if isinstance(one, dict) and not all(
                self._satisfies(one.get(component.name), component, prefix)
                for component in item.components
            ):
                return False
        return True


def _find_item(model: DmnModel, name: str) -> tuple[DmnModel, ItemDefinition] | None:
    """A type of the model or, as ``import.name``, of one that it imports, however deep."""
    item = model.items.get(name)
    if item is not None:
        return model, item
    for alias, imported in model.imports.items():
        inner = name if alias.startswith(UNNAMED) else name.removeprefix(f"{alias}.")
        if inner != name or alias.startswith(UNNAMED):
            found = _find_item(imported, inner)
            if found is not None:
                return found
    return None
