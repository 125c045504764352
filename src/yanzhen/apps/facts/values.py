"""One value between its type and its canonical text (事实值与文本)."""

from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.apps.facts.checking.numbers import PRECISION
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.kernel.days import parse_day
from yanzhen.kernel.errors import CellError
from yanzhen.kernel.money import round_to
from yanzhen.kernel.normalize import normalize_text, parse_number, parse_yes_no

_WHOLE_DIGITS = 17


def read_value(text: str, spec: FactSpec) -> Any:
    """A value as a person writes it, in the fact's type; None where it is blank.

    Raises:
        CellError: the text is no such value; its text says what to write.

    >>> from yanzhen.kernel.labels import Label
    >>> read_value("3.2万元", FactSpec("revenue", Label("营业收入", "Revenue"), "money", 2, "元"))
    Decimal('32000.00')
    """
    match spec.type:
        case "boolean":
            return parse_yes_no(text).value
        case "date":
            return parse_day(text).value
        case "integer" | "number" | "money":
            return _number(text, spec)
        case _:
            return normalize_text(text).value or None


def _number(text: str, spec: FactSpec) -> Decimal | int | None:
    number = parse_number(text).value
    if number is None:
        return None
    if spec.type == "integer":
        if number != number.to_integral_value() or abs(number) >= 10**_WHOLE_DIGITS:
            raise CellError(f"“{text}”应为整数：请核对")
        return int(number)
    if abs(number) >= Decimal(10) ** (PRECISION - spec.scale):
        raise CellError(f"“{text}”过大：请核对数值和单位")
    return round_to(number, spec.scale)


def write_value(value: Any) -> str:
    """The canonical text of a value, which :func:`read_canonical` reads back; empty for None.

    >>> write_value(True), write_value(Decimal("12.50")), write_value(None)
    ('true', '12.50', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def read_canonical(text: str, spec: FactSpec) -> Any:
    """The value of a canonical text, in the fact's type."""
    if text == "":
        return None
    match spec.type:
        case "boolean":
            return text == "true"
        case "integer":
            return int(text)
        case "number" | "money":
            return round_to(Decimal(text), spec.scale)
        case "date":
            return date.fromisoformat(text)
        case _:
            return text
