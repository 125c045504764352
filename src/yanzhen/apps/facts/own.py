"""What is known of one enterprise, for itself and for staff (一家企业的事实)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yanzhen.apps.accounts.models import User
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.provenance import FactValue
from yanzhen.apps.facts.selectors import latest_snapshot, live_row
from yanzhen.apps.organizations.city import current_city
from yanzhen.packs.model import Dataset, Fact


@dataclass(frozen=True, slots=True)
class OwnEnterprise:
    """An enterprise that a person acts for, and the others that the person may switch to."""

    enterprise: Enterprise
    others: tuple[Enterprise, ...]

    def values(self, day: date) -> dict[str, FactValue]:
        """What is known of it on ``day``."""
        return values_of(self.enterprise, day)


def own_enterprise(user: User, uscc: str) -> OwnEnterprise | None:
    """The enterprise asked for, if the person acts for it, or else the person's first one."""
    codes = user.enterprise_usccs()
    found = {e.uscc: e for e in Enterprise.objects.filter(uscc__in=codes)}
    mine = [found[code] for code in codes if code in found]
    if not mine:
        return None
    chosen = found.get(uscc, mine[0])
    return OwnEnterprise(chosen, tuple(mine) if len(mine) > 1 else ())


def values_of(enterprise: Enterprise, day: date) -> dict[str, FactValue]:
    """What counts for ``enterprise`` on ``day``, by fact id; empty before the first snapshot.

    Reads one row of the newest snapshot and the corrections since; what lost and why is
    ``selectors.fact_values``.
    """
    snapshot = latest_snapshot(day)
    city = current_city()
    row = live_row(snapshot, enterprise, city) if snapshot else None
    if snapshot is None or row is None:
        return {}
    delivered = snapshot.meta.get("datasets", {})
    return {
        name: _value(fact, city.datasets.get(fact.dataset), row.get(name), delivered)
        for name, fact in city.facts.items()
    }


def _value(
    fact: Fact, dataset: Dataset | None, value: Any, delivered: Mapping[str, Any]
) -> FactValue:
    line = delivered.get(fact.dataset, {})
    return FactValue(
        fact=fact,
        value=value,
        known=value is not None,
        dataset=dataset,
        as_of=_day(line.get("as_of")),
        received_on=_day(line.get("received_on")),
        why="",
        is_late=bool(line.get("late")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def by_area(values: Iterable[FactValue]) -> dict[str, list[FactValue]]:
    """Facts grouped by their area in the fact dictionary, in the order given."""
    grouped: dict[str, list[FactValue]] = {}
    for value in values:
        grouped.setdefault(value.fact.area, []).append(value)
    return grouped
