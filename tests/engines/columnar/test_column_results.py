from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from tests.engines.columnar.column_books import DAY, book, clause, feel, frame, table

from yanzhen.engines.columnar.agree import compare
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.model import Context, Dated, Entry, Version
from yanzhen.kernel.errors import DecisionError, LoweringError


def answers(logics, *rows, types=None, **options):
    plan = compile_plan(book(logics, types), list(logics))
    assert plan.refused == {}
    return run(plan, frame(*rows), **options)


def test_a_clause_says_yes_no_or_unknown():
    rules = {"award": clause(["staff >= 10", 'sector = "C"'], ["listed"])}

    result = answers(
        rules,
        {"staff": 10, "sector": "C", "listed": False},
        {"staff": 9},
        {"staff": 10, "sector": "C"},
        {"listed": True},
        {"staff": 10, "listed": False},
    )

    assert result.verdicts["award"].tolist() == [1, 0, -1, 0, -1]


def test_an_amount_is_there_only_where_the_verdict_is_yes_and_it_is_known():
    rules = {"award": clause(["staff >= 10"], amount="tax * 0.1 + 2 * 万")}

    result = answers(rules, {"staff": 10, "tax": 55}, {"staff": 9, "tax": 55}, {"staff": 11})

    assert result.amounts["award"].rows.tolist() == [0]
    assert result.amounts["award"].total() == 2_000_550
    assert result.to_table()["award.amount"].to_pylist() == [Decimal("20005.50"), None, None]


def test_a_constant_amount_is_paid_to_every_yes():
    result = answers({"award": clause(["listed"], amount="12 * 万")}, {"listed": True}, {})

    assert result.amount("award")[0].tolist() == [12_000_000, 0]
    assert result.amount("award")[1].tolist() == [True, False]


def test_results_have_the_types_of_their_values():
    rules = {
        "size": table("F", ["staff"], [[">= 300", '"中型"'], ["< 300", '"小型"']]),
        "share": "tax / revenue",
        "fee": "tax / 3",
        "since": 'founded + duration("P1Y")',
        "flag": "staff > 3",
        "award": clause(["staff > 3"]),
    }

    result = answers(
        rules,
        {"staff": 4, "tax": 1, "revenue": 3, "founded": date(2024, 2, 29)},
        {},
        types={"fee": "money"},
    )

    found = result.to_table()
    assert found.to_pylist() == [
        {
            "size": "小型",
            "share": Decimal("0.333333"),
            "fee": Decimal("0.33"),
            "since": date(2025, 2, 28),
            "flag": True,
            "award": 1,
        },
        {"size": None, "share": None, "fee": None, "since": None, "flag": None, "award": -1},
    ]
    assert found.schema.field("since").type == pa.date32()
    assert found.schema.field("award").type == pa.int8()


def test_a_context_gives_a_column_for_each_member():
    steps = Context(
        (Entry("half", "一半", feel("revenue / 2")), Entry("more", "", feel("half + 1")))
    )

    result = answers({"main": steps}, {"revenue": 5})

    assert result.to_table().to_pylist() == [
        {"main.half": Decimal("2.500"), "main.more": Decimal("3.500")}
    ]


def test_the_event_date_chooses_the_version():
    rules = {
        "award": Dated(
            feel("founded"),
            (
                Version("old", None, date(2023, 12, 31), clause(["staff > 5"], amount="100")),
                Version("new", date(2024, 2, 1), None, clause(["staff > 50"], amount="200")),
            ),
        )
    }

    result = answers(
        rules,
        {"founded": date(2023, 12, 31), "staff": 6},
        {"founded": date(2024, 1, 15), "staff": 99},
        {"founded": date(2024, 2, 1), "staff": 51},
        {"founded": date(2024, 2, 1), "staff": 6},
        {"staff": 99},
        {"staff": 5},
        {"founded": date(2024, 2, 1)},
    )

    assert result.verdicts["award"].tolist() == [1, 0, 1, 0, -1, 0, -1]
    assert result.amounts["award"].fen.tolist() == [100_00, 200_00]


def test_conditions_can_be_counted():
    rules = {"award": clause(["staff >= 10", 'sector = "C"'], ["listed"])}
    rows = [
        {"staff": 10, "sector": "C", "listed": False},
        {"staff": 3, "sector": "G", "listed": False},
        {"staff": 30, "sector": "G", "listed": True},
        {"sector": "C", "listed": True},
    ]

    result = answers(rules, *rows, conditions=["award"])

    assert [truths.tolist() for truths in result.conditions["award"]] == [
        [1, 0, 1, -1],
        [1, 0, 0, 1],
        [0, 0, 1, 1],
    ]
    assert result.first_failures("award").tolist() == [1, 1, 1]


def test_conditions_that_were_not_asked_for_cannot_be_counted():
    result = answers({"award": clause(["listed"])}, {"listed": True})

    with pytest.raises(DecisionError, match="award: run with conditions="):
        result.first_failures("award")


def test_progress_is_told_after_each_block():
    told = []

    answers({"main": "staff"}, {}, {}, {}, {}, {}, block=2, progress=lambda *at: told.append(at))

    assert told == [(2, 5), (4, 5), (5, 5)]


def test_an_empty_population_has_empty_answers():
    result = answers({"award": clause(["listed"], amount="tax"), "size": "sector", "n": "staff"})

    assert result.to_table().to_pylist() == []


def test_numbers_too_large_for_whole_units_are_still_exact():
    result = answers({"main": "revenue * area"}, {"revenue": 10**15, "area": Decimal("123456.789")})

    assert result.to_table()["main"].to_pylist() == [Decimal(10**15) * Decimal("123456.789")]


def test_an_amount_beyond_every_measure_is_an_error():
    rules = {"award": clause(["true"], amount="revenue * revenue")}

    with pytest.raises(DecisionError, match=r"award\.amount: an amount is too large"):
        answers(rules, {"revenue": 10**15})


def test_a_disagreement_would_be_told():
    rules = book({"main": "staff + 1"})
    other = book({"main": "staff + 2"})
    plan = compile_plan(other, ["main"])

    found = compare(rules, ["main"], frame({"staff": 1}), [0], plan=plan)

    assert [str(one) for one in found] == [
        "main, row 0: interpreter Decimal('2'), columns Decimal('3'), facts {'staff': Decimal('1')}"
    ]


def test_the_values_of_a_decision_can_be_given():
    rules = book(
        {"size": 'if staff > 9 then "中型" else "小型"', "main": 'size = "小型"'}, {"size": "text"}
    )
    plan = compile_plan(rules, ["main"], given=["size"])
    facts = Frame.from_rows([{"size": "小型"}, {"size": "中型"}, {}], plan.facts.values())

    result = run(plan, facts)

    assert result.to_table()["main"].to_pylist() == [True, False, None]
    assert compare(rules, ["main"], facts, range(3), plan=plan) == []


def test_only_decisions_with_a_column_type_can_be_given():
    with pytest.raises(LoweringError, match="decision size is of type any, which has no column"):
        compile_plan(book({"size": "staff", "main": "size"}), ["main"], given=["size"])


def test_today_is_the_day_of_the_book():
    result = answers({"main": "评估日"}, {})

    assert result.to_table()["main"].to_pylist() == [DAY]
