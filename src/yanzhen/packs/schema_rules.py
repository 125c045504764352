"""Schemas of decisions, policies and their examples."""

from typing import Any

from yanzhen.packs.schema_terms import FEEL, IDENTIFIER, LABEL, NAME, SOURCE_ID, TEXT, record

DAY = {"$ref": "#/$defs/day"}
ANY = {"type": ["string", "integer", "boolean", "null", "array", "object"]}
TYPE = {
    "type": "string",
    "enum": ["boolean", "integer", "number", "money", "text", "date", "context", "any"],
    "description": "boolean, integer, number, money, text, date, context or any",
}
CARD_LENGTH = 120
CELL = {
    "type": ["string", "integer", "boolean", "null"],
    "minLength": 1,
    "description": "a FEEL cell, quoted where it is not a plain word or number",
}
LOGICS = ("expr", "table", "conditions")


def _condition(*, cited: bool) -> dict[str, Any]:
    return record(
        {
            "text": {**TEXT, "description": "the condition in words"},
            "when": FEEL,
            "article": {**TEXT, "description": "the article that says so, such as 第三条"},
        },
        required=("text", "when", "article") if cited else ("text", "when"),
    )


def _conditions(item: str) -> dict[str, Any]:
    return {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": f"#/$defs/{item}"},
        "description": "a list of {text, when, article}",
    }


TABLE = record(
    {
        "hit": {
            "type": "string",
            "enum": ["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"],
            "description": "hit policy: U A P F R O C C+ C< C> C#",
        },
        "inputs": {
            "type": "array",
            "minItems": 1,
            "description": "FEEL expressions, or {expr, label}",
            "items": {
                "anyOf": [
                    {"type": "string", "minLength": 1, "description": "a FEEL expression"},
                    record({"expr": FEEL, "label": TEXT}, required=("expr",)),
                ]
            },
        },
        "outputs": {
            "type": "array",
            "minItems": 1,
            "description": "names, or {name, label, type, values, default}",
            "items": {
                "anyOf": [
                    NAME,
                    record(
                        {
                            "name": NAME,
                            "label": TEXT,
                            "type": TYPE,
                            "values": {"type": "array", "minItems": 1, "items": CELL},
                            "default": CELL,
                        },
                        required=("name",),
                    ),
                ]
            },
        },
        "rows": {
            "type": "array",
            "minItems": 1,
            "description": "rows of cells: inputs, then outputs",
            "items": {
                "anyOf": [
                    {"type": "array", "minItems": 1, "items": CELL},
                    record(
                        {
                            "cells": {"type": "array", "minItems": 1, "items": CELL},
                            "note": {"type": "string"},
                            "article": {"type": "string"},
                        },
                        required=("cells",),
                    ),
                ]
            },
        },
    },
    required=("inputs", "outputs", "rows"),
)

LOGIC_KEYS: dict[str, Any] = {
    "expr": FEEL,
    "table": {"$ref": "#/$defs/table"},
    "conditions": _conditions("condition"),
    "exclude": _conditions("condition"),
}

STEP = record(
    {"name": NAME, "label": TEXT, **LOGIC_KEYS, "article": TEXT, "note": {"type": "string"}},
    required=("name",),
    oneOf=[{"required": [key]} for key in LOGICS],
    dependentRequired={"exclude": ["conditions"]},
)

STATUS = {
    "type": "string",
    "enum": ["official", "typical"],
    "description": "official (as an authority wrote it) or typical (our wording)",
}

DECISION: dict[str, Any] = record(
    {
        "label": LABEL,
        "type": TYPE,
        "until": DAY,
        "source": SOURCE_ID,
        "article": {"type": "string"},
        "status": STATUS,
        "doc": {"type": "string"},
        "steps": {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/$defs/step"},
            "description": "named steps in order",
        },
        **LOGIC_KEYS,
        "result": FEEL,
    },
    required=("label", "type", "source"),
    oneOf=[{"required": [key]} for key in ("steps", *LOGICS)],
    dependentRequired={"exclude": ["conditions"], "result": ["steps"]},
)
DECISION["$defs"] = {"table": TABLE, "condition": _condition(cited=False), "step": STEP}

