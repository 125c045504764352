"""Calendar rows as a city folder writes them: date, kind, name, known_from, source."""

from collections.abc import Iterable, Mapping
from datetime import date

from yanzhen.engines.deadline.working_days import Calendar, CalendarDay, DayKind
from yanzhen.kernel.errors import DataError

_KINDS: dict[str, DayKind] = {"off": "off", "work": "work"}


def read_row(row: Mapping[str, str]) -> CalendarDay:
    """One row of a calendar file.

    Args:
        row: ``date`` and ``known_from`` as ISO days, ``kind`` off or work, ``name``, ``source``;
            all but date and kind may be empty or missing.

    Raises:
        DataError: no such day, or another kind; says which value and what to write.

    >>> read_row({"date": "2021-04-25", "kind": "work", "name": "劳动节"}).kind
    'work'
    """
    kind = _KINDS.get(row.get("kind", ""))
    if kind is None:
        raise DataError(f"calendar: kind {row.get('kind', '')!r} should be 'off' or 'work'")
    known_from = row.get("known_from") or ""
    return CalendarDay(
        on=_day(row.get("date") or "", "date"),
        kind=kind,
        name=row.get("name") or "",
        known_from=_day(known_from, "known_from") if known_from else None,
        source=row.get("source") or "",
    )


def calendar_from_rows(
    rows: Iterable[Mapping[str, str]], *, overrides: Iterable[Mapping[str, str]] = ()
) -> Calendar:
    """The calendar of all rows of a city's files, with local overrides (地方调整) on top.

    Raises:
        DataError: a row cannot be read, or two rows contradict each other.
    """
    return Calendar(map(read_row, rows), overrides=map(read_row, overrides))


def _day(text: str, key: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DataError(f"calendar: {key} {text!r} should be a day such as 2021-05-01") from None
