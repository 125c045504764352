"""Files given back with 错误说明: the same sheet, only the bad rows to mend."""

import csv

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import make

from yanzhen.apps.facts import giving_back
from yanzhen.apps.facts.checking import check_table
from yanzhen.apps.facts.giving_back import defuse, give_back
from yanzhen.apps.facts.reading import read_source

HEADINGS = [column.name for column in make.RETURNS.columns]
GOOD = [make.code(1), "小样市第1号机械有限公司", 120.5, 30, "是", None, "A", None]
BAD = [make.code(2), "=1+1", "很多", 30, "也许", None, "A", None]


def _given_back(source_path, path):
    source = read_source(source_path, make.RETURNS)
    faults = check_table(source, make.RETURNS, make.city()).faults
    give_back(source, make.RETURNS, faults, path)
    return path


def test_a_workbook_comes_back_with_reasons_comments_and_a_filter(tmp_path):
    sent = make.xlsx_file(tmp_path / "sent.xlsx", [["年报"], HEADINGS, GOOD, BAD])

    path = _given_back(sent, tmp_path / "back.xlsx")

    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[2]] == [*HEADINGS, "原行号", "错误说明"]
    assert sheet["J3"].value is None
    assert sheet["J4"].value == (
        "营业收入：“很多”不是数字：请只填一个数字，不清楚的请留空；"
        "出口企业：“也许”无法判断是或否：请填“是”或“否”，不清楚的请留空"
    )
    assert "不是数字" in sheet["C4"].comment.text
    assert (sheet.row_dimensions[3].hidden, sheet.row_dimensions[4].hidden) == (True, False)
    assert sheet.auto_filter.ref == "A2:J4"
    assert sheet["A4"].value == make.code(2)


def test_a_cell_that_would_run_as_a_formula_is_quoted(tmp_path):
    sent = make.csv_file(
        tmp_path / "sent.csv",
        make.RETURNS,
        [make.return_row(1, **{make.NAME: "=HYPERLINK(1)", "营业收入": "@x"})],
    )

    path = _given_back(sent, tmp_path / "back.csv")

    with path.open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file)
    assert row[1:3] == ["'=HYPERLINK(1)", "'@x"]


def test_a_file_given_back_can_be_mended_and_sent_again(tmp_path):
    sent = make.xlsx_file(tmp_path / "sent.xlsx", [HEADINGS, GOOD, BAD])
    path = _given_back(sent, tmp_path / "back.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["C3"], book.active["E3"] = "88", "否"
    book.save(tmp_path / "mended.xlsx")

    mended = read_source(tmp_path / "mended.xlsx", make.RETURNS)

    checked = check_table(mended, make.RETURNS, make.city())
    assert mended.is_returned
    assert checked.faults == ()
    again = _given_back(tmp_path / "mended.xlsx", tmp_path / "again.xlsx")
    headings = [cell.value for cell in openpyxl.load_workbook(again).active[1]]
    assert headings == [*HEADINGS, "原行号", "错误说明"]


def test_a_large_file_comes_back_with_its_bad_rows_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(giving_back, "WHOLE", 1)
    rows = [make.return_row(1), make.return_row(2, 从业人数="x"), make.return_row(3)]
    sent = make.csv_file(tmp_path / "sent.csv", make.RETURNS, rows)

    path = _given_back(sent, tmp_path / "back.csv")

    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *back = csv.reader(file)
    assert [(row[0], row[-2]) for row in back] == [(make.code(2), "3")]


@pytest.mark.parametrize("text", ["-12.5", "甲", "", "12"])
def test_defuse_leaves_plain_values_alone(text):
    assert defuse(text) == text


@given(st.text(max_size=10))
def test_no_defused_text_runs_as_a_formula(text):
    safe = defuse(text)

    assert safe.endswith(text)
    if safe.startswith(("=", "+", "@", "\t", "\r", "-")):
        assert safe[0] == "-"
        assert safe[1:].replace(".", "", 1).isdigit()
