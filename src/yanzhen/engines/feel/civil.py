"""Days of the proleptic Gregorian calendar, of any year FEEL allows.

``datetime.date`` ends at the years 1 and 9999; FEEL goes on to ±999,999,999. Dates inside are
``datetime.date``; those outside are ``FarDate``. Day numbers count from 1970-01-01.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

FIRST_YEAR, LAST_YEAR = -999_999_999, 999_999_999
MONTHS_A_YEAR = 12
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_DAYS_A_CYCLE = 146_097
_YEARS_A_CYCLE = 400
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date before the year 1 or after 9999."""

    year: int
    month: int
    day: int


Day = date | FarDate


def is_leap(year: int) -> bool:
    """Whether the year has a February 29."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days of the month (1–12)."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]  # noqa: PLR2004


def make_day(year: int, month: int, day: int) -> Day | None:
    """The date, or None if there is no such date."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_A_YEAR):
        return None
    if not 1 <= day <= month_length(year, month):
        return None
    if MINYEAR <= year <= MAXYEAR:
        return date(year, month, day)
    return FarDate(year, month, day)


def _near(day: Day) -> tuple[date, int]:
    """A date of the same place in the 400-year cycle, and how many cycles later ``day`` is."""
    if isinstance(day, date):
        return day, 0
    cycles, year = divmod(day.year, _YEARS_A_CYCLE)
    return date(year + _YEARS_A_CYCLE, day.month, day.day), cycles - 1


def day_number(day: Day) -> int:
    """Days since 1970-01-01, negative before."""
    near, cycles = _near(day)
    return near.toordinal() - _EPOCH_ORDINAL + cycles * _DAYS_A_CYCLE


def day_from_number(number: int) -> Day | None:
    """The date so many days after 1970-01-01, or None beyond the years of FEEL."""
    ordinal = number + _EPOCH_ORDINAL
    if 1 <= ordinal <= date.max.toordinal():
        return date.fromordinal(ordinal)
    cycles, rest = divmod(ordinal, _DAYS_A_CYCLE)
    near = date.fromordinal(rest + _DAYS_A_CYCLE)
    return make_day(near.year + (cycles - 1) * _YEARS_A_CYCLE, near.month, near.day)


def weekday(day: Day) -> int:
    """1 for Monday to 7 for Sunday."""
    return _near(day)[0].isoweekday()


def week_of_year(day: Day) -> int:
    """The week of the year after ISO 8601."""
    return _near(day)[0].isocalendar().week


def day_of_year(day: Day) -> int:
    """1 for January 1."""
    return _near(day)[0].timetuple().tm_yday


def add_months(day: Day, months: int) -> Day | None:
    """The date so many months later; a day the month does not have becomes its last day."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return make_day(year, month + 1, min(day.day, month_length(year, month + 1)))


def months_between(start: Day, end: Day) -> int:
    """Whole months from ``start`` to ``end``, negative if ``end`` is earlier.

    >>> months_between(date(2011, 12, 22), date(2013, 8, 24))
    20
    """
    months = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months


def clamp_year(day: Day) -> date:
    """A ``datetime.date`` for asking a time zone: years outside 1–9999 become the nearest."""
    if isinstance(day, date):
        return day
    return date.min if day.year < MINYEAR else date.max
