import pytest
from tests.engines.columnar.column_books import book, clause, feel, frame, table

from yanzhen.engines.columnar.explain import explain_plan
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.terms import walk
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.model import Context, Entry
from yanzhen.kernel.errors import DecisionError, LoweringError


@pytest.mark.parametrize(
    ("logic", "reason"),
    [
        ("[1, 2]", "decision main: the result is a list"),
        ("for x in [1, 2] return x", "a for loop has no column form"),
        ("string(revenue)", "the function string has no column form"),
        ("revenue = sector", "compares number with text, which never has an answer"),
        ("if listed then 1 else sector", "gives number in one case and text in another"),
        ("moment", "facts of type date and time such as moment have no column"),
        ("nothing", "the name nothing is not known"),
        ("sector + county", "join of texts from several facts has no column form"),
        ("if staff then 1 else 2", "the condition of if is a number, not a boolean"),
        ("revenue ** staff", "only powers of numbers with a constant exponent from 1 to 8"),
        ("founded - ended", "the result is a duration"),
        ("main", "decision main needs itself: main → main"),
        (table("C", ["staff"], [["-", "1"]]), "a C table gives a list, which is no column"),
    ],
)
def test_what_has_no_column_form_is_refused_with_the_reason(logic, reason):
    plan = compile_plan(book({"main": logic}), ["main"])

    assert "main" not in plan.targets
    assert reason in plan.refused["main"]


def test_a_refusal_names_the_part():
    steps = Context(
        (Entry("share", "占比", clause(["revenue > 0", "sector > 1"])),), feel("占比 = true")
    )

    plan = compile_plan(book({"main": steps}), ["main"])

    assert plan.refused["main"] == (
        "decision main: step result: “占比 = true”: step share: condition c2: compares text with "
        "number, which never has an answer"
    )


def test_a_refused_decision_does_not_hinder_the_others():
    rules = book({"good": "staff + 1", "bad": "string(staff)", "uses_bad": "bad = staff"})

    plan = compile_plan(rules, ["good", "bad", "uses_bad"])

    assert list(plan.targets) == ["good"]
    assert list(plan.refused) == ["bad", "uses_bad"]
    assert plan.refused["uses_bad"].startswith("decision uses_bad: “bad = staff”: decision bad: ")


def test_a_name_that_is_no_decision_is_an_error():
    with pytest.raises(LoweringError, match="there is no decision 'other' in force on 2026-11-23"):
        compile_plan(book({"main": "1"}), ["other"])


def test_running_a_refused_decision_says_why():
    plan = compile_plan(book({"bad": "string(staff)"}), ["bad"])

    with pytest.raises(DecisionError, match="decision bad cannot be run in columns: decision bad"):
        run(plan, frame(), targets=["bad"])


def test_a_frame_without_a_needed_column_is_an_error():
    plan = compile_plan(book({"main": "staff + 1"}), ["main"])
    bare = frame({"staff": 1})
    bare.columns = {}

    with pytest.raises(DecisionError, match="the frame lacks the columns staff"):
        run(plan, bare)


def test_only_the_facts_that_are_needed_are_listed():
    plan = compile_plan(book({"main": "if 营业收入 > 0 then 税金 / 营业收入 else null"}), ["main"])

    assert sorted(plan.facts) == ["revenue", "tax"]


def test_equal_parts_of_different_rules_are_computed_once():
    rules = book(
        {
            "one": clause(["tax / revenue >= 0.05", "staff < 20"]),
            "two": clause(["税金 / 营业收入 < 0.1", "staff >= 300"]),
        }
    )

    plan = compile_plan(rules, ["one", "two"])
    operations = [term.op for term in walk(plan.roots())]

    assert operations.count("divide") == 1
    assert operations.count("cells") == 2


def test_a_table_over_one_scalar_becomes_one_look_up():
    grades = table("F", ["staff"], [[">= 1000", "4"], [">= 300", "3"], [">= 20", "2"], ["-", "1"]])

    plan = compile_plan(book({"main": grades}), ["main"])
    operations = [term.op for term in walk(plan.roots())]

    assert operations == ["fact", "cells", "lookup"]


def test_a_list_of_texts_becomes_one_question():
    plan = compile_plan(book({"main": 'sector = "A" or sector in ("B", "C")'}), ["main"])
    (root,) = plan.roots()

    body, _ = root.data
    assert body.op == "member"
    assert body.data == {"A", "B", "C"}


def test_a_plan_can_be_read():
    rules = book(
        {
            "a": clause(["tax / revenue >= 0.05"], ["listed"], "min(tax * 0.1, 12 * 万)"),
            "bad": "string(staff)",
        }
    )

    text = explain_plan(compile_plan(rules, ["a", "bad"]))

    assert text.splitlines() == [
        "1 decisions in columns, 1 refused; mode three_valued; 3 facts; 13 operations",
        "",
        "facts",
        "  listed: boolean",
        "  revenue: money",
        "  tax: money",
        "",
        "scalars and their cut points",
        "  (tax ÷ revenue): 0.05",
        "",
        "shared parts",
        "  #1 = [? >= 0.05 | ? = (tax ÷ revenue)]",
        "",
        "decisions",
        "  a (verdict)",
        "    a = (not(listed) and #1)",
        "    a.amount = round half up(least((tax × 0.1), 120000), 2) where (not(listed) and #1)",
        "    condition c1: #1",
        "    exclusion x1: listed",
        "",
        "refused",
        "  bad: decision bad: “string(staff)”: the function string has no column form",
    ]
