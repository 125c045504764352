"""Built-in functions of contexts (DMN 1.5, 10.3.4.8)."""

from yanzhen.engines.feel.builtins.signature import Builtin, Signature, param, simple
from yanzhen.engines.feel.values import Value
from yanzhen.kernel.errors import FeelError

_ENTRY = frozenset({"key", "value"})


def get_value(context: dict[str, Value], key: str) -> Value:
    """The value of an entry; null if there is none."""
    return context.get(key)


def get_entries(context: dict[str, Value]) -> list[Value]:
    """The entries as contexts of key and value."""
    return [{"key": key, "value": value} for key, value in context.items()]


def from_entries(entries: list[Value]) -> dict[str, Value]:
    """The context of contexts of key and value; no key may stand twice."""
    result: dict[str, Value] = {}
    for entry in entries:
        if type(entry) is not dict or not entry.keys() >= _ENTRY:
            raise FeelError("every entry must be a context with key and value")
        name = entry["key"]
        if type(name) is not str:
            raise FeelError("every key must be a string")
        if name in result:
            raise FeelError(f"the key {name!r} stands twice")
        result[name] = entry["value"]
    return result


def put(context: dict[str, Value], key: str, value: Value) -> dict[str, Value]:
    """The context with one entry added or replaced."""
    return {**context, key: value}


def put_deep(context: dict[str, Value], keys: list[Value], value: Value) -> dict[str, Value]:
    """The context with one entry, found by a path of keys, added or replaced."""
    if not keys or any(type(name) is not str for name in keys):
        raise FeelError("keys must be a list of at least one string")
    result = inner = dict(context)
    for name in keys[:-1]:
        held = inner.get(name)
        if type(held) is not dict:
            raise FeelError(f"{name!r} is no context")
        inner[name] = inner = dict(held)
    inner[keys[-1]] = value
    return result


def merge(contexts: list[Value]) -> dict[str, Value]:
    """One context of all entries; the later wins."""
    result: dict[str, Value] = {}
    for context in contexts:
        if type(context) is not dict:
            raise FeelError("every item must be a context")
        result.update(context)
    return result


_CONTEXT, _VALUE = param("context", "context"), param("value")

FUNCTIONS: tuple[Builtin, ...] = (
    simple("get value", get_value, param("m", "context"), param("key", "string")),
    simple("get entries", get_entries, param("m", "context"), result="list"),
    simple("context", from_entries, param("entries", "list"), result="context"),
    Builtin(
        "context put",
        (
            Signature((_CONTEXT, param("key", "string"), _VALUE), put),
            Signature((_CONTEXT, param("keys", "list"), _VALUE), put_deep),
        ),
        "context",
    ),
    simple("context merge", merge, param("contexts", "list"), result="context"),
)
