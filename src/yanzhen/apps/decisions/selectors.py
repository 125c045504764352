"""Reading decisions: one enterprise explained, and runs over everyone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yanzhen.apps.decisions.enums import OPEN, RunStatus
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.organizations.city import current_city
from yanzhen.engines.dmn.evaluate import Outcome, decide
from yanzhen.engines.dmn.model import Book
from yanzhen.packs.book import book_on


def rules_on(day: date) -> Book:
    """Every rule of the city in force on ``day``."""
    return book_on(current_city(), day)


def outcome_of(name: str, facts: Mapping[str, Any], day: date) -> Outcome:
    """One decision for one enterprise, explained.

    Args:
        name: id of a decision, or ``policy/clause``.
        facts: values by fact id; a fact not in it is missing.
        day: the day whose rules apply.
    """
    return decide(rules_on(day), name, facts, explain=True)


def runs() -> QuerySet[Run]:
    """All runs, newest first, with their snapshots."""
    return Run.objects.select_related("snapshot", "by").order_by("-pk")


def latest_run() -> Run | None:
    """The newest run that is done, or None."""
    return runs().filter(status=RunStatus.DONE).first()


def open_run() -> Run | None:
    """The run that is queued or running, or None."""
    return runs().filter(status__in=OPEN).first()
