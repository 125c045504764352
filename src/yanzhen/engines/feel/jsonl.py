"""Expressions in, values out, one JSON object a line: what ``yanzhen feel --jsonl`` does.

In: ``{"expr": "a + 1", "context": {"a": {"number": "1"}}}``. Out, in the same order:
``{"value": {"number": "2"}}``, or ``{"error": {"message": "…", "position": 3}}`` where the line or
the expression cannot be read. A fault of the evaluation is no error: its value is null.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.json_form import from_json, to_json
from yanzhen.engines.feel.parser import parse
from yanzhen.engines.feel.runtime import Mode, from_python
from yanzhen.engines.feel.values import DateTime
from yanzhen.kernel.errors import FeelError

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def run(lines: Iterable[str], *, mode: Mode = "spec", now: DateTime | None = None) -> Iterator[str]:
    """Answer each line; blank lines are passed over.

    Args:
        lines: JSON objects with ``expr`` and, if the expression reads names, ``context``.
        mode: as in ``evaluate``.
        now: the moment that ``now()`` tells; the machine's own if None.

    Yields:
        One JSON object for each line, without line end.
    """
    for line in lines:
        if line.strip():
            yield _text(_answer(line, mode, now))


def _text(answer: dict[str, Any]) -> str:
    text = _encode(answer)
    try:
        text.encode()
    except UnicodeEncodeError:
        # half of a surrogate pair has no UTF-8, only an escape
        return json.dumps(answer)
    return text


def _answer(line: str, mode: Mode, now: DateTime | None) -> dict[str, Any]:
    try:
        request = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        position = getattr(error, "pos", None)
        return _error(f"the line is no JSON: {error}", position)
    try:
        if not isinstance(request, dict) or not isinstance(request.get("expr"), str):
            return _error('expected an object with the string "expr"', None)
        names = {} if request.get("context") is None else request["context"]
        if not isinstance(names, dict):
            return _error('"context" must be an object of names and values', None)
        scope = {name: from_json(value) for name, value in names.items()}
        node = parse(request["expr"], frozenset(scope))
        value = evaluate(node, scope, mode=mode, now=now or _present())
        return {"value": to_json(value)}
    except FeelError as error:
        return _error(error.message, error.position)
    except RecursionError:
        return _error("the context nests too deeply", None)


def _error(message: str, position: int | None) -> dict[str, Any]:
    return {"error": {"message": message, "position": position}}


def _present() -> DateTime:
    moment: DateTime = from_python(datetime.now(UTC).astimezone())
    return moment
