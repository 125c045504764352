"""Habits of writing: text, yes and no, numbers with units."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize import (
    Normalized,
    normalize_code,
    normalize_text,
    parse_number,
    parse_yes_no,
    to_half_width,
)


@given(st.text())
def test_normalizing_text_twice_changes_nothing_more(text):
    once = normalize_text(text).value

    assert normalize_text(once) == Normalized(once)


@given(st.text())
def test_normalizing_a_code_twice_changes_nothing_more(text):
    once = normalize_code(text).value

    assert normalize_code(once).value == once


def test_a_name_keeps_its_chinese_brackets():
    name = normalize_text("　样例（集团）　有限公司２０２１ ")

    assert name.value == "样例（集团） 有限公司2021"
    assert name.notes == ("全角转半角", "去掉空格")


def test_half_width_covers_all_of_ascii():
    wide = "".join(chr(code + 0xFEE0) for code in range(0x21, 0x7F))

    assert to_half_width(wide) == "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize(
    "word",
    ["是", "有", "√", "✓", "Y", "yes", "ＹＥＳ", "True", "1", 1, 1.0, True, " 是 "],
    ids=repr,
)
def test_words_for_yes(word):
    assert parse_yes_no(word).value is True


@pytest.mark.parametrize(
    "word", ["否", "无", "没有", "×", "N", "no", "false", "0", 0, False], ids=repr
)
def test_words_for_no(word):
    assert parse_yes_no(word).value is False


@pytest.mark.parametrize("word", [None, "", "  ", "-", "—", "/", "不详"])
def test_a_blank_is_unknown_and_never_no(word):
    assert parse_yes_no(word).value is None


@pytest.mark.parametrize("word", ["□", "是/否", "待定", "2"])
def test_what_is_neither_yes_nor_no_is_refused(word):
    with pytest.raises(CellError) as raised:
        parse_yes_no(word)

    assert str(raised.value) == f"“{word}”无法判断是或否：请填“是”或“否”，不清楚的请留空"


def test_the_reading_of_a_tick_is_told():
    assert parse_yes_no("√") == Normalized(value=True, notes=("“√”读作“是”",))
    assert parse_yes_no("是") == Normalized(value=True)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("1234.50", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("１，２３４", "1234"),
        ("12 345", "12345"),
        ("¥1,000元", "1000"),
        ("12.5万元", "125000.0"),
        ("12.5 万", "125000.0"),
        ("3.2亿元", "320000000.0"),
        ("2千万", "20000000"),
        ("1万亿元", "1000000000000"),
        ("-3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("(1,200)", "-1200"),
        ("（1200）", "-1200"),
        ("12.5%", "0.125"),
        ("１２．５％", "0.125"),
        ("1.5E+1", "15"),
        ("35人", "35"),
        (".5", "0.5"),
        (0, "0"),
        (12.1, "12.1"),
        (np.float64(12.1), "12.1"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (Decimal("1.10"), "1.10"),
        (123456789012345678, "123456789012345678"),
    ],
    ids=repr,
)
def test_numbers_are_read_exactly(given, value):
    assert parse_number(given).value == Decimal(value)


def test_the_noise_of_a_formula_is_taken_off_and_told():
    read = parse_number(0.1 + 0.2)

    assert read == Normalized(Decimal("0.3"), ("按表格精度取 15 位有效数字",))


@given(st.floats(-1e9, 1e9, allow_subnormal=False))
def test_a_cell_of_a_spreadsheet_keeps_its_fifteen_digits(cell):
    value = parse_number(cell).value

    assert value is not None
    assert abs(Fraction(value) - Fraction(cell)) <= abs(Fraction(cell)) / 10**14


@pytest.mark.parametrize("given", [None, "", " ", "-", "—", "/", "N/A", "不详"])
def test_a_blank_number_is_unknown_and_never_zero(given):
    assert parse_number(given).value is None


@pytest.mark.parametrize(
    ("given", "unit", "value", "note"),
    [
        ("12.5", "万元", "125000.0", "按列单位“万元”换算"),
        (12.5, "万元", "125000.0", "按列单位“万元”换算"),
        ("0.3亿元", "万元", "30000000.0", "“亿元”换算为基本单位"),
        ("500元", "万元", "500", "按单元格的单位“元”读取"),
        ("3", "万千瓦时", "30000", "按列单位“万千瓦时”换算"),
        ("3", "千元", "3000", "按列单位“千元”换算"),
    ],
    ids=repr,
)
def test_the_unit_of_the_cell_goes_before_that_of_the_column(given, unit, value, note):
    assert parse_number(given, column_unit=unit) == Normalized(Decimal(value), (note,))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("约12", "“约12”不是数字：请只填一个数字，不清楚的请留空"),
        ("12-15", "“12-15”不是数字：请只填一个数字，不清楚的请留空"),
        ("无", "“无”不是数字：请只填一个数字，不清楚的请留空"),
        ("1,23", "“1,23”的逗号不在千分位上：请去掉逗号或改为小数点"),
        (
            "1.23E+17",
            "“1.23E+17”是科学计数法，后面的数字可能已丢失：请把该列设为“文本”或“数值”后重新填写",
        ),
        (1.23e17, "数值超过 15 位，后面的数字已丢失：请把该列设为“文本”后重新填写"),
        (float("nan"), "单元格是错误值（如 #DIV/0!）：请改为数字或留空"),
        (True, "此处应为数字，实际为是/否：请填数字"),
        ("5千克", "“5千克”不是数字：请只填一个数字，不清楚的请留空"),
        ("5美元", "“5美元”不是数字：请只填一个数字，不清楚的请留空"),
        ("12万%", "“12万%”既有单位又有百分号：请只留一种"),
        ([1], "“[1]”不是数字：请填数字"),
    ],
)
def test_what_is_no_number_says_what_to_write(given, message):
    with pytest.raises(CellError) as raised:
        parse_number(given)

    assert str(raised.value) == message


@pytest.mark.parametrize(("given", "unit", "own"), [("5%", "万元", "%"), ("5人", "元", "人")])
def test_a_unit_of_another_kind_is_refused(given, unit, own):
    with pytest.raises(CellError) as raised:
        parse_number(given, column_unit=unit)

    assert str(raised.value) == (f"“{given}”的单位“{own}”与本列单位“{unit}”不符：请按列单位填写")


@pytest.mark.parametrize(
    ("given", "unit", "value"),
    [
        ("12家", "个", "12"),
        ("12.5", "%", "12.5"),
        ("12.5%", "%", "12.5"),
        ("1200", "千瓦时", "1200"),
        ("1200千瓦时", "千瓦时", "1200"),
        ("80", "吨标准煤", "80"),
        ("-¥3", "元", "-3"),
        ("¥-3", "元", "-3"),
    ],
)
def test_a_value_stays_in_the_unit_of_its_column(given, unit, value):
    assert parse_number(given, column_unit=unit) == Normalized(Decimal(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_no_digit_is_lost_with_or_without_thousands_marks(number):
    assert parse_number(f"{number:f}").value == number
    assert parse_number(f"{number:,f}").value == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_percentage_is_divided_exactly(number):
    share = parse_number(f"{number:f}%").value

    assert share is not None
    assert Fraction(share) == Fraction(number) / 100


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_scale_multiplies_exactly(number):
    scaled = parse_number(f"{number:f}万元").value

    assert scaled is not None
    assert Fraction(scaled) == Fraction(number) * 10_000
