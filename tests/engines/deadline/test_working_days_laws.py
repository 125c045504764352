"""Laws that hold on every calendar."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yanzhen.engines.deadline import Calendar, CalendarDay, due

laws = settings(deadline=None, max_examples=100)

days = st.dates(date(2019, 6, 1), date(2022, 6, 1))
counts = st.integers(0, 300)
rows = st.builds(
    CalendarDay,
    on=st.dates(date(2020, 1, 1), date(2021, 12, 31)),
    kind=st.sampled_from(["off", "work"]),
    known_from=st.none(),
)
calendars = st.lists(rows, max_size=80, unique_by=lambda row: row.on).map(Calendar)


def count_by_hand(calendar: Calendar, start: date, end: date) -> int:
    span = range(1, (end - start).days + 1)
    return sum(calendar.is_workday(start + timedelta(days=n)) for n in span)


@laws
@given(calendars, days, counts)
def test_counting_back_is_the_inverse_of_adding(calendar, start, count):
    end = calendar.add_workdays(start, count)

    assert calendar.workdays_between(start, end) == count


@laws
@given(calendars, days, st.integers(1, 300))
def test_a_due_day_is_worked_and_the_first_to_reach_the_count(calendar, start, count):
    end = calendar.add_workdays(start, count)

    assert calendar.is_workday(end)
    assert calendar.workdays_between(start, end - timedelta(days=1)) == count - 1


@laws
@given(calendars, days, counts, counts)
def test_adding_twice_is_adding_the_sum(calendar, start, first, second):
    in_two_steps = calendar.add_workdays(calendar.add_workdays(start, first), second)

    assert in_two_steps == calendar.add_workdays(start, first + second)


@laws
@given(calendars, days, days, counts)
def test_a_later_start_is_never_due_earlier(calendar, one, other, count):
    first, second = sorted((one, other))

    assert calendar.add_workdays(first, count) <= calendar.add_workdays(second, count)


@laws
@given(calendars, days, st.integers(1, 300))
def test_going_back_undoes_going_on_from_a_working_day(calendar, start, count):
    assume(calendar.is_workday(start))

    end = calendar.add_workdays(start, count)

    assert calendar.add_workdays(end, -count) == start


@laws
@given(calendars, days, days, days)
def test_counts_add_up_over_neighbouring_spans(calendar, one, two, three):
    parts = calendar.workdays_between(one, two) + calendar.workdays_between(two, three)

    assert parts == calendar.workdays_between(one, three)


@laws
@given(calendars, days, days)
def test_counting_agrees_with_looking_at_each_day(calendar, one, other):
    start, end = sorted((one, other))

    assert calendar.workdays_between(start, end) == count_by_hand(calendar, start, end)


@laws
@given(calendars, calendars, days, days)
def test_calendars_without_differences_in_a_span_count_it_alike(one, other, first, second):
    start, end = sorted((first, second))
    differences = [day for day in one.differences(other) if start < day <= end]

    changed = one.workdays_between(start, end) != other.workdays_between(start, end)

    assert not changed or differences


@laws
@given(calendars, days, counts)
def test_every_row_that_moved_a_due_day_contradicts_the_weekday(calendar, start, count):
    found = due(start, count, calendar)

    plain = [row for row in found.moved_by if (row.on.weekday() < 5) == (row.kind == "work")]

    assert plain == []
