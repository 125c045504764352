"""Every trap of office spreadsheets: what is found in the file, and what is skipped."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import make

from yanzhen.apps.facts.reading import read_source
from yanzhen.apps.facts.reading.headings import unit_line
from yanzhen.apps.facts.reading.raw import cell_text
from yanzhen.kernel.errors import DataError

HEADINGS = [column.name for column in make.RETURNS.columns]
ROW = [make.code(1), "小样市第1号机械有限公司", "120.5", "30", "是", "2021-07-01", "A", "0.05"]


def _text(table, name):
    return table.columns[name].to_pylist()


def test_csv_in_utf_8_with_its_mark(tmp_path):
    path = make.csv_file(tmp_path / "a.csv", make.RETURNS, [make.return_row(1)])

    table = read_source(path, make.RETURNS)

    assert _text(table, make.CODE) == [make.code(1)]
    assert _text(table, "等级") == [None]
    assert table.numbers.tolist() == [2]


def test_csv_in_gb18030_is_read_and_said(tmp_path):
    path = make.csv_file(tmp_path / "a.csv", make.RETURNS, [make.return_row(1)], encoding="gb18030")

    table = read_source(path, make.RETURNS)

    assert _text(table, make.NAME) == ["小样市第1号机械有限公司"]
    assert table.notes == ("按 GB18030（GBK）编码读取",)


def test_csv_in_neither_encoding_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xff\xff\x00")

    with pytest.raises(DataError, match="CSV UTF-8"):
        read_source(path, make.RETURNS)


def test_a_file_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('"' + "x" * 200_000, encoding="utf-8")

    with pytest.raises(DataError, match="不是 CSV 表格"):
        read_source(path, make.RETURNS)


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_csv_with_other_delimiters(tmp_path, mark):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(mark.join(row) for row in (HEADINGS, ROW)), encoding="utf-8")

    assert _text(read_source(path, make.RETURNS), "从业人数") == ["30"]


def test_blank_rows_keep_exact_row_numbers(tmp_path):
    path = tmp_path / "a.csv"
    lines = [HEADINGS, [], ROW, [""] * 8, [], [make.code(2), *ROW[1:]]]
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")

    table = read_source(path, make.RETURNS)

    assert table.numbers.tolist() == [3, 6]


def test_title_unit_totals_and_notes_around_the_table(tmp_path):
    cells = [
        ["企业年报汇总表"],
        ["填报单位：样例局", "", "单位：元", ""],
        HEADINGS,
        ROW,
        ["合计", "", 120.5, 30],
        [make.code(2), *ROW[1:]],
        ["备注：以上数据未经审计"],
        ["制表人：", "", "审核人："],
    ]

    table = read_source(make.xlsx_file(tmp_path / "a.xlsx", cells), make.RETURNS)

    assert table.numbers.tolist() == [4, 6]
    assert table.units["营业收入"] == "元"
    assert table.notes == (
        "跳过合计行：第 5 行",
        "跳过备注行：第 7、8 行",
        "列“营业收入”按文件注明的单位“元”换算",
    )


def test_two_row_headings_with_merged_cells(tmp_path):
    cells = [
        [make.CODE, make.NAME, "经营情况", "", "", "其他", "", ""],
        ["", "", *HEADINGS[2:]],
        ROW,
    ]
    path = make.xlsx_file(tmp_path / "a.xlsx", cells, ["A1:A2", "B1:B2", "C1:E1", "F1:H1"])

    table = read_source(path, make.RETURNS)

    assert table.numbers.tolist() == [3]
    assert _text(table, make.CODE) == [make.code(1)]
    assert _text(table, "研发占比") == ["0.05"]


def test_merged_cells_in_the_data_count_for_each_row(tmp_path):
    cells = [HEADINGS, ROW, [make.code(2), "", *ROW[2:]]]
    path = make.xlsx_file(tmp_path / "a.xlsx", cells, ["B2:B3"])

    table = read_source(path, make.RETURNS)

    assert _text(table, make.NAME) == ["小样市第1号机械有限公司"] * 2
    assert table.notes == ("1 处合并单元格按拆分填充",)


def test_headings_with_stars_breaks_and_units(tmp_path):
    cells = [["*统一社会\n信用代码", " 企业名称＊", "营业收入（万元）", *HEADINGS[3:]], ROW]

    table = read_source(make.xlsx_file(tmp_path / "a.xlsx", cells), make.RETURNS)

    assert table.units["营业收入"] == "万元"
    assert _text(table, make.CODE) == [make.code(1)]


def test_serial_numbers_and_remarks_are_no_data(tmp_path):
    cells = [["序号", *HEADINGS, "备注"], [1, *ROW, "已核"]]

    table = read_source(make.xlsx_file(tmp_path / "a.xlsx", cells), make.RETURNS)

    assert sorted(table.columns) == sorted(HEADINGS)


def test_missing_unknown_and_repeated_columns_are_all_named(tmp_path):
    headings = [make.CODE, make.NAME, "营业收入", "营业收入", "员工数"]

    with pytest.raises(DataError) as caught:
        read_source(make.xlsx_file(tmp_path / "a.xlsx", [headings, ROW]), make.RETURNS)

    assert str(caught.value) == (
        "缺少列：从业人数、出口企业、许可日期、等级、研发占比；重复的列：营业收入；"
        "不认识的列：员工数。请对照“returns”的模板修改表头，未填的列也请保留"
    )


def test_a_file_without_headings_is_refused(tmp_path):
    with pytest.raises(DataError, match="没有找到表头"):
        read_source(make.xlsx_file(tmp_path / "a.xlsx", [ROW]), make.RETURNS)


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"x")

    with pytest.raises(DataError, match="不认识的文件类型"):
        read_source(path, make.RETURNS)


def test_a_broken_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"not a workbook")

    with pytest.raises(DataError, match="无法打开表格文件"):
        read_source(path, make.RETURNS)


def test_parquet_keeps_its_types(tmp_path):
    table = pa.table({name: pa.array([value]) for name, value in zip(HEADINGS, ROW, strict=True)})
    typed = table.set_column(3, "从业人数", pa.array([30])).set_column(
        5, "许可日期", pa.array([date(2021, 7, 1)])
    )
    pq.write_table(typed, tmp_path / "a.parquet")

    read = read_source(tmp_path / "a.parquet", make.RETURNS)

    assert read.columns["从业人数"].type == pa.int64()
    assert _text(read, "许可日期") == [date(2021, 7, 1)]
    assert read.numbers.tolist() == [2]


def test_unit_line():
    assert unit_line("金额单位：人民币万元") == "万元"
    assert unit_line("填报单位：样例局") == ""


@given(st.integers(-(10**14), 10**14))
def test_cell_text_of_a_whole_number_is_its_digits(number):
    assert cell_text(float(number)) == str(number)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_cell_text_gives_the_number_back(number):
    assert float(cell_text(number)) == number
