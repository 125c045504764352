"""The working-day calendar (工作日历): data first, weekday rule where there is none.

China moves working days by yearly notice (放假调休) and has changed a notice after its holiday
began. So a calendar is made from dated rows, each knowing since when it was public, and can be
asked how it stood on any day. A year without rows falls back to Monday to Friday, is called
provisional, and never raises.

Counting is by prefix sums: weekdays up to a day by arithmetic, plus the exceptions up to it by
bisection, so that every question costs the logarithm of a few hundred rows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Literal

from yanzhen.kernel.errors import DataError

DayKind = Literal["off", "work"]
"""``off`` (放假) or ``work`` (上班)."""

_SATURDAY = 5
_TAIL_STARTS = (12, 25)
"""Month and day from which the notice of the following year may speak about December."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One row of a calendar file: what a notice says about one day.

    Attributes:
        on: the day spoken of.
        kind: ``off`` or ``work``.
        name: the holiday for whose sake, such as 春节.
        known_from: the day the notice became public; None where it was always known.
        source: id of the notice among the city's sources.
    """

    on: date
    kind: DayKind
    name: str = ""
    known_from: date | None = None
    source: str = ""


class Calendar:
    """Which days are worked, built from notices and local overrides.

    Of several rows on one day the one known latest holds; an override (地方调整) holds over
    every notice. Calendars are values: they never change, and equal rows make equal calendars.

    >>> calendar = Calendar([CalendarDay(date(2021, 4, 25), "work", "劳动节")])
    >>> calendar.is_workday(date(2021, 4, 25)), calendar.is_workday(date(2021, 4, 24))
    (True, False)
    """

    def __init__(
        self, rows: Iterable[CalendarDay] = (), *, overrides: Iterable[CalendarDay] = ()
    ) -> None:
        """Build the calendar.

        Args:
            rows: what the notices say, in any order.
            overrides: what a province or city says on top of them.

        Raises:
            DataError: two rows that became known on the same day disagree about one day.
        """
        self.rows = tuple(sorted(set(rows), key=_row_key))
        self.overrides = tuple(sorted(set(overrides), key=_row_key))
        self._holding = _latest(self.rows) | _latest(self.overrides)
        exceptions = sorted(
            (row.on.toordinal(), 1 if row.kind == "work" else -1)
            for row in self._holding.values()
            if (row.kind == "work") != _is_weekday(row.on)
        )
        self._ordinals = [ordinal for ordinal, _ in exceptions]
        self._corrections = [0, *accumulate(change for _, change in exceptions)]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        return (self.rows, self.overrides) == (other.rows, other.overrides)

    def __hash__(self) -> int:
        return hash((self.rows, self.overrides))

    def __repr__(self) -> str:
        years = sorted(self.known_years)
        span = f"{years[0]}–{years[-1]}" if years else "no year"
        return f"<Calendar {span}, {len(self.rows)} rows, {len(self.overrides)} overrides>"

    @cached_property
    def known_years(self) -> frozenset[int]:
        """Years whose notice is loaded.

        The sign is a row on 1 January, which every notice since 1999 names; the last days of
        December alone do not count, as they come with the notice of the year after.
        """
        return frozenset(row.on.year for row in self.rows if (row.on.month, row.on.day) == (1, 1))

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked, by row where there is one, else by weekday."""
        row = self._holding.get(day)
        return _is_weekday(day) if row is None else row.kind == "work"

    def row_on(self, day: date) -> CalendarDay | None:
        """The row that decides about ``day``, for explaining; None where the weekday decides."""
        return self._holding.get(day)

    def is_provisional(self, day: date) -> bool:
        """Whether a later notice may still change ``day`` (暂按周末规则推算).

        True in years without a notice, and in the last week of a year whose following year has
        none: 2018-12-31 became a day off by the notice for 2019.
        """
        if day.year not in self.known_years:
            return True
        return (day.month, day.day) >= _TAIL_STARTS and day.year + 1 not in self.known_years

    def provisional_years(self, start: date, end: date) -> tuple[int, ...]:
        """Years in which days after ``start`` and up to ``end`` are provisional, in order."""
        if end <= start:
            return ()
        # Provisional days are a whole year or its tail, so the last day of each year decides.
        years = range((start + timedelta(days=1)).year, end.year + 1)
        lasts = (min(end, date(year, 12, 31)) for year in years)
        return tuple(day.year for day in lasts if self.is_provisional(day))

    def add_workdays(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``, counting from the next day (次日起算).

        Args:
            start: the day of the event; whether it is worked itself plays no part.
            count: working days; 0 gives ``start`` itself, a negative count goes back.

        Raises:
            OverflowError: the answer lies outside the years 1 to 9999.

        >>> Calendar().add_workdays(date(2026, 7, 3), 1)
        datetime.date(2026, 7, 6)
        """
        if count == 0:
            return start
        first = start.toordinal()
        if count > 0:
            low, goal = first + 1, self._worked_up_to(first) + count
        else:
            goal = self._worked_up_to(first - 1) + count + 1
            low = 1
        high = first if count < 0 else self._reach(first, goal)
        if goal < 1:
            raise OverflowError(f"{count} working days from {start} lie before the year 1")
        found = bisect_left(range(low, high + 1), goal, key=self._worked_up_to) + low
        return date.fromordinal(found)

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative if ``end`` is first.

        The inverse of :meth:`add_workdays` for counts of 0 and more.

        >>> Calendar().workdays_between(date(2026, 7, 3), date(2026, 7, 10))
        5
        """
        return self._worked_up_to(end.toordinal()) - self._worked_up_to(start.toordinal())

    def workdays_in(self, first: date, last: date) -> int:
        """Working days of a period, both ends counted; 0 if it is empty."""
        before = self._worked_up_to(first.toordinal() - 1)
        return max(0, self._worked_up_to(last.toordinal()) - before)

    def as_known_at(self, day: date) -> "Calendar":
        """The calendar as it stood on ``day``: without notices that became public later."""
        return Calendar(
            (row for row in self.rows if row.known_from is None or row.known_from <= day),
            overrides=(
                row for row in self.overrides if row.known_from is None or row.known_from <= day
            ),
        )

    def notice_days(self) -> tuple[date, ...]:
        """The days on which something new became known, in order."""
        known = {row.known_from for row in (*self.rows, *self.overrides)}
        return tuple(sorted(day for day in known if day is not None))

    def differences(self, other: "Calendar") -> tuple[date, ...]:
        """Days that one calendar works and the other does not, in order.

        Clocks that run over none of these days need no new count.
        """
        rows = (*self.rows, *self.overrides, *other.rows, *other.overrides)
        days = {row.on for row in rows}
        return tuple(sorted(d for d in days if self.is_workday(d) != other.is_workday(d)))

    def _worked_up_to(self, ordinal: int) -> int:
        """Working days from 0001-01-01, a Monday, to the day of ``ordinal``, both counted."""
        weeks, rest = divmod(ordinal, 7)
        exceptions = bisect_right(self._ordinals, ordinal)
        return weeks * 5 + min(rest, 5) + self._corrections[exceptions]

    def _reach(self, first: int, goal: int) -> int:
        """An ordinal on or after the one where the count reaches ``goal``."""
        last, step = date.max.toordinal(), 8
        while self._worked_up_to(min(first + step, last)) < goal:
            if first + step >= last:
                raise OverflowError("the working day asked for lies after the year 9999")
            step *= 2
        return min(first + step, last)


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _row_key(row: CalendarDay) -> tuple[date, date, str, str, str]:
    return (row.on, row.known_from or date.min, row.source, row.kind, row.name)


def _latest(rows: tuple[CalendarDay, ...]) -> dict[date, CalendarDay]:
    """For each day the row known latest; ``rows`` are in order of day and knowledge."""
    holding: dict[date, CalendarDay] = {}
    for row in rows:
        earlier = holding.get(row.on)
        if earlier is not None and earlier.known_from == row.known_from:
            if earlier.kind != row.kind:
                off, worked = (earlier, row) if earlier.kind == "off" else (row, earlier)
                raise DataError(
                    f"calendar: {row.on} is both off ({off.source or 'no source'}) and worked "
                    f"({worked.source or 'no source'}), known from {row.known_from or 'always'}; "
                    "keep one row, or give the later notice its known_from"
                )
            continue
        holding[row.on] = row
    return holding
