"""Setting published shares exactly (按公布比例校准): one factor for those who are not private."""

import numpy as np

from yanzhen.kernel.errors import DataError
from yanzhen.packs.population.business import Business
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.plan import Plan
from yanzhen.packs.population.register import Register

_ROUNDS = 40


def set_private_share(values: Floats, private: Flags, counted: Flags, share: float) -> None:
    """Scale the values of those not private until the private have ``share`` of the sum.

    Where there is nothing to scale, as in a very small population, the values stay as they are.

    Args:
        values: shape (n,), zero or more; changed in place.
        private: shape (n,).
        counted: shape (n,), rows that the sum counts.
        share: between 0 and 1.
    """
    mine = values[counted & private].sum()
    others = counted & ~private
    theirs = values[others].sum()
    if mine > 0 and theirs > 0:
        values[others] *= mine * (1 - share) / share / theirs


def set_private_jobs(business: Business, private: Flags, counted: Flags, share: float) -> None:
    """The same for new jobs, which are whole persons: last year's insured persons are changed.

    New jobs are the sum of what each employer has more than a year before.
    """
    others = np.flatnonzero(counted & ~private & (business.insured > 0))
    more = np.maximum(business.insured - business.insured_prev, 0)
    wanted = round(more[counted & private].sum() * (1 - share) / share)
    for _ in range(_ROUNDS):
        gap = int(wanted - more[others].sum())
        if gap == 0 or not len(others):
            return
        # spread the gap over employers by size, at least one person each
        room = business.insured[others] - more[others] if gap > 0 else more[others]
        weight = room / max(room.sum(), 1)
        step = np.minimum(np.ceil(abs(gap) * weight), room).astype(np.int64)
        step = np.where(np.cumsum(step) <= abs(gap), step, 0)
        more[others] += step if gap > 0 else -step
        # who lost persons still loses them; only gains are set
        rows = others[step > 0]
        business.insured_prev[rows] = business.insured[rows] - more[rows]


def set_shares(
    plan: Plan, register: Register, business: Business, counted: dict[str, Flags]
) -> None:
    """Set every share that the plan names.

    Args:
        plan: its ``private_shares``.
        register: who is private.
        business: changed in place.
        counted: by name of the share, who the data set behind it covers.
    """
    shares = plan.part("private_shares")
    columns = {
        "value_added": business.value_added,
        "investment": business.investment,
        "tax_paid": business.tax,
    }
    for name in shares:
        share = float(shares.decimal(name))
        if name == "new_jobs":
            set_private_jobs(business, register.private, counted[name], share)
        elif name in columns:
            set_private_share(columns[name], register.private, counted[name], share)
        else:
            raise DataError(f"demo.yaml: private_shares.{name} is not a share that can be set")
