"""Columns of science, patents, titles and digital level (科技、知识产权、梯度培育、数字化)."""

import numpy as np

from yanzhen.packs.population.business import WAN
from yanzhen.packs.population.draws import Floats
from yanzhen.packs.population.makers import Made, by_rank, chance, maker, simple
from yanzhen.packs.population.spans import days, months_of
from yanzhen.packs.population.world import World

_YI = 10_000 * WAN


# research
def _rd(world: World) -> Floats:
    return world.business.revenue * world.technology.rd_share


def _rd_prev(world: World) -> Floats:
    noise = world.draws.spread("rd.prev", 0.98, 16, world.n)
    return np.nan_to_num(world.business.revenue_prev) * world.technology.rd_share * noise


simple("rd_expense", _rd)


@maker("rd_expense_prev")
def _rd_prev_known(world: World) -> Made:
    return Made(_rd_prev(world), ~np.isnan(world.business.revenue_prev))


@maker("rd_expense_3y")
def _rd_3y(world: World) -> Made:
    prev2 = np.nan_to_num(world.business.revenue_prev2) * world.technology.rd_share * 0.95
    return Made(_rd(world) + _rd_prev(world) + prev2)


@maker("sales_3y")
def _sales_3y(world: World) -> Made:
    business = world.business
    return Made(
        business.revenue
        + np.nan_to_num(business.revenue_prev)
        + np.nan_to_num(business.revenue_prev2)
    )


@maker("rd_domestic_share")
def _domestic(world: World) -> Made:
    abroad = world.draws.chance("domestic", 120, world.n) * world.draws.uniform("abroad", world.n)
    return Made(np.round(1 - 0.6 * abroad, 4), world.technology.active)


def _staff_share(world: World) -> Floats:
    usual = by_rank(world, (0.035, 0.10, 0.13, 0.14, 0.15, 0.19))
    return np.minimum(world.draws.spread("rd.staff", usual, 35, world.n), 0.85)


@maker("rd_staff")
def _rd_staff(world: World) -> Made:
    share = np.where(world.technology.active, _staff_share(world), 0)
    return Made(np.round(world.business.employees * share))


@maker("science_staff")
def _science_staff(world: World) -> Made:
    share = np.minimum(_staff_share(world) * world.draws.spread("science", 1.3, 15, world.n), 0.9)
    return Made(np.round(world.business.employees * share))


@maker("rd_institution")
def _institution(world: World) -> Made:
    """National, provincial, city, county, none."""
    uniform = world.draws.uniform("institution", world.n)
    none = by_rank(world, (0.96, 0.9, 0.62, 0.5, 0.28, 0.1))
    level = np.digitize((uniform - none) / np.maximum(1 - none, 0.01), [0.35, 0.65, 0.97])
    return Made(np.where(uniform < none, 4, 3 - level), coded=True)


simple("hitech", lambda world: world.technology.hitech)
simple("tech_sme_listed", lambda world: world.technology.tech_sme)


@maker("hitech_until")
def _hitech_until(world: World) -> Made:
    """Three years from the December of recognition; a few have lapsed."""
    lapsed = world.draws.chance("hitech.lapsed", 45, world.n)
    year = world.as_of.year + world.draws.of("hitech.until").integers(0, 3, world.n)
    year = np.where(lapsed, world.as_of.year - 1, year)
    on = months_of(year, 12) + days(world.draws.uniform("hitech.day", world.n) * 26)
    return Made(on, world.technology.hitech)


chance("hitech_field", lambda world: by_rank(world, (180, 620, 960, 900, 950, 990)))


@maker("ic_machine_tool")
def _chips(world: World) -> Made:
    codes = np.array(world.register.industries.codes)[world.register.industry]
    fits = np.isin(codes, ("3973", "3562", "6520", "3421", "3422"))
    return Made(fits & world.draws.chance("chips", 700, world.n))


@maker("hitech_income")
def _hitech_income(world: World) -> Made:
    usual = by_rank(world, (0.25, 0.5, 0.74, 0.72, 0.76, 0.8))
    share = np.clip(usual + 0.12 * world.draws.normal("hitech.income", world.n), 0, 0.99)
    return Made(world.business.revenue * share, world.technology.active)


@maker("science_award")
def _award(world: World) -> Made:
    uniform = world.draws.uniform("award", world.n)
    some = by_rank(world, (0.0005, 0.002, 0.008, 0.012, 0.03, 0.09))
    place = np.searchsorted([0.03, 0.06, 0.12, 0.42, 1], uniform / some, side="right")
    return Made(np.minimum(place, 5), coded=True)


@maker("score_conversion")
def _conversion(world: World) -> Made:
    mean = by_rank(world, (0.4, 2.0, 4.6, 4.4, 5.2, 6.5))
    return Made(world.draws.of("conversion").poisson(mean * 3) / 3)


@maker("management_score_low")
def _management_low(world: World) -> Made:
    usual = by_rank(world, (5, 9, 13, 13, 14, 16))
    return Made(np.clip(np.round(usual + 2 * world.draws.normal("management", world.n)), 0, 20))


@maker("management_score_high")
def _management_high(world: World) -> Made:
    low = np.asarray(_management_low(world).values)
    return Made(np.minimum(low + world.draws.of("management.high").integers(0, 4, world.n), 20))


# digital level
@maker("digital_level")
def _digital(world: World) -> Made:
    score = (
        1.1
        + 0.28 * world.technology.rank
        + 0.3 * np.log10(np.maximum(world.business.revenue / _YI, 0.1))
    )
    return Made(np.clip(np.round(score + 0.55 * world.draws.normal("digital", world.n)), 1, 4))


@maker("smart_factory")
def _smart(world: World) -> Made:
    best = np.asarray(_digital(world).values) >= 3  # noqa: PLR2004 -- the third of four levels
    return Made(world.register.large & best & world.draws.chance("smart", 300, world.n))


chance(
    "information_system",
    lambda world: 260 + 420 * world.register.large + by_rank(world, (0, 60, 120, 160, 220, 300)),
)
chance("cloud", lambda world: 340 + 300 * world.register.large)


@maker("robots")
def _robots(world: World) -> Made:
    some = world.draws.chance("robots", np.where(world.register.large, 170, 12), world.n)
    count = 1 + world.draws.of("robots.count").poisson(np.sqrt(world.business.employees) / 3)
    return Made(np.where(some, count, 0))
