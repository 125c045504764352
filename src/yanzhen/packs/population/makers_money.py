"""Columns of tax, finance, trade, banking and support (税务、财务、外贸、信贷、奖补)."""

import numpy as np

from yanzhen.packs.population.business import WAN
from yanzhen.packs.population.draws import Floats
from yanzhen.packs.population.makers import Made, chance, graded, maker, simple
from yanzhen.packs.population.register import ENTERPRISE, INDIVIDUAL
from yanzhen.packs.population.spans import new_year
from yanzhen.packs.population.world import World

_YI = 10_000 * WAN
_GENERAL_FROM = 500 * WAN
"""Yearly sales above which a taxpayer is a general one (一般纳税人)."""


def _known(values: Floats) -> Made:
    return Made(np.nan_to_num(values, nan=0), ~np.isnan(values))


def _main(world: World) -> Floats:
    return world.business.main_share


@maker("revenue_prev")
def _revenue_prev(world: World) -> Made:
    return _known(world.business.revenue_prev)


@maker("main_revenue_prev")
def _main_prev(world: World) -> Made:
    return _known(world.business.revenue_prev * _main(world))


@maker("main_revenue_prev2")
def _main_prev2(world: World) -> Made:
    return _known(world.business.revenue_prev2 * _main(world))


simple("revenue", lambda world: world.business.revenue)
simple("main_revenue", lambda world: world.business.revenue * _main(world))
simple("net_profit", lambda world: world.business.revenue * world.business.margin * 0.82)
simple("total_cost", lambda world: world.business.revenue * (1 - world.business.margin))
simple("total_assets", lambda world: world.business.assets)
simple("total_liabilities", lambda world: world.business.assets * world.business.debt)


@maker("taxable_income")
def _taxable(world: World) -> Made:
    noise = world.draws.spread("taxable", 1, 15, world.n)
    return Made(world.business.revenue * world.business.margin * noise)


@maker("average_employees")
def _average_employees(world: World) -> Made:
    noise = 1 + 0.05 * world.draws.normal("average_employees", world.n)
    return Made(np.maximum(np.round(world.business.employees * noise), 1))


@maker("average_assets")
def _average_assets(world: World) -> Made:
    return Made(world.business.assets * world.draws.spread("average_assets", 0.96, 8, world.n))


@maker("net_assets_prev")
def _net_assets(world: World) -> Made:
    own = world.business.assets * (1 - world.business.debt)
    founded = world.register.founded < new_year(world.year)
    return Made(own / (1.06 + 0.18 * np.clip(world.draws.normal("net", world.n), -2, 4)), founded)


def _equity(world: World) -> Floats:
    financed = world.draws.chance("equity", 12 + 45 * world.technology.rank, world.n)
    return np.where(financed, world.draws.spread("equity.sum", 900 * WAN, 95, world.n), 0)


simple("equity_financing_2y", _equity)


@maker("equity_financing_3y")
def _equity_3y(world: World) -> Made:
    before = world.draws.chance("equity.before", 500, world.n)
    return Made(_equity(world) * (1 + before * world.draws.uniform("equity.3y", world.n)))


chance("restricted_industry", lambda world: np.where(world.register.section == "R", 30, 4))


@maker("taxpayer_kind")
def _taxpayer(world: World) -> Made:
    voluntary = world.draws.chance("taxpayer", 160, world.n)
    company = world.register.kind == ENTERPRISE
    general = (world.business.revenue >= _GENERAL_FROM) | (voluntary & company)
    return Made(np.where(general, 0, 1), coded=True)


@maker("monthly_sales")
def _monthly(world: World) -> Made:
    now = world.draws.spread("monthly", 1.03, 22, world.n)
    still = world.draws.chance("monthly.none", 60, world.n)
    return Made(np.where(still, 0, world.business.revenue / 12 * now))


@maker("tax_paid_prev")
def _tax_prev(world: World) -> Made:
    founded = world.register.founded < new_year(world.year)
    return Made(world.business.tax_prev, founded)


