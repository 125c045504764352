"""Chance that repeats itself, quotas, and shares that are set exactly."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import City
from yanzhen.packs.population.calendar import as_of_of, received_on_of
from yanzhen.packs.population.draws import Draws, by_weight, quotas
from yanzhen.packs.population.plan import Plan, Scale
from yanzhen.packs.population.steer import set_private_jobs, set_private_share
from yanzhen.packs.reader import read_city

seeds = st.integers(0, 2**32)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)


@given(seeds, st.text(max_size=8), st.text(max_size=8))
def test_a_stream_depends_on_its_name_alone(seed, one, other):
    draws = Draws(seed)

    first = draws.uniform(one, 5)
    draws.uniform(other, 99)
    again = draws.uniform(one, 5)

    assert first.tolist() == again.tolist()
    assert (draws.uniform(other, 5).tolist() == first.tolist()) == (one == other)


@given(st.integers(0, 10**6), weights)
def test_quotas_add_up_and_stay_within_one_of_their_share(total, shares):
    parts = quotas(total, shares)

    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / sum(shares)) < 1


@given(seeds, weights)
def test_nothing_of_weight_zero_is_drawn(seed, shares):
    chosen = by_weight(Draws(seed).uniform("x", 200), shares)

    assert all(shares[i] > 0 for i in chosen.tolist())


@given(seeds, st.integers(0, 60), st.lists(st.booleans(), max_size=50))
def test_picked_rows_differ_and_are_among_those_asked_for(seed, count, among):
    rows = Draws(seed).pick("x", count, np.array(among, dtype=bool))

    assert len(rows) == min(count, sum(among))
    assert rows.tolist() == sorted(set(rows.tolist()))
    assert all(among[row] for row in rows.tolist())


amounts = st.lists(st.tuples(st.floats(1, 1e9), st.booleans()), min_size=2, max_size=40)


@given(amounts, st.floats(0.05, 0.95))
def test_a_private_share_is_met_and_private_values_stay(rows, share):
    values = np.array([value for value, _ in rows])
    private = np.array([flag for _, flag in rows])
    before, counted = values.copy(), np.ones(len(rows), dtype=bool)

    set_private_share(values, private, counted, share)

    assert values[private].tolist() == before[private].tolist()
    if private.any() and not private.all():
        assert values[private].sum() / values.sum() == pytest.approx(share)


@dataclass
class Staff:
    """The two columns of a business that new jobs are counted from."""

    insured: np.ndarray
    insured_prev: np.ndarray


def test_new_jobs_are_whole_persons_in_the_share_asked_for():
    insured = Draws(1).of("now").integers(1, 400, 300)
    staff = Staff(insured, np.maximum(insured - Draws(1).of("more").integers(-20, 30, 300), 0))
    private = np.arange(300) % 5 > 0
    everybody = np.ones(300, dtype=bool)

    set_private_jobs(staff, private, everybody, 0.83)

    more = np.maximum(staff.insured - staff.insured_prev, 0)
    assert more[private].sum() / more.sum() == pytest.approx(0.83, abs=0.001)
    assert staff.insured_prev.min() >= 0
    assert staff.insured.tolist() == insured.tolist()


@given(st.integers(500, 300_000), st.integers(0, 204_100))
def test_counts_grow_with_the_size(size, count):
    scale = Scale(size, 204_100)

    assert abs(scale.of(count) - count * size / 204_100) <= 0.5
    assert scale.of(count, at_least=7) >= min(count, 7)


def test_a_plan_names_the_key_that_is_wrong():
    plan = Plan({"kinds": {"enterprise": {"share": "many"}}, "names": []})

    with pytest.raises(DataError, match=r"kinds\.enterprise\.share is 'many'; write a whole"):
        plan.need("kinds").part("enterprise").number("share")
    with pytest.raises(DataError, match="seed is missing"):
        plan.number("seed")
    with pytest.raises(DataError, match=r"names is \[\]; write a mapping"):
        plan.part("names")


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_data_set_never_speaks_of_a_day_to_come(root, today):
    city = read_city_once(root)
    plan = Plan({"files": {"environment": {"behind": 2}}})

    for dataset in city.datasets.values():
        day = as_of_of(dataset, plan, today)
        assert day < today
        assert day <= received_on_of(dataset, plan, today) <= today


CITY: list[City] = []


def read_city_once(root):
    """Reading takes a while; the law asks many times."""
    if not CITY:
        CITY.append(read_city(root / "cities" / "quzhou"))
    return CITY[0]
