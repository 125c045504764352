"""Working days and deadlines (工作日历与办结期限): pure, from rows, open about what is unknown."""

from yanzhen.engines.deadline.due import Due, due
from yanzhen.engines.deadline.rows import calendar_from_rows, read_row
from yanzhen.engines.deadline.working_days import Calendar, CalendarDay, DayKind

__all__ = [
    "Calendar",
    "CalendarDay",
    "DayKind",
    "Due",
    "calendar_from_rows",
    "due",
    "read_row",
]
