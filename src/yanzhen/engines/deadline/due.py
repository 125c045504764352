"""When something is due (办结期限): a day, and how sure it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from yanzhen.engines.deadline.working_days import Calendar, CalendarDay


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with what it rests on.

    Attributes:
        on: the last day for the work.
        provisional_years: years on the way whose notice is not out or not loaded; empty
            where the day is settled.
        moved_by: the rows on the way that a plain count of weekdays would have missed.
    """

    on: date
    provisional_years: tuple[int, ...]
    moved_by: tuple[CalendarDay, ...]

    @property
    def is_provisional(self) -> bool:
        """Whether a later notice may still move the day."""
        return bool(self.provisional_years)


def due(start: date, count: int, calendar: Calendar) -> Due:
    """The deadline ``count`` working days after ``start``, counting from the next day.

    Args:
        start: the day of the event, such as acceptance (受理之日).
        count: working days (工作日), 0 or more.
        calendar: the calendar that holds; pass ``calendar.as_known_at(day)`` for what an
            officer could know on ``day``.

    Raises:
        ValueError: ``count`` is negative.

    Source: 行政许可法 art. 82 (time limits are working days, without statutory holidays).

    >>> due(date(2026, 7, 3), 5, Calendar()).on
    datetime.date(2026, 7, 10)
    """
    if count < 0:
        raise ValueError(f"a time limit cannot be negative, got {count} working days")
    on = calendar.add_workdays(start, count)
    on_the_way = (start + timedelta(days=n) for n in range(1, (on - start).days + 1))
    rows = (calendar.row_on(day) for day in on_the_way)
    return Due(
        on=on,
        provisional_years=calendar.provisional_years(start, on),
        moved_by=tuple(row for row in rows if row is not None and _moves(row)),
    )


def _moves(row: CalendarDay) -> bool:
    """Whether the row says something else than the weekday."""
    is_weekday = row.on.isoweekday() <= 5  # noqa: PLR2004 -- Monday to Friday
    return is_weekday != (row.kind == "work")
