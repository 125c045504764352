"""Columns of patents and titles (知识产权、梯度培育)."""

import numpy as np

from yanzhen.packs.population.draws import Integers
from yanzhen.packs.population.makers import Made, by_rank, chance, graded, maker, simple
from yanzhen.packs.population.spans import years_of
from yanzhen.packs.population.world import World


# intellectual property
def _poisson(world: World, stream: str, means: tuple[float, ...]) -> Integers:
    size = np.clip(np.sqrt(world.business.employees / 60), 0.5, 4)
    return world.draws.of(stream).poisson(by_rank(world, means) * size).astype(np.int64)


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
graded("ip_advancement", lambda world: 1.2 * world.technology.rank, (6, 16, 34, 18, 26))
graded("ip_core", lambda world: 1.2 * world.technology.rank, (8, 18, 34, 16, 24))
chance("ip_demonstration", lambda world: by_rank(world, (0, 4, 25, 40, 120, 420)))
chance("standards_led", lambda world: by_rank(world, (4, 15, 70, 90, 260, 620)))
chance("own_brand", lambda world: by_rank(world, (300, 420, 600, 640, 780, 930)))
chance("quality_award", lambda world: by_rank(world, (1, 3, 10, 15, 50, 170)))
chance("management_certificate", lambda world: by_rank(world, (240, 420, 740, 760, 900, 980)))

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
    usual = by_rank(world, (0.01, 0.015, 0.03, 0.04, 0.09, 0.17))
    share = world.draws.spread("niche.share", usual, 60, world.n)
    share = np.where(world.technology.champion, np.maximum(share, 0.22), share)
    return Made(np.clip(np.round(share, 4), 0, 0.9))


@maker("niche_rank")
def _niche_rank(world: World) -> Made:
    share = np.asarray(_niche_share(world).values, dtype=np.float64)
    rank = np.round(0.45 / np.maximum(share, 0.005) * world.draws.spread("rank", 1, 30, world.n))
    rank = np.where(world.technology.champion, np.minimum(rank, 3), rank)
    known = world.draws.chance(
        "rank.known", by_rank(world, (60, 150, 400, 520, 900, 1000)), world.n
    )
    return Made(np.clip(rank, 1, 200), known)


@maker("niche_rank_world")
def _world_rank(world: World) -> Made:
    rank = np.asarray(_niche_rank(world).values) * world.draws.spread("world", 3, 40, world.n)
    rank = np.where(world.technology.champion, np.minimum(rank, 10), rank)
    known = world.draws.chance("world.known", by_rank(world, (5, 10, 60, 90, 300, 800)), world.n)
    return Made(np.clip(np.round(rank), 1, 500), known)


chance("leading_share", lambda world: by_rank(world, (90, 180, 420, 500, 900, 1000)))


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
    known = world.draws.chance("maker", by_rank(world, (0, 3, 12, 20, 45, 80)), world.n)
    return Made(world.draws.of("maker.rank").integers(1, 900, world.n), known)


@maker("quality_score")
def _quality_score(world: World) -> Made:
    usual = by_rank(world, (34, 41, 47, 52, 61, 71))
    return Made(np.clip(np.round(usual + 7 * world.draws.normal("quality", world.n), 2), 5, 98))


chance("bank_rating_a", lambda world: by_rank(world, (240, 330, 480, 520, 720, 920)))
chance("strategic_field", lambda world: by_rank(world, (120, 280, 440, 480, 640, 820)))
chance("six_basics", lambda world: by_rank(world, (40, 90, 170, 190, 380, 780)))
chance("key_link", lambda world: by_rank(world, (40, 80, 150, 180, 400, 820)))
chance("fills_gap", lambda world: by_rank(world, (10, 25, 60, 70, 190, 480)))
