"""Checking decisions before they decide: each fault in one sentence with its place."""

import pytest
from tests.engines.dmn.make_rules import book, clause, decision, expression, table

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.needs import facts_behind, names_of
from yanzhen.engines.dmn.validate import check_decision


def faults(logic, kind="any", **labels):
    one = decision("d", logic, type=kind)
    return check_decision(one, book(one, decision("other", expression("从业人员"), "另一个")))


NO_FIT = (
    "substring(number, number) does not fit substring(string: string, "
    "start position: number, length: number) (参数不符)"
)
NEVER = {
    "营业受入 > 3": "unknown name 营业受入 (未知名称); did you mean 营业收入?",
    "从业人员 + 行业": "a number + a string has no result (类型不符)",
    "从业人员 = 行业": "compares a number with a string (类型不符)",
    "严重失信 > true": "a boolean has no order (类型不符)",
    "从业人员 between 1 and 行业": "compares a number with a string (类型不符)",
    '从业人员 in ("a", "b")': "tests a number against a string (类型不符)",
    "从业人员 and 严重失信": ("each part of and / or must be a boolean, not a number (类型不符)"),
    "if 从业人员 then 1 else 2": ("the condition of if must be a boolean, not a number (类型不符)"),
    "-行业": "a string has no negative (类型不符)",
    "从业人员.year": "a number has no member year",
    "入库日期 - 从业人员": "a date - a number has no result (类型不符)",
    "substring(从业人员, 1)": NO_FIT,
    "some x in [1] satisfies 1": (
        "what some / every asks must be a boolean, not a number (类型不符)"
    ),
}


@pytest.mark.parametrize(("text", "fault"), NEVER.items())
def test_expressions_that_never_have_a_value_are_told(text, fault):
    assert faults(expression(text)) == [f"{fault}, in: {text}"]


@pytest.mark.parametrize(
    "text",
    [
        '入库日期 + duration("P1Y") > @"2020-01-01"',
        '入库日期 - @"2020-01-01" < duration("P3D")',
        "for i in 1..3 return i * 从业人员",
        "[{x: 1}][x > 1][1].x",
        "{a: 1, b: a + 1}.b > 从业人员",
        "(function(n) n + 1)(2)",
        '从业人员 != null and 行业 in ("A", "B")',
        "if 严重失信 then null else 从业人员",
        "max(从业人员, 2) + count([1])",
        'starts with(string: 行业, match: "C")',
        "另一个 > 1",
        "入库日期.year = 2020",
    ],
)
def test_expressions_that_may_have_a_value_pass(text):
    assert faults(expression(text)) == []


def test_places_in_clauses_are_named():
    logic = clause("从业人员", exclude=["行业 > 1"], amount='"很多"')

    assert faults(logic) == [
        "condition 从业人员: is a number, not a boolean (应为是/否)",
        "exclusion 行业 > 1: compares a string with a number (类型不符), in: 行业 > 1",
        "amount: is a string, not a number",
    ]


def test_cells_are_checked_against_their_column():
    logic = table("U", ["从业人员", "行业"], [["> 5", '"A"', "1"], ['"x"', "-", "无名"]])

    assert faults(logic) == [
        'table: row 2: column 从业人员: tests a number against a string (类型不符), in: "x"',
        "table: row 2: column 结果: unknown name 无名 (未知名称), in: 无名",
    ]


def test_results_are_checked_against_the_declared_type():
    assert faults(expression("从业人员"), "text") == [
        "the result is a number, but the decision says text"
    ]
    assert faults(table("F", ["行业"], [['"A"', "1"], ["-", '"x"']])) == [
        "table: column 结果: some rows give a number and some a string"
    ]


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (
            table("U", ["从业人员"], [["< 10", "1"], [">= 10", "2"], ["[5..6]", "3"]]),
            ["rows 1 and 3 overlap (重叠) where 从业人员 is 5"],
        ),
        (
            table("U", ["从业人员"], [["< 10", "1"], ["> 10", "2"]]),
            ["no row holds (缺口) where 从业人员 is 10; add a row or a default"],
        ),
        (table("U", ["从业人员"], [["< 10", "1"], ["> 10", "2"]], default=["0"]), []),
        # whole numbers: nothing lies between 9 and 10
        (table("U", ["从业人员"], [["<= 9", "1"], [">= 10", "2"]]), []),
        (
            table("U", ["营业收入"], [["<= 9", "1"], [">= 10", "2"]]),
            ["no row holds (缺口) where 营业收入 is (9..10); add a row or a default"],
        ),
        # where the cells begin at 0, numbers below it are not expected
        (table("U", ["营业收入"], [["[0..2000 * 万)", "1"], [">= 2000 * 万", "2"]]), []),
        (
            table("A", ["行业", "严重失信"], [['"A"', "-", "1"], ["-", "true", "2"]]),
            ['rows 1 and 2 contradict each other where 行业 is "A", 严重失信 is true'],
        ),
        (
            table("F", ["从业人员"], [["> 5", "1"], ["> 10", "2"], ["-", "3"]]),
            ["row 2 is never reached (不可达): earlier rows cover it"],
        ),
        # two columns of one expression are one
        (
            table("U", ["从业人员", "从业人员"], [[">= 5", "< 10", "1"], ["< 5", "-", "2"]]),
            ["no row holds (缺口) where 从业人员 is 10; add a row or a default"],
        ),
        (table("C", ["从业人员"], [["> 5", "1"], ["> 10", "2"]]), []),
        # cells that read other names are not searched
        (table("U", ["从业人员"], [["> 营业收入", "1"], ["> 10", "2"]]), []),
    ],
)
def test_rows_of_simple_tables_are_searched(logic, expected):
    found = [fault.removeprefix("table: ") for fault in faults(logic)]

    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (
            table("P", ["从业人员"], [["-", "1"]]),
            ["table: hit policy P needs the output values in order of priority"],
        ),
        (table("P", ["从业人员"], [["-", "1"]], ranked=["1", "2"]), []),
        (
            table("C+", ["从业人员"], [["-", "1", "2"]], outputs=["a", "b"]),
            ["table: hit policy C+ needs exactly one output"],
        ),
        (
            table("U", ["从业人员"], [["-", "1"]], ranked=["无名"]),
            ["table: values of 结果: unknown name 无名 (未知名称), in: 无名"],
        ),
        (
            m.Table("U", (), (), (m.Rule((), (expression("1"),)),)),
            [
                "table: the table has no output",
                "table: row 1: has 1 cells; the table has 0 columns",
            ],
        ),
    ],
)
def test_tables_have_what_their_hit_policy_needs(logic, expected):
    assert faults(logic) == expected


