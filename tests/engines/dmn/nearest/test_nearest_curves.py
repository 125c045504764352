"""Two facts on grids too long to try: crossings of curves against plain enumeration."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.dmn.make_rules import clause
from tests.engines.dmn.nearest.make_nearest import rule

from yanzhen.engines.dmn.nearest import Costs, Price, search

HIGH = 300
small = st.integers(1, 5)


@settings(max_examples=25, deadline=None)
@given(
    slopes=st.tuples(small, small, st.integers(1, 900)),
    share=st.integers(5, 200),
    start=st.tuples(st.integers(0, HIGH), st.integers(1, HIGH)),
    rates=st.tuples(small, small, small, small),
    curved=st.booleans(),
)
def test_a_pair_on_a_long_grid_is_within_one_step_of_the_least_cost(
    slopes, share, start, rates, curved
):
    p, q, r = slopes
    staff, revenue = start
    up, down, dearer, cheaper = rates
    second = (
        f"从业人员 * 营业收入 >= {r * 20}" if curved else f"{p} * 从业人员 + {q} * 营业收入 >= {r}"
    )
    book = rule(clause(f"从业人员 / 营业收入 >= {Decimal(share) / 100}", second))
    grid = {"low": Decimal(0), "high": Decimal(HIGH), "step": Decimal(1)}
    prices = {
        "staff": Price(up=Decimal(up), down=Decimal(down), **grid),
        "revenue": Price(up=Decimal(dearer), down=Decimal(cheaper), **grid),
    }
    facts = {"staff": Decimal(staff), "revenue": Decimal(revenue)}

    found = search(book, "d", facts, costs=Costs(prices, gain=Decimal(0)))

    least = min(
        (
            (up if a > staff else -down) * (a - staff)
            + (dearer if b > revenue else -cheaper) * (b - revenue)
            for a in range(HIGH + 1)
            for b in range(1, HIGH + 1)
            if 100 * a >= share * b and (a * b >= r * 20 if curved else p * a + q * b >= r)
        ),
        default=None,
    )
    assert found.complete
    assert not found.unsolved
    if least == 0 or least is None:
        assert found.changes == ()
    else:
        slack = max(up, down) + max(dearer, cheaper)
        assert least <= found.changes[0].cost <= least + slack
