"""FEEL values as JSON, both ways, without loss.

null, true, false, strings and arrays stand as they are. Everything else is an object of one tag:
``{"number": "1.5"}``, ``{"date": "2020-01-31"}``, ``{"time": …}``, ``{"date and time": …}``,
``{"days and time duration": …}``, ``{"years and months duration": …}``, ``{"context": {…}}`` and,
on output only, ``{"range": …}`` and ``{"function": …}`` with their FEEL text.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from yanzhen.engines.feel.numerals import NUMBERS, finite, number_text
from yanzhen.engines.feel.range_text import parse_range
from yanzhen.engines.feel.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
    temporal_text,
)
from yanzhen.engines.feel.text import to_text
from yanzhen.engines.feel.values import (
    DayTimeDuration,
    Value,
    YearMonthDuration,
    type_name,
)
from yanzhen.kernel.errors import FeelError

Json = Any
_LONGEST_NUMBER = 1000


def to_json(value: Value) -> Json:
    """The value in tagged form, ready for ``json.dumps``.

    Raises:
        TypeError: the value is none of FEEL.

    >>> to_json([Decimal("1.50"), {"a": None}])
    [{'number': '1.5'}, {'context': {'a': None}}]
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, list):
        return [to_json(item) for item in value]
    kind = type_name(value)
    if isinstance(value, dict):
        return {kind: {name: to_json(held) for name, held in value.items()}}
    if isinstance(value, Decimal):
        return {kind: number_text(value)}
    return {kind: temporal_text(value) or to_text(value)}


def _number(text: str) -> Value:
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        return finite(NUMBERS.create_decimal(Decimal(text)))
    except InvalidOperation:
        return None


def _months(text: str) -> Value:
    value = parse_duration(text)
    return value if isinstance(value, YearMonthDuration) else None


def _nanos(text: str) -> Value:
    value = parse_duration(text)
    return value if isinstance(value, DayTimeDuration) else None


_READERS: Mapping[str, Callable[[str], Value]] = MappingProxyType(
    {
        "number": _number,
        "string": lambda text: text,
        "date": parse_date,
        "time": parse_time,
        "date and time": parse_date_time,
        "years and months duration": _months,
        "days and time duration": _nanos,
        "range": parse_range,
    }
)


def from_json(form: Json) -> Value:
    """The value of a tagged form; a plain JSON number counts as a number.

    Raises:
        FeelError: the form is none of those above; says which part is wrong.

    >>> from_json({"context": {"a": {"number": "1.5"}}})
    {'a': Decimal('1.5')}
    """
    if form is None or isinstance(form, bool | str):
        return form
    if isinstance(form, int | float | Decimal):
        value = _number(repr(form) if isinstance(form, float) else str(form))
        if value is None:
            raise FeelError(f"{form} is no FEEL number")
        return value
    if isinstance(form, list):
        return [from_json(item) for item in form]
    if isinstance(form, dict) and len(form) == 1:
        ((tag, held),) = form.items()
        if tag == "context" and isinstance(held, dict):
            return {name: from_json(member) for name, member in held.items()}
        if tag in _READERS:
            return _read(tag, held)
    tags = ", ".join(["context", *_READERS])
    raise FeelError(f"expected an object with one of the tags {tags}, found {str(form)[:80]}")


def _read(tag: str, held: Json) -> Value:
    if tag == "number" and isinstance(held, int | float | Decimal) and not isinstance(held, bool):
        return from_json(held)
    value = _READERS[tag](held) if isinstance(held, str) else None
    if value is None:
        raise FeelError(f"{str(held)[:80]!r} is no {tag}")
    return value