def test_steps_are_known_by_name_and_label_and_have_types():
    logic = m.Context(
        (m.Entry("a", "甲", expression("行业")), m.Entry("b", "", expression("甲 + 1"))),
        expression("b"),
    )

    assert faults(logic) == ["step b: a string + a number has no result (类型不符), in: 甲 + 1"]


def test_decisions_in_a_circle_are_told():
    one, two = decision("a", expression("b")), decision("b", expression("a"))

    assert check_decision(one, book(one, two)) == [
        "the decision needs itself (循环引用): a → b → a"
    ]


def test_event_dates_must_be_dates():
    version = m.Version("v", None, None, expression("无名"))

    assert faults(m.Dated(expression("从业人员"), (version,))) == [
        "event date: is a number, not a date",
        "version v: unknown name 无名 (未知名称), in: 无名",
    ]


def test_facts_behind_a_decision_are_found_through_others():
    rules = book(
        decision("d", clause("大小 > 1", exclude=["严重失信"])),
        decision("size", table("F", ["从业人员"], [["-", "营业收入"]]), "大小"),
    )

    assert facts_behind(rules, "d") == ("discredited", "staff", "revenue")


def test_names_bound_inside_are_not_needed_from_outside():
    logic = m.Context(
        (m.Entry("a", "甲", expression("从业人员")),),
        m.Iteration("for", "i", expression("[1]"), expression("i + 甲 + a + 营业收入")),
    )

    assert names_of(logic) == ("从业人员", "营业收入")


@pytest.mark.parametrize(
    ("logic", "fault"),
    [
        (m.ListLogic((expression("1"), expression("无名"))), "item 2: "),
        (m.Relation(("甲",), ((expression("无名"),),)), "row 1, column 甲: "),
        (m.FunctionLogic(("n",), expression("n + 无名")), ""),
        (m.Invocation(expression("无名"), ()), ""),
        (m.Invocation(expression("sum"), (("list", expression("无名")),)), "argument list: "),
        (m.Conditional(expression("无名"), expression("1"), expression("2")), "if: "),
        (m.Conditional(expression("true"), expression("1"), expression("无名")), "else: "),
        (m.Selection(expression("无名"), expression("item > 1")), ""),
        (m.Iteration("for", "i", expression("无名"), expression("i")), ""),
        (m.Iteration("for", "i", expression("[1]"), expression("i + 无名")), ""),
        (m.Typed(expression("无名"), "number"), ""),
    ],
)
def test_every_form_is_searched_for_unknown_names(logic, fault):
    found = faults(logic)

    assert len(found) == 1
    assert found[0].startswith(f"{fault}unknown name 无名 (未知名称), in: ")


@pytest.mark.parametrize(
    ("logic", "kind"),
    [
        (m.ListLogic(()), "number"),
        (m.FunctionLogic((), expression("1")), "number"),
        (m.Iteration("some", "i", expression("[1]"), expression("i > 1")), "number"),
        (m.Conditional(expression("true"), expression("1"), expression("2")), "text"),
        (table("C", ["从业人员"], [["-", "1"]]), "number"),
        (table("C#", ["从业人员"], [["-", "true"]]), "boolean"),
        (table("F", ["从业人员"], [["-", "1", "2"]], outputs=["a", "b"]), "number"),
        (m.Dated(expression("入库日期"), (m.Version("v", None, None, clause()),)), "number"),
    ],
)
def test_the_type_of_every_form_is_known(logic, kind):
    assert len(faults(logic, kind)) == 1
