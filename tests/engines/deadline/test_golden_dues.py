"""Deadlines by the real calendar of 2018 to 2026, as notices set and amended it."""

import csv
from datetime import date
from pathlib import Path

import pytest

from yanzhen.engines.deadline import Calendar, calendar_from_rows, due

CALENDAR_FOLDER = Path(__file__).parents[3] / "cities" / "quzhou" / "calendar"


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


GOLDEN = rows_of(Path(__file__).with_name("due_rows.csv"))


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    files = sorted(CALENDAR_FOLDER.glob("*.csv"))
    return calendar_from_rows(row for file in files for row in rows_of(file))


@pytest.mark.parametrize(
    "row", GOLDEN, ids=lambda row: f"{row['start']}+{row['count']}@{row['as_known_at'] or 'now'}"
)
def test_due_day_is_the_one_of_the_notices(row, calendar):
    known = row["as_known_at"]
    then = calendar.as_known_at(date.fromisoformat(known)) if known else calendar

    found = due(date.fromisoformat(row["start"]), int(row["count"]), then)

    assert found.on == date.fromisoformat(row["due"])


def test_the_table_holds_at_least_sixty_rows():
    settled = [row for row in GOLDEN if not row["as_known_at"]]

    assert len(settled) >= 60


@pytest.mark.parametrize(
    ("year", "workdays"),
    [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_a_year_has_its_published_number_of_working_days(year, workdays, calendar):
    counted = calendar.workdays_in(date(year, 1, 1), date(year, 12, 31))

    assert counted == workdays


def test_the_period_of_the_published_account_has_223_working_days(calendar):
    counted = calendar.workdays_in(date(2020, 2, 16), date(2021, 1, 4))

    assert counted == 223


def test_the_amendment_of_january_2020_changes_a_friday_and_a_worked_saturday(calendar):
    before = calendar.as_known_at(date(2020, 1, 26))
    after = calendar.as_known_at(date(2020, 1, 27))

    changed = after.differences(before)

    assert changed == (date(2020, 1, 31), date(2020, 2, 1))


def test_the_amendment_of_labour_day_2019_changes_two_weekdays_and_two_sundays(calendar):
    before = calendar.as_known_at(date(2019, 3, 21))
    after = calendar.as_known_at(date(2019, 3, 22))

    changed = after.differences(before)

    assert changed == (
        date(2019, 4, 28),
        date(2019, 5, 2),
        date(2019, 5, 3),
        date(2019, 5, 5),
    )


def test_each_notice_became_known_before_its_year_began(calendar):
    yearly = [row for row in calendar.rows if not row.source.endswith("-amendment")]

    late = [row for row in yearly if row.known_from is None or row.known_from >= row.on]

    assert late == []


def test_a_year_without_notice_is_provisional_and_does_not_raise(calendar):
    found = due(date(2026, 12, 29), 5, calendar)

    assert found.on == date(2027, 1, 5)
    assert found.provisional_years == (2026, 2027)
    assert found.is_provisional


def test_a_due_day_says_which_holidays_moved_it(calendar):
    found = due(date(2021, 4, 30), 2, calendar)

    assert found.on == date(2021, 5, 7)
    assert [(row.on.isoformat(), row.name) for row in found.moved_by] == [
        ("2021-05-03", "劳动节"),
        ("2021-05-04", "劳动节"),
        ("2021-05-05", "劳动节"),
    ]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_sample_city_has_the_same_national_calendar(year):
    sample = CALENDAR_FOLDER.parents[1] / "sample" / "calendar" / f"{year}.csv"

    rows = rows_of(sample)

    assert rows == rows_of(CALENDAR_FOLDER / f"{year}.csv")
