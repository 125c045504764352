"""Columns of science, patents, titles and digital level (科技、知识产权、梯度培育、数字化)."""

import numpy as np

from yanzhen.packs.population.business import WAN
from yanzhen.packs.population.draws import Floats, Integers
from yanzhen.packs.population.makers import Made, chance, graded, maker, simple
from yanzhen.packs.population.spans import days, months_of, years_of
from yanzhen.packs.population.world import World

_YI = 10_000 * WAN


def _rank(world: World) -> Integers:
    return world.technology.rank


def _by_rank(world: World, values: tuple[float, ...]) -> Floats:
    """One value for each rank from none to little giant."""
    return np.array(values, dtype=np.float64)[world.technology.rank]


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
    usual = _by_rank(world, (0.035, 0.10, 0.13, 0.14, 0.15, 0.19))
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
    none = _by_rank(world, (0.96, 0.9, 0.62, 0.5, 0.28, 0.1))
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


chance("hitech_field", lambda world: _by_rank(world, (180, 620, 960, 900, 950, 990)))


@maker("ic_machine_tool")
def _chips(world: World) -> Made:
    codes = np.array(world.register.industries.codes)[world.register.industry]
    fits = np.isin(codes, ("3973", "3562", "6520", "3421", "3422"))
    return Made(fits & world.draws.chance("chips", 700, world.n))


@maker("hitech_income")
def _hitech_income(world: World) -> Made:
    usual = _by_rank(world, (0.25, 0.5, 0.74, 0.72, 0.76, 0.8))
    share = np.clip(usual + 0.12 * world.draws.normal("hitech.income", world.n), 0, 0.99)
    return Made(world.business.revenue * share, world.technology.active)


@maker("science_award")
def _award(world: World) -> Made:
    uniform = world.draws.uniform("award", world.n)
    some = _by_rank(world, (0.0005, 0.002, 0.008, 0.012, 0.03, 0.09))
    place = np.searchsorted([0.03, 0.06, 0.12, 0.42, 1], uniform / some, side="right")
    return Made(np.minimum(place, 5), coded=True)


@maker("score_conversion")
def _conversion(world: World) -> Made:
    mean = _by_rank(world, (0.4, 2.0, 4.6, 4.4, 5.2, 6.5))
    return Made(world.draws.of("conversion").poisson(mean * 3) / 3)


@maker("management_score_low")
def _management_low(world: World) -> Made:
    usual = _by_rank(world, (5, 9, 13, 13, 14, 16))
    return Made(np.clip(np.round(usual + 2 * world.draws.normal("management", world.n)), 0, 20))


@maker("management_score_high")
def _management_high(world: World) -> Made:
    low = np.asarray(_management_low(world).values)
    return Made(np.minimum(low + world.draws.of("management.high").integers(0, 4, world.n), 20))


# intellectual property
def _poisson(world: World, stream: str, means: tuple[float, ...]) -> Integers:
    size = np.clip(np.sqrt(world.business.employees / 60), 0.5, 4)
    return world.draws.of(stream).poisson(_by_rank(world, means) * size).astype(np.int64)


def _high_value(world: World) -> Integers:
    return _poisson(world, "ip.high", (0.0, 0.05, 0.35, 0.6, 1.6, 5.0))


def _own(world: World) -> Integers:
    return _high_value(world) + _poisson(world, "ip.own", (0.03, 0.5, 2.2, 2.6, 4.5, 9.0))


simple("ip_high_value", _high_value)
simple("ip_class1_own", _own)
simple(
    "ip_class1",
    lambda world: _own(world) + _poisson(world, "ip.bought", (0.02, 0.1, 0.3, 0.3, 0.5, 0.8)),
)
simple("ip_class2", lambda world: _poisson(world, "ip.two", (0.2, 3.0, 8.0, 8.0, 12.0, 22.0)))
graded("ip_advancement", lambda world: 1.2 * _rank(world), (6, 16, 34, 18, 26))
graded("ip_core", lambda world: 1.2 * _rank(world), (8, 18, 34, 16, 24))
chance("ip_demonstration", lambda world: _by_rank(world, (0, 4, 25, 40, 120, 420)))
chance("standards_led", lambda world: _by_rank(world, (4, 15, 70, 90, 260, 620)))
chance("own_brand", lambda world: _by_rank(world, (300, 420, 600, 640, 780, 930)))
chance("quality_award", lambda world: _by_rank(world, (1, 3, 10, 15, 50, 170)))
chance("management_certificate", lambda world: _by_rank(world, (240, 420, 740, 760, 900, 980)))

# titles
simple("innovative_sme", lambda world: world.technology.innovative)
simple("srdi_sme", lambda world: world.technology.srdi)
simple("little_giant", lambda world: world.technology.giant)
simple("hidden_champion", lambda world: world.technology.hidden)
simple("single_champion", lambda world: world.technology.single)
simple("green_factory", lambda world: world.technology.green)
simple("listed_company", lambda world: world.technology.listed_company)


@maker("srdi_on")
def _srdi_on(world: World) -> Made:
    return Made(world.technology.srdi_on, world.technology.srdi)


