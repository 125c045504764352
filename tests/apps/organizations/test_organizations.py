from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError
from tests import make

from yanzhen.apps.journal.models import Entry
from yanzhen.apps.organizations.models import Organization
from yanzhen.apps.organizations.selectors import (
    district_of_unit,
    organization_names,
    organizations_on,
)
from yanzhen.apps.organizations.services import load_organizations
from yanzhen.apps.periods import Changes

pytestmark = pytest.mark.django_db

START, LATER = date(2026, 1, 1), date(2026, 6, 1)


def _renamed(city):
    first, *rest = city.organizations
    return replace(city, organizations=(replace(first, short="新样例局"), *rest))


def test_load_organizations_twice_changes_nothing():
    city = make.city()
    load_organizations(city, on=START)

    again = load_organizations(city, on=LATER)

    assert again == Changes(kept=2)
    assert Entry.objects.filter(action="organizations.loaded").count() == 1


def test_load_organizations_closes_the_old_period_where_a_value_changed():
    city = make.city()
    load_organizations(city, on=START)

    changes = load_organizations(_renamed(city), on=LATER)

    periods = Organization.objects.filter(code="office").order_by("start")
    assert changes == Changes(changed=1, kept=1)
    assert [(row.short, row.start, row.end) for row in periods.order_by("pk")] == [
        ("样例局", None, date(2026, 5, 31)),
        ("新样例局", LATER, None),
    ]
    assert [row.short for row in organizations_on(START) if row.code == "office"] == ["样例局"]


def test_load_organizations_on_the_day_of_a_change_amends_that_change():
    city = make.city()
    load_organizations(city, on=START)
    load_organizations(_renamed(city), on=LATER)

    load_organizations(city, on=LATER)

    last = Organization.objects.get(code="office", end__isnull=True)
    assert (last.short, last.start) == ("样例局", LATER)


def test_load_organizations_ends_what_the_folder_no_longer_names():
    city = make.city()
    load_organizations(city, on=START)

    load_organizations(replace(city, organizations=city.organizations[:1]), on=LATER)

    gone = Organization.objects.get(code="county-office")
    assert gone.end == date(2026, 5, 31)
    assert [row.code for row in organizations_on(LATER)] == ["office"]


def test_names_and_districts_of_units():
    load_organizations(make.city(), on=START)

    assert organization_names() == {"office": "样例局", "county-office": "柯城区样例局"}
    assert district_of_unit("county-office") == "330802"
    assert district_of_unit("nobody") == ""


def test_organization_has_one_present_row():
    load_organizations(make.city(), on=START)

    with pytest.raises(IntegrityError):
        Organization.objects.create(code="office", name="另一", kind="department", start=LATER)


def test_organization_period_cannot_be_upside_down():
    with pytest.raises(IntegrityError):
        Organization.objects.create(code="x", name="x", kind="department", start=LATER, end=START)
