"""Columns of staff, power, environment, safety, land, parks and lists (用工、能源、安全、用地)."""

import numpy as np

from yanzhen.packs.population.business import WAN
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.makers import Made, chance, graded, maker, simple
from yanzhen.packs.population.spans import day_of, days, new_year
from yanzhen.packs.population.world import World


def _typical(world: World, key: str) -> Floats:
    register = world.register
    return register.industries.typical(world.plan.part("economics"), key)[register.industry]


def _older_than(world: World, year: int) -> Flags:
    return world.register.founded < new_year(year)


# statistics
simple("employees", lambda world: world.business.employees)
simple("above_scale", lambda world: world.business.above_scale)
simple("sampled", lambda world: world.cohorts["sampled"])
simple("spun_off", lambda world: world.cohorts["spun_off"])


@maker("first_listed_on")
def _listed_on(world: World) -> Made:
    return Made(world.business.listed_on, ~np.isnat(world.business.listed_on))


@maker("listing_kind")
def _listing_kind(world: World) -> Made:
    monthly = np.where(world.business.monthly_entry, 0, 1)
    return Made(monthly, world.business.above_scale, coded=True)


@maker("output")
def _output(world: World) -> Made:
    return Made(world.business.output, world.register.large)


@maker("value_added")
def _value_added(world: World) -> Made:
    return Made(world.business.value_added, world.register.large)


simple("investment", lambda world: world.business.investment)


@maker("qualified_builder")
def _builder(world: World) -> Made:
    builds = world.register.section == "E"
    small = world.draws.chance("builder", 60, world.n)
    return Made(builds & (world.business.above_scale | small), builds)


@maker("revenue_rank")
def _rank(world: World) -> Made:
    """Rank by growth of revenue inside the district, of above-scale enterprises."""
    growth = world.business.revenue / world.business.revenue_prev - 1
    known = world.business.above_scale & ~np.isnan(growth)
    rank = np.ones(world.n, dtype=np.int64)
    for district in np.unique(world.register.district).tolist():
        rows = np.flatnonzero(known & (world.register.district == district))
        rank[rows[np.argsort(-growth[rows], kind="stable")]] = np.arange(1, len(rows) + 1)
    return Made(rank, known)


chance(
    "industry_leader_supplier",
    lambda world: np.where(world.register.large, 150, 8) + 60 * world.technology.rank,
)

# social insurance
simple("insured_employees", lambda world: world.business.insured)


@maker("insured_employees_prev")
def _insured_prev(world: World) -> Made:
    return Made(world.business.insured_prev, _older_than(world, world.as_of.year))


@maker("new_graduates")
def _graduates(world: World) -> Made:
    rate = world.business.insured * (0.012 + 0.006 * world.technology.rank)
    return Made(world.draws.of("graduates").poisson(np.minimum(rate, 60)))


@maker("laid_off_rate")
def _laid_off(world: World) -> Made:
    """In percent, as the fact has it; growth lays nobody off."""
    lost = world.business.insured_prev - world.business.insured
    rate = lost / np.maximum(world.business.insured_prev, 1) * 60
    noise = world.draws.spread("laid_off", 1, 40, world.n)
    return Made(np.clip(rate * noise, 0, 100))


chance("wage_arrears", lambda world: np.where(world.register.section == "E", 12, 3))

# power, water, energy
simple("power_use", lambda world: world.business.power)


@maker("power_use_prev")
def _power_prev(world: World) -> Made:
    growth = np.clip(0.04 + 0.13 * world.draws.normal("power.prev", world.n), -0.5, 1)
    return Made(world.business.power / (1 + growth), _older_than(world, world.year))


@maker("water_use")
def _water(world: World) -> Made:
    per_wan = _typical(world, "water") / 100 * world.draws.spread("water", 1, 70, world.n)
    return Made(world.business.revenue / WAN * per_wan)


@maker("gas_use")
def _gas(world: World) -> Made:
    return Made(world.business.revenue / WAN * world.draws.spread("gas", 3, 90, world.n))


@maker("energy_use")
def _energy(world: World) -> Made:
    kilograms = _typical(world, "energy") / 10 * world.draws.spread("energy", 1, 55, world.n)
    return Made(world.business.revenue / WAN * kilograms / 1000)


# environment, safety
@maker("emissions")
def _emissions(world: World) -> Made:
    per_yi = _typical(world, "emission") / 10 * world.draws.spread("emissions", 1, 80, world.n)
    return Made(world.business.revenue / (10_000 * WAN) * per_yi)


@maker("environment_penalties")
def _penalties(world: World) -> Made:
    return Made(world.draws.of("penalties").poisson(0.03 + 0.05 * world.register.large))


chance("serious_pollution", lambda _: 2)
chance("serious_accident", lambda _: 2)
chance("general_accident", lambda world: np.where(world.register.large, 26, 10))
graded("safety_grade", lambda world: np.log10(world.business.revenue), (1, 4, 30, 65))


# land, parks
@maker("land_area")
def _land(world: World) -> Made:
    heads = _typical(world, "land") / 100 * world.draws.spread("land", 1, 55, world.n)
    return Made(np.maximum(world.business.employees * heads * 1.6, 0.3))


chance("idle_land", lambda world: np.where(world.register.large, 8, 20))


@maker("floor_area")
def _floor(world: World) -> Made:
    area = np.asarray(_land(world).values, dtype=np.float64)
    return Made(area * 667 * np.clip(world.draws.spread("floor", 0.9, 35, world.n), 0.2, 3))


chance("mortgaged", lambda world: np.where(world.cohorts["borrower"], 480, 60))


@maker("mu_class")
def _mu_class(world: World) -> Made:
    """A to D by tax on each mu, N for those not yet assessed."""
    area = np.asarray(_land(world).values, dtype=np.float64)
    score = np.log(np.maximum(world.business.tax, 1) / area)
    assessed = _older_than(world, world.year) & (world.cohorts["industrial"])
    classes = np.full(world.n, 4)
    for large in (True, False):
        rows = assessed & (world.register.large == large)
        if rows.any():
            edges = np.quantile(score[rows], [0.78, 0.3, 0.06])
            classes[rows] = (score[rows][:, None] < edges[None, :]).sum(axis=1)
    return Made(classes, coded=True)


simple("in_park", lambda world: world.cohorts["tenant"])


@maker("park_stars")
def _stars(world: World) -> Made:
    """One park has one number of stars; none has four yet."""
    districts = len(world.register.places.districts)
    parks = max(world.plan.part("flags").number("parks", 0), districts)
    stars = np.minimum(world.draws.of("park.stars").integers(0, 5, parks), 3)
    # the parks of a district are every so many-th one
    own = (parks - 1 - world.register.district) // districts + 1
    nth = (world.draws.uniform("park", world.n) * own).astype(np.int64)
    return Made(stars[world.register.district + nth * districts], world.cohorts["tenant"])


# lists
simple("dishonest", lambda world: world.cohorts["dishonest"])
simple("judgment_defaulter", lambda world: world.cohorts["defaulter"])
simple("abnormal", lambda world: world.cohorts["abnormal"])


@maker("abnormal_since")
def _since(world: World) -> Made:
    ago = days(world.draws.uniform("abnormal.since", world.n) ** 2 * 1100)
    since = np.maximum(day_of(world.as_of, before=3) - ago, world.register.founded)
    return Made(since, world.cohorts["abnormal"])
