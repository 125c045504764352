"""The values of FEEL in Python.

======================== ==================================
FEEL                     Python
======================== ==================================
null                     ``None``
boolean                  ``bool``
number                   ``decimal.Decimal``
string                   ``str``
date                     ``datetime.date`` (``FarDate`` outside the years 1–9999)
time, date and time      ``Time``, ``DateTime``
the two durations        ``YearMonthDuration``, ``DayTimeDuration``
range                    ``RangeValue``
list, context            ``list``, ``dict`` with ``str`` keys, in order
function                 ``FunctionValue``
======================== ==================================

``==`` between these classes is sameness of all parts (FEEL's ``is``); FEEL's ``=`` is
``equality.equal``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.feel.civil import Day, FarDate, day_number
from yanzhen.engines.feel.nodes import TypeName
from yanzhen.engines.feel.zones import offset_at

NANO = 1_000_000_000
MINUTE, HOUR, DAY_SECONDS = 60, 3600, 86_400
DAY_NANOS = DAY_SECONDS * NANO

Value = Any
"""Any of the values above; the language is dynamically typed."""

Zone = int | str | None
"""An offset from UTC in seconds, an IANA zone name, or None for local time."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, exact to the nanosecond."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    zone: Zone = None

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight, on its own clock."""
        return (self.hour * HOUR + self.minute * MINUTE + self.second) * NANO + self.nano

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC; None for local time.

        A zone without a date takes its offset of 1970-01-01, so that the answer never changes.
        """
        return offset_at(self.zone, date(1970, 1, 1), self.nanos // NANO)

    @classmethod
    def from_nanos(cls, nanos: int, zone: Zone = None) -> "Time":
        """The time so many nanoseconds after midnight, around the clock."""
        seconds, nano = divmod(nanos % DAY_NANOS, NANO)
        minutes, second = divmod(seconds, MINUTE)
        hour, minute = divmod(minutes, 60)
        return cls(hour, minute, second, nano, zone)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of that day; the zone is that of the time."""

    date: Day
    time: Time

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC on that day; None for local time."""
        return offset_at(self.time.zone, self.date, self.time.nanos // NANO)

    @property
    def nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00, in UTC if it has a zone, else on its own clock."""
        return day_number(self.date) * DAY_NANOS + self.time.nanos - (self.offset or 0) * NANO


@dataclass(frozen=True, slots=True)
class YearMonthDuration:
    """A duration of whole months, positive or negative."""

    months: int


@dataclass(frozen=True, slots=True)
class DayTimeDuration:
    """A duration of nanoseconds, positive or negative."""

    nanos: int


@dataclass(frozen=True, slots=True)
class RangeValue:
    """A range; an end that is None is unbounded (and never closed)."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True, eq=False)
class FunctionValue:
    """A function: a built-in, a lambda, or one that another engine provides.

    Attributes:
        parameters: names with their declared types (None: any).
        invoke: takes exactly one value for each parameter, returns the result.
        name: for messages; empty for a lambda.
        result: the declared or known type of the result, None if unknown.
        raw: for functions that look at the arguments themselves (the built-ins): takes the
            ``Run``, positional and named arguments as given, and checks them.
    """

    parameters: tuple[tuple[str, TypeName | None], ...]
    invoke: Callable[[Sequence[Value]], Value]
    name: str = ""
    result: TypeName | None = None
    raw: Callable[[Any, Sequence[Value], dict[str, Value]], Value] | None = None


_TYPE_NAMES: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    FarDate: "date",
    Time: "time",
    DateTime: "date and time",
    YearMonthDuration: "years and months duration",
    DayTimeDuration: "days and time duration",
    RangeValue: "range",
    list: "list",
    dict: "context",
    FunctionValue: "function",
}

FEEL_TYPES = frozenset(_TYPE_NAMES)


def type_name(value: Value) -> str:
    """The FEEL type of a value, such as ``days and time duration``.

    Raises:
        TypeError: the value is none of FEEL.

    >>> type_name(Decimal(1)), type_name(None), type_name([])
    ('number', 'null', 'list')
    """
    name = _TYPE_NAMES.get(type(value))
    if name is None:
        raise TypeError(f"{type(value).__name__} is no FEEL type; convert it with from_python")
    return name
