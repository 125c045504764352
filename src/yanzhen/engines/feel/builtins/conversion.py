"""Built-in functions that convert (DMN 1.5, 10.3.4.1), ``not`` and ``is``."""

import re
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from yanzhen.engines.feel.arithmetic import MAX_STRING
from yanzhen.engines.feel.builtins.signature import Builtin, Signature, param, simple
from yanzhen.engines.feel.civil import Day, FarDate, make_day, months_between
from yanzhen.engines.feel.equality import same
from yanzhen.engines.feel.numerals import NUMBERS, as_int, finite
from yanzhen.engines.feel.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from yanzhen.engines.feel.text import to_text
from yanzhen.engines.feel.values import (
    NANO,
    DateTime,
    DayTimeDuration,
    Time,
    Value,
    YearMonthDuration,
)
from yanzhen.engines.feel.zones import MAX_OFFSET
from yanzhen.kernel.errors import FeelError

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 1000
_GROUPING, _DECIMAL = (" ", ",", "."), (",", ".")


def _or_refuse(value: Any, text: str, kind: str) -> Any:
    if value is None:
        raise FeelError(f"{text[:50]!r} is no {kind}")
    return value


def to_date(value: Value) -> Day:
    """A date of its text, or the date of a moment."""
    if isinstance(value, DateTime):
        return value.date
    if isinstance(value, date | FarDate):
        return value
    return _or_refuse(parse_date(value), value, "date")  # type: ignore[no-any-return]


def date_of(year: Decimal, month: Decimal, day: Decimal) -> Day | None:
    """The date of year, month and day."""
    parts = [as_int(part) for part in (year, month, day)]
    if None in parts:
        raise FeelError("year, month and day must be whole numbers")
    made = make_day(*parts)  # type: ignore[arg-type]
    if made is None:
        raise FeelError(f"there is no date {year}-{month}-{day}")
    return made


def to_moment(value: Value) -> DateTime:
    """A moment of its text; a date is its local midnight."""
    if isinstance(value, DateTime):
        return value
    if isinstance(value, date | FarDate):
        return DateTime(value, Time(0, 0, 0))
    day = parse_date(value)
    if day is not None:
        return DateTime(day, Time(0, 0, 0))
    return _or_refuse(parse_date_time(value), value, "date and time")  # type: ignore[no-any-return]


def moment_of(day: Value, time: Time) -> DateTime:
    """The moment of a date (or the date of a moment) and a time."""
    return DateTime(day.date if isinstance(day, DateTime) else day, time)


def to_time(value: Value) -> Time:
    """A time of its text, or the time of a moment; a date is midnight in UTC."""
    if isinstance(value, Time):
        return value
    if isinstance(value, DateTime):
        return value.time
    if isinstance(value, date | FarDate):
        return Time(0, 0, 0, 0, 0)
    return _or_refuse(parse_time(value), value, "time")  # type: ignore[no-any-return]


def time_of(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DayTimeDuration | None
) -> Time:
    """The time of hour, minute, second (with a fraction) and offset from UTC."""
    hours, minutes = as_int(hour), as_int(minute)
    if (
        hours is None
        or minutes is None
        or not (0 <= hours <= 23 and 0 <= minutes <= 59 and 0 <= second < 60)  # noqa: PLR2004
    ):
        raise FeelError(f"there is no time {hour}:{minute}:{second}")
    seconds, fraction = divmod(second, 1)
    zone: int | None = None
    if offset is not None:
        zone, rest = divmod(offset.nanos, NANO)
        if rest or abs(zone) > MAX_OFFSET:
            raise FeelError("offset must be whole seconds and at most 18 hours either way")
    nano = int((fraction * NANO).to_integral_value(ROUND_DOWN))
    return Time(hours, minutes, int(seconds), nano, zone)


def to_number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """The number of its text, with the separators that the text uses."""
    if grouping is not None and grouping not in _GROUPING:
        raise FeelError("grouping separator must be a space, a comma, a full stop or null")
    if point is not None and point not in _DECIMAL:
        raise FeelError("decimal separator must be a full stop, a comma or null")
    if grouping is not None and grouping == point:
        raise FeelError("the two separators must be different")
    plain = text
    if grouping is not None:
        plain = plain.replace(grouping, "")
    if point is not None:
        if point != "." and "." in plain:
            raise FeelError(f"{text[:50]!r} is no number")
        plain = plain.replace(point, ".")
    if len(plain) > _LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        raise FeelError(f"{text[:50]!r} is no number")
    number = finite(NUMBERS.create_decimal(plain))
    return _or_refuse(number, text, "number")  # type: ignore[no-any-return]


def number_of(value: Value) -> Decimal:
    """A number as it is, or of its text."""
    return value if isinstance(value, Decimal) else to_number(value)


def to_string(value: Value) -> str | None:
    """The text of any value; null of null."""
    if value is None:
        return None
    text = to_text(value)
    if len(text) > MAX_STRING:
        raise FeelError(f"the string would be longer than {MAX_STRING} characters")
    return text


def to_duration(value: Value) -> Value:
    """A duration of its text."""
    if isinstance(value, YearMonthDuration | DayTimeDuration):
        return value
    return _or_refuse(parse_duration(value), value, "duration")


def months_from(start: Value, end: Value) -> YearMonthDuration:
    """Whole months from one date to another; of moments only the dates count."""
    first = start.date if isinstance(start, DateTime) else start
    last = end.date if isinstance(end, DateTime) else end
    return YearMonthDuration(months_between(first, last))


def negation(value: Value) -> bool | None:
    """``not``: null of what is no boolean."""
    return not value if type(value) is bool else None


_DATES = ("date", "date and time")
_SEPARATORS = (
    param("grouping separator", "string", nullable=True),
    param("decimal separator", "string", nullable=True),
)

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin(
        "date",
        (
            Signature((param("from", "string", "date", "date and time"),), to_date),
            Signature(
                (param("year", "number"), param("month", "number"), param("day", "number")), date_of
            ),
        ),
        "date",
    ),
    Builtin(
        "date and time",
        (
            Signature((param("from", "string", "date and time", "date"),), to_moment),
            Signature((param("date", *_DATES), param("time", "time")), moment_of),
        ),
        "date and time",
    ),
    Builtin(
        "time",
        (
            Signature((param("from", "string", "time", "date and time", "date"),), to_time),
            Signature(
                (
                    param("hour", "number"),
                    param("minute", "number"),
                    param("second", "number"),
                    param("offset", "days and time duration", optional=True, nullable=True),
                ),
                time_of,
            ),
        ),
        "time",
    ),
    Builtin(
        "number",
        (
            Signature((param("from", "string", "number"),), number_of),
            Signature((param("from", "string"), *_SEPARATORS), to_number),
        ),
        "number",
    ),
    simple("string", to_string, param("from"), result="string"),
    simple(
        "duration",
        to_duration,
        param("from", "string", "days and time duration", "years and months duration"),
    ),
    simple(
        "years and months duration",
        months_from,
        param("from", *_DATES),
        param("to", *_DATES),
        result="years and months duration",
    ),
    simple("not", negation, param("negand"), result="boolean"),
    simple(
        "is", same, param("value1", optional=True), param("value2", optional=True), result="boolean"
    ),
)
