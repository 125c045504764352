import pytest
from tests import make

from yanzhen.apps.enterprises.grids import grid_rule
from yanzhen.apps.enterprises.places import places_of


@pytest.mark.parametrize(
    ("given", "located"),
    [
        (("柯城区", "", "一街道"), ("330802", "", "330802001")),
        (("330802", "", "330802001"), ("330802", "", "330802001")),
        (("衢县", "", "二镇"), ("330803", "", "330803001")),
        (("330821", "", ""), ("330803", "", "")),
        (("样例新城", "", ""), ("330802", "Z-1", "")),
        (("", "Z-1", ""), ("330802", "Z-1", "")),
        (("", "", "二镇"), ("330803", "", "330803001")),
        (("别处", "别处", "别处"), ("", "", "")),
    ],
)
def test_locate_reads_names_and_codes_old_and_new(given, located):
    assert places_of(make.city()).locate(*given) == located


@pytest.mark.parametrize(
    ("town", "zone", "industry", "grid"),
    [
        ("330802001", "", "3451", ("g1", "c1")),
        ("330803001", "", "6241", ("g2", "c2")),
        ("330802001", "Z-1", "3451", ("g3", "c1")),
        ("330802001", "Z-1", "6241", ("g1", "c1")),
        ("", "Z-1", "6241", ("", "")),
        ("", "", "", ("", "")),
    ],
)
def test_choose_takes_the_highest_grid_that_admits(town, zone, industry, grid):
    city = make.city()

    chosen = grid_rule(city, places_of(city)).choose(town, zone, industry)

    assert chosen == grid
