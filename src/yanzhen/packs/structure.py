"""Checks the structure of a YAML file against its published JSON Schema, with places and mends.

This reads the very schemas that `docs/reference/schemas/` publishes, so that what an editor
accepts and what the reader accepts cannot drift apart. It knows the part of JSON Schema 2020-12
that those schemas use: type, enum, pattern, format date, lengths, minimum, items, properties,
required, additionalProperties, propertyNames, dependentRequired, anyOf (told apart by type),
oneOf (exactly one of several keys) and $ref into $defs.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from yanzhen.kernel.errors import Fault
from yanzhen.packs.hints import did_you_mean, listed
from yanzhen.packs.yaml_node import Node

Schema = Mapping[str, Any]
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "keys and values",
}


def structure_faults(node: Node, schema: Schema) -> list[Fault]:
    """Every departure of ``node`` from ``schema``, in order of the file.

    Args:
        node: the top node of a file.
        schema: one of ``yanzhen.packs.schemas.SCHEMAS``.
    """
    return list(_Checker(schema).check(node, schema))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _type_of(node: Node) -> str:
    match node.value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _types(schema: Schema) -> tuple[str, ...]:
    declared = schema.get("type", ())
    return (declared,) if isinstance(declared, str) else tuple(declared)


class _Checker:
    """Walks one file along its schema."""

    def __init__(self, root: Schema) -> None:
        self.root = root

    def resolve(self, schema: Schema) -> Schema:
        """The schema itself, or the one it refers to; a description beside the $ref wins."""
        if "$ref" not in schema:
            return schema
        target: Schema = self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return {**self.resolve(target), **{k: v for k, v in schema.items() if k != "$ref"}}

    def check(self, node: Node, schema: Schema) -> Iterator[Fault]:
        schema = self.resolve(schema)
        if "anyOf" in schema:
            yield from self._any_of(node, schema)
            return
        found = _type_of(node)
        types = _types(schema)
        if types and found not in types:
            yield self._wrong_type(node, found, types, schema)
            return
        if "enum" in schema and node.value not in schema["enum"]:
            words = [str(word) for word in schema["enum"]]
            mend = did_you_mean(str(node.value), words, otherwise=f"one of: {listed(words)}")
            yield node.fault(f"“{node.value}” is not allowed here", mend)
        elif isinstance(node.value, str):
            yield from self._text(node, node.value, schema)
        elif isinstance(node.value, bool):
            return
        elif isinstance(node.value, int):
            if node.value < schema.get("minimum", node.value):
                least = f"write {schema['minimum']} or more"
                yield node.fault(f"{node.value} is too small", least)
        elif isinstance(node.value, list):
            yield from self._list(node, schema)
        elif isinstance(node.value, dict):
            yield from self._mapping(node, schema)

    def _wrong_type(self, node: Node, found: str, types: tuple[str, ...], schema: Schema) -> Fault:
        expected = " or ".join(KINDS[kind] for kind in types)
        got = KINDS[found]
        if found == "integer":
            got = f"the whole number {node.value}"
        elif found == "boolean":
            got = f"the bare word {str(node.value).lower()}"
        if types == ("string",) and found in {"integer", "boolean"}:
            mend = f'quote it: "{str(node.value).lower()}"'
        else:
            mend = str(schema.get("description", f"write {expected}"))
        return node.fault(f"expected {expected}, found {got}", mend)

    def _any_of(self, node: Node, schema: Schema) -> Iterator[Fault]:
        found = _type_of(node)
        choices = [self.resolve(choice) for choice in schema["anyOf"]]
        for choice in choices:
            if found in _types(choice):
                yield from self.check(node, choice)
                return
        kinds = tuple(dict.fromkeys(kind for choice in choices for kind in _types(choice)))
        yield self._wrong_type(node, found, kinds, schema)

    def _text(self, node: Node, text: str, schema: Schema) -> Iterator[Fault]:
        about = str(schema.get("description", ""))
        if schema.get("format") == "date":
            try:
                date.fromisoformat(text if len(text) == len("2026-01-31") else "")
            except ValueError:
                yield node.fault(f"“{text}” is not a day", "write the day as 2026-01-31")
        if len(text) < schema.get("minLength", 0):
            yield node.fault("the text is empty", about or "write it, or remove the key")
        elif "pattern" in schema and not _compiled(schema["pattern"]).search(text):
            mend = about or f"it must match {schema['pattern']}"
            yield node.fault(f"“{text}” is not of the right form", mend)
        most = schema.get("maxLength")
        if most is not None and len(text) > most:
            message = f"the text has {len(text)} characters, more than {most}"
            yield node.fault(message, f"shorten it to {most}")

    def _list(self, node: Node, schema: Schema) -> Iterator[Fault]:
        if len(node.items) < schema.get("minItems", 0):
            mend = str(schema.get("description", "write at least one item, or remove the key"))
            yield node.fault("the list is empty", mend)
        if "items" in schema:
            for item in node.items:
                yield from self.check(item, schema["items"])

    def _mapping(self, node: Node, schema: Schema) -> Iterator[Fault]:
        members = node.members
        properties: Schema = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        missing = [name for name in schema.get("required", ()) if name not in members]
        unknown = [name for name in members if name not in properties] if not others else []
        for name in unknown:
            free = [known for known in properties if known not in members]
            mend = did_you_mean(name, free, otherwise=f"allowed here: {listed(properties)}")
            line = node.key_lines.get(name, node.line)
            yield Fault(node.file, line, node.child_key(name), f"unknown key “{name}”", mend)
            # A misspelled key is one mistake, not also a missing one.
            missing = [wanted for wanted in missing if f"“{wanted}”" not in mend]
        for name in missing:
            about = self.resolve(properties.get(name, {})).get("description", "")
            mend = f"add “{name}: …”" + (f" ({about})" if about else "")
            yield node.fault(f"the key “{name}” is missing", mend)
        yield from self._together(node, schema, missing=bool(unknown))
        name_schema = schema.get("propertyNames")
        for name, member in members.items():
            if name in properties:
                yield from self.check(member, properties[name])
                continue
            if name_schema is not None and name not in unknown:
                line = node.key_lines.get(name, node.line)
                label = Node(name, node.file, line, node.child_key(name))
                yield from self.check(label, name_schema)
            if isinstance(others, Mapping):
                yield from self.check(member, others)

    def _together(self, node: Node, schema: Schema, *, missing: bool) -> Iterator[Fault]:
        """Keys that need or exclude one another; ``missing`` if a misspelled key may be it."""
        members = node.members
        choices = [choice["required"][0] for choice in schema.get("oneOf", ())]
        present = [name for name in choices if name in members]
        if choices and len(present) != 1 and not (missing and not present):
            found = f"both {' and '.join(present)}" if present else "none of them"
            wanted = f"exactly one of {', '.join(choices)} belongs here"
            yield node.fault(f"{wanted}, found {found}", "keep one: " + ", ".join(choices))
        for name, needed in schema.get("dependentRequired", {}).items():
            for other in needed:
                if name in members and other not in members and not missing:
                    yield node.fault(f"“{name}” needs the key “{other}”", f"add “{other}: …”")
