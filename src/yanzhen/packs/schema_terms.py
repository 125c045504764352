"""Words that the schemas of a city folder share."""

from typing import Any

DRAFT = "https://json-schema.org/draft/2020-12/schema"

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
NAME: dict[str, Any] = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9_]*$",
    "description": "small letters, digits and _, a letter first",
}
IDENTIFIER: dict[str, Any] = {
    "type": "string",
    "pattern": r"^[a-z0-9][a-z0-9_-]*$",
    "description": "small letters, digits, hyphen and _",
}
SOURCE_ID: dict[str, Any] = {**TEXT, "description": "id of a file in sources/"}
LABEL: dict[str, Any] = {"$ref": "#/$defs/label"}
FEEL: dict[str, Any] = {"$ref": "#/$defs/feel"}


def record(
    properties: dict[str, Any], required: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """A mapping with these keys and no others."""
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = list(required)
    return {**schema, "additionalProperties": False, **more}


TERMS: dict[str, Any] = {
    "label": {
        **record({"zh": TEXT, "en": TEXT}, required=("zh", "en")),
        "description": "{zh: 中文名称, en: English name}",
    },
    "day": {"type": "string", "format": "date", "description": "a day, such as 2026-01-31"},
    "decimal": {
        "type": "string",
        "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
        "description": 'a decimal as text, such as "0.0100"',
    },
    "scale": {"type": "integer", "minimum": 0, "description": "decimal places kept"},
    "codes": {
        "type": "array",
        "minItems": 1,
        "items": TEXT,
        "description": "closed list of values, each quoted",
    },
    "feel": {
        "type": ["string", "integer", "boolean"],
        "minLength": 1,
        "description": "a FEEL expression",
    },
}
