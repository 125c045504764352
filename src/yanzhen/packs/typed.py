"""Values of a city folder by their declared type (按声明类型取值).

Files hold decimals and days as text; here they become ``Decimal`` and ``date``. Nothing is
guessed: a value that does not fit its type is refused.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yanzhen.engines.dmn.model import ValueType

HINTS: Mapping[str, str] = {
    "boolean": "write true, false or null",
    "integer": "write a whole number",
    "number": 'write a decimal as text, such as "0.05"',
    "money": 'write yuan as text, such as "120000.00"',
    "text": "write it as text, in quotes",
    "date": "write a day, such as 2026-01-31",
    "context": "write a mapping of names and values",
}


def typed(raw: Any, kind: ValueType) -> Any:
    """The value that ``raw``, a scalar as read from YAML, has in type ``kind``.

    Args:
        raw: text, whole number, truth value or None; lists and mappings for ``any`` and
            ``context``.
        kind: the declared type. Numbers of every kind become ``Decimal``.

    Raises:
        ValueError: it does not fit; the text says what to write.

    >>> typed("0.0100", "number")
    Decimal('0.0100')
    >>> typed("2026-01-31", "date")
    datetime.date(2026, 1, 31)
    """
    if raw is None or kind == "any":
        return raw
    if kind == "boolean" and isinstance(raw, bool):
        return raw
    if kind == "text" and isinstance(raw, str):
        return raw
    if kind == "context" and isinstance(raw, dict):
        return raw
    if kind == "date" and isinstance(raw, str):
        return _day(raw)
    if kind in {"integer", "number", "money"} and not isinstance(raw, bool):
        return _number(raw, whole=kind == "integer")
    raise ValueError(HINTS.get(kind, f"write a value of type {kind}"))


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(HINTS["date"]) from None


def _number(raw: Any, *, whole: bool) -> Decimal:
    try:
        number = Decimal(raw)
    except (InvalidOperation, TypeError, ValueError):
        raise ValueError(HINTS["integer" if whole else "number"]) from None
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        raise ValueError(HINTS["integer" if whole else "number"])
    return number
