"""Rows that hold over a period, and keeping them in step with a city folder (有效期).

``code`` is the id that the folder gives a thing and never changes; a change of any other value
closes the row and opens a new one. Periods are closed: ``start`` and ``end`` both belong to
them. ``start`` is empty where the period reaches back further than the folder says, ``end`` is
empty at present.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F, Q

_PERIOD = frozenset({"id", "code", "start", "end"})


class Dated(models.Model):
    """What all of them share: a code, a name, a period."""

    code = models.CharField("编号", max_length=64)
    name = models.CharField("名称", max_length=120)
    start = models.DateField("起", null=True, blank=True)
    end = models.DateField("止", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: date) -> bool:
        """Whether this row holds on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def period_constraints(name: str) -> list[models.BaseConstraint]:
    """One present row per code, one row per first day, and no period upside down."""
    return [
        models.UniqueConstraint(
            fields=["code"], condition=Q(end__isnull=True), name=f"{name}_one_current"
        ),
        models.UniqueConstraint(fields=["code", "start"], name=f"{name}_one_start"),
        models.CheckConstraint(
            condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
            name=f"{name}_period_forward",
        ),
    ]


def holding_on(day: date) -> Q:
    """The filter for rows that hold on ``day``."""
    begun = Q(start__isnull=True) | Q(start__lte=day)
    return begun & (Q(end__isnull=True) | Q(end__gte=day))


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows were opened, changed, closed and left as they were."""

    opened: int = 0
    changed: int = 0
    closed: int = 0
    kept: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@transaction.atomic
def keep_in_step[M: Dated](rows: models.QuerySet[M], wanted: Iterable[M], *, on: date) -> Changes:
    """Make the present rows say what ``wanted`` says; twice changes nothing.

    Args:
        rows: the whole table.
        wanted: unsaved rows, one for each code or ended period of the folder; ``start`` is the
            first day by the folder, or None.
        on: the day from which a changed value holds; the old row ends the day before.
    """
    present = {row.code: row for row in rows.filter(end__isnull=True)}
    ended = {(row.code, row.end): row for row in rows.exclude(end=None)}
    total, seen = Changes(), set()
    for row in wanted:
        seen.add(row.code)
        if row.end is None:
            total += _keep_present(present.get(row.code), row, on)
        elif (row.code, row.end) in ended:
            total += Changes(kept=1)
        else:
            total += _keep_ended(present.get(row.code), row)
    gone = [row for code, row in present.items() if code not in seen]
    for row in gone:
        _close(row, on)
    return total + Changes(closed=len(gone))


def _keep_present[M: Dated](old: M | None, new: M, on: date) -> Changes:
    if old is None:
        new.save()
        return Changes(opened=1)
    if _values(old) == _values(new):
        return Changes(kept=1)
    if old.start is not None and old.start >= on:
        new.pk, new.start = old.pk, old.start
    else:
        _close(old, on)
        new.start = on
    new.save()
    return Changes(changed=1)


def _keep_ended[M: Dated](old: M | None, new: M) -> Changes:
    if old is None:
        new.save()
        return Changes(opened=1)
    old.end = new.end
    old.save(update_fields=["end"])
    return Changes(closed=1)


def _close(row: Dated, on: date) -> None:
    """End ``row`` the day before ``on``; a row that never held on an earlier day goes."""
    if row.start is not None and row.start >= on:
        row.delete()
        return
    row.end = on - timedelta(days=1)
    row.save(update_fields=["end"])


def _values(row: Dated) -> dict[str, object]:
    names = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in names if name not in _PERIOD}
