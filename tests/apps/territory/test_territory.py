from dataclasses import replace
from datetime import date

import pytest
from tests import make

from yanzhen.apps.periods import Changes
from yanzhen.apps.territory.models import District, Grid
from yanzhen.apps.territory.selectors import (
    communities_on,
    districts_on,
    grids_on,
    place_names,
    towns_on,
)
from yanzhen.apps.territory.services import load_territory

pytestmark = pytest.mark.django_db

START, LATER = date(2026, 1, 1), date(2026, 6, 1)


def test_load_territory_keeps_every_table_and_twice_changes_nothing():
    first = load_territory(make.city(), on=START)

    again = load_territory(make.city(), on=LATER)

    assert first == Changes(opened=11)
    assert again == Changes(kept=11)


def test_load_territory_knows_districts_of_the_past():
    load_territory(make.city(), on=START)

    assert [row.name for row in districts_on(date(1990, 1, 1))] == ["柯城区", "衢县", "样例新城"]
    assert [row.name for row in districts_on(START)] == ["柯城区", "衢江区", "样例新城"]
    assert District.objects.get(code="330821").successor == "330803"


def test_load_territory_opens_a_new_period_for_a_changed_grid():
    city = make.city()
    load_territory(city, on=START)
    wider = replace(city.grids[0], towns=("330802001", "330803001"))

    load_territory(replace(city, grids=(wider, *city.grids[1:])), on=LATER)

    rows = Grid.objects.filter(code="g1").order_by("pk")
    assert [(row.towns, row.start, row.end) for row in rows] == [
        (["330802001"], None, date(2026, 5, 31)),
        (["330802001", "330803001"], LATER, None),
    ]


def test_place_names_takes_four_queries(django_assert_num_queries):
    load_territory(make.city(), on=START)

    with django_assert_num_queries(4):
        names = place_names()

    assert names.districts["330803"] == "衢江区"
    assert names.towns == {"330802001": "一街道", "330803001": "二镇"}
    assert (names.communities["c1"], names.grids["g3"]) == ("甲社区", "新城制造网格")


def test_selectors_list_what_exists_in_order_of_code():
    load_territory(make.city(), on=START)

    assert [row.code for row in towns_on(START)] == ["330802001", "330803001"]
    assert [row.code for row in communities_on(START)] == ["c1", "c2"]
    assert [row.code for row in grids_on(START)] == ["g1", "g2", "g3"]
