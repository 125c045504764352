"""Values as offices write them, by the column: what is read, what is said, what is refused."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import make

from yanzhen.apps.facts.checking import check_table
from yanzhen.apps.facts.checking.numbers import read_decimals, read_integers
from yanzhen.apps.facts.reading import read_source


def _check(tmp_path, *rows):
    path = make.csv_file(tmp_path / "a.csv", make.RETURNS, rows)
    return check_table(read_source(path, make.RETURNS), make.RETURNS, make.city())


def _one(tmp_path, column, text):
    """The value that ``text`` is read as in ``column``, or the text of its fault."""
    checked = _check(tmp_path, make.return_row(1, **{column: text}))
    faults = [fault.text for fault in checked.faults]
    return faults[0] if faults else checked.columns[column].to_pylist()[0]


@pytest.mark.parametrize(
    "text", ["2021.07.01", "44378", "20210701", "2021/7/1", "２０２１-０７-０１"]
)
def test_days_in_every_dress(tmp_path, text):
    assert _one(tmp_path, "许可日期", text) == date(2021, 7, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", True),
        ("否", False),
        ("√", True),
        ("×", False),
        ("1", True),
        ("无", False),
        ("", None),
    ],
)
def test_yes_and_no_in_every_dress(tmp_path, text, value):
    assert _one(tmp_path, "出口企业", text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120.5", "1205000.00"),
        ("1,234.5", "12345000.00"),
        (" １２０．５ ", "1205000.00"),
        ("3亿元", "300000000.00"),
        ("0.00005", "0.50"),
        ("0", "0.00"),
    ],
)
def test_amounts_come_in_yuan(tmp_path, text, value):
    assert _one(tmp_path, "营业收入", text) == Decimal(value)


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("营业收入", "约一百万", "不是数字"),
        ("营业收入", "-1", "不应小于 0"),
        ("研发占比", "1.2", "不应大于 1"),
        ("从业人数", "30.5", "应为整数"),
        ("等级", "C", "不在可选值中：请填 A、B"),
        ("出口企业", "也许", "无法判断是或否"),
        ("许可日期", "2021-02-30", "不存在"),
        ("许可日期", "21.7", "不是完整的日期"),
        (make.CODE, "1.23E+17", "后面的数字已丢失"),
        (make.CODE, "", "必填"),
        (make.CODE, "913308", "位"),
        (make.NAME, "", "必填"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, column, text, said):
    assert said in _one(tmp_path, column, text)


def test_codes_are_tidied_and_a_failing_check_digit_is_kept(tmp_path):
    wrong = make.code(2)[:-1] + ("0" if make.code(2)[-1] != "0" else "1")
    checked = _check(
        tmp_path,
        make.return_row(1, **{make.CODE: f" {make.code(1).lower()} "}),
        make.return_row(2, **{make.CODE: wrong}),
        make.return_row(3, **{make.CODE: "330802000000001"}),
        make.return_row(4, **{make.CODE: "MA200004-1"}),
    )

    assert checked.columns[make.CODE].to_pylist()[:3] == [make.code(1), wrong, "330802000000001"]
    said = {change.what for change in checked.changes[make.CODE]}
    assert {"去掉空格", "小写转大写", "校验码不符，记录予以保留"} <= said
    assert not checked.faults


def test_a_code_saved_as_a_number_is_refused_not_guessed(tmp_path):
    cells = [[c.name for c in make.RETURNS.columns], [9.13308e17, "某公司"]]
    path = make.xlsx_file(tmp_path / "a.xlsx", cells)

    checked = check_table(read_source(path, make.RETURNS), make.RETURNS, make.city())

    assert [f.column for f in checked.faults] == [make.CODE]
    assert "后面的数字已丢失" in checked.faults[0].text


def test_all_faults_of_all_rows_come_at_once_in_order(tmp_path):
    checked = _check(
        tmp_path,
        make.return_row(1, 营业收入="很多", 等级="Z"),
        make.return_row(2),
        make.return_row(3, 从业人数="-1"),
    )

    found = [(int(checked.numbers[f.row]), f.column) for f in checked.faults]
    assert found == [(2, "营业收入"), (2, "等级"), (4, "从业人数")]
    assert checked.accepted.tolist() == [False, True, False]


def test_changes_are_counted_with_an_example(tmp_path):
    checked = _check(tmp_path, make.return_row(1, 出口企业="√"), make.return_row(2, 出口企业="√"))

    (change,) = checked.changes["出口企业"]
    assert (change.what, change.rows) == ("…读作…", 2)
    assert change.example == "“√”：“√”读作“是”"


def test_more_decimals_than_kept_are_rounded_and_said(tmp_path):
    checked = _check(tmp_path, make.return_row(1, 研发占比="0.123456"))

    assert checked.columns["研发占比"].to_pylist() == [Decimal("0.1235")]
    assert [c.what for c in checked.changes["研发占比"]] == ["四舍五入到 … 位小数"]


@given(st.lists(st.decimals(-(10**9), 10**9, places=6), max_size=8))
def test_the_fast_way_and_the_slow_way_agree(numbers):
    plain = [f"{number:f}" for number in numbers]
    padded = [f" {text}" for text in plain]

    fast = read_decimals(pa.array(plain, pa.string()), scale=2, unit="万元", to="元")
    slow = read_decimals(pa.array(padded, pa.string()), scale=2, unit="万元", to="元")

    assert fast.values.to_pylist() == slow.values.to_pylist()
    assert fast.values.to_pylist() == [number * 10_000 for number in numbers]


@given(st.lists(st.integers(-(10**16), 10**16), max_size=8))
def test_integers_keep_every_digit(numbers):
    read = read_integers(pa.array([str(number) for number in numbers], pa.string()))

    assert read.values.to_pylist() == numbers
