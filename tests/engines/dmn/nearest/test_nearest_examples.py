"""Nearest changes worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.engines.dmn.make_rules import DAY, clause, decision, expression, table
from tests.engines.dmn.nearest.make_nearest import rule, small_costs

from yanzhen.engines.dmn.nearest import (
    TODAY,
    Costs,
    Move,
    Price,
    Span,
    describe,
    describe_need,
    nearest,
    needed,
    search,
    usual_costs,
)
from yanzhen.engines.dmn.nearest.algebra import roots
from yanzhen.kernel.errors import DecisionError

MONEY = Price(unit=None, low=Decimal(0))
GRANT = clause("营业收入 >= 2000 * 万", "从业人员 >= 20", amount="营业收入 * 0.01")


def test_a_threshold_is_reached_to_the_cent_and_its_worth_told():
    facts = {"revenue": Decimal("19876543.21"), "staff": Decimal(25)}

    (change,) = nearest(rule(GRANT), "d", facts, costs=Costs({"revenue": MONEY}))

    assert change.moves == (
        Move("revenue", Decimal("19876543.21"), Decimal(20_000_000), Decimal("123456.79")),
    )
    assert change.amount == Decimal(200_000)
    assert change.satisfied == ("营业收入 >= 2000 * 万",)
    assert change.verified


def test_an_open_bound_is_passed_by_one_step():
    facts = {"revenue": Decimal(100)}

    (change,) = nearest(rule(clause("营业收入 > 100")), "d", facts, costs=Costs({"revenue": MONEY}))

    assert change.moves[0].new == Decimal("100.01")


def test_two_facts_change_together_where_one_is_not_enough():
    facts = {"revenue": Decimal(19_000_000), "staff": Decimal(18)}
    costs = Costs({"revenue": MONEY, "staff": Price()})

    assert nearest(rule(GRANT), "d", facts, costs=costs, most_facts=1) == ()
    (change,) = nearest(rule(GRANT), "d", facts, costs=costs)

    assert [(move.fact, move.new) for move in change.moves] == [
        ("revenue", Decimal(20_000_000)),
        ("staff", Decimal(20)),
    ]


def test_two_facts_that_meet_in_two_conditions_are_solved_at_the_crossing():
    book = rule(clause("从业人员 / 营业收入 >= 0.5", "营业收入 + 从业人员 >= 3000"))
    facts = {"revenue": Decimal(1500), "staff": Decimal(600)}
    costs = Costs({"revenue": Price(step=Decimal(1)), "staff": Price(up=Decimal(3))})

    change = nearest(book, "d", facts, costs=costs)[0]

    assert {move.fact: move.new for move in change.moves} == {
        "revenue": Decimal(2000),
        "staff": Decimal(1000),
    }


@pytest.mark.parametrize(
    ("share", "total"), [(Decimal("0.37"), 411), (Decimal("0.6"), 555), (Decimal("1.7"), 702)]
)
def test_on_long_grids_a_pair_is_within_one_step_of_the_least_cost(share, total):
    book = rule(clause(f"从业人员 / 营业收入 >= {share}", f"营业收入 + 2 * 从业人员 >= {total}"))
    facts = {"revenue": Decimal(151), "staff": Decimal(23)}
    grid = {"low": Decimal(0), "high": Decimal(600), "step": Decimal(1)}
    costs = Costs(
        {"revenue": Price(up=Decimal(2), **grid), "staff": Price(up=Decimal(3), **grid)},
        gain=Decimal(0),
    )

    best = nearest(book, "d", facts, costs=costs)[0]

    least = min(
        3 * abs(staff - 23) * (1 if staff > 23 else Decimal(1) / 3)
        + abs(paid - 151) * (1 + (paid > 151))
        for staff in range(601)
        for paid in range(1, 601)
        if staff >= share * paid and paid + 2 * staff >= total
    )
    assert least <= best.cost <= least + 5


def test_a_closed_direction_is_never_taken():
    costs = Costs({"staff": Price(down=None)})

    assert nearest(rule(clause("从业人员 <= 5")), "d", {"staff": Decimal(9)}, costs=costs) == ()


def test_a_fact_without_a_price_never_changes():
    assert nearest(rule(clause('行业 = "A"')), "d", {"sector": "B"}, costs=Costs({})) == ()


def test_codes_and_truth_values_cost_what_their_new_value_costs():
    book = rule(clause('行业 in ("A", "C")', exclude=["严重失信"]))
    facts = {"sector": "B", "discredited": True}

    (change,) = nearest(book, "d", facts, costs=small_costs())

    assert {move.fact: move.new for move in change.moves} == {"sector": "C", "discredited": False}
    assert change.cost == Decimal(8)


def test_points_of_a_table_move_in_steps():
    points = table("U", ["从业人员"], [("< 20", "0"), ("[20..50)", "5"), (">= 50", "10")])
    book = rule(clause("打分 + 从业人员 / 100 >= 10"), decision("points", points, "打分"))

    (change,) = nearest(book, "d", {"staff": Decimal(1)}, costs=Costs({"staff": Price()}))

    assert change.moves[0].new == Decimal(50)


def test_waiting_makes_an_enterprise_old_enough():
    age = expression("years and months duration(入库日期, 评估日).years")
    book = rule(clause("年限 >= 3"), decision("age", age, "年限", type="number"))
    book = replace(book, constants={**book.constants, TODAY: DAY})
    costs = Costs({TODAY: Price(down=None, high=date(2028, 12, 31))})

    (change,) = nearest(book, "d", {"listed_on": date(2023, 5, 10)}, costs=costs)

    assert change.moves[0].new == date(2026, 5, 10)
    assert (
        describe(change, book)
        == "再等 129 天（到 2026-05-10）（年限从 2 到 3），其余条件都已满足。"
    )


def test_a_statement_to_keep_bars_what_cannot_be():
    book = rule(clause("从业人员 >= 10"))
    facts = {"staff": Decimal(2), "revenue": Decimal(8)}
    costs = replace(small_costs(), keep=(expression("从业人员 <= 营业收入"),))

    best = nearest(book, "d", facts, costs=costs)[0]

    assert {move.fact: move.new for move in best.moves} == {
        "staff": Decimal(10),
        "revenue": Decimal(10),
    }


def test_for_an_unknown_verdict_the_values_that_would_do_are_told():
    book = rule(clause("从业人员 / 营业收入 >= 0.03"))
    costs = Costs({"staff": Price(low=Decimal(0)), "revenue": MONEY})

    (need,) = needed(book, "d", {"revenue": Decimal(2318)}, costs=costs)

    assert (need.fact, need.spans) == ("staff", (Span(Decimal(70), None),))
    assert describe_need(need, book) == "从业人员 ≥ 70即可"


def test_what_cannot_be_inverted_is_named_and_not_guessed():
    book = rule(clause("sqrt(营业收入) >= 3"))

    found = search(book, "d", {"revenue": Decimal(4)}, costs=Costs({"revenue": MONEY}))

    assert found.changes == ()
    assert [one.facts for one in found.unsolved] == [("revenue",)]
    assert found.unsolved[0].reason.startswith("不能精确反解：sqrt(营业收入)")


def test_one_output_of_a_table_with_several_is_read():
    size = table(
        "U", ["从业人员"], [("< 20", "1", "5"), (">= 20", "2", "9")], outputs=("grade", "floor")
    )
    book = rule(clause("档次.floor >= 营业收入"), decision("size", size, "档次"))
    facts = {"staff": Decimal(3), "revenue": Decimal(8)}

    (change,) = nearest(book, "d", facts, costs=Costs({"staff": Price()}))

    assert change.moves[0].new == Decimal(20)


def test_a_short_fact_is_solved_value_by_value_where_nothing_else_helps():
    book = rule(clause("sqrt(从业人员) >= 3"))
    costs = Costs({"staff": Price(low=Decimal(0), high=Decimal(100))})

    assert nearest(book, "d", {"staff": Decimal(4)}, costs=costs)[0].moves[0].new == Decimal(9)


def test_a_search_that_runs_out_of_decisions_says_so():
    facts = {"revenue": Decimal(19_000_000), "staff": Decimal(18)}

    found = search(rule(GRANT), "d", facts, costs=usual_costs(rule(GRANT)), budget=2)

    assert not found.complete


def test_a_decision_that_holds_needs_no_change():
    facts = {"revenue": Decimal(30_000_000), "staff": Decimal(30)}

    assert nearest(rule(GRANT), "d", facts, costs=usual_costs(rule(GRANT))) == ()


def test_a_decision_that_answers_a_number_is_refused():
    with pytest.raises(DecisionError, match="not yes or no"):
        nearest(rule(expression("1 + 1")), "d", {}, costs=Costs({}))


def test_a_price_for_what_is_no_fact_is_refused():
    with pytest.raises(DecisionError, match="needs a first and a last day"):
        nearest(
            rule(clause('入库日期 > date("2025-01-01")')),
            "d",
            {"listed_on": date(2024, 1, 1)},
            costs=Costs({"listed_on": Price()}),
        )


def test_roots_of_a_cubic_are_all_told():
    assert roots([Fraction(part) for part in (-6, 11, -6, 1)]) == {2, 4, 6}
