"""Each rule of stacking by an example of its own."""

from decimal import Decimal

import pytest

from yanzhen.engines.benefits import (
    Cap,
    Group,
    Offer,
    Reason,
    Receipt,
    Veto,
    best_bundle,
    receipts_of,
)
from yanzhen.kernel.errors import DecisionError

BEST = Group("best", "就高")
LADDER = Group("ladder", "补差")
SIDE = Group("side", "叠加")
THRICE = Group("years", "限次", 3, label="租金补助")
ONCE = Group("once", "首次", label="首台套")


def yuan(amount: int | str) -> Decimal:
    return Decimal(amount)


def paid(bundle) -> dict[str, Decimal]:
    return {line.clause: line.amount for line in bundle.lines}


def refused(bundle) -> dict[str, Reason]:
    return {left_out.clause: left_out.reason for left_out in bundle.rejected}


def test_nothing_offered_gives_an_empty_bundle():
    bundle = best_bundle([], year=2026)

    assert (bundle.total, bundle.lines, bundle.rejected) == (yuan(0), (), ())


def test_best_only_counts_what_another_clause_of_the_group_paid_this_year():
    had = [Receipt("a", yuan(300), 2026, ("best",)), Receipt("a", yuan(900), 2025, ("best",))]

    bundle = best_bundle([Offer("b", yuan(500), groups=(BEST,))], year=2026, history=had)

    assert paid(bundle) == {"b": 200}


def test_different_matters_do_not_exclude_each_other():
    offers = [Offer("a", yuan(5), groups=(BEST,), matter=loan) for loan in ("loan-1", "loan-2")]

    bundle = best_bundle(offers, year=2026)

    assert bundle.total == 10


def test_a_ladder_counts_predecessors_and_all_years():
    had = [Receipt("a", yuan(20), 2019, ("ladder",), predecessor="旧厂", label="省级")]

    bundle = best_bundle([Offer("b", yuan(60), groups=(LADDER,))], year=2026, history=had)

    assert paid(bundle) == {"b": 40}
    assert bundle.lines[0].why == (
        "标准 60 元，抵扣已得：前身企业“旧厂”2019年度“省级” 20 元，应补 40 元",
    )


def test_a_ladder_never_goes_below_zero():
    had = [Receipt("a", yuan(80), 2024, ("ladder",))]

    bundle = best_bundle([Offer("b", yuan(60), groups=(LADDER,))], year=2026, history=had)

    assert bundle.total == 0
    assert refused(bundle) == {"b": Reason.PAID}
    assert bundle.rejected[0].covered_by == ("a",)


def test_side_by_side_pays_all():
    offers = [Offer(clause, yuan(7), groups=(SIDE,)) for clause in "abc"]

    assert best_bundle(offers, year=2026).total == 21


def test_first_in_history_is_refused_after_a_predecessor_had_it():
    had = [Receipt("a", yuan(1), 2018, ("once",), predecessor="旧厂", label="首台套奖励")]

    bundle = best_bundle([Offer("a", yuan(50), groups=(ONCE,))], year=2026, history=had)

    assert refused(bundle) == {"a": Reason.ONCE}
    assert bundle.rejected[0].why == (
        "仅限首次，已享受（首台套）：前身企业“旧厂”2018年度“首台套奖励” 1 元"
    )


@pytest.mark.parametrize(("years", "total"), [(2, 100), (3, 0)])
def test_limited_years_end_after_the_last(years, total):
    had = [Receipt("a", yuan(100), 2020 + n, ("years",)) for n in range(years)]

    bundle = best_bundle([Offer("a", yuan(100), groups=(THRICE,))], year=2026, history=had)

    assert bundle.total == total


def test_limited_years_say_which_are_used():
    had = [Receipt("a", yuan(100), year, ("years",)) for year in (2025, 2023, 2024)]

    bundle = best_bundle([Offer("a", yuan(100), groups=(THRICE,))], year=2026, history=had)

    assert refused(bundle) == {"a": Reason.TIMES}
    assert bundle.rejected[0].why == "最多享受3年（租金补助），已享受：2023、2024、2025年度"


def test_money_from_above_is_part_of_the_amount():
    state = [Offer("state", yuan(60), "国家奖励", (SIDE,))]
    above = receipts_of(best_bundle(state, year=2026), state, higher=True)
    city = Offer("city", yuan(100), groups=(SIDE,), includes_higher=True)

    bundle = best_bundle([city], year=2026, history=above)

    assert paid(bundle) == {"city": 40}


def test_money_from_above_is_no_first_award_of_this_level():
    above = [Receipt("state", yuan(60), 2024, ("once",), higher=True)]
    city = Offer("city", yuan(100), groups=(ONCE,), includes_higher=True)

    assert paid(best_bundle([city], year=2026, history=above)) == {"city": 40}


def test_a_clause_in_two_groups_gives_way_to_two_that_are_worth_more():
    left, right = Group("left", "就高"), Group("right", "就高")
    offers = [
        Offer("both", yuan(10), "甲", (left, right)),
        Offer("one", yuan(6), "乙", (left,)),
        Offer("two", yuan(5), "丙", (right,)),
    ]

    bundle = best_bundle(offers, year=2026)

    assert paid(bundle) == {"one": 6, "two": 5}
    assert bundle.rejected[0].why == "被“乙”“丙”合计覆盖：就高"


