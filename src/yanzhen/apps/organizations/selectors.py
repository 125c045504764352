"""Reading organizations. They are public: every reader may see them."""

from datetime import date

from django.db.models import QuerySet

from yanzhen.apps.organizations.models import Organization
from yanzhen.apps.periods import holding_on


def organizations_on(day: date) -> QuerySet[Organization]:
    """Organizations that exist on ``day``, in order of code."""
    return Organization.objects.filter(holding_on(day)).order_by("code")


def organization_names() -> dict[str, str]:
    """Short name of every present organization by its code."""
    rows = Organization.objects.filter(end__isnull=True)
    return {row.code: str(row) for row in rows}


def district_of_unit(unit: str) -> str:
    """District code of a present organization; empty where it has none or is unknown."""
    found = Organization.objects.filter(code=unit, end__isnull=True).first()
    return found.district if found else ""
