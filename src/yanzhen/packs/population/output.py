"""Setting industrial output (工业总产值校准): its total, and the part of the small and micro."""

import numpy as np

from yanzhen.packs.population.business import WAN, Business
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.plan import Plan
from yanzhen.packs.population.register import Register

_YI = 10_000 * WAN


def set_output(plan: Plan, register: Register, business: Business) -> None:
    """Bring output to its total, and the part of small and micro enterprises to its share.

    Whoever is small or large stays so: only what lies above the floor of the class is scaled.
    """
    large = plan.part("large")
    if not register.large.any() or "small_share" not in large:
        return
    total = large.number("output") * float(_YI) * int(register.large.sum()) / large.number("count")
    share = float(large.decimal("small_share"))
    floor = large.number("floor") * float(WAN)
    small, big = register.small, register.large & ~register.small
    _scale_above(business, small, floor * 1.01, total * share)
    of_small = _whole(business.output[small]).sum()
    # the larger ones to the exact remainder of what the small ones came to
    medium = large.number("medium_revenue") * float(WAN) * 1.05
    _scale_above(business, big, medium, of_small / share * (1 - share))


def _scale_above(business: Business, rows: Flags, floor: float, wanted: float) -> None:
    """Scale revenue above ``floor`` so that output adds up to ``wanted``."""
    revenue, ratio = business.revenue[rows], business.output[rows] / business.revenue[rows]
    excess = np.maximum(revenue - floor, 0)
    fixed = (ratio * (revenue - excess)).sum()
    factor = max((wanted - fixed) / (ratio * excess).sum(), 0.05)
    scaled = np.round(revenue - excess + excess * factor, 2)
    grown = scaled / revenue
    business.revenue[rows] = scaled
    # what hangs on revenue moves with it
    for column in ("revenue_prev", "revenue_prev2", "output", "value_added", "tax", "tax_prev",
                   "investment", "assets", "power"):  # fmt: skip
        values = getattr(business, column)
        values[rows] = values[rows] * grown


def _whole(values: Floats) -> Floats:
    """Amounts as files keep them: to a hundred yuan (0.01 万元)."""
    return np.round(values / 100) * 100
