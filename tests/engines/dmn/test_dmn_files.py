"""Decisions written as DMN and read again mean the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.engines.dmn.make_rules import book, clause, decision, expression, table

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.dmn_model import DecisionNode
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model_run import evaluate_decision
from yanzhen.engines.dmn.xml_read import read_dmn
from yanzhen.engines.dmn.xml_write import write_dmn
from yanzhen.kernel.errors import DecisionError
from yanzhen.kernel.explanation import Citation

HITS = ["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"]
ROWS = [["> 5", '"A"', "1"], ["<= 5", 'not("A")', "2"], ["-", "-", "营业收入 * 2"]]


def reread(logic, name="d"):
    """The logic of a decision after it was written and read."""
    model = read_dmn(write_dmn(decision(name, logic, "决定")))
    assert model.faults == ()
    return node_in(model, name).logic


def node_in(model, name):
    node = model.elements[name]
    assert isinstance(node, DecisionNode)
    return node


@pytest.mark.parametrize("hit", HITS)
def test_tables_come_back_as_they_were(hit):
    logic = table(hit, ["从业人员", "行业"], ROWS, default=["0"], ranked=["2", "1"], outputs=[""])

    assert reread(logic) == logic


def test_tables_of_several_outputs_and_notes_come_back():
    logic = table("F", ["从业人员"], [["-", "1", '"x"']], outputs=["points", "grade"])
    noted = replace(logic, rules=(replace(logic.rules[0], note="其余"),))

    assert reread(noted) == noted


@pytest.mark.parametrize(
    "logic",
    [
        expression("从业人员 + 1"),
        m.Context(
            (m.Entry("a", "甲", expression("从业人员")), m.Entry("b", "", expression("甲 + 1"))),
            expression("b"),
        ),
        m.ListLogic((expression("1"), expression("2"))),
        m.Relation(("x", "y"), ((expression("1"), expression("2")),)),
        m.FunctionLogic(("n",), expression("n + 1"), ("number",)),
        m.Invocation(expression("f"), (("n", expression("1")),)),
        m.Conditional(expression("严重失信"), expression("1"), expression("2")),
        m.Selection(expression("名单"), expression("item > 1")),
        m.Iteration("for", "i", expression("名单"), expression("i + 1")),
        m.Iteration("every", "i", expression("名单"), expression("i > 1")),
        m.Typed(expression("1"), "number"),
    ],
)
def test_boxed_expressions_come_back_as_they_were(logic):
    assert reread(logic) == logic


@pytest.mark.parametrize(
    "facts",
    [
        {"staff": 9, "sector": "C", "discredited": False},
        {"staff": 9, "sector": "C", "discredited": True},
        {"staff": 9, "sector": "C"},
        {"staff": 1},
        {},
    ],
)
def test_a_clause_decides_the_same_after_writing(facts):
    original = clause("从业人员 > 5", '行业 = "C"', exclude=["严重失信"])
    written = book(decision("d", original), decision("e", reread(original)))

    before, after = decide(written, "d", facts), decide(written, "e", facts)

    assert after.value is before.value
    assert set(after.missing) == set(before.missing)


def test_the_amount_of_a_clause_is_a_second_decision():
    file = write_dmn(decision("p/c", clause("从业人员 > 5", amount="从业人员 * 10"), "奖励"))
    model = read_dmn(file)

    assert evaluate_decision(model, "奖励", {"从业人员": 6}) is True
    assert evaluate_decision(model, "奖励金额", {"从业人员": 6}) == Decimal(60)


def test_names_types_and_source_are_written():
    one = decision(
        "d",
        expression("入库日期"),
        "决定",
        type="date",
        citation=Citation("law", "第一条"),
        doc="说明",
    )
    model = read_dmn(write_dmn(one, types={"入库日期": "date"}))

    element = node_in(model, "d")
    assert (element.name, element.label, element.doc) == ("决定", "d", "说明")
    assert element.type_ref == "date"
    assert model.elements["law"].name == "第一条"
    assert evaluate_decision(model, "决定", {"入库日期": date(2026, 1, 1)}) == date(2026, 1, 1)


def test_the_same_decision_gives_the_same_bytes():
    one = decision("d", clause("从业人员 > 5", '行业 = "C"'))

    assert write_dmn(one) == write_dmn(one)


def test_a_choice_by_event_date_is_refused():
    with pytest.raises(DecisionError, match="no DMN form"):
        write_dmn(decision("d", m.Dated(expression("入库日期"), ())))
