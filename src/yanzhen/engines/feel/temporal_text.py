"""Temporal values as text, both ways: ISO 8601 as XML Schema writes it, with ``@Zone/Name``."""

import re
from datetime import date

from yanzhen.engines.feel.civil import (
    MONTHS_A_YEAR,
    Day,
    FarDate,
    day_from_number,
    day_number,
    make_day,
)
from yanzhen.engines.feel.values import (
    DAY_SECONDS,
    HOUR,
    MINUTE,
    NANO,
    DateTime,
    DayTimeDuration,
    Time,
    Value,
    YearMonthDuration,
    Zone,
)
from yanzhen.engines.feel.zones import MAX_OFFSET, zone_info

_DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:(Z|z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@(.+))?"
)
_YEAR_MONTH = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")
_DAY_TIME = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,9}))?S)?)?"
)
_LAST_HOUR, _LAST = 23, 59
_END_OF_DAY = 24


def parse_date(text: str) -> Day | None:
    """The date written ``2020-01-31``, or None."""
    found = _DATE.fullmatch(text)
    if found is None or text.startswith("-0000"):
        return None
    return make_day(int(found[1]), int(found[2]), int(found[3]))


def _parse_time(text: str) -> tuple[Time, bool] | None:
    """The time, and whether it is 24:00:00, which is midnight of the next day."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3])
    nano = int((found[4] or "").ljust(9, "0"))
    end_of_day = (hour, minute, second, nano) == (_END_OF_DAY, 0, 0, 0)
    if not end_of_day and (hour > _LAST_HOUR or minute > _LAST or second > _LAST):
        return None
    zone: Zone = None
    if found[5]:
        zone = 0
    elif found[6]:
        if int(found[8]) > _LAST or int(found[9] or 0) > _LAST:
            return None
        zone = int(found[7]) * HOUR + int(found[8]) * MINUTE + int(found[9] or 0)
        if zone > MAX_OFFSET:
            return None
        zone = -zone if found[6] == "-" else zone
    elif found[10]:
        if zone_info(found[10]) is None:
            return None
        zone = found[10]
    return Time(0 if end_of_day else hour, minute, second, nano, zone), end_of_day


def parse_time(text: str) -> Time | None:
    """The time written ``13:20:00``, with a fraction, an offset or a zone; or None."""
    found = _parse_time(text)
    return found[0] if found else None


def parse_date_time(text: str) -> DateTime | None:
    """The moment written ``2020-01-31T13:20:00``, with a fraction, an offset or a zone; or None."""
    day_text, mark, time_text = text.partition("T")
    day = parse_date(day_text)
    found = _parse_time(time_text) if mark else None
    if day is None or found is None:
        return None
    time, end_of_day = found
    if end_of_day:
        day = day_from_number(day_number(day) + 1)
    return None if day is None else DateTime(day, time)


def parse_duration(text: str) -> YearMonthDuration | DayTimeDuration | None:
    """The duration written ``P1Y2M`` or ``P1DT2H3M4.5S``, or None."""
    if found := _YEAR_MONTH.fullmatch(text):
        months = int(found[2] or 0) * MONTHS_A_YEAR + int(found[3] or 0)
        return YearMonthDuration(-months if found[1] else months)
    if found := _DAY_TIME.fullmatch(text):
        days, hours, minutes, seconds = (int(found[group] or 0) for group in (2, 3, 4, 5))
        total = days * DAY_SECONDS + hours * HOUR + minutes * MINUTE + seconds
        nanos = total * NANO + int((found[6] or "").ljust(9, "0"))
        return DayTimeDuration(-nanos if found[1] else nanos)
    return None


def parse_temporal(text: str) -> Value:
    """The value of an at-literal: date, date and time, time or duration; None if none of them."""
    for parse in (parse_date, parse_date_time, parse_time, parse_duration):
        value = parse(text)
        if value is not None:
            return value
    return None


def date_text(day: Day) -> str:
    """``2020-01-31``.

    >>> date_text(date(33, 1, 2)), date_text(FarDate(-2021, 1, 1))
    ('0033-01-02', '-2021-01-01')
    """
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04d}-{day.month:02d}-{day.day:02d}"


def zone_text(zone: Zone) -> str:
    """``Z``, ``+08:00``, ``@Asia/Shanghai`` or nothing."""
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, second = divmod(abs(zone), MINUTE)
    text = f"{'-' if zone < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{second:02d}" if second else text


def _fraction(nano: int) -> str:
    return f".{nano:09d}".rstrip("0") if nano else ""


def time_text(time: Time) -> str:
    """``13:20:00`` with what fraction and zone it has."""
    clock = f"{time.hour:02d}:{time.minute:02d}:{time.second:02d}{_fraction(time.nano)}"
    return clock + zone_text(time.zone)


def date_time_text(moment: DateTime) -> str:
    """``2020-01-31T13:20:00`` with what fraction and zone it has."""
    return f"{date_text(moment.date)}T{time_text(moment.time)}"


def year_month_text(duration: YearMonthDuration) -> str:
    """``P1Y2M``; nothing at all is ``P0M``."""
    years, months = divmod(abs(duration.months), MONTHS_A_YEAR)
    parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if duration.months < 0 else ''}P{parts or '0M'}"


def day_time_text(duration: DayTimeDuration) -> str:
    """``P1DT2H3M4.5S``; nothing at all is ``PT0S``."""
    seconds, nano = divmod(abs(duration.nanos), NANO)
    days, seconds = divmod(seconds, DAY_SECONDS)
    hours, seconds = divmod(seconds, HOUR)
    minutes, seconds = divmod(seconds, MINUTE)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or nano:
        clock += f"{seconds}{_fraction(nano)}S"
    parts = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if duration.nanos < 0 else ''}P{parts or 'T0S'}"


def temporal_text(value: Value) -> str | None:
    """The text of any temporal value; None if the value is not temporal."""
    match value:
        case DateTime():
            return date_time_text(value)
        case date() | FarDate():
            return date_text(value)
        case Time():
            return time_text(value)
        case YearMonthDuration():
            return year_month_text(value)
        case DayTimeDuration():
            return day_time_text(value)
        case _:
            return None
