"""Of which day each source file speaks, and when it came (数据日期与接收日期)."""

from datetime import date, timedelta

from yanzhen.packs.model import Dataset
from yanzhen.packs.population.plan import Plan

_DELAYS = {"daily": 1, "weekly": 2, "monthly": 12, "quarterly": 20, "yearly": 155}


def as_of_of(dataset: Dataset, plan: Plan, today: date) -> date:
    """The last day of the last full cycle before ``today``, some cycles earlier where late.

    Args:
        dataset: its cycle.
        plan: ``files.<id>.behind`` says by how many cycles a data set is late.
        today: the day on which the files lie ready.
    """
    behind = plan.part("files").part(dataset.id).number("behind", 0)
    day = _end_before(dataset.cycle, today)
    for _ in range(behind):
        day = _end_before(dataset.cycle, day)
    return day


def received_on_of(dataset: Dataset, plan: Plan, today: date) -> date:
    """When the file came: some days after the day it speaks of, never after ``today``."""
    delay = plan.part("delivery").number(dataset.cycle, _DELAYS[dataset.cycle])
    return min(as_of_of(dataset, plan, today) + timedelta(days=delay), today)


def _end_before(cycle: str, day: date) -> date:
    """The last day of a cycle that lies before ``day``."""
    match cycle:
        case "daily":
            return day - timedelta(days=1)
        case "weekly":
            return day - timedelta(days=day.isoweekday())
        case "monthly":
            return day.replace(day=1) - timedelta(days=1)
        case "quarterly":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
        case _:
            return date(day.year - 1, 12, 31)
