"""What each entity earns, employs, pays and uses (经营情况): amounts in yuan, a year each.

The year is the last full one before the day of the population; ``prev`` is the year before it.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from yanzhen.packs.population.draws import Draws, Flags, Floats, Integers
from yanzhen.packs.population.plan import Plan, Scale
from yanzhen.packs.population.register import ENTERPRISE, INDIVIDUAL, KINDS, Register
from yanzhen.packs.population.spans import (
    NEVER,
    day_of,
    days,
    draw_years,
    months_of,
    new_year,
    years_of,
)

WAN = 10_000
_YI = 100_000_000
_BUILDERS_FROM = 10
"""Persons without whom no qualification in construction is given."""


@dataclass(slots=True)
class Business:
    """Columns of shape (n,); NaN where there is no such year.

    Attributes:
        employees: persons at year end.
        revenue: 营业收入.
        revenue_prev: of the year before.
        revenue_prev2: of two years before.
        main_share: main-business share of revenue.
        output: 工业总产值 of above-scale industry, 0 for the rest.
        value_added: 工业增加值, likewise.
        investment: 技改投资额.
        tax: 实缴税金.
        tax_prev: of the year before.
        insured: insured persons.
        insured_prev: a year before.
        margin: net profit as a share of revenue.
        assets: total assets.
        debt: liabilities as a share of assets.
        power: kWh.
        above_scale: in the statistics list (规上名录库), any section.
        listed_on: first day in the list, NaT where never.
        monthly_entry: listed in the year production began.
    """

    employees: Integers
    revenue: Floats
    revenue_prev: Floats
    revenue_prev2: Floats
    main_share: Floats
    output: Floats
    value_added: Floats
    investment: Floats
    tax: Floats
    tax_prev: Floats
    insured: Integers
    insured_prev: Integers
    margin: Floats
    assets: Floats
    debt: Floats
    power: Floats
    above_scale: Flags
    listed_on: NDArray[np.datetime64]
    monthly_entry: Flags


def make_business(
    plan: Plan, draws: Draws, scale: Scale, register: Register, as_of: date
) -> Business:
    """Draw one consistent year for everybody; published shares are set afterwards."""
    n = register.n
    employees = _employees(plan, draws, register)
    revenue = _revenue(plan, draws, scale, register, employees)
    earlier = _earlier_years(plan, draws, register, revenue, as_of.year - 1)
    above = _above_scale(plan, draws, register, revenue, employees, as_of)
    output, value_added = _industrial(plan, draws, register, revenue)
    tax = revenue * _typical(plan, register, "tax") / 1000
    tax = np.where(register.kind == INDIVIDUAL, tax / 6, tax)
    tax = tax * draws.spread("tax", 1, 55, n)
    tax_prev = np.nan_to_num(earlier[0], nan=0) / np.maximum(revenue, 1) * tax
    tax_prev = tax_prev * draws.spread("tax.prev", 1, 15, n)
    insured = np.floor(employees * np.clip(draws.spread("insured", 0.82, 22, n), 0, 1))
    change = np.floor(insured * (0.03 + 0.14 * draws.normal("insured.prev", n)))
    change += draws.chance("insured.more", 130, n) * 1.0
    margin = np.clip(0.055 + 0.06 * draws.normal("margin", n), -0.3, 0.4)
    assets = np.maximum(revenue * draws.spread("assets", 0.85, 50, n), 1e4)
    power = revenue / WAN * _typical(plan, register, "power") * draws.spread("power", 0.8, 45, n)
    invests = draws.chance("invests", np.where(register.large, 480, 45), n)
    invested = revenue * np.minimum(draws.spread("investment", 0.05, 90, n), 0.8)
    listed_on, monthly = _listed(plan, draws, register, above, as_of)
    return Business(
        employees=employees,
        revenue=_round(revenue),
        revenue_prev=_round(earlier[0]),
        revenue_prev2=_round(earlier[1]),
        main_share=np.clip(1 - 0.12 * draws.uniform("main", n) ** 2 * 3, 0.4, 1),
        output=output,
        value_added=value_added,
        investment=np.where(invests, invested, 0),
        tax=tax,
        tax_prev=tax_prev,
        insured=insured.astype(np.int64),
        insured_prev=np.maximum(insured - change, 0).astype(np.int64),
        margin=margin,
        assets=assets,
        debt=np.clip(0.53 + 0.17 * draws.normal("debt", n), 0.05, 1.1),
        power=power,
        above_scale=above,
        listed_on=listed_on,
        monthly_entry=monthly,
    )


def _typical(plan: Plan, register: Register, key: str) -> Floats:
    return register.industries.typical(plan.part("economics"), key)[register.industry]


def _round(values: Floats) -> Floats:
    return np.round(values, 2)


def _employees(plan: Plan, draws: Draws, register: Register) -> Integers:
    n, large = register.n, plan.part("large")
    parts = [plan.need("kinds").part(kind) for kind in KINDS]
    median = np.array([part.number("staff", 2) for part in parts], dtype=np.float64)[register.kind]
    spread = np.array([part.number("staff_spread", 60) for part in parts])[register.kind]
    heads = _typical(plan, register, "heads") / 100
    median = np.where(register.kind == ENTERPRISE, median * heads, median)
    drawn = draws.spread("staff", median, spread, n)
    limit = np.where(register.kind == INDIVIDUAL, 20, 900)
    staff = np.clip(np.round(drawn), 1, limit)
    if register.large.any():
        medium = large.number("medium_staff", 300)
        few = draws.spread("staff.small", large.number("staff", 70), 62, n)
        few = np.clip(np.round(few), 20, medium - 1)
        micro = draws.chance("staff.micro", large.number("micro", 0), n)
        few = np.where(micro, 6 + np.floor(draws.uniform("staff.fewest", n) * 14), few)
        many = medium * np.exp(-np.log1p(-draws.uniform("staff.big", n)) * 0.5)
        many = np.clip(np.round(many), medium, 12_000)
        big = register.large & ~register.small
        staff = np.where(register.small, few, np.where(big, many, staff))
    return staff.astype(np.int64)


def _revenue(
    plan: Plan, draws: Draws, scale: Scale, register: Register, employees: Integers
) -> Floats:
    n, large = register.n, plan.part("large")
    per_head = _typical(plan, register, "per_head") * WAN
    factor = np.where(register.kind == ENTERPRISE, 1.0, 0.45)
    revenue = employees * per_head * factor * draws.spread("revenue", 0.75, 75, n)
    if not register.large.any():
        return revenue
    floor = large.number("floor") * WAN
    industrial = np.isin(register.section, large.texts("sections")) & ~register.large
    over = industrial & (revenue >= floor * 0.97)
    revenue = np.where(over, floor * (0.15 + 0.8 * draws.uniform("revenue.under", n)), revenue)
    missed = draws.pick(
        "unlisted",
        scale.of(large.number("unlisted", 0), at_least=3),
        over & register.living & (register.kind == ENTERPRISE),
    )
    revenue[missed] = floor * draws.spread("revenue.unlisted", 1.18, 12, n)[missed].clip(1.01)
    raw = employees * per_head * draws.spread("revenue.large", 0.95, 48, n)
    below = draws.chance("revenue.below", large.number("below_floor", 0), n)
    shrunk = floor * (0.6 + 0.39 * draws.uniform("revenue.shrunk", n))
    # a floor that bends: who earns less is set a little above it, in the same order
    small = np.where(raw < floor * 1.5, floor * (1 + 0.5 * raw / (floor * 1.5)), raw)
    small = np.where(below, shrunk, small)
    least = large.number("medium_revenue") * WAN
    big = np.maximum(raw, least * 1.05)
    revenue = np.where(register.small, small, revenue)
    return np.where(register.large & ~register.small, big, revenue)


def _earlier_years(
    plan: Plan, draws: Draws, register: Register, revenue: Floats, year: int
) -> tuple[Floats, Floats]:
    """Revenue of the two years before; NaN before the year of founding."""
    n, part = register.n, plan.part("growth")
    mean, spread = part.number("mean", 5) / 100, part.number("spread", 20) / 100
    grown = draws.of("growth").standard_normal((2, n))
    growth = np.clip(mean + spread * grown, -0.55, 1.6)
    # good years follow good years
    before = np.clip(mean + 0.3 * (growth[0] - mean) + spread * grown[1] * 0.9, -0.55, 1.6)
    prev = revenue / (1 + growth[0])
    prev2 = prev / (1 + before)
    founded = years_of(register.founded)
    return (
        np.where(founded >= year, np.nan, prev),
        np.where(founded >= year - 1, np.nan, prev2),
    )


def _above_scale(
    plan: Plan,
    draws: Draws,
    register: Register,
    revenue: Floats,
    employees: Integers,
    as_of: date,
) -> Flags:
    """Above-scale industry, and other sections above the floors of their own."""
    n, floors, part = register.n, plan.part("listing"), plan.part("listed")
    floor = np.full(len(register.industries.codes), np.inf)
    for i, (code, section) in enumerate(
        zip(register.industries.codes, register.industries.sections, strict=True)
    ):
        near = next((k for k in (code, code[:2], section) if k in floors), None)
        floor[i] = np.inf if near is None else floors.number(near) * WAN
    known = register.founded < new_year(as_of.year - 1)
    others = (register.kind == ENTERPRISE) & register.living & known & ~register.large
    codes = np.array(register.industries.codes)[register.industry]
    developers = others & (codes == "7010")
    builders = others & (register.section == "E") & (employees >= _BUILDERS_FROM)
    meets = others & ~developers & (revenue >= floor[register.industry])
    uniform = draws.uniform("listed", n) * 1000
    listed = meets & (uniform < part.number("share", 0))
    listed |= developers & (uniform < part.number("developers", 0))
    listed |= builders & (uniform < part.number("builders", 0))
    above: Flags = register.large | listed
    return above


def _industrial(
    plan: Plan, draws: Draws, register: Register, revenue: Floats
) -> tuple[Floats, Floats]:
    n = register.n
    output = np.where(register.large, revenue * draws.spread("output", 0.98, 5, n), 0)
    share = _typical(plan, register, "value_added") / 100
    value_added = output * np.clip(share * draws.spread("value_added", 1, 18, n), 0.03, 0.7)
    return output, value_added


def _listed(
    plan: Plan, draws: Draws, register: Register, above: Flags, as_of: date
) -> tuple[NDArray[np.datetime64], Flags]:
    """The day of first listing, and whether it came in the month production began.

    All others are confirmed at the end of a year and enter the list in the next February.
    """
    n = register.n
    drawn = draw_years(plan.part("listed_years"), draws, "listed.year", n, as_of.year)
    founded = years_of(register.founded)
    year = np.clip(drawn, founded + 1, as_of.year)
    monthly = draws.chance("listed.monthly", plan.number("monthly_entry", 0), n)
    monthly &= year <= founded + 3
    month = np.where(monthly, 3 + np.floor(draws.uniform("listed.month", n) * 8), 2)
    on = months_of(year, month) + days(draws.uniform("listed.day", n) * 27)
    on = np.minimum(on, day_of(as_of, before=30))
    return np.where(above, on, NEVER), monthly & above