@maker("little_giant_on")
def _giant_on(world: World) -> Made:
    return Made(world.technology.giant_on, world.technology.giant)


@maker("niche_years")
def _niche_years(world: World) -> Made:
    founded = years_of(world.register.founded)
    share = 0.45 + 0.55 * world.draws.uniform("niche", world.n)
    share = np.where(world.technology.champion, np.maximum(share, 0.9), share)
    return Made(np.floor(np.maximum(world.year - founded, 0) * share))


@maker("niche_share")
def _niche_share(world: World) -> Made:
    usual = _by_rank(world, (0.01, 0.015, 0.03, 0.04, 0.09, 0.17))
    share = world.draws.spread("niche.share", usual, 60, world.n)
    share = np.where(world.technology.champion, np.maximum(share, 0.22), share)
    return Made(np.clip(np.round(share, 4), 0, 0.9))


@maker("niche_rank")
def _niche_rank(world: World) -> Made:
    share = np.asarray(_niche_share(world).values, dtype=np.float64)
    rank = np.round(0.45 / np.maximum(share, 0.005) * world.draws.spread("rank", 1, 30, world.n))
    rank = np.where(world.technology.champion, np.minimum(rank, 3), rank)
    known = world.draws.chance(
        "rank.known", _by_rank(world, (60, 150, 400, 520, 900, 1000)), world.n
    )
    return Made(np.clip(rank, 1, 200), known)


@maker("niche_rank_world")
def _world_rank(world: World) -> Made:
    rank = np.asarray(_niche_rank(world).values) * world.draws.spread("world", 3, 40, world.n)
    rank = np.where(world.technology.champion, np.minimum(rank, 10), rank)
    known = world.draws.chance("world.known", _by_rank(world, (5, 10, 60, 90, 300, 800)), world.n)
    return Made(np.clip(np.round(rank), 1, 500), known)


chance("leading_share", lambda world: _by_rank(world, (90, 180, 420, 500, 900, 1000)))


@maker("main_products_share")
def _main_products(world: World) -> Made:
    share = world.business.main_share * (
        0.6 + 0.38 * world.draws.uniform("products", world.n) ** 0.5
    )
    return Made(np.round(np.minimum(share, world.business.main_share), 4))


@maker("revenue_growth_years")
def _growth_years(world: World) -> Made:
    business = world.business
    last = business.revenue > business.revenue_prev
    before = business.revenue_prev > business.revenue_prev2
    longer = world.draws.of("growth.years").geometric(0.45, world.n) - 1
    return Made(np.where(last, np.where(before, 2 + longer, 1), 0))


@maker("profit_growth_mean")
def _profit_growth(world: World) -> Made:
    growth = world.business.revenue / world.business.revenue_prev - 1
    mean = np.nan_to_num(growth) * 0.7 + 0.05 + 0.1 * world.draws.normal("profit", world.n)
    mean = np.where(world.technology.champion, np.maximum(mean, 0.08 + 0.1 * abs(mean)), mean)
    return Made(np.clip(np.round(mean, 4), -0.9, 3))


@maker("maker_rank")
def _maker_rank(world: World) -> Made:
    known = world.draws.chance("maker", _by_rank(world, (0, 3, 12, 20, 45, 80)), world.n)
    return Made(world.draws.of("maker.rank").integers(1, 900, world.n), known)


@maker("quality_score")
def _quality_score(world: World) -> Made:
    usual = _by_rank(world, (34, 41, 47, 52, 61, 71))
    return Made(np.clip(np.round(usual + 7 * world.draws.normal("quality", world.n), 2), 5, 98))


chance("bank_rating_a", lambda world: _by_rank(world, (240, 330, 480, 520, 720, 920)))
chance("strategic_field", lambda world: _by_rank(world, (120, 280, 440, 480, 640, 820)))
chance("six_basics", lambda world: _by_rank(world, (40, 90, 170, 190, 380, 780)))
chance("key_link", lambda world: _by_rank(world, (40, 80, 150, 180, 400, 820)))
chance("fills_gap", lambda world: _by_rank(world, (10, 25, 60, 70, 190, 480)))


# digital level
@maker("digital_level")
def _digital(world: World) -> Made:
    score = (
        1.1 + 0.28 * _rank(world) + 0.3 * np.log10(np.maximum(world.business.revenue / _YI, 0.1))
    )
    return Made(np.clip(np.round(score + 0.55 * world.draws.normal("digital", world.n)), 1, 4))


@maker("smart_factory")
def _smart(world: World) -> Made:
    best = np.asarray(_digital(world).values) >= 3  # noqa: PLR2004 -- the third of four levels
    return Made(world.register.large & best & world.draws.chance("smart", 300, world.n))


chance(
    "information_system",
    lambda world: 260 + 420 * world.register.large + _by_rank(world, (0, 60, 120, 160, 220, 300)),
)
chance("cloud", lambda world: 340 + 300 * world.register.large)


@maker("robots")
def _robots(world: World) -> Made:
    some = world.draws.chance("robots", np.where(world.register.large, 170, 12), world.n)
    count = 1 + world.draws.of("robots.count").poisson(np.sqrt(world.business.employees) / 3)
    return Made(np.where(some, count, 0))
