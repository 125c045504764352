"""What offices write in a cell, and what it is read as or why it is refused."""

from datetime import date, datetime

import pytest
from tests.engines.dmn.excel.table_books import FIRST_ROW, read, with_cells

from yanzhen.engines.feel import parse, parse_unary_tests

READ = {
    "plain FEEL": ("B", ">= 5", ">= 5"),
    "greater or equal sign": ("B", "≥5", ">= 5"),
    "less or equal sign": ("B", "≤ 5", "<= 5"),
    "wide comparison sign": ("B", "＞5", "> 5"),
    "wide sign and digits": ("B", "＜＝５００", "<= 500"),
    "sign the wrong way round": ("B", "＝＞5", ">= 5"),
    "words for at least": ("B", "大于等于5", ">= 5"),
    "not less than": ("B", "不低于5", ">= 5"),
    "not more than, with a unit": ("B", "不超过3年", "<= 3"),
    "more than": ("B", "超过5", "> 5"),
    "less than": ("B", "不足5", "< 5"),
    "以上 includes": ("B", "5以上", ">= 5"),
    "以下 excludes": ("B", "5以下", "< 5"),
    "以上 with brackets": ("B", "5（含）以上", ">= 5"),
    "以下 that includes": ("B", "5（含）以下", "<= 5"),
    "以上 that excludes": ("B", "5（不含）以上", "> 5"),
    "以内 includes": ("B", "5以内", "<= 5"),
    "及以上 with a unit": ("B", "300人及以上", ">= 300"),
    "both bounds in words": ("B", "3以上5以下", "[3..5)"),
    "both bounds in signs": ("B", "≥3且＜5", "[3..5)"),
    "both bounds with a comma": ("B", ">= 3, < 5", "[3..5)"),
    "outside of two bounds stays": ("B", "< 3, > 5", "< 3, > 5"),
    "wide range": ("B", "［3..5）", "[3..5)"),
    "percent": ("B", "≥3%", ">= 0.03"),
    "range of percents": ("B", "[3%..5%)", "[0.03..0.05)"),
    "ten thousands": ("B", "≥2000万元", ">= 20000000"),
    "hundred millions": ("B", "1.5亿以上", ">= 150000000"),
    "unit of money": ("B", "≥500元", ">= 500"),
    "thousands marks": ("B", "≥1,000", ">= 1000"),
    "thousands marks alone": ("B", "1,000", "1000"),
    "number cell": ("B", 5, "5"),
    "decimal number cell": ("B", 0.03, "0.03"),
    "noise of binary fractions": ("B", 0.1 + 0.2, "0.3"),
    "quoted number": ("B", '"5"', "5"),
    "equals": ("B", "等于5", "5"),
    "not equal": ("B", "≠5", "not(5)"),
    "blank is any": ("B", None, "-"),
    "long dash is any": ("B", "——", "-"),
    "不限 is any": ("B", "不限", "-"),
    "expression with 万": ("B", ">= 2000 * 万", ">= 2000 * 万"),
    "bare text": ("C", "甲", '"甲"'),
    "several bare texts": ("C", "甲、乙，丙", '"甲", "乙", "丙"'),
    "all but one": ("C", "非甲", 'not("甲")'),
    "all but one, the long way": ("C", "除甲以外", 'not("甲")'),
    "typographic quotes": ("C", "“甲”，“乙”", '"甲", "乙"'),
    "wide quotes": ("C", "＂甲＂", '"甲"'),
    "corner quotes": ("C", "「甲」", '"甲"'),
    "wide brackets of not": ("C", "not（“甲”）", 'not("甲")'),
    "number cell among texts": ("C", 13, '"13"'),
    "formula-like text": ("C", '"=1+1"', '"=1+1"'),
    "date in words": ("D", "2026年1月1日以后", '>= @"2026-01-01"'),
    "date with dashes": ("D", "2026-1-1", '@"2026-01-01"'),
    "date with dots": ("D", "≥2026.01.01", '>= @"2026-01-01"'),
    "date cell": ("D", date(2026, 1, 1), '@"2026-01-01"'),
    "date as a serial number": ("D", 46023, '@"2026-01-01"'),
    "between two dates": ("D", "≥2026/1/1且＜2027/1/1", '[@"2026-01-01"..@"2027-01-01")'),
    "yes": ("E", "是", "true"),
    "tick": ("E", "√", "true"),
    "no": ("E", "否", "false"),
    "truth cell": ("E", True, "true"),
}
RESULTS = {
    "number cell": ("F", 15, "15"),
    "percent": ("F", "3%", "0.03"),
    "ten thousands": ("F", "12万元", "120000"),
    "wide digits": ("F", "１５", "15"),
    "calculation": ("F", "2000 * 万", "2000 * 万"),
    "bare text": ("G", "甲", '"甲"'),
    "typographic quotes": ("G", "“乙”", '"乙"'),
}
FAULTS = {
    "range with a tilde": ("B", "3~5", "请写 [3..5]"),
    "range with a dash": ("B", "3-5", "请写 [3..5]"),
    "one number or two": ("B", "12,345", "请写 12345"),
    "lost digits": ("B", 1234567890123456789, "“文本”"),
    "date made of a fraction": ("B", datetime(2026, 3, 5), "“文本”"),  # noqa: DTZ001 -- a cell
    "unfinished": ("B", ">= ", ">= 5"),
    "unknown name": ("B", ">= 研发费", "研发费用"),
    "half a sentence": ("C", '"甲', "英文引号"),
    "甲或乙": ("C", "甲或乙", '"甲", "乙"'),
    "no such day": ("D", "2026年2月30日", "核对日期"),
    "formula": ("B", "=1+1", "公式"),
    "blank result": ("F", None, "null"),
    "unknown name in a result": ("F", "基准分", "登记"),
    "value that is not allowed": ("G", '"丙"', '"甲"、"乙"'),
}


@pytest.mark.parametrize("case", READ)
def test_a_condition_is_read_as_meant(case):
    column, given, meant = READ[case]

    found = read(with_cells({f"{column}{FIRST_ROW}": given}))

    assert found.faults == ()
    rule = found.decision.logic.rules[0]
    at = "BCDE".index(column)
    assert (rule.texts[at], rule.tests[at]) == (meant, parse_unary_tests(meant))


@pytest.mark.parametrize("case", RESULTS)
def test_a_result_is_read_as_meant(case):
    column, given, meant = RESULTS[case]

    found = read(with_cells({f"{column}{FIRST_ROW}": given}))

    assert found.faults == ()
    assert found.decision.logic.rules[0].outputs["FG".index(column)].node == parse(meant)


@pytest.mark.parametrize("case", FAULTS)
def test_a_doubtful_cell_is_refused_at_its_place(case):
    column, given, mend = FAULTS[case]

    found = read(with_cells({f"{column}{FIRST_ROW}": given}))

    assert [(fault.sheet, fault.cell) for fault in found.faults] == [
        ("评分", f"{column}{FIRST_ROW}")
    ]
    assert mend in f"{found.faults[0].message}。{found.faults[0].mend}"
    assert found.decision is None


def test_what_was_normalized_is_said():
    found = read(with_cells({f"B{FIRST_ROW}": "５００万元以上"}))

    note = found.notes[0]
    assert (note.sheet, note.cell, note.given, note.taken) == (
        "评分",
        f"B{FIRST_ROW}",
        "５００万元以上",
        ">= 5000000",
    )
    assert "“以上”读作 >=（含本数）" in note.how
