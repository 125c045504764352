"""Built-in functions of dates (DMN 1.5, 10.3.4.7), and the present (10.3.4.9).

The present is part of the evaluation, not of the machine: ``now()`` tells the moment that was
passed in, and is null without one.
"""

from decimal import Decimal

from yanzhen.engines.feel.builtins.signature import Builtin, Signature, param, simple
from yanzhen.engines.feel.civil import Day, day_of_year, week_of_year, weekday
from yanzhen.engines.feel.runtime import Run
from yanzhen.engines.feel.values import DateTime
from yanzhen.kernel.errors import FeelError

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _day(value: Day | DateTime) -> Day:
    return value.date if isinstance(value, DateTime) else value


def year_day(value: Day | DateTime) -> Decimal:
    """1 for January 1."""
    return Decimal(day_of_year(_day(value)))


def week_day(value: Day | DateTime) -> str:
    """The English name of the day of the week."""
    return DAYS[weekday(_day(value)) - 1]


def month_name(value: Day | DateTime) -> str:
    """The English name of the month."""
    return MONTHS[_day(value).month - 1]


def year_week(value: Day | DateTime) -> Decimal:
    """The week of the year after ISO 8601."""
    return Decimal(week_of_year(_day(value)))


def now(run: Run) -> DateTime:
    """The moment of the evaluation."""
    if run.now is None:
        raise FeelError("this evaluation was not told the present moment")
    return run.now


def today(run: Run) -> Day:
    """The date of the evaluation."""
    return now(run).date


_DATE = param("date", "date", "date and time")

FUNCTIONS: tuple[Builtin, ...] = (
    simple("day of year", year_day, _DATE, result="number"),
    simple("day of week", week_day, _DATE, result="string"),
    simple("month of year", month_name, _DATE, result="string"),
    simple("week of year", year_week, _DATE, result="number"),
    Builtin("now", (Signature((), now),), "date and time", needs_run=True),
    Builtin("today", (Signature((), today),), "date", needs_run=True),
)