GIVEN = {
    "type": "object",
    "description": "facts, parameters or decisions by id or Chinese name",
    "additionalProperties": ANY,
}
MISSING = {"type": "array", "items": TEXT, "description": "names of the missing facts"}

DECISION_EXAMPLES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "description": "a list of examples: {name, on, given, expect}",
    "items": record(
        {
            "name": {**TEXT, "description": "the case in words"},
            "on": DAY,
            "given": GIVEN,
            "expect": {**ANY, "description": "the result"},
            "missing": MISSING,
            "because": {"type": "string"},
        },
        required=("name", "on", "given", "expect"),
    ),
}

POLICY_EXAMPLES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "description": "a list of examples: {name, clause, on, given, expect}",
    "items": record(
        {
            "name": {**TEXT, "description": "the case in words"},
            "clause": {**IDENTIFIER, "description": "id of the clause"},
            "on": DAY,
            "given": GIVEN,
            "expect": {"type": ["boolean", "null"], "description": "true, false or null"},
            "amount": {"$ref": "#/$defs/amount"},
            "missing": MISSING,
            "because": {"type": "string"},
        },
        required=("name", "clause", "on", "given", "expect"),
    ),
    "$defs": {
        "amount": {
            "type": ["string", "integer", "null"],
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "description": 'yuan as text, such as "120000"',
        }
    },
}

CLAUSE = record(
    {
        "id": NAME,
        "label": LABEL,
        "article": {**TEXT, "description": "the article, such as 第三条"},
        "text": {**TEXT, "description": "our own short wording of the clause"},
        "card": {
            "type": "string",
            "minLength": 1,
            "maxLength": CARD_LENGTH,
            "description": "what, who, how and by when, in 120 characters",
        },
        "theme": TEXT,
        "kind": {
            "type": "string",
            "enum": ["奖励", "补助", "贴息", "减免", "名额", "服务"],
            "description": "奖励, 补助, 贴息, 减免, 名额 or 服务",
        },
        "mode": {
            "type": "string",
            "enum": ["免申即享", "即申即享", "承诺兑现", "快申快享", "评审"],
            "description": "免申即享, 即申即享, 承诺兑现, 快申快享 or 评审",
        },
        "unit": {**IDENTIFIER, "description": "id of the organization in charge"},
        "from": DAY,
        "until": DAY,
        "event": {**TEXT, "description": "the date fact whose day chooses the version"},
        "conditions": _conditions("cited"),
        "exclude": _conditions("cited"),
        "amount": FEEL,
        "group": IDENTIFIER,
        "group_rule": {
            "type": "string",
            "enum": ["就高", "补差", "叠加", "限次"],
            "description": "就高, 补差, 叠加 or 限次",
        },
        "budget": {"$ref": "#/$defs/decimal"},
        "window": {"type": "string"},
        "redeem_days": {"type": "integer", "minimum": 0},
        "publicity_days": {"type": "integer", "minimum": 0},
        "source": SOURCE_ID,
        "status": STATUS,
    },
    required=(
        *("id", "label", "article", "text", "card", "theme", "kind", "mode", "unit"),
        "conditions",
    ),
    dependentRequired={"group_rule": ["group"], "group": ["group_rule"]},
)

POLICY: dict[str, Any] = record(
    {
        "label": LABEL,
        "issuer": {**TEXT, "description": "who issued it"},
        "level": {
            "type": "string",
            "enum": ["国家", "省", "市", "县"],
            "description": "国家, 省, 市 or 县",
        },
        "number": {"type": "string"},
        "issued": DAY,
        "from": DAY,
        "until": DAY,
        "region": {**TEXT, "description": "code of the region it holds in"},
        "theme": TEXT,
        "status": STATUS,
        "source": SOURCE_ID,
        "review": {"type": "string"},
        "clauses": {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/$defs/clause"},
            "description": "a list of clauses",
        },
    },
    required=(
        *("label", "issuer", "level", "issued", "from", "region", "theme", "status", "source"),
        "clauses",
    ),
)
POLICY["$defs"] = {"clause": CLAUSE, "cited": _condition(cited=True)}
