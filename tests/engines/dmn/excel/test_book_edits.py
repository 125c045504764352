"""Rows, columns, sheets and headings that people change, and books given back."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from tests.engines.dmn.excel.table_books import (
    ALLOWED_ROW,
    EXPRESSION_ROW,
    FIRST_ROW,
    LABEL_ROW,
    ROLE_ROW,
    TABLE,
    TYPE_ROW,
    book,
    decision,
    edited,
    expression,
    read,
    with_cells,
)

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import give_back, read_table_book, write_table_book
from yanzhen.kernel.errors import DataError, DecisionError


def places(found):
    return [fault.cell for fault in found.faults]


def test_an_untouched_book_is_the_same_decision():
    found = read(book())

    assert found.decision == decision()
    assert found.notes == ()


def test_a_row_may_be_inserted_and_deleted():
    def change(sheet, _):
        sheet.delete_rows(FIRST_ROW + 1)
        sheet.insert_rows(FIRST_ROW)
        sheet.cell(FIRST_ROW, 2, "≥9000")
        sheet.cell(FIRST_ROW, 6, 30)
        sheet.cell(FIRST_ROW, 7, "甲")

    found = read(edited(change))

    assert [rule.texts for rule in found.decision.logic.rules] == [
        (">= 9000", "-", "-", "-"),
        TABLE.rules[0].texts,
        TABLE.rules[2].texts,
    ]


def test_blank_rows_between_are_no_rules():
    found = read(edited(lambda sheet, _: sheet.insert_rows(FIRST_ROW + 1, 3)))

    assert found.decision == decision()


def test_columns_are_matched_by_their_heading():
    def change(sheet, _):
        for row in range(ROLE_ROW, FIRST_ROW + 3):
            left, right = sheet.cell(row, 2).value, sheet.cell(row, 3).value
            sheet.cell(row, 2).value, sheet.cell(row, 3).value = right, left

    found = read(edited(change))

    assert found.decision == decision()
    assert [note.given for note in found.notes] == ["列的顺序已变动"]


def test_a_merged_cell_holds_for_all_of_its_rows():
    def change(sheet, _):
        sheet.merge_cells(f"C{FIRST_ROW}:C{FIRST_ROW + 1}")

    rules = read(edited(change)).decision.logic.rules

    assert [rule.texts[1] for rule in rules] == ['"C"', '"C"', "-"]


@pytest.mark.parametrize("words", ["合计", "注：以上均含本数", "说明：按年度执行"])
def test_totals_and_notes_are_passed_over(words):
    found = read(with_cells({f"A{FIRST_ROW + 3}": words, f"F{FIRST_ROW + 3}": 30}))

    assert found.decision == decision()
    assert [note.given for note in found.notes] == [words]


def test_an_input_column_may_be_added():
    def change(sheet, _):
        sheet.insert_cols(6)
        for row, text in ((ROLE_ROW, "条件"), (LABEL_ROW, "规模"), (EXPRESSION_ROW, "企业规模")):
            sheet.cell(row, 6, text)
        sheet.cell(TYPE_ROW, 6, "文字")
        sheet.cell(FIRST_ROW, 6, "小型、微型")

    found = read(edited(change))

    assert [clause.label for clause in found.decision.logic.inputs][-1] == "规模"
    assert found.decision.logic.rules[0].texts[-1] == '"小型", "微型"'


def test_the_hit_policy_and_the_period_can_be_changed():
    found = read(with_cells({"B16": "求和", "B7": "2026年7月1日", "B8": "2027/12/31"}))

    assert found.decision.logic.hit == "C+"
    assert (found.decision.start.isoformat(), found.decision.end.isoformat()) == (
        "2026-07-01",
        "2027-12-31",
    )


def test_a_list_of_allowed_values_may_be_typed_with_commas():
    found = read(with_cells({f"G{ALLOWED_ROW}": '"甲"，"乙"，"丙"', f"G{FIRST_ROW}": "丙"}))

    assert [value.text for value in found.decision.logic.outputs[1].allowed] == [
        '"甲"',
        '"乙"',
        '"丙"',
    ]


def test_all_faults_show_at_once():
    cells = {"B16": "随便", "B8": "明年", f"B{FIRST_ROW}": "3~5", f"F{FIRST_ROW + 1}": "？"}

    found = read(with_cells(cells))

    assert places(found) == ["B8", "B16", f"B{FIRST_ROW}", f"F{FIRST_ROW + 1}"]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"A2": "编号"}, ""),
        ({"B2": None}, "B2"),
        ({"B3": None}, "B3"),
        ({"B5": "颜色"}, "B5"),
        ({"B8": "2025-01-01"}, "B8"),
        ({"B13": "大概"}, "B13"),
        ({f"B{ROLE_ROW}": "什么"}, f"B{ROLE_ROW}"),
        ({f"B{EXPRESSION_ROW}": "营收"}, f"B{EXPRESSION_ROW}"),
        ({f"G{EXPRESSION_ROW}": "points"}, f"G{EXPRESSION_ROW}"),
        ({f"F{TYPE_ROW}": "颜色"}, f"F{TYPE_ROW}"),
        ({f"H{FIRST_ROW + 3}": "只有备注"}, f"B{FIRST_ROW + 3}"),
    ],
)
def test_a_fault_of_the_headings_stands_at_its_cell(cells, place):
    found = read(with_cells(cells))

    assert places(found) == [place]
    assert found.faults[0].mend


def test_the_book_can_be_read_without_its_hidden_sheet():
    found = read(edited(lambda _, workbook: workbook.remove(workbook["_系统"])))

    assert found.decision == decision()


def test_a_book_given_back_says_what_is_wrong_and_can_be_mended():
    spoiled = with_cells({f"B{FIRST_ROW}": "3~5", f"F{FIRST_ROW}": None})

    returned = give_back(spoiled, read(spoiled).faults)

    sheet = openpyxl.load_workbook(BytesIO(returned)).worksheets[0]
    heads = [cell.value for cell in sheet[ROLE_ROW]]
    reason = sheet.cell(FIRST_ROW, heads.index("错误说明") + 1).value
    assert f"B{FIRST_ROW} “3~5”看不出是否包含两端" in reason
    assert f"F{FIRST_ROW} 这里不能留空" in reason
    assert "请写 [3..5]" in sheet[f"B{FIRST_ROW}"].comment.text
    assert read(returned).faults == read(spoiled).faults
    mended = read(with_cells({f"B{FIRST_ROW}": ">= 2000", f"F{FIRST_ROW}": 20}, returned))
    assert mended.decision == decision()


def test_texts_that_look_like_formulas_stay_texts():
    note = '=HYPERLINK("http://a.example")'
    rule = m.Rule(TABLE.rules[0].tests, TABLE.rules[0].outputs, TABLE.rules[0].texts, note)
    given = decision(m.Table("U", TABLE.inputs, TABLE.outputs, (rule,)))

    content = book(given)

    with ZipFile(BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert read(content).decision == given


def test_the_sheet_is_ready_to_print_and_sign():
    sheet = openpyxl.load_workbook(BytesIO(book())).worksheets[0]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.freeze_panes == f"B{FIRST_ROW}"
    assert sheet.print_title_rows == f"${ROLE_ROW}:${LABEL_ROW}"
    assert ">= 5" in sheet[f"B{ROLE_ROW}"].comment.text
    words = {cell.value for line in sheet.iter_rows() for cell in line}
    assert {"拟稿：", "审核：", "签发：", "日期："} <= words
    assert len(sheet.data_validations.dataValidation) >= 5


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(DataError, match="另存为"):
        read_table_book(content, names=())


def test_a_workbook_with_a_document_type_is_refused():
    stream = BytesIO()
    with ZipFile(stream, "w") as packed:
        packed.writestr("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")

    with pytest.raises(DataError, match="DOCTYPE"):
        read_table_book(stream.getvalue(), names=())


def test_a_cell_impossibly_far_out_is_refused():
    content = edited(lambda sheet, _: sheet.cell(1_000_000, 1, "x"))

    with pytest.raises(DataError, match="A1000000"):
        read_table_book(content, names=())


def test_a_logic_without_a_form_on_a_sheet_is_refused():
    logic = m.ListLogic((expression("1"),))

    with pytest.raises(DecisionError, match="ListLogic"):
        write_table_book(decision(logic), title="t", source_words="", made_on=decision().start)
