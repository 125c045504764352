"""Taking in given facts: names to ids, texts to values by the declared type (读取事实)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from yanzhen.engines.dmn.model import Book, ValueType
from yanzhen.engines.feel.runtime import from_python
from yanzhen.kernel.errors import DecisionError

_TRUTHS = {"true": True, "false": False, "是": True, "否": False}


def read_facts(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by id as FEEL values, from names and plain values as people and files give them.

    Args:
        book: says which names there are and of what type.
        given: value by id or Chinese label of a fact, a decision or a parameter; numbers, dates and
            truth values may be texts (``"2000000"``, ``"2026-01-31"``, ``"true"`` or ``"是"``).

    Raises:
        DecisionError: lists every name that is unknown or given twice and every value that is not
            of its type.
    """
    facts: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in given.items():
        key = book.resolve(name)
        kind = _declared(book, key)
        if kind is None:
            faults.append(f"{name}: neither a fact, a decision nor a parameter (未知名称)")
        elif key in facts:
            faults.append(f"{name}: given twice, also as {key} or under its label (重复)")
        else:
            try:
                facts[key] = read_value(value, kind)
            except ValueError as fault:
                faults.append(f"{name}: {fault}")
    if faults:
        raise DecisionError("\n".join(faults))
    return facts


def read_value(value: Any, kind: ValueType) -> Any:
    """A FEEL value of the declared type, from a plain value or its text; None stays None.

    Raises:
        ValueError: the value is not of that type; says what would be.

    >>> read_value("12.50", "money"), read_value("是", "boolean")
    (Decimal('12.50'), True)
    """
    if value is None:
        return None
    return _READERS[kind](value)


def _declared(book: Book, key: str) -> ValueType | None:
    if key in book.facts:
        return book.facts[key].type
    if key in book.decisions:
        return book.decisions[key].type
    if key not in book.constants:
        return None
    constant = book.constants[key]
    if isinstance(constant, bool):
        return "boolean"
    if isinstance(constant, date):
        return "date"
    return "number" if isinstance(constant, int | Decimal) else "any"


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _TRUTHS:
        return _TRUTHS[value]
    raise ValueError(f"{value!r} is not a truth value; write true or false (应为 是/否)")


def _number(value: Any) -> Decimal:
    if not isinstance(value, bool) and isinstance(value, int | float | Decimal | str):
        try:
            number = Decimal(repr(value) if isinstance(value, float) else value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise ValueError(f'{value!r} is not a number; write it as 12 or "12.50" (应为数字)')


def _integer(value: Any) -> Decimal:
    number = _number(value)
    if number != number.to_integral_value():
        raise ValueError(f"{value!r} is not a whole number (应为整数)")
    return number


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f'{value!r} is not text; put it between quotes: "{value}" (应为文本)')


def _date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{value!r} is not a day; write it as 2026-01-31 (应为日期)")


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return from_python(datetime.fromisoformat(value))
        except ValueError:
            raise ValueError(
                f"{value!r} is not a moment; write it as 2026-01-31T08:30:00 (应为日期时间)"
            ) from None
    return _plain(value)


def _context(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _plain(value)
    raise ValueError(f"{value!r} is not a mapping of names to values (应为键值对)")


def _plain(value: Any) -> Any:
    try:
        return from_python(value)
    except TypeError as fault:
        raise ValueError(str(fault)) from None


_READERS: dict[ValueType, Callable[[Any], Any]] = {
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
    "money": _number,
    "text": _text,
    "date": _date,
    "date and time": _moment,
    "context": _context,
    "any": _plain,
}
