"""What is known of one enterprise, for itself and for staff (一家企业的事实)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yanzhen.apps.accounts.models import User
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.facts.selectors import FactValue, fact_values
from yanzhen.apps.organizations.city import current_city


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


def snapshot_on(day: date) -> Snapshot | None:
    """The newest snapshot of ``day`` or before."""
    return Snapshot.objects.filter(day__lte=day).order_by("-day", "-pk").first()


def values_of(enterprise: Enterprise, day: date) -> dict[str, FactValue]:
    """What is known of ``enterprise`` on ``day``, by fact id; empty before the first snapshot."""
    snapshot = snapshot_on(day)
    if snapshot is None:
        return {}
    return {v.fact: v for v in fact_values(enterprise, current_city(), snapshot)}


def by_area(values: Mapping[str, FactValue]) -> dict[str, list[FactValue]]:
    """Facts grouped by their area in the fact dictionary, in the dictionary's order."""
    grouped: dict[str, list[FactValue]] = {}
    for name, fact in current_city().facts.items():
        if name in values:
            grouped.setdefault(fact.area, []).append(values[name])
    return grouped