def test_of_equal_bundles_the_one_with_fewer_clauses_wins_and_says_so():
    left, right = Group("left", "就高"), Group("right", "就高")
    offers = [
        Offer("a", yuan(6), "乙", (left,)),
        Offer("b", yuan(4), "丙", (right,)),
        Offer("c", yuan(10), "甲", (left, right)),
    ]

    bundle = best_bundle(offers, year=2026)

    assert paid(bundle) == {"c": 10}
    assert bundle.rejected[1].why == "被“甲”覆盖：就高"


def test_of_equal_clauses_the_earlier_wins_and_says_so():
    offers = [
        Offer("a", yuan(6), "甲", (BEST,), priority=2),
        Offer("b", yuan(6), "乙", (BEST,), priority=1),
    ]

    bundle = best_bundle(offers, year=2026)

    assert paid(bundle) == {"b": 6}
    assert bundle.rejected[0].why == "被“乙”覆盖：就高（金额相同，条款少者、顺序在前者优先）"


def test_yearly_cap_cuts_everyone_by_the_same_share_and_keeps_both_numbers():
    offers = [Offer("a", yuan(300)), Offer("b", yuan(600)), Offer("c", yuan(100))]

    bundle = best_bundle(offers, year=2026, caps=[Cap(amount=yuan(500))])

    assert paid(bundle) == {"a": 150, "b": 300, "c": 50}
    assert (bundle.entitled, bundle.total) == (yuan(1000), yuan(500))
    assert bundle.lines[0].why == ("企业年度上限尚余 500 元，按比例由 300 元减为 150 元",)


def test_yearly_cap_in_order_fills_until_it_is_full():
    offers = [
        Offer("a", yuan(300), priority=2),
        Offer("b", yuan(400), priority=1),
        Offer("c", yuan(9)),
    ]

    bundle = best_bundle(offers, year=2026, caps=[Cap(amount=yuan(409))], cut="priority")

    assert paid(bundle) == {"c": 9, "b": 400}
    assert refused(bundle) == {"a": Reason.CAP}
    assert bundle.rejected[0].why == "企业年度上限尚余 409 元，已由其他条款用完"


def test_yearly_cap_counts_what_this_year_paid_but_not_money_from_above():
    had = [
        Receipt("x", yuan(100), 2026),
        Receipt("x", yuan(100), 2025),
        Receipt("y", yuan(100), 2026, higher=True),
    ]

    bundle = best_bundle(
        [Offer("a", yuan(300))], year=2026, history=had, caps=[Cap(amount=yuan(350))]
    )

    assert bundle.total == 250


def test_a_share_of_a_base_drops_the_part_of_a_fen():
    cap = Cap(share=Decimal("0.3333"), base=yuan("1000.01"), amount=yuan(5000))

    bundle = best_bundle([Offer("a", yuan(900))], year=2026, caps=[cap])

    assert bundle.total == yuan("333.30")


def test_caps_of_clause_matter_and_enterprise_work_together():
    offers = [
        Offer("a", yuan(100), matter="plant"),
        Offer("b", yuan(100), matter="plant"),
        Offer("c", yuan(100)),
    ]
    caps = [
        Cap("clause", "a", amount=yuan(60)),
        Cap("matter", "plant", amount=yuan(80)),
        Cap(amount=yuan(90)),
    ]

    bundle = best_bundle(offers, year=2026, caps=caps)

    assert bundle.total == 90
    assert bundle.entitled == 260
    assert bundle.lines[0].why[0] == "测算 100 元，条款年度上限 60 元"


def test_a_negative_list_shuts_all_or_the_clauses_it_names():
    offers = [Offer("a", yuan(1)), Offer("b", yuan(1))]
    bad_credit = Veto("严重失信", "信用平台2026-03-01")
    accident = Veto("一般生产安全事故", clauses=("b",))

    for_all = best_bundle(offers, year=2026, vetoes=[bad_credit])
    for_one = best_bundle(offers, year=2026, vetoes=[accident])

    assert for_all.total == 0
    assert for_all.rejected[0].why == "负面清单：严重失信（信用平台2026-03-01）"
    assert paid(for_one) == {"a": 1}


@pytest.mark.parametrize(
    ("offers", "told"),
    [
        ([Offer("a", Decimal(1)), Offer("a", Decimal(2))], "offered twice"),
        ([Offer("a", Decimal(-1))], "not an amount"),
        ([Offer("a", Decimal("0.001"))], "whole fen"),
        ([Offer("a", Decimal("NaN"))], "not an amount"),
        ([Offer("a", Decimal(1), includes_higher=True)], "name the group"),
        (
            [
                Offer("a", Decimal(1), groups=(Group("g", "就高"),)),
                Offer("b", Decimal(1), groups=(Group("g", "叠加"),)),
            ],
            "two rules",
        ),
    ],
)
def test_what_has_no_single_meaning_is_refused(offers, told):
    with pytest.raises(DecisionError, match=told):
        best_bundle(offers, year=2026)


@pytest.mark.parametrize(
    "cap", [Cap(), Cap(amount=Decimal(-1)), Cap(share=Decimal("0.5")), Cap(share=Decimal(1))]
)
def test_a_cap_that_cannot_be_worked_out_is_refused(cap):
    with pytest.raises(DecisionError, match="cap on enterprise"):
        best_bundle([Offer("a", Decimal(1))], year=2026, caps=[cap])


def test_a_group_pays_in_one_year_at_least():
    with pytest.raises(DecisionError, match="1 year or more"):
        Group("g", "限次", 0)
