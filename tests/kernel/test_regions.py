"""Administrative divisions over time; the rows are those of a real prefecture's history."""

from datetime import date

import pytest

from yanzhen.kernel.errors import DataError
from yanzhen.kernel.regions import Region, RegionTable, level_of, prefecture_of, province_of

TABLE = RegionTable(
    [
        Region("330000", "浙江省"),
        Region("330800", "衢州市", date(1985, 1, 1)),
        Region("330802", "柯城区", date(1985, 1, 1)),
        Region("330803", "衢江区", date(2001, 1, 1)),
        Region("330821", "衢县", date(1985, 1, 1), date(2001, 12, 31), ("330803",)),
        Region("330822", "常山县", date(1985, 1, 1)),
        Region("330823", "江山县", date(1985, 1, 1), date(1987, 12, 31), ("330881",)),
        Region("339006", "江山市", date(1988, 1, 1), date(1989, 12, 31), ("330881",)),
        Region("330881", "江山市", date(1990, 1, 1)),
    ]
)


@pytest.mark.parametrize(
    ("old", "new"), [("330821", "330803"), ("330823", "330881"), ("339006", "330881")]
)
def test_an_old_code_leads_to_the_present_one(old, new):
    current = TABLE.current(old)

    assert current is not None
    assert current.code == new


def test_a_region_in_force_is_its_own_present():
    assert TABLE.current("330802") == Region("330802", "柯城区", date(1985, 1, 1))


def test_a_code_meant_something_only_in_its_time():
    names = [TABLE.at("330821", date(year, 6, 1)) for year in (1984, 1995, 2002)]

    assert names == [None, TABLE.latest("330821"), None]


def test_an_unknown_code_is_no_region():
    assert TABLE.at("110101", date(2020, 1, 1)) is None
    assert TABLE.current("110101") is None
    assert TABLE.successors_of("110101") == ()
    assert "110101" not in TABLE


def test_a_divided_region_has_several_successors_and_no_single_present():
    table = RegionTable(
        [
            Region("000001", "旧区", None, date(2000, 12, 31), ("000002", "000003")),
            Region("000002", "东区", date(2001, 1, 1)),
            Region("000003", "西区", date(2001, 1, 1), date(2010, 12, 31), ("000004",)),
            Region("000004", "新区", date(2011, 1, 1)),
        ]
    )

    assert [region.code for region in table.successors_of("000001")] == ["000002", "000004"]
    assert table.current("000001") is None


def test_children_now_and_on_a_day():
    now = [region.code for region in TABLE.children("330800")]
    then = [region.code for region in TABLE.children("330800", date(1986, 6, 1))]

    assert now == ["330802", "330803", "330822", "330881"]
    assert then == ["330802", "330821", "330822", "330823"]


def test_a_county_under_the_province_directly_is_a_child_of_the_province():
    assert TABLE.parent("339006") == "330000"
    assert [region.code for region in TABLE.children("330000", date(1989, 1, 1))] == [
        "330800",
        "339006",
    ]


def test_levels_are_in_the_digits():
    assert [level_of(code) for code in ("330000", "330800", "330881")] == [
        "province",
        "prefecture",
        "county",
    ]
    assert Region("330881", "江山市").level == "county"
    assert (province_of("330881"), prefecture_of("330881")) == ("330000", "330800")
    assert prefecture_of("330000") is None


def test_one_code_may_bear_several_names_over_time():
    table = RegionTable(
        [
            Region("330199", "新名", date(2000, 1, 1)),
            Region("330199", "旧名", date(1990, 1, 1), date(1999, 12, 31)),
        ]
    )

    found = [table.at("330199", date(year, 6, 1)) for year in (1995, 2005)]

    assert [region.name for region in found if region] == ["旧名", "新名"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([Region("3308", "短")], "region code '3308' should be six digits (GB/T 2260)"),
        (
            [Region("330821", "衢县", None, date(2001, 1, 1), ("330803",))],
            "region 330821 衢县: successor 330803 is not in the table",
        ),
        (
            [
                Region("000001", "甲", None, date(2001, 1, 1), ("000002",)),
                Region("000002", "乙", None, date(2002, 1, 1), ("000001",)),
            ],
            "region 000001 甲: its successors lead back to it",
        ),
        (
            [Region("330821", "衢县", date(2001, 1, 1), date(2000, 1, 1))],
            "region 330821 衢县: a period cannot end (2000-01-01) before it starts (2001-01-01)",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(rows, message):
    with pytest.raises(DataError) as raised:
        RegionTable(rows)

    assert str(raised.value) == message
