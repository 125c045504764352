"""What a calendar says at its edges: amendments, overrides, unknown years, contradictions."""

from datetime import date

import pytest

from yanzhen.engines.deadline import Calendar, CalendarDay, calendar_from_rows, due, read_row
from yanzhen.kernel.errors import DataError

NOTICE = date(2019, 11, 21)
AMENDMENT = date(2020, 1, 27)
SATURDAY = date(2020, 2, 1)


def amended() -> Calendar:
    return Calendar(
        [
            CalendarDay(date(2020, 1, 1), "off", "元旦", NOTICE, "notice"),
            CalendarDay(SATURDAY, "work", "春节", NOTICE, "notice"),
            CalendarDay(SATURDAY, "off", "春节", AMENDMENT, "amendment"),
        ]
    )


def test_the_row_known_latest_holds():
    calendar = amended()

    assert not calendar.is_workday(SATURDAY)
    assert calendar.row_on(SATURDAY) == CalendarDay(SATURDAY, "off", "春节", AMENDMENT, "amendment")


def test_as_known_before_the_amendment_the_first_notice_holds():
    calendar = amended().as_known_at(date(2020, 1, 26))

    assert calendar.is_workday(SATURDAY)


def test_as_known_before_every_notice_the_year_is_provisional():
    calendar = amended().as_known_at(date(2019, 11, 20))

    assert calendar.known_years == frozenset()
    assert calendar.is_provisional(SATURDAY)


def test_notice_days_are_those_on_which_clocks_may_move():
    assert amended().notice_days() == (NOTICE, AMENDMENT)


def test_an_override_holds_over_every_notice():
    local = CalendarDay(date(2020, 2, 3), "off", "延迟复工", date(2020, 1, 27), "zhejiang")

    calendar = Calendar(amended().rows, overrides=[local])

    assert calendar.add_workdays(SATURDAY, 1) == date(2020, 2, 4)
    assert amended().add_workdays(SATURDAY, 1) == date(2020, 2, 3)


def test_an_override_is_unknown_before_its_day():
    local = CalendarDay(date(2020, 2, 3), "off", "延迟复工", date(2020, 1, 27), "zhejiang")
    calendar = Calendar(amended().rows, overrides=[local])

    before = calendar.as_known_at(date(2020, 1, 26))

    assert before.is_workday(date(2020, 2, 3))


def test_two_notices_of_one_day_that_disagree_are_refused():
    rows = [
        CalendarDay(SATURDAY, "work", "春节", NOTICE, "one"),
        CalendarDay(SATURDAY, "off", "春节", NOTICE, "two"),
    ]

    with pytest.raises(DataError) as raised:
        Calendar(rows)

    assert str(raised.value) == (
        "calendar: 2020-02-01 is both off (two) and worked (one), known from 2019-11-21; "
        "keep one row, or give the later notice its known_from"
    )


def test_two_notices_of_one_day_that_agree_are_one():
    calendar = Calendar(
        [
            CalendarDay(SATURDAY, "work", "春节", NOTICE, "one"),
            CalendarDay(SATURDAY, "work", "春节", NOTICE, "two"),
        ]
    )

    assert calendar.workdays_in(SATURDAY, SATURDAY) == 1


def test_rows_given_twice_count_once():
    assert Calendar([*amended().rows, *amended().rows]) == amended()


def test_the_last_days_of_december_belong_to_the_notice_of_the_year_after():
    december = CalendarDay(
        date(2018, 12, 31), "off", "元旦", date(2018, 12, 6), "gov-holidays-2019"
    )

    calendar = Calendar([december])

    assert calendar.known_years == frozenset()
    assert not calendar.is_workday(date(2018, 12, 31))


@pytest.mark.parametrize(
    ("day", "provisional"),
    [
        (date(2020, 12, 24), False),
        (date(2020, 12, 25), True),
        (date(2021, 1, 4), True),
        (date(2019, 12, 31), True),
    ],
)
def test_days_that_a_later_notice_may_move_are_provisional(day, provisional):
    assert amended().is_provisional(day) is provisional


def test_provisional_years_are_those_on_the_way_only():
    calendar = amended()

    assert calendar.provisional_years(date(2020, 6, 1), date(2020, 6, 30)) == ()
    assert calendar.provisional_years(date(2020, 12, 1), date(2022, 1, 5)) == (2020, 2021, 2022)
    assert calendar.provisional_years(date(2020, 12, 31), date(2021, 1, 4)) == (2021,)
    assert calendar.provisional_years(date(2021, 1, 4), date(2021, 1, 4)) == ()


def test_no_days_means_the_day_itself_even_on_a_holiday():
    assert due(date(2026, 7, 4), 0, Calendar()).on == date(2026, 7, 4)


def test_counting_starts_on_the_next_day_even_from_a_holiday():
    assert due(date(2026, 7, 4), 1, Calendar()).on == date(2026, 7, 6)


def test_a_negative_time_limit_is_refused():
    with pytest.raises(ValueError, match="cannot be negative, got -1"):
        due(date(2026, 7, 3), -1, Calendar())


def test_the_end_of_the_calendar_is_said_plainly():
    with pytest.raises(OverflowError, match="after the year 9999"):
        Calendar().add_workdays(date(9999, 12, 1), 100)
    with pytest.raises(OverflowError, match="before the year 1"):
        Calendar().add_workdays(date(1, 1, 3), -100)


def test_workdays_in_an_empty_period_are_none():
    assert Calendar().workdays_in(date(2026, 7, 10), date(2026, 7, 3)) == 0


def test_workdays_in_counts_from_the_first_day_there_is():
    assert Calendar().workdays_in(date.min, date(1, 1, 7)) == 5


def test_a_row_reads_as_the_file_writes_it():
    row = read_row(
        {"date": "2020-02-01", "kind": "off", "name": "春节", "known_from": "2020-01-27"}
    )

    assert row == CalendarDay(SATURDAY, "off", "春节", AMENDMENT)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"date": "2020-02-01", "kind": "休"}, "calendar: kind '休' should be 'off' or 'work'"),
        (
            {"date": "2020-02-30", "kind": "off"},
            "calendar: date '2020-02-30' should be a day such as 2021-05-01",
        ),
        (
            {"date": "2020-02-01", "kind": "off", "known_from": "昨天"},
            "calendar: known_from '昨天' should be a day such as 2021-05-01",
        ),
    ],
)
def test_a_row_that_cannot_be_read_says_what_to_write(row, message):
    with pytest.raises(DataError) as raised:
        calendar_from_rows([row])

    assert str(raised.value) == message


def test_a_calendar_is_a_value():
    assert amended() == amended()
    assert hash(amended()) == hash(amended())
    assert amended() != Calendar()
    assert amended() != "calendar"
    assert repr(amended()) == "<Calendar 2020–2020, 3 rows, 0 overrides>"
