"""Arithmetic on all types that have it (DMN 1.5, 10.3.2.13, tables 50–53).

Every operation gives None where the types do not fit or the result leaves FEEL's limits.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from yanzhen.engines.feel.civil import (
    Day,
    FarDate,
    add_months,
    day_from_number,
    day_number,
)
from yanzhen.engines.feel.numerals import NUMBERS, ONE, finite
from yanzhen.engines.feel.values import (
    DAY_NANOS,
    NANO,
    DateTime,
    DayTimeDuration,
    Time,
    Value,
    YearMonthDuration,
)
from yanzhen.engines.feel.zones import offset_after

MAX_STRING = 200_000
"""The longest string, in characters."""

_MAX_NANOS = 10**28
_MAX_MONTHS = 12 * 10**12
_Months, _Nanos = YearMonthDuration, DayTimeDuration

Operation = Callable[[Value, Value], Value]


def utc_midnight(day: Day) -> DateTime:
    """The moment that a date stands for where a date and time is wanted."""
    return DateTime(day, Time(0, 0, 0, 0, 0))


def months_of(count: int) -> YearMonthDuration | None:
    """A duration of months, None beyond its limit."""
    return YearMonthDuration(count) if abs(count) <= _MAX_MONTHS else None


def nanos_of(count: int) -> DayTimeDuration | None:
    """A duration of nanoseconds, None beyond its limit."""
    return DayTimeDuration(count) if abs(count) <= _MAX_NANOS else None


def _from_local(nanos: int, zone: int | str | None) -> DateTime | None:
    days, clock = divmod(nanos, DAY_NANOS)
    day = day_from_number(days)
    return None if day is None else DateTime(day, Time.from_nanos(clock, zone))


def later(moment: DateTime, nanos: int) -> DateTime | None:
    """The moment so many nanoseconds later in time, told on the clock of the same zone."""
    zone = moment.time.zone
    total = moment.nanos + nanos
    if not isinstance(zone, str):
        return _from_local(total + (zone or 0) * NANO, zone)
    days, clock = divmod(total, DAY_NANOS)
    day = day_from_number(days)
    if day is None:
        return None
    return _from_local(total + offset_after(zone, day, clock // NANO) * NANO, zone)


def _add_months(value: Value, months: int) -> Value:
    if isinstance(value, DateTime):
        moved = add_months(value.date, months)
        return None if moved is None else DateTime(moved, value.time)
    return add_months(value, months)


def _add_nanos(value: Value, nanos: int) -> Value:
    if isinstance(value, DateTime):
        return later(value, nanos)
    if isinstance(value, Time):
        return Time.from_nanos(value.nanos + nanos, value.zone)
    return day_from_number(day_number(value) + nanos // DAY_NANOS)


def _join(left: str, right: str) -> str | None:
    return left + right if len(left) + len(right) <= MAX_STRING else None


def _between(left: Value, right: Value) -> DayTimeDuration | None:
    """``left − right`` for two moments, two times, or a moment and a date."""
    left = left if isinstance(left, DateTime | Time) else utc_midnight(left)
    right = right if isinstance(right, DateTime | Time) else utc_midnight(right)
    zones = left.offset, right.offset
    if (zones[0] is None) != (zones[1] is None):
        return None
    if isinstance(left, DateTime):
        return nanos_of(left.nanos - right.nanos)
    if left.zone == right.zone:
        return nanos_of(left.nanos - right.nanos)
    return nanos_of(left.nanos - right.nanos - ((zones[0] or 0) - (zones[1] or 0)) * NANO)


def _days_between(left: Day, right: Day) -> DayTimeDuration | None:
    return nanos_of((day_number(left) - day_number(right)) * DAY_NANOS)


def _scaled(count: int, factor: Decimal) -> int | None:
    """``count × factor`` cut to a whole number, None if it is absurdly large."""
    product = NUMBERS.multiply(Decimal(count), factor)
    if not product.is_finite() or product.adjusted() > NUMBERS.prec:
        return None
    return int(product)


def _times(duration: Value, factor: Decimal) -> Value:
    if isinstance(duration, YearMonthDuration):
        count = _scaled(duration.months, factor)
        return None if count is None else months_of(count)
    count = _scaled(duration.nanos, factor)
    return None if count is None else nanos_of(count)


def _over(duration: Value, divisor: Decimal) -> Value:
    if not divisor:
        return None
    months = isinstance(duration, YearMonthDuration)
    quotient = NUMBERS.divide(Decimal(duration.months if months else duration.nanos), divisor)
    if not quotient.is_finite() or quotient.adjusted() > NUMBERS.prec:
        return None
    return months_of(int(quotient)) if months else nanos_of(int(quotient))


def _ratio(left: int, right: int) -> Decimal | None:
    return finite(NUMBERS.divide(Decimal(left), Decimal(right))) if right else None


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """Everything to the power of 0 is 1, 0 included, which decimal arithmetic leaves open."""
    return finite(NUMBERS.power(base, exponent)) if exponent else ONE


_Table = dict[tuple[type, type], Operation]
_DAYS: tuple[type, ...] = (date, FarDate)

_ADD: _Table = {
    (Decimal, Decimal): lambda a, b: finite(NUMBERS.add(a, b)),
    (str, str): _join,
    (_Months, _Months): lambda a, b: months_of(a.months + b.months),
    (_Nanos, _Nanos): lambda a, b: nanos_of(a.nanos + b.nanos),
}
_SUBTRACT: _Table = {
    (Decimal, Decimal): lambda a, b: finite(NUMBERS.subtract(a, b)),
    (_Months, _Months): lambda a, b: months_of(a.months - b.months),
    (_Nanos, _Nanos): lambda a, b: nanos_of(a.nanos - b.nanos),
    (DateTime, DateTime): _between,
    (Time, Time): _between,
}
for _day in _DAYS:
    _SUBTRACT |= {(_day, DateTime): _between, (DateTime, _day): _between}
    _SUBTRACT |= {(_day, _other): _days_between for _other in _DAYS}
for _moment in (*_DAYS, DateTime):
    _ADD[_moment, _Months] = lambda a, b: _add_months(a, b.months)
    _ADD[_Months, _moment] = lambda a, b: _add_months(b, a.months)
    _SUBTRACT[_moment, _Months] = lambda a, b: _add_months(a, -b.months)
for _moment in (*_DAYS, DateTime, Time):
    _ADD[_moment, _Nanos] = lambda a, b: _add_nanos(a, b.nanos)
    _ADD[_Nanos, _moment] = lambda a, b: _add_nanos(b, a.nanos)
    _SUBTRACT[_moment, _Nanos] = lambda a, b: _add_nanos(a, -b.nanos)
_MULTIPLY: _Table = {
    (Decimal, Decimal): lambda a, b: finite(NUMBERS.multiply(a, b)),
    (_Months, Decimal): _times,
    (_Nanos, Decimal): _times,
    (Decimal, _Months): lambda a, b: _times(b, a),
    (Decimal, _Nanos): lambda a, b: _times(b, a),
}
_DIVIDE: _Table = {
    (Decimal, Decimal): lambda a, b: finite(NUMBERS.divide(a, b)),
    (_Months, Decimal): _over,
    (_Nanos, Decimal): _over,
    (_Months, _Months): lambda a, b: _ratio(a.months, b.months),
    (_Nanos, _Nanos): lambda a, b: _ratio(a.nanos, b.nanos),
}
_POWER: _Table = {(Decimal, Decimal): _power}

TABLES: dict[str, _Table] = {
    "+": _ADD,
    "-": _SUBTRACT,
    "*": _MULTIPLY,
    "/": _DIVIDE,
    "**": _POWER,
}
"""For each operator, what it does for each pair of types; a pair not listed gives null."""


def negate(value: Value) -> Value:
    """Arithmetic minus; None where the type has none."""
    match value:
        case Decimal():
            return NUMBERS.minus(value)
        case YearMonthDuration():
            return YearMonthDuration(-value.months)
        case DayTimeDuration():
            return DayTimeDuration(-value.nanos)
        case _:
            return None
