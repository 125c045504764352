"""Members of values: entries of contexts, parts of temporal values and ranges (table 65 ff.)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from yanzhen.engines.feel.civil import MONTHS_A_YEAR, Day, weekday
from yanzhen.engines.feel.equality import is_date
from yanzhen.engines.feel.values import (
    DAY_SECONDS,
    HOUR,
    MINUTE,
    NANO,
    DateTime,
    DayTimeDuration,
    RangeValue,
    Time,
    Value,
    YearMonthDuration,
)

MISSING: Any = object()
"""Stands for "there is no such member", where None would mean that the member is null."""


def _second(time: Time) -> Decimal:
    return time.second + Decimal(time.nano).scaleb(-9) if time.nano else Decimal(time.second)


def _offset(value: Time | DateTime) -> DayTimeDuration | None:
    offset = value.offset
    return None if offset is None else DayTimeDuration(offset * NANO)


def _zone_name(time: Time) -> str | None:
    return time.zone if isinstance(time.zone, str) else None


_DATE: dict[str, Callable[[Day], Value]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(weekday(day)),
}
_TIME: dict[str, Callable[[Time], Value]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": _second,
    "time offset": _offset,
    "timezone": _zone_name,
}


def _months(value: YearMonthDuration, name: str) -> Value:
    years, months = divmod(abs(value.months), MONTHS_A_YEAR)
    sign = -1 if value.months < 0 else 1
    return {"years": Decimal(sign * years), "months": Decimal(sign * months)}.get(name, MISSING)


def _nanos(value: DayTimeDuration, name: str) -> Value:
    seconds, nano = divmod(abs(value.nanos), NANO)
    sign = -1 if value.nanos < 0 else 1
    parts = {
        "days": seconds // DAY_SECONDS,
        "hours": seconds % DAY_SECONDS // HOUR,
        "minutes": seconds % HOUR // MINUTE,
    }
    if name == "seconds":
        return sign * (seconds % MINUTE + Decimal(nano).scaleb(-9))
    return sign * Decimal(parts[name]) if name in parts else MISSING


def _range(value: RangeValue, name: str) -> Value:
    return {
        "start": value.low,
        "end": value.high,
        "start included": value.low_closed,
        "end included": value.high_closed,
    }.get(name, MISSING)


def member(value: Value, name: str) -> Value:
    """The member of that name, or ``MISSING``."""
    match value:
        case dict():
            return value.get(name, MISSING)
        case DateTime():
            if name in _DATE:
                return _DATE[name](value.date)
            if name == "time offset":
                return _offset(value)
            return _TIME[name](value.time) if name in _TIME else MISSING
        case Time():
            return _TIME[name](value) if name in _TIME else MISSING
        case YearMonthDuration():
            return _months(value, name)
        case DayTimeDuration():
            return _nanos(value, name)
        case RangeValue():
            return _range(value, name)
        case _:
            return _DATE[name](value) if is_date(value) and name in _DATE else MISSING
