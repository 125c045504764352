"""Money and rates: exact until a rule rounds them, shown as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.money import (
    WAN,
    YI,
    choose_unit,
    describe_rounding,
    percent,
    round_to,
    show_change,
    show_money,
    show_percent,
    to_fen,
    to_yuan,
)

amounts = st.decimals(-(10**14), 10**14, places=4)
places = st.integers(-3, 6)


@pytest.mark.parametrize(
    ("part", "whole", "digits", "rounding", "shown"),
    [
        (265, 305, 1, "half_up", "86.9%"),
        (265, 305, 1, "truncate", "86.8%"),
        (302, 303, 2, "half_up", "99.67%"),
        (302, 303, 2, "truncate", "99.66%"),
        (1, 8, 1, "half_even", "12.5%"),
        (1, 16, 1, "half_even", "6.2%"),
        (1, 16, 1, "half_up", "6.3%"),
        (1, 3, 0, "up", "34%"),
        (303, 303, 2, "half_up", "100.00%"),
        (0, 5, 1, "half_up", "0.0%"),
        (0, 0, 1, "half_up", "—"),
    ],
)
def test_a_rate_is_rounded_as_declared(part, whole, digits, rounding, shown):
    assert show_percent(part, whole, digits, rounding) == shown


def test_no_whole_number_of_cases_rounds_265_solved_to_86_8_percent():
    rounded = {percent(265, raised, 1) for raised in range(265, 400)}

    assert Decimal("86.8") not in rounded


@pytest.mark.parametrize(
    ("value", "digits", "rounding", "expected"),
    [
        ("2.5", 0, "half_up", "3"),
        ("-2.5", 0, "half_up", "-3"),
        ("2.5", 0, "half_even", "2"),
        ("3.5", 0, "half_even", "4"),
        ("2.675", 2, "half_up", "2.68"),
        ("-2.679", 2, "truncate", "-2.67"),
        ("-2.679", 2, "down", "-2.67"),
        ("2.001", 0, "up", "3"),
        ("-2.001", 0, "up", "-3"),
        ("1250", -2, "half_up", "1300"),
        ("-0.4", 0, "half_up", "0"),
        ("1.5", 3, "half_up", "1.500"),
    ],
)
def test_rounding_rules(value, digits, rounding, expected):
    assert str(round_to(Decimal(value), digits, rounding)) == expected


def test_rounding_is_exact_beyond_the_digits_of_the_decimal_context():
    value = Decimal("123456789012345678901234567890123456.785")

    assert str(round_to(value, 2)) == "123456789012345678901234567890123456.79"


@given(amounts, places)
def test_rounding_half_up_moves_by_half_a_unit_at_most(value, digits):
    distance = abs(Fraction(round_to(value, digits)) - Fraction(value))

    assert distance <= Fraction(1, 2) / Fraction(10) ** digits


@given(amounts, places, st.sampled_from(["half_up", "half_even", "truncate", "up"]))
def test_rounding_twice_changes_nothing_more(value, digits, rounding):
    once = round_to(value, digits, rounding)

    assert round_to(once, digits, rounding) == once


@given(amounts, amounts, places, st.sampled_from(["half_up", "half_even", "truncate", "up"]))
def test_rounding_keeps_order(one, other, digits, rounding):
    low, high = sorted((one, other))

    assert round_to(low, digits, rounding) <= round_to(high, digits, rounding)


@given(st.integers(-(10**30), 10**30))
def test_fen_and_yuan_are_the_same_money(fen):
    assert to_fen(to_yuan(fen)) == fen


def test_a_part_of_a_fen_needs_a_rounding():
    with pytest.raises(ValueError, match=r"1\.005 yuan is not a whole number of fen"):
        to_fen(Decimal("1.005"))

    assert to_fen(Decimal("1.005"), "half_up") == 101
    assert to_fen(Decimal("1.005"), "truncate") == 100


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("120000", "12 万元"),
        ("103000000", "1.03 亿元"),
        ("9999.99", "9,999.99 元"),
        ("10000", "1 万元"),
        ("12345678", "1,234.57 万元"),
        ("0", "0 元"),
        ("-0.05", "-0.05 元"),
        ("-32000", "-3.2 万元"),
        ("2660000000", "26.6 亿元"),
    ],
)
def test_money_in_the_unit_that_fits(amount, shown):
    assert show_money(Decimal(amount)) == shown


def test_a_column_has_one_unit():
    unit = choose_unit([Decimal(120_000), Decimal(30_500), Decimal(0)])

    shown = [show_money(Decimal(amount), unit, places=2) for amount in (120_000, 30_500, 0)]

    assert shown == ["12.00 万元", "3.05 万元", "0.00 万元"]


def test_a_column_never_shows_a_false_zero():
    assert choose_unit([Decimal(10**9), Decimal(10**6)]) == YI
    assert choose_unit([Decimal(10**9), Decimal(10**5)]) == WAN
    assert choose_unit([Decimal(10**9), Decimal(5)]).name == "元"
    assert choose_unit([]).name == "元"


@given(st.lists(amounts, min_size=1))
def test_no_amount_but_zero_is_shown_as_zero_in_the_chosen_unit(column):
    unit = choose_unit(column)

    zeros = {show_money(amount, unit) for amount in column if abs(amount) >= Decimal("0.01")}

    assert f"0 {unit.name}" not in zeros


def test_a_change_has_sign_and_word():
    assert show_change(Decimal(-32_000)) == "-3.2 万元（减少）"
    assert show_change(Decimal(32_000)) == "+3.2 万元（增加）"
    assert show_change(Decimal(0)) == "0 元（持平）"


def test_the_rounding_rule_is_said_in_words():
    assert describe_rounding(1) == "四舍五入到 1 位小数"
    assert describe_rounding(1, "truncate") == "截取 1 位小数，不进位"
