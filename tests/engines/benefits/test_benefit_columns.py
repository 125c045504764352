"""A population in columns gets what each enterprise would get alone."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from yanzhen.engines.benefits import (
    Cap,
    Group,
    Offer,
    best_bundle,
    cap_rows,
    choose_columns,
    cliques_of,
)
from yanzhen.engines.benefits.caps import cut_to
from yanzhen.engines.benefits.choose import choose_best
from yanzhen.engines.benefits.fen import MOST, share_of

laws = settings(deadline=None, max_examples=100)

tables = st.tuples(st.integers(0, 6), st.integers(1, 8)).flatmap(
    lambda shape: arrays.arrays(np.int64, shape, elements=st.integers(0, 9))
)
with_cliques = tables.flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.lists(st.lists(st.integers(0, table.shape[1] - 1), max_size=4, unique=True), max_size=6),
    )
)


@laws
@given(with_cliques)
def test_columns_choose_as_the_exact_search_does(drawn):
    amounts, cliques = drawn

    chosen = choose_columns(amounts, cliques)

    alone = [choose_best(row, cliques) for row in amounts.tolist()]
    assert [set(np.flatnonzero(row)) for row in chosen] == alone


GROUPS = [
    [Group("a", "就高")],
    [Group("a", "就高"), Group("b", "补差")],
    [Group("b", "补差")],
    [],
    [Group("c", "叠加")],
    [Group("c", "叠加"), Group("d", "首次")],
    [Group("d", "首次"), Group("a", "就高")],
    [Group("e", "限次", 3)],
]


@laws
@given(arrays.arrays(np.int64, (5, 8), elements=st.integers(0, 900)), st.integers(0, 3000))
def test_a_population_gets_what_each_enterprise_would_get_alone(amounts, limit):
    chosen = choose_columns(amounts, cliques_of(GROUPS))
    paid = cap_rows(amounts * chosen, np.full(5, limit))

    for row, given_ in zip(paid.tolist(), amounts.tolist(), strict=True):
        offers = [
            Offer(str(at), Decimal(fen) / 100, groups=tuple(GROUPS[at]))
            for at, fen in enumerate(given_)
        ]
        bundle = best_bundle(offers, year=2026, caps=[Cap(amount=Decimal(limit) / 100)])
        assert {int(line.clause): int(line.amount * 100) for line in bundle.lines} == {
            at: fen for at, fen in enumerate(row) if fen
        }


def test_conflicts_too_many_to_list_are_solved_row_by_row():
    triangles = [[3 * at, 3 * at + 1, 3 * at + 2] for at in range(8)]
    chain = [[3 * at, 3 * at + 3] for at in range(7)]
    amounts = np.random.default_rng(7).integers(0, 50, (5, 24))

    chosen = choose_columns(amounts, triangles + chain)

    alone = [choose_best(row, triangles + chain) for row in amounts.tolist()]
    assert [set(np.flatnonzero(row)) for row in chosen] == alone


@laws
@given(tables, st.data(), st.sampled_from(["proportional", "priority"]))
def test_rows_are_capped_as_one_enterprise_is(amounts, data, how):
    limits = data.draw(arrays.arrays(np.int64, len(amounts), elements=st.integers(0, 60)))

    kept = cap_rows(amounts, limits, how)

    alone = [
        cut_to(row, limit, how)
        for row, limit in zip(amounts.tolist(), limits.tolist(), strict=True)
    ]
    assert kept.tolist() == alone


@laws
@given(st.lists(st.integers(0, 2**45), min_size=1, max_size=50), st.fractions(0, 1))
def test_shares_of_large_amounts_are_exact(amounts, fraction):
    whole = sum(amounts)
    part = int(whole * fraction)

    quotients, remainders = share_of(np.array(amounts, dtype=np.int64), part, whole)

    exact = [divmod(amount * part, max(whole, 1)) for amount in amounts]
    assert list(zip(quotients.tolist(), remainders.tolist(), strict=True)) == exact


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (np.array([[0.5]]), "whole fen"),
        (np.array([[-1]]), "0 fen or more"),
        (np.array([[MOST]]), "split the run"),
        (np.array([1]), "rows and columns"),
    ],
)
def test_amounts_out_of_range_are_refused(amounts, told):
    with pytest.raises(ValueError, match=told):
        choose_columns(amounts, [])
