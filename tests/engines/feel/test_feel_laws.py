"""Laws that hold for all values."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.feel.feel_trees import (
    days,
    feel,
    moments,
    month_durations,
    numbers,
    plain_values,
    scalars,
    texts,
    time_durations,
    times,
    trees,
    values,
)

from yanzhen.engines.feel import (
    FeelError,
    evaluate,
    free_names,
    from_json,
    parse,
    to_json,
    type_name,
)
from yanzhen.engines.feel.civil import FarDate, add_months, day_from_number, day_number
from yanzhen.engines.feel.equality import equal, key, order, same
from yanzhen.engines.feel.temporal_text import parse_temporal, temporal_text
from yanzhen.engines.feel.text import to_text
from yanzhen.engines.feel.values import DayTimeDuration

truths = st.sampled_from([True, False, None])
pytestmark = pytest.mark.filterwarnings("error")


@given(truths, truths)
def test_de_morgan_holds_for_three_truth_values(a, b):
    left = feel("not(a and b)", a=a, b=b)
    right = feel("not(a) or not(b)", a=a, b=b)

    assert left is right


@given(truths, truths, truths)
def test_and_distributes_over_or(a, b, c):
    left = feel("a and (b or c)", a=a, b=b, c=c)
    right = feel("(a and b) or (a and c)", a=a, b=b, c=c)

    assert left is right


@given(truths, truths)
def test_and_does_not_care_for_order(a, b):
    assert feel("a and b", a=a, b=b) is feel("b and a", a=a, b=b)


@given(numbers)
def test_a_number_survives_its_text(number):
    assert feel("number(string(x), null, null)", x=number) == number


@given(numbers, numbers)
def test_addition_undoes_subtraction(a, b):
    assert feel("a + b - b = a", a=a, b=b) is True


@given(numbers, numbers.filter(bool))
def test_modulo_completes_the_floor_of_the_quotient(a, b):
    assert feel("modulo(a, b) + b * floor(a / b) = a", a=a, b=b) is True


@given(days, st.integers(-10_000, 10_000))
def test_days_added_to_a_date_can_be_taken_away(day, count):
    span = DayTimeDuration(count * 86_400 * 10**9)
    assume(date(2, 1, 1) < day < date(9900, 1, 1) and abs(count) < day.toordinal())

    assert feel("day + span - span", day=day, span=span) == day


@given(moments, moments)
def test_the_difference_of_two_moments_leads_from_one_to_the_other(a, b):
    assume((a.time.zone is None) == (b.time.zone is None))
    assume(not isinstance(a.time.zone, str))

    assert feel("a + (b - a) = b", a=a, b=b) is True


@given(moments, time_durations)
def test_time_passes_alike_in_every_zone(moment, span):
    later = feel("moment + span", moment=moment, span=span)
    assume(later is not None)

    # a clock set back shows one hour twice, and the first one counts
    doubt = 3_600 * 10**9 if isinstance(moment.time.zone, str) else 0
    assert abs(later.nanos - moment.nanos - span.nanos) <= doubt


@given(times, time_durations)
def test_a_time_turns_around_the_clock(time, span):
    assert feel("time + span - span", time=time, span=span) == time


@given(st.integers(-(10**9), 10**9))
def test_every_day_number_is_that_of_its_day(number):
    day: Any = day_from_number(number)

    assert day_number(day) == number


@given(days, st.integers(-5000, 5000))
def test_months_added_land_in_the_month_wanted(day, months):
    moved: Any = add_months(day, months)

    total = day.year * 12 + day.month - 1 + months
    assert (moved.year, moved.month - 1) == divmod(total, 12)
    assert moved.day <= day.day


@given(st.one_of(days, times, moments, month_durations, time_durations))
def test_a_temporal_value_survives_its_text(value):
    assert parse_temporal(temporal_text(value) or "") == value


@given(st.integers(10_000, 999_999_999), st.integers(1, 12), st.integers(1, 28), st.booleans())
def test_a_far_date_survives_its_text_and_its_number(year, month, day, negative):
    far = FarDate(-year if negative else year, month, day)

    assert parse_temporal(temporal_text(far) or "") == far
    assert day_from_number(day_number(far)) == far


@given(values)
def test_a_value_survives_json(value):
    assert same(from_json(to_json(value)), value)


@given(plain_values)
def test_a_value_without_times_survives_its_text_as_an_expression(value):
    text = to_text([value])

    assert same(evaluate(parse(text), {}), [value])


@given(values, values)
def test_equality_does_not_care_for_order(a, b):
    assert equal(a, b) is equal(b, a)


@given(values)
def test_everything_equals_itself(value):
    assert equal(value, value) is True
    assert same(value, value)


@given(scalars, scalars)
def test_what_is_equal_has_one_key_and_no_order(a, b):
    assert (equal(a, b) is True) == (key(a) == key(b))
    forth, back = order(a, b), order(b, a)
    if forth is not None and back is not None:
        assert (forth == 0) is equal(a, b)
        assert forth == -back


@given(st.lists(values, max_size=5))
def test_distinct_values_are_distinct_and_all_there(items):
    distinct = feel("distinct values(items)", items=items)

    assert all(equal(a, b) is not True for i, a in enumerate(distinct) for b in distinct[:i])
    assert all(any(equal(item, kept) is True for kept in distinct) for item in items)


@given(st.lists(numbers, max_size=8))
def test_sorting_puts_numbers_in_order_and_loses_none(items):
    assert feel("sort(items, function(a, b) a < b)", items=items) == sorted(items)


@given(texts, texts, texts)
def test_text_is_what_stands_before_a_match_the_match_and_what_stands_after(before, match, after):
    whole = before + match + after
    found = feel(
        "substring before(whole, match) + match + substring after(whole, match)",
        whole=whole,
        match=match,
    )

    assert found == whole


@given(st.lists(st.integers(-5, 5).map(Decimal), max_size=6), st.integers(-3, 3).map(Decimal))
def test_a_filter_chooses_as_a_loop_does(items, limit):
    chosen = feel("items[item > limit]", items=items, limit=limit)
    looped = feel("for i in items return if i > limit then i else null", items=items, limit=limit)

    assert chosen == [item for item in looped if item is not None]


@settings(max_examples=300, deadline=None)
@given(trees, values, values, st.sampled_from(["spec", "three_valued"]))
def test_an_evaluation_never_raises(tree, a, b, mode):
    notes: list[FeelError] = []
    scope = {"a": a, "b": b, "月 收入": [a, b], "x1": {"year": a}, "?": b}

    value = evaluate(tree, scope, mode=mode, budget=20_000, notes=notes)

    assert type_name(value)
    assert json.dumps(to_json(value))


@given(st.sampled_from(["a + b", "{c: a, d: c}.d", "for i in a return i + b", "f(a)", "a.b", "?"]))
def test_free_names_are_all_that_is_read(text):
    tree, read = parse(text), set()
    scope = {"a": Decimal(1), "b": Decimal(2), "f": None}
    evaluate(tree, scope, on_name=lambda name, _: read.add(name))

    assert read <= free_names(tree)
