"""Budgets over a population: by time, by one factor, by score."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.engines.benefits import BudgetLine, allocate, tell

laws = settings(deadline=None, max_examples=150)

KEYS = ["戊", "丁", "丙", "乙", "甲"]
AMOUNTS = np.array([[30_000], [20_000], [50_000], [0], [10_000]])
"""In fen: 300, 200, 500, 0 and 100 yuan; 1,100 together."""
ARRIVED = np.array(
    ["2026-03-02", "2026-03-01", "2026-03-03", "2026-03-01", "2026-03-04"], dtype="datetime64[D]"
)


def line(method, yuan, **more):
    return BudgetLine("fund", (0,), None if yuan is None else Decimal(yuan), method, **more)


def paid(allocation):
    return allocation.paid[:, 0].tolist()


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("停止", [30_000, 20_000, 0, 0, 0]),
        ("部分", [30_000, 20_000, 15_050, 0, 0]),
        ("跳过", [30_000, 20_000, 0, 0, 10_000]),
    ],
)
def test_first_come_pays_along_the_queue_up_to_its_edge(edge, expected):
    fund = line("先到先得", "650.50", edge=edge)

    [got] = allocate(AMOUNTS, [fund], keys=KEYS, moments=ARRIVED)

    assert paid(got) == expected
    assert got.left == 65_050 - got.spent


def test_at_the_edge_a_part_is_rounded_to_whole_yuan_and_nobody_after_gets_the_rest():
    fund = line("先到先得", "650.50", edge="部分", unit="元")

    [got] = allocate(AMOUNTS, [fund], keys=KEYS, moments=ARRIVED)

    assert paid(got) == [30_000, 20_000, 15_000, 0, 0]
    assert got.left == 50


def test_rank_serves_the_highest_score_and_keys_settle_equal_ones():
    scores = np.array([80.0, 90.0, 80.0, 99.0, 80.0])

    [got] = allocate(AMOUNTS, [line("排序", 800)], keys=["e", "d", "c", "b", "a"], scores=scores)

    assert got.places[:, 0].tolist() == [4, 1, 3, 0, 2]
    assert paid(got) == [0, 20_000, 50_000, 0, 10_000]


def test_pro_rata_gives_everyone_the_same_factor_and_declares_the_rest():
    [got] = allocate(AMOUNTS, [line("等比例折算", 1000, unit="元")], keys=KEYS)

    assert got.factor == Fraction(10, 11)
    assert paid(got) == [27_200, 18_100, 45_400, 0, 9_000]
    assert (got.spent, got.left) == (99_700, 300)


def test_pro_rata_pays_all_where_the_budget_suffices():
    [got] = allocate(AMOUNTS, [line("等比例折算", 1100, unit="元")], keys=KEYS)

    assert (got.factor, got.left) == (Fraction(1), 0)
    assert paid(got) == AMOUNTS[:, 0].tolist()


def test_without_limit_all_is_paid():
    [got] = allocate(AMOUNTS, [line("不限", None)], keys=KEYS)

    assert paid(got) == AMOUNTS[:, 0].tolist()
    assert got.left is None


def test_what_is_put_off_comes_first_next_year():
    fund = line("先到先得", 600, carries_over=True)
    [this_year] = allocate(AMOUNTS, [fund], keys=KEYS, moments=ARRIVED)
    waited = (this_year.waiting[:, 0] > 0).astype(np.int64)
    new = np.array([[60_000], [0], [0], [0], [0]])

    [next_year] = allocate(
        this_year.waiting + new, [fund], keys=KEYS, moments=ARRIVED, waited=waited
    )

    assert this_year.waiting[:, 0].tolist() == [0, 0, 50_000, 0, 10_000]
    assert paid(next_year) == [0, 0, 50_000, 0, 10_000]


def test_a_line_over_several_clauses_shares_one_budget():
    amounts = np.array([[100, 900, 300], [200, 0, 500]])
    both = BudgetLine("both", (0, 2), Decimal(5), "等比例折算")
    alone = BudgetLine("alone", (1,), Decimal(9), "先到先得")

    first, second = allocate(amounts, [both, alone], keys=["a", "b"], moments=np.array([1, 2]))

    assert first.paid.tolist() == [[45, 136], [90, 227]]
    assert (first.spent, first.left) == (498, 2)
    assert second.paid.tolist() == [[900], [0]]


def test_each_clause_may_have_its_own_queue():
    amounts = np.array([[500, 500], [500, 500]])
    moments = np.array([[1, 2], [2, 1]])
    lines = [BudgetLine(str(at), (at,), Decimal(5), "先到先得") for at in (0, 1)]

    first, second = allocate(amounts, lines, keys=["a", "b"], moments=moments)

    assert (paid(first), paid(second)) == ([500, 0], [0, 500])


def test_everyone_is_told_why():
    queue = line("先到先得", 650, carries_over=True)
    [by_time] = allocate(AMOUNTS, [queue], keys=KEYS, moments=ARRIVED)
    [shared] = allocate(AMOUNTS, [line("等比例折算", 1000)], keys=KEYS)
    [free] = allocate(AMOUNTS, [line("不限", None)], keys=KEYS)

    told = [tell(by_time, 1), tell(by_time, 2), tell(by_time, 3), tell(shared, 0), tell(free, 0)]

    assert told == [
        "预算 650 元，先到先得第 1 位，兑付 200 元",
        "预算 650 元，先到先得第 3 位，预算余额不足，本年不兑付，500 元递延到下年",
        "本项没有应付金额",
        "预算 1,000 元，应付合计 1,100 元，统一按 90.909% 折算，兑付 272.72 元",
        "不设预算上限，兑付 300 元",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"keys": ["a"] * 5}, "different keys"),
        ({"keys": ["a", "b"]}, "different keys"),
        ({"moments": None}, "needs moments"),
        ({"moments": ARRIVED[:3]}, "moments need shape"),
        ({"moments": np.array([1.0, 2.0, np.nan, np.nan, 5.0])}, "row 2 has money but no value"),
        ({"lines": [line("先到先得", 1), line("不限", None)]}, "at most one budget line"),
        ({"lines": [replace(line("先到先得", 1), columns=(7,))]}, "at most one budget line"),
        ({"lines": [line("不限", 5)]}, "budget line fund"),
        ({"lines": [line("排序", None)]}, "budget line fund"),
        ({"lines": [line("排序", -1)]}, "out of range"),
        ({"amounts": AMOUNTS[:, 0]}, "rows and columns"),
    ],
)
def test_what_does_not_fit_is_refused(change, told):
    given_ = {"amounts": AMOUNTS, "lines": [line("先到先得", 1)], "keys": KEYS, "moments": ARRIVED}

    with pytest.raises(ValueError, match=told):
        allocate(**(given_ | change))


def test_a_missing_time_without_money_does_no_harm():
    moments = np.where(AMOUNTS[:, 0] == 0, np.datetime64("NaT", "D"), ARRIVED)

    [got] = allocate(AMOUNTS, [line("先到先得", 500)], keys=KEYS, moments=moments)

    assert got.spent == 50_000


people = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=25
)
methods = st.builds(
    BudgetLine,
    id=st.just("fund"),
    columns=st.just((0,)),
    budget=st.integers(0, 60_000).map(lambda fen: Decimal(fen) / 100),
    method=st.sampled_from(["先到先得", "等比例折算", "排序"]),
    edge=st.sampled_from(["停止", "部分", "跳过"]),
    unit=st.sampled_from(["分", "元"]),
    carries_over=st.booleans(),
)


def share_out(rows, fund, order):
    rows = [rows[at] for at in order]
    columns = np.array(rows, dtype=np.int64)
    return allocate(
        columns[:, :1],
        [fund],
        keys=[f"k{at:03}" for at in order],
        moments=columns[:, 1],
        scores=columns[:, 1],
        waited=columns[:, 2],
    )[0]


@laws
@given(people, methods)
def test_a_budget_is_never_exceeded_and_sums_are_exact(rows, fund):
    got = share_out(rows, fund, range(len(rows)))

    assert got.spent == got.paid.sum() <= got.budget
    asked = np.array([[amount] for amount, _, _ in rows])
    assert ((got.paid >= 0) & (got.paid <= asked)).all()
    if fund.carries_over:
        assert (got.paid + got.waiting == asked).all()


@laws
@given(people, methods, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows, fund, random):
    order = random.sample(range(len(rows)), len(rows))

    mixed = share_out(rows, fund, order)

    straight = share_out(rows, fund, range(len(rows)))
    assert mixed.paid[:, 0].tolist() == [int(straight.paid[at, 0]) for at in order]


@laws
@given(people, methods)
def test_equal_factors_mean_that_equal_amounts_are_paid_equally(rows, fund):
    fund = replace(fund, method="等比例折算")

    got = share_out(rows, fund, range(len(rows)))

    unit = 1 if got.factor == 1 or fund.unit == "分" else 100
    exact = [int(amount * got.factor) // unit * unit for amount, _, _ in rows]
    assert paid(got) == exact
    assert got.factor == 1 or got.left < unit * len(rows)


@laws
@given(people, methods)
def test_nobody_is_passed_over_who_stands_before_a_paid_one(rows, fund):
    fund = replace(fund, method="先到先得", edge="停止")

    got = share_out(rows, fund, range(len(rows)))

    by_place = sorted(zip(got.places[:, 0].tolist(), paid(got), strict=True))
    served = [amount > 0 for place, amount in by_place if place]
    assert served == sorted(served, reverse=True)


@laws
@given(people, methods)
def test_skipping_leaves_nobody_whom_the_rest_would_cover(rows, fund):
    fund = replace(fund, method="排序", edge="跳过")

    got = share_out(rows, fund, range(len(rows)))

    unpaid = [amount for (amount, _, _), pay in zip(rows, paid(got), strict=True) if amount != pay]
    assert all(amount > got.left for amount in unpaid)
