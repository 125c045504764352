from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from yanzhen.web.excel import Heading, download, safe_cell, workbook


def _read(content):
    return openpyxl.load_workbook(BytesIO(content)).active


def test_workbook_is_ready_to_send():
    content = workbook(
        "企业名单",
        [Heading("名称", 20), Heading("成立", 12), Heading("金额", 10)],
        [["样例精工有限公司", date(2020, 1, 31), Decimal("1.50")]],
        unit="样例市经信局",
        made_on=date(2026, 11, 23),
        watermark="经办 2026-11-23 09:00",
    )

    sheet = _read(content)

    assert sheet["A1"].value == "企业名单"
    assert sheet["A2"].value == "制表单位：样例市经信局"
    assert sheet["D2"].value == "2026-11-23"
    assert [c.value for c in sheet[3]] == ["序号", "名称", "成立", "金额"]
    assert [c.value for c in sheet[4]][:2] == [1, "样例精工有限公司"]
    assert sheet["D4"].value == 1.5
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert "经办 2026-11-23 09:00" in sheet.oddFooter.left.text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx"])
def test_safe_cell_quotes_what_a_spreadsheet_would_run(text):
    assert safe_cell(text) == "'" + text


def test_safe_cell_leaves_ordinary_values():
    assert [safe_cell(v) for v in ("衢州", 5, None)] == ["衢州", 5, None]


def test_workbook_writes_a_formula_as_text():
    content = workbook(
        "表", [Heading("名称", 20)], [["=cmd()"]], unit="", made_on=date(2026, 1, 1), watermark=""
    )

    assert _read(content)["B4"].value == "'=cmd()"


def test_download_carries_a_chinese_file_name():
    response = download("企业名单20261123", b"x")

    assert "%E4%BC%81" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
