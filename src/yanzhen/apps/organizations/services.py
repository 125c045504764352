"""Keeping the organizations in step with the city folder."""

from datetime import date

from django.db import transaction

from yanzhen.apps.accounts.models import User
from yanzhen.apps.journal.services import record
from yanzhen.apps.organizations.models import Organization
from yanzhen.apps.periods import Changes, keep_in_step
from yanzhen.packs.model import City


@transaction.atomic
def load_organizations(city: City, *, on: date, by: User | None = None) -> Changes:
    """Make the organizations those of ``city`` from the day ``on``; twice changes nothing."""
    wanted = (
        Organization(
            code=row.id,
            name=row.name,
            short=row.short,
            kind=row.kind,
            parent=row.parent,
            district=row.district,
            uscc=row.uscc,
        )
        for row in city.organizations
    )
    changes = keep_in_step(Organization.objects.all(), wanted, on=on)
    if changes.opened or changes.changed or changes.closed:
        record(
            "organizations.loaded",
            ("city", city.id),
            by=by,
            city_hash=city.hash,
            opened=changes.opened,
            changed=changes.changed,
            closed=changes.closed,
        )
    return changes
