"""Days as offices write them, as people read them, and versions that hold on them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.days import Dated, Period, parse_day, show_day, show_full_day, valid_at
from yanzhen.kernel.errors import CellError

FIRST_OF_JULY = date(2021, 7, 1)


@pytest.mark.parametrize(
    "given",
    [
        "2021-07-01",
        "2021-7-1",
        "2021.07.01",
        "2021.7.1",
        "2021/7/1",
        "2021年7月1日",
        "2021 年 7 月 1 日",
        "2021年07月01",
        "２０２１年７月１日",
        "20210701",
        20210701,
        20210701.0,
        44378,
        44378.0,
        "44378",
        Decimal(44378),
        "二〇二一年七月一日",
        "二○二一年七月一日",
        "2021-07-01 00:00:00",
        "2021-07-01T09:30",
        " 2021-07-01 ",
        date(2021, 7, 1),
        datetime(2021, 7, 1, tzinfo=UTC),
        datetime(2021, 7, 1, 9, 30, tzinfo=UTC),
    ],
    ids=repr,
)
def test_every_office_way_to_write_a_day_is_read(given):
    assert parse_day(given).value == FIRST_OF_JULY


@pytest.mark.parametrize("given", [None, "", "  ", "-", "—", "/", "不详"])
def test_a_blank_day_is_unknown(given):
    assert parse_day(given).value is None


@pytest.mark.parametrize(
    ("given", "notes"),
    [
        ("2021-07-01", ()),
        ("2021.7.1", ("“2021.7.1”读作 2021-07-01",)),
        (44378, ("表格序列号 44378 读作 2021-07-01",)),
        ("2021-07-01 09:30", ("去掉时刻", "“2021-07-01 09:30”读作 2021-07-01")),
        (date(2021, 7, 1), ()),
    ],
)
def test_what_was_normalized_is_told(given, notes):
    assert parse_day(given).notes == notes


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2021.07", "“2021.07”不是完整的日期：请写明年月日，如 2021-07-01"),
        ("4437²", "“4437²”不是完整的日期：请写明年月日，如 2021-07-01"),
        ("21.7.1", "“21.7.1”不是完整的日期：请写明年月日，如 2021-07-01"),
        ("7月1日", "“7月1日”不是完整的日期：请写明年月日，如 2021-07-01"),
        ("2021-02-30", "“2021-02-30”这一天不存在：请核对年月日"),
        (20211301, "“20211301”这一天不存在：请核对年月日"),
        (12, "“12”不是日期：请按 2021-07-01 的样式填写"),
        (44378.5, "“44378.5”不是日期：请按 2021-07-01 的样式填写"),
        (float("nan"), "“nan”不是日期：请按 2021-07-01 的样式填写"),
        (True, "此处应为日期，实际为是/否：请按 2021-07-01 的样式填写"),
        ("二〇二一年十三月一日", "“二〇二一年十三月一日”这一天不存在：请核对年月日"),
    ],
)
def test_what_is_no_day_says_what_to_write(given, message):
    with pytest.raises(CellError) as raised:
        parse_day(given)

    assert str(raised.value) == message


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_serials_and_all_styles_agree(day):
    serial = (day - date(1899, 12, 30)).days
    styles = [
        serial,
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        show_full_day(day),
    ]

    assert {parse_day(style).value for style in styles} == {day}


@pytest.mark.parametrize(
    ("chinese", "number"),
    [("一", 1), ("九", 9), ("十", 10), ("十一", 11), ("二十", 20), ("三十一", 31)],
)
def test_chinese_numerals_of_a_month(chinese, number):
    assert parse_day(f"二〇二一年一月{chinese}日").value == date(2021, 1, number)


def test_a_day_for_people():
    assert show_day(date(2026, 7, 3)) == "7月3日 周五"
    assert show_day(date(2026, 7, 5)) == "7月5日 周日"
    assert show_day(date(2025, 7, 3), today=date(2026, 11, 23)) == "2025年7月3日 周四"


def test_a_period_holds_on_both_its_ends():
    period = Period(date(2022, 7, 1), date(2023, 6, 30))

    held = [period.holds_on(day) for day in (date(2022, 6, 30), date(2022, 7, 1), date(2023, 7, 1))]

    assert held == [False, True, False]
    assert Period().holds_on(date.max)


def test_a_period_upside_down_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2022, 7, 2), date(2022, 7, 1))


spans = st.tuples(
    st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 20)),
    st.none() | st.dates(date(2020, 1, 20), date(2020, 2, 10)),
)


@given(spans, spans)
def test_periods_overlap_if_some_day_lies_in_both(one, other):
    first, second = Period(*one), Period(*other)

    shared = [
        day
        for day in (date.fromordinal(n) for n in range(737_400, 737_480))
        if first.holds_on(day) and second.holds_on(day)
    ]

    assert first.overlaps(second) is bool(shared)


def test_the_version_begun_last_holds_and_a_gap_gives_none():
    versions = [
        Dated(Period(date(2022, 7, 1), date(2022, 12, 31)), "exception"),
        Dated(Period(date(2021, 1, 1), date(2023, 12, 31)), "standing"),
        Dated(Period(date(2025, 1, 1)), "new"),
    ]

    found = [
        valid_at(versions, day)
        for day in (
            date(2020, 12, 31),
            date(2021, 1, 1),
            date(2022, 7, 1),
            date(2023, 1, 1),
            date(2024, 6, 1),
            date(2026, 1, 1),
        )
    ]

    assert found == [None, "standing", "exception", "standing", None, "new"]
