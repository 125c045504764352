"""The clauses of 柯城 2023 as they meet over the years (small-step, first listing, steps)."""

from decimal import Decimal

import pytest

from yanzhen.engines.benefits import Group, Offer, Reason, Receipt, best_bundle, receipts_of

WAN = 10_000
LISTING = Group("kecheng-listing", "就高")
STEPS = Group("kecheng-steps", "补差", label="上台阶")
NOTE = Group("kecheng-step", "就高", label="①②同年")


def wan(amount: int) -> Decimal:
    return Decimal(amount * WAN)


def growth_of(revenue: int) -> Offer | None:
    """K2-①, in the year after first entry; revenue in 万元."""
    level = next((pay for line, pay in ((8000, 15), (6000, 10), (4000, 5)) if revenue >= line), 0)
    return Offer("k2_1", wan(level), "入库次年成长奖励", (NOTE,)) if level else None


def step_of(revenue: int) -> Offer | None:
    """K2-②, the level reached; revenue in 万元."""
    ladder = ((100_000, 100), (50_000, 50), (30_000, 30), (10_000, 20))
    level = next((pay for line, pay in ladder if revenue >= line), 0)
    return Offer("k2_2", wan(level), "上台阶奖励", (NOTE, STEPS)) if level else None


def offered(*offers: Offer | None) -> list[Offer]:
    return [offer for offer in offers if offer is not None]


def test_kecheng_from_entry_to_its_third_year():
    history: list[Receipt] = []
    totals = []
    years = [
        (2023, offered(Offer("k1a", wan(12), "首次跨年度小升规奖励", (LISTING,)))),
        (2024, offered(growth_of(12_000), step_of(12_000))),
        (2025, offered(step_of(34_000))),
        (2026, offered(step_of(51_000))),
    ]

    for year, offers in years:
        bundle = best_bundle(offers, year=year, history=history)
        history += receipts_of(bundle, offers)
        totals.append(bundle.total)

    assert totals == [wan(12), wan(20), wan(10), wan(20)]


def test_growth_and_step_in_one_year_are_paid_once():
    bundle = best_bundle(offered(growth_of(12_000), step_of(12_000)), year=2024)

    assert [(line.clause, line.amount, line.why) for line in bundle.lines] == [
        ("k2_2", wan(20), ("就高不重复：不再享受“入库次年成长奖励”",))
    ]
    [left_out] = bundle.rejected
    assert (left_out.clause, left_out.amount) == ("k2_1", wan(15))
    assert (left_out.reason, left_out.covered_by) == (Reason.BETTER, ("k2_2",))
    assert left_out.why == "被“上台阶奖励”覆盖：就高"


def test_the_step_up_names_what_was_paid_before():
    first = offered(step_of(12_000))
    history = receipts_of(best_bundle(first, year=2024), first)

    bundle = best_bundle(offered(step_of(34_000)), year=2025, history=history)

    assert bundle.lines[0].offered == wan(30)
    assert bundle.lines[0].why == (
        "标准 30 万元，抵扣已得：2024年度“上台阶奖励” 20 万元，应补 10 万元",
    )


def test_a_new_plant_gets_twenty_and_not_twelve():
    offers = [
        Offer("k1a", wan(12), "首次跨年度小升规奖励", (LISTING,)),
        Offer("k1b", wan(20), "新投产企业入库奖励", (LISTING,)),
    ]

    bundle = best_bundle(offers, year=2023)

    assert [(line.clause, line.amount) for line in bundle.lines] == [("k1b", wan(20))]
    assert [left_out.covered_by for left_out in bundle.rejected] == [("k1b",)]


@pytest.mark.parametrize(
    ("revenue", "paid"),
    [
        (3_999, 0),
        (4_000, 5),
        (5_999, 5),
        (6_000, 10),
        (7_999, 10),
        (8_000, 15),
        (9_999, 15),
        (10_000, 20),
        (29_999, 20),
        (30_000, 30),
        (50_000, 50),
        (100_000, 100),
    ],
)
def test_year_after_entry_by_revenue(revenue, paid):
    bundle = best_bundle(offered(growth_of(revenue), step_of(revenue)), year=2024)

    assert bundle.total == wan(paid)


def test_a_ladder_jumped_at_once_pays_the_whole_level():
    bundle = best_bundle(offered(step_of(100_000)), year=2026)

    assert bundle.total == wan(100)


def test_growth_rank_and_title_stand_beside_the_steps():
    offers = [
        *offered(growth_of(12_000), step_of(12_000)),
        Offer("k3", wan(15), "营收增速领先奖励"),
        Offer("k4", wan(100), "首次认定小巨人奖励", (Group("giant", "首次"),)),
    ]

    bundle = best_bundle(offers, year=2024)

    assert [line.clause for line in bundle.lines] == ["k2_2", "k3", "k4"]
    assert bundle.total == wan(135)
