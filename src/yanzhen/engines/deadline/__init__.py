"""Working days and deadlines (工作日历与办结期限): pure, built from rows, honest about the unknown."""

from yanzhen.engines.deadline.due import Due, due
from yanzhen.engines.deadline.working_days import Calendar, CalendarDay, DayKind

__all__ = ["Calendar", "CalendarDay", "DayKind", "Due", "due"]
