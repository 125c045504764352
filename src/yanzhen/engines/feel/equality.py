"""When FEEL values are equal, the same, or in order (DMN 1.5, 10.3.2.13 and tables 42–45)."""

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.feel.civil import FarDate, day_number
from yanzhen.engines.feel.values import (
    NANO,
    DateTime,
    DayTimeDuration,
    RangeValue,
    Time,
    Value,
    YearMonthDuration,
)


def is_date(value: Value) -> bool:
    """Whether the value is a date (and not a date and time)."""
    kind = type(value)
    return kind is date or kind is FarDate


def all_of(members: list[bool | None]) -> bool | None:
    """Conjunction after Kleene: false wins, then unknown."""
    if False in members:
        return False
    return None if None in members else True


def any_of(members: list[bool | None]) -> bool | None:
    """Disjunction after Kleene: true wins, then unknown."""
    if True in members:
        return True
    return None if None in members else False


def _clock(value: Time | DateTime) -> tuple[bool, int]:
    """Whether it has a zone, and a number of nanoseconds comparable among those that agree."""
    offset = value.offset
    if isinstance(value, DateTime):
        return offset is not None, value.nanos
    return offset is not None, value.nanos - (offset or 0) * NANO


def _same_clock(left: Time | DateTime, right: Time | DateTime) -> bool:
    if isinstance(left, Time) and isinstance(right, Time) and left.zone == right.zone:
        return left.nanos == right.nanos
    return _clock(left) == _clock(right)


def equal(left: Value, right: Value, *, unknown: bool = False) -> bool | None:
    """FEEL's ``=``.

    Args:
        left: any value.
        right: any value.
        unknown: whether null means unknown: then nothing can be said of a null, at any depth.

    Returns:
        None where the values are of different types and so cannot be compared.
    """
    if left is None or right is None:
        return None if unknown else left is right
    kind = type(left)
    if kind is not type(right):
        return False if is_date(left) and is_date(right) else None
    if kind is Time or kind is DateTime:
        return _same_clock(left, right)
    if kind is list:
        if len(left) != len(right):
            return False
        return _all_equal(list(zip(left, right, strict=True)), unknown=unknown)
    if kind is dict:
        if left.keys() != right.keys():
            return False
        return _all_equal([(value, right[name]) for name, value in left.items()], unknown=unknown)
    if kind is RangeValue:
        if (left.low_closed, left.high_closed) != (right.low_closed, right.high_closed):
            return False
        return all_of([equal(left.low, right.low), equal(left.high, right.high)])
    return bool(left == right)


def _all_equal(pairs: list[tuple[Value, Value]], *, unknown: bool) -> bool | None:
    """Whether the members are equal, pair by pair; those that cannot be compared are not."""
    answers = [equal(left, right, unknown=unknown) for left, right in pairs]
    return all_of(answers) if unknown else all(answers)


def same(left: Value, right: Value) -> bool:
    """FEEL's ``is``: the same value of the same type in all its parts, zones included."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(v, right[k]) for k, v in left.items())
    if isinstance(left, RangeValue):
        return (
            (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
            and same(left.low, right.low)
            and same(left.high, right.high)
        )
    return bool(left == right)


def order(left: Value, right: Value) -> int | None:
    """−1, 0 or 1 as ``left`` comes before, with or after ``right``.

    Returns:
        None where there is no order between them: null, different types, types without order
        (booleans, lists, contexts, ranges, functions), a local time against one with a zone.
    """
    kind = type(left)
    if kind is not type(right):
        if not (is_date(left) and is_date(right)):
            return None
        left, right = day_number(left), day_number(right)
    elif kind is YearMonthDuration:
        left, right = left.months, right.months
    elif kind is DayTimeDuration:
        left, right = left.nanos, right.nanos
    elif kind is Time or kind is DateTime:
        if kind is Time and left.zone == right.zone:
            left, right = left.nanos, right.nanos
        else:
            (left_zoned, left), (right_zoned, right) = _clock(left), _clock(right)
            if left_zoned != right_zoned:
                return None
    elif not (kind is Decimal or kind is str or kind is date or kind is FarDate):
        return None
    return int(left > right) - int(left < right)


def in_range(value: Value, held: RangeValue) -> bool | None:
    """Whether the value lies in the range; None where it cannot be compared with an end."""
    return all_of(
        [
            _beyond(value, held.low, closed=held.low_closed, sign=1),
            _beyond(value, held.high, closed=held.high_closed, sign=-1),
        ]
    )


def _beyond(value: Value, end: Value, *, closed: bool, sign: int) -> bool | None:
    if end is None:
        return True
    compared = order(value, end)
    return None if compared is None else compared == sign or (closed and compared == 0)


def key(value: Value) -> Hashable:
    """Something hashable that is equal exactly where ``equal`` says true."""
    kind: type[Any] = type(value)
    if kind is list:
        return kind, tuple(map(key, value))
    if kind is dict:
        return kind, frozenset((name, key(member)) for name, member in value.items())
    if kind is Time or kind is DateTime:
        return kind, _clock(value)
    if kind is RangeValue:
        return kind, key(value.low), key(value.high), value.low_closed, value.high_closed
    return kind, value
