"""JSON Schemas (2020-12) of every YAML file of a city folder (城市文件夹各文件的结构).

They are published in ``docs/reference/schemas`` and drive the reader's own check
(``yanzhen.packs.structure``). ``description`` is what a writer is told to write.

To publish them after a change::

    python -m yanzhen.packs.schemas docs/reference/schemas
"""

import json
import sys
from pathlib import Path
from typing import Any

from yanzhen.packs.schema_rules import DECISION, DECISION_EXAMPLES, POLICY, POLICY_EXAMPLES
from yanzhen.packs.schema_terms import (
    DRAFT,
    IDENTIFIER,
    LABEL,
    NAME,
    SOURCE_ID,
    TERMS,
    TEXT,
    record,
)

DAY = {"$ref": "#/$defs/day"}
DECIMAL = {"$ref": "#/$defs/decimal"}
SCALAR = {"type": ["string", "integer", "boolean"]}


def _file(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    defs = {**TERMS, **schema.pop("$defs", {})}
    return {"$schema": DRAFT, "title": title, **schema, "$defs": defs}


CITY = record(
    {
        "id": {
            "type": "string",
            "pattern": r"^[a-z][a-z0-9-]*$",
            "description": "letters, digits and hyphens, such as quzhou",
        },
        "label": LABEL,
        "code": {
            "type": "string",
            "pattern": r"^[0-9]{6}$",
            "description": "six digits of GB/T 2260, quoted",
        },
        "version": {**TEXT, "description": 'quoted text, such as "2026.11"'},
        "brands": {"type": "object", "additionalProperties": TEXT},
        "apps": {"type": "array", "items": IDENTIFIER},
        "inherits": {
            "type": ["string", "null"],
            "description": "path of the parent folder, or null",
        },
    },
    required=("id", "label", "code", "version"),
)

SOURCE = record(
    {
        "title": {**TEXT, "description": "title of the document"},
        "issuer": {**TEXT, "description": "who issued it"},
        "number": {"type": "string", "description": 'document number, or ""'},
        "date": {
            "anyOf": [DAY, {"type": "null"}],
            "description": "day of issue, or null where none is known",
        },
        "address": {"type": "string", "description": 'where to read it, or ""'},
        "status": {
            "type": "string",
            "enum": ["official", "copy", "design"],
            "description": "official, copy (third-party copy seen) or design (ours)",
        },
        "note": {"type": "string"},
    },
    required=("title", "issuer", "status"),
)

FACTS = {
    "type": "object",
    "description": "facts of one area: id: {label: …, type: …}",
    "propertyNames": NAME,
    "additionalProperties": record(
        {
            "label": LABEL,
            "type": {
                "type": "string",
                "enum": ["boolean", "integer", "number", "money", "text", "date"],
                "description": "boolean, integer, number, money, text or date",
            },
            "unit": {"type": "string"},
            "scale": {"$ref": "#/$defs/scale"},
            "dataset": {**NAME, "description": "id of the data set that delivers it"},
            "column": {**TEXT, "description": "heading of the column that delivers it"},
            "absent": {
                **SCALAR,
                "description": "value where the data set does not mention the enterprise",
            },
            "sensitivity": {
                "type": "string",
                "enum": ["public", "internal", "sensitive"],
                "description": "public, internal or sensitive",
            },
            "codes": {"$ref": "#/$defs/codes"},
            "source": SOURCE_ID,
            "doc": {"type": "string"},
        },
        required=("label", "type", "dataset", "column", "sensitivity"),
    ),
}

DATASET = record(
    {
        "label": LABEL,
        "system": {**TEXT, "description": "name of the source system"},
        "owner": IDENTIFIER,
        "kind": {
            "type": "string",
            "enum": ["register", "state", "list", "history"],
            "description": "register, state, list or history",
        },
        "cycle": {
            "type": "string",
            "enum": ["daily", "weekly", "monthly", "quarterly", "yearly"],
            "description": "daily, weekly, monthly, quarterly or yearly",
        },
        "freshness": {"type": "integer", "minimum": 1, "description": "age in days it may have"},
        "source": SOURCE_ID,
        "doc": {"type": "string"},
        "columns": {
            "type": "array",
            "minItems": 1,
            "description": "columns in file order, the enterprise's code first",
            "items": record(
                {
                    "name": {**TEXT, "description": "heading of the column"},
                    "type": {
                        "type": "string",
                        "enum": ["boolean", "integer", "number", "money", "text", "date"],
                        "description": "boolean, integer, number, money, text or date",
                    },
                    "fact": NAME,
                    "required": {"type": "boolean"},
                    "unit": {"type": "string"},
                    "scale": {"$ref": "#/$defs/scale"},
                    "min": DECIMAL,
                    "max": DECIMAL,
                    "codes": {"$ref": "#/$defs/codes"},
                    "note": {"type": "string"},
                },
                required=("name", "type"),
            ),
        },
    },
    required=("label", "system", "owner", "kind", "cycle", "freshness", "source", "columns"),
)

PARAMETER = record(
    {
        "label": LABEL,
        "unit": {"type": "string", "description": 'unit of the values, or ""'},
        "type": {
            "type": "string",
            "enum": ["number", "money", "integer", "boolean", "text", "date"],
            "description": "number (default), money, integer, boolean, text or date",
        },
        "doc": {"type": "string"},
        "values": {
            "type": "array",
            "minItems": 1,
            "description": "dated values, oldest first: {from, value, source}",
            "items": record(
                {
                    "from": DAY,
                    "value": {**SCALAR, "description": 'a decimal as text, such as "0.0100"'},
                    "source": SOURCE_ID,
                    "note": {"type": "string"},
                },
                required=("from", "value", "source"),
            ),
        },
    },
    required=("label", "unit", "values"),
)

DEMO = {"type": "object", "description": "how the demonstration population is made"}

SCHEMAS: dict[str, dict[str, Any]] = {
    "city": _file("city.yaml: the city itself", CITY),
    "source": _file("sources/<id>.yaml: one registered document (来源文件)", SOURCE),
    "facts": _file("facts/<area>.yaml: entries of the fact dictionary (事实字典)", FACTS),
    "dataset": _file("datasets/<id>.yaml: one source data set (来源数据集)", DATASET),
    "parameter": _file("parameters/<area>/<name>.yaml: a dated parameter (参数)", PARAMETER),
    "decision": _file("decisions/<name>/<from>.yaml: one version of a decision (决策)", DECISION),
    "decision-examples": _file("decisions/<name>/examples.yaml (样例)", DECISION_EXAMPLES),
    "policy": _file("policies/<id>/policy.yaml: a policy and its clauses (惠企政策)", POLICY),
    "policy-examples": _file("policies/<id>/examples.yaml (样例)", POLICY_EXAMPLES),
    "demo": _file("demo.yaml: the demonstration population (演示数据)", DEMO),
}


def write_schemas(folder: Path) -> None:
    """Write every schema as ``<kind>.json`` into ``folder``, stable to the byte."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, schema in SCHEMAS.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{kind}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
