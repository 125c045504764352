"""Templates: made by us, filled in by five people, sent back years later."""

from dataclasses import replace

import openpyxl
import pytest
from tests import make

from yanzhen.apps.facts.reading import read_source, write_template
from yanzhen.kernel.errors import DataError

ROW = [make.code(1), "小样市第1号机械有限公司", "120.5", "30", "是", "2021-07-01", "A", "0.05"]


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(make.RETURNS, "2026.11", path)
    return path


def _fill(template, *rows, drop=0):
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if drop:
        sheet.delete_cols(len(ROW) - drop + 1, drop)
    path = template.with_name("filled.xlsx")
    book.save(path)
    return path


def test_a_template_shows_what_to_fill_in(template):
    book = openpyxl.load_workbook(template)

    sheet, notes, mark = book.worksheets
    assert [cell.value for cell in sheet[1]][:3] == [
        f"*{make.CODE}",
        f"*{make.NAME}",
        "营业收入（万元）",
    ]
    assert sheet["A2"].value == "示例"
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }
    assert lists == {"E2": '"是,否"', "G2": '"A,B"'}
    assert notes["E8"].value == "A、B"
    assert mark.sheet_state == "veryHidden"


def test_a_filled_template_is_read_without_its_example(template):
    table = read_source(_fill(template, ROW), make.RETURNS)

    assert table.columns[make.CODE].to_pylist() == [make.code(1)]
    assert table.numbers.tolist() == [3]
    assert table.notes == ("跳过示例行：第 2 行",)


def test_an_older_template_is_still_read(tmp_path):
    older = replace(make.RETURNS, columns=make.RETURNS.columns[:-2])
    path = tmp_path / "older.xlsx"
    write_template(older, "2025.01", path)

    table = read_source(_fill(path, ROW[:-2]), make.RETURNS)

    assert table.columns["等级"].to_pylist() == [None]
    assert table.notes[-1] == "2025.01 版模板还没有列“等级、研发占比”，按未填处理"


def test_a_column_that_the_template_had_may_not_be_dropped(template):
    with pytest.raises(DataError, match="缺少列：研发占比"):
        read_source(_fill(template, ROW, drop=1), make.RETURNS)


def test_the_template_of_another_data_set_is_refused(template):
    with pytest.raises(DataError, match="这是数据集“returns”的模板，不是“blacklist”的"):
        read_source(template, make.BLACKLIST)
