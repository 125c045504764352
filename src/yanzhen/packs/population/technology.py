"""Research and titles (研发、梯度资格): only where they fit, each on the one below."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yanzhen.packs.population.business import WAN, Business
from yanzhen.packs.population.draws import Draws, Flags, Floats, Integers
from yanzhen.packs.population.plan import Plan, Scale
from yanzhen.packs.population.register import ENTERPRISE, Register
from yanzhen.packs.population.spans import NEVER, day_of, days, draw_years, months_of, new_year

_YI = 10_000 * WAN
_FEW, _MANY = 500, 1000
"""Most persons of a technology SME, and fewest of a large enterprise."""


@dataclass(slots=True)
class Technology:
    """Columns of shape (n,).

    Attributes:
        active: does research at all.
        hitech: 高新技术企业.
        tech_sme: 科技型中小企业.
        innovative: 创新型中小企业.
        srdi: 专精特新中小企业, all innovative.
        giant: 小巨人, all srdi.
        hidden: 隐形冠军, all srdi.
        single: 单项冠军, all srdi.
        green: 绿色工厂.
        listed_company: 上市公司.
        srdi_on: day of that title, NaT without.
        giant_on: likewise.
        rank: 0 for none, then 1 tech SME, 2 high-tech, 3 innovative, 4 srdi, 5 giant.
        rd_share: R&D expense as a share of revenue, 0 where none.
    """

    active: Flags
    hitech: Flags
    tech_sme: Flags
    innovative: Flags
    srdi: Flags
    giant: Flags
    hidden: Flags
    single: Flags
    green: Flags
    listed_company: Flags
    srdi_on: NDArray[np.datetime64]
    giant_on: NDArray[np.datetime64]
    rank: Integers
    rd_share: Floats

    @property
    def champion(self) -> Flags:
        """First in its niche: 隐形冠军 or 单项冠军."""
        return self.hidden | self.single


def make_technology(
    plan: Plan,
    draws: Draws,
    scale: Scale,
    register: Register,
    business: Business,
    as_of: date,
) -> Technology:
    """Draw who does research and who holds which title."""
    n, titles = register.n, plan.part("titles")
    weight = register.industries.typical(plan.part("economics"), "technology")[register.industry]
    old = register.founded < new_year(as_of.year - 2)
    able = (register.kind == ENTERPRISE) & register.living & old & (business.revenue > 50 * WAN)
    size = np.sqrt(np.minimum(business.revenue, 20 * _YI) / WAN)
    small_enough = (business.revenue <= 2 * _YI) & (business.employees <= _FEW)

    def draw(name: str, among: Flags, weights: ArrayLike, at_least: int = 3) -> Flags:
        holders = np.zeros(n, dtype=bool)
        count = scale.of(titles.number(name, 0), at_least=at_least)
        holders[draws.pick(f"title.{name}", count, among, weights)] = True
        return holders

    hitech = draw("hitech", able, weight**1.5 * size, 8)
    tech_sme = draw("tech_sme", able & small_enough, weight**1.5 * (1 + 4 * hitech), 8)
    base = hitech | tech_sme
    base &= business.employees < _MANY
    innovative = draw("innovative", base, (1.0 + 4 * hitech) * size, 6)
    srdi = draw("srdi", innovative & (business.revenue >= 1500 * WAN), 1.0 + 6 * hitech, 5)
    giant = draw("giant", srdi & (business.revenue >= 5000 * WAN), (1.0 + hitech) * size, 4)
    champions = srdi & (business.revenue >= 5000 * WAN) & (business.revenue < 20 * _YI)
    grown = (business.revenue > business.revenue_prev) & (
        business.revenue_prev > business.revenue_prev2
    )
    steady = grown & (register.founded < new_year(as_of.year - 12))
    hidden = draw("hidden", champions, size * np.where(steady, 40, 1), 2)
    single = draw("single", champions & (business.revenue >= 2 * _YI), np.where(steady, 40, 1), 1)
    ranks = (tech_sme, hitech, innovative, srdi, giant)
    rank = np.zeros(n, dtype=np.int64)
    for i, title in enumerate(ranks):
        rank[title] = i + 1
    active = hitech | tech_sme | (register.large & draws.chance("research", 560, n))
    usual = np.array([0.012, 0.034, 0.042, 0.040, 0.048, 0.056])[rank]
    rd_share = np.where(active, np.clip(draws.spread("rd", usual, 32, n), 0.002, 0.4), 0)
    rd_share = np.where(hidden | single, np.maximum(rd_share, 0.045), rd_share)
    srdi_on = _dates(plan, draws, "srdi_on", srdi, as_of)
    giant_on = _dates(plan, draws, "giant_on", giant, as_of)
    # a giant was 专精特新 at least a year before
    srdi_on = np.where(giant, np.minimum(srdi_on, giant_on - days(365)), srdi_on)
    return Technology(
        active=active,
        hitech=hitech,
        tech_sme=tech_sme,
        innovative=innovative,
        srdi=srdi,
        giant=giant,
        hidden=hidden,
        single=single,
        green=draw("green", register.large & (business.revenue > 5000 * WAN), size, 3),
        listed_company=draw("listed_company", register.large & (business.revenue > _YI), size, 1),
        srdi_on=srdi_on,
        giant_on=giant_on,
        rank=rank,
        rd_share=rd_share,
    )


def _dates(
    plan: Plan, draws: Draws, stream: str, holders: Flags, as_of: date
) -> NDArray[np.datetime64]:
    """Days of recognition, by the weights of years; none after ``as_of``."""
    n = len(holders)
    chosen = draw_years(plan.part("title_years"), draws, f"{stream}.year", n, as_of.year)
    # lists come out from June to October
    day = months_of(chosen, 6) + days(draws.uniform(f"{stream}.day", n) * 140)
    day = np.minimum(day, day_of(as_of, before=30))
    return np.where(holders, day, NEVER)