simple("tax_paid", lambda world: world.business.tax)
chance("tax_arrears", lambda world: np.where(world.register.kind == INDIVIDUAL, 6, 14))
graded("tax_credit_grade", lambda world: np.log10(world.business.revenue) * 0.6, (12, 48, 30, 6, 4))


@maker("exports", "export_value")
def _exports(world: World) -> Made:
    share = np.clip(world.draws.spread("exports", 0.16, 95, world.n), 0, 0.9)
    sells = world.draws.chance("exports.any", 900, world.n)
    return Made(np.where(sells, world.business.revenue * share, 0))


@maker("imports")
def _imports(world: World) -> Made:
    share = np.clip(world.draws.spread("imports", 0.06, 110, world.n), 0, 0.8)
    buys = world.draws.chance("imports.any", 380, world.n)
    return Made(np.where(buys, world.business.revenue * share, 0))


@maker("loan_balance")
def _loans(world: World) -> Made:
    share = np.clip(world.draws.spread("loans", 0.2, 90, world.n), 0, 1.5)
    paid_back = world.draws.chance("loans.none", 110, world.n)
    loan = np.round(world.business.revenue * share, -4)
    return Made(np.where(paid_back, 0, np.maximum(loan, 5 * WAN)))


@maker("first_loan")
def _first(world: World) -> Made:
    young = world.register.founded > new_year(world.year - 2)
    share = np.where(world.register.large, 15, np.where(young, 260, 90))
    return Made(world.draws.chance("first_loan", share, world.n))


@maker("guaranteed_loan")
def _guaranteed(world: World) -> Made:
    some = world.draws.chance("guaranteed", np.where(world.register.large, 90, 160), world.n)
    amount = np.clip(
        world.draws.spread("guaranteed.sum", 120 * WAN, 75, world.n), 5 * WAN, 10 * _YI
    )
    return Made(np.where(some, np.round(np.minimum(amount, 1500 * WAN), -4), 0))


@maker("loan_rate")
def _rate(world: World) -> Made:
    rate = 0.041 + 0.007 * world.draws.normal("loan_rate", world.n)
    rate -= 0.004 * world.register.large
    return Made(np.clip(np.round(rate * 2000) / 2000, 0.028, 0.09))


chance("loan_overdue", lambda world: np.where(world.register.large, 6, 18))


@maker("listing_award_paid")
def _listing_award(world: World) -> Made:
    on = world.business.listed_on
    long_ago = on < new_year(world.year)
    share = np.where(long_ago, 800, 120) * ~np.isnat(on)
    return Made(world.draws.chance("listing_award", share, world.n))


@maker("step_award_paid")
def _step_award(world: World) -> Made:
    """What the step reached a year before would have paid, to some."""
    reached = np.nan_to_num(world.business.revenue_prev) * world.business.main_share
    steps = np.select(
        [reached >= 10 * _YI, reached >= 5 * _YI, reached >= 2 * _YI, reached >= _YI],
        [100 * WAN, 50 * WAN, 25 * WAN, 12 * WAN],
        0,
    )
    paid = world.draws.chance("step_award", 640, world.n) & world.business.above_scale
    return Made(np.where(paid, steps, 0))


@maker("support_received")
def _support(world: World) -> Made:
    amount = world.draws.spread("support", 9 * WAN, 100, world.n)
    return Made(np.round(np.minimum(amount * (1 + world.technology.rank), 3000 * WAN), -2))


@maker("giant_award_paid")
def _giant_award(world: World) -> Made:
    early = world.technology.giant_on < new_year(world.as_of.year)
    return Made(early & world.draws.chance("giant_award", 760, world.n))


@maker("srdi_award_paid")
def _srdi_award(world: World) -> Made:
    early = world.technology.srdi_on < new_year(world.as_of.year)
    return Made(early & world.draws.chance("srdi_award", 760, world.n))
