"""Everything drawn about everybody, before any file is written (总体)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import City, Dataset
from yanzhen.packs.population.business import WAN, Business, make_business
from yanzhen.packs.population.calendar import as_of_of
from yanzhen.packs.population.codes import Codes, make_codes
from yanzhen.packs.population.draws import PER_MILLE, Draws, Flags
from yanzhen.packs.population.names import Names, make_names
from yanzhen.packs.population.output import set_output
from yanzhen.packs.population.plan import Plan, Scale
from yanzhen.packs.population.register import (
    COOPERATIVE,
    ENTERPRISE,
    INDIVIDUAL,
    Register,
    make_register,
)
from yanzhen.packs.population.spans import day_of
from yanzhen.packs.population.steer import set_shares
from yanzhen.packs.population.technology import Technology, make_technology

_BEHIND = {"value_added": "value_added", "investment": "investment", "tax_paid": "tax_paid",
           "new_jobs": "insured_employees"}  # fmt: skip
"""The fact whose data set says who counts for each private share."""
_SETTLED_DAYS = 90
"""Whoever moves into a park stands in the park's own data some months later."""


@dataclass(frozen=True, slots=True)
class World:
    """The whole population.

    Attributes:
        city: the city folder.
        plan: its ``demo.yaml``.
        draws: all chance.
        scale: how large it is against the full one.
        as_of: the day on which the files lie ready.
        register: who, where, what, since when.
        codes: identifiers.
        names: names, addresses, people.
        business: what they earn.
        technology: research and titles.
        cohorts: named groups, shape (n,) each; the files say which they cover.
    """

    city: City
    plan: Plan
    draws: Draws
    scale: Scale
    as_of: date
    register: Register
    codes: Codes
    names: Names
    business: Business
    technology: Technology
    cohorts: Mapping[str, Flags]

    @property
    def n(self) -> int:
        """How many entities."""
        return self.register.n

    @property
    def year(self) -> int:
        """The last full year, of which yearly data speak."""
        return self.as_of.year - 1

    @property
    def measured(self) -> Flags:
        """Who weighs in the published figures: above scale, or not private."""
        weighs: Flags = self.business.above_scale | ~self.register.private
        return weighs

    def covered(self, dataset: Dataset) -> Flags:
        """Who is in a data set: by its cohorts, and in business on its day."""
        part = self.plan.part("files").part(dataset.id)
        who = part.need("who") if "who" in part else self.plan.need("default_file").need("who")
        chance = np.zeros(self.n)
        for cohort in who:
            if cohort not in self.cohorts:
                known = "、".join(self.cohorts)
                raise DataError(
                    f"demo.yaml: {who.path}.{cohort} is no cohort; the cohorts are {known}"
                )
            share = np.where(self.cohorts[cohort], who.number(cohort), 0)
            chance = np.maximum(chance, share)
        drawn = self.draws.uniform(f"covered.{dataset.id}", self.n) * PER_MILLE < chance
        if dataset.kind == "register":
            return drawn
        day = as_of_of(dataset, self.plan, self.as_of)
        return drawn & self.register.in_business_on(day)


def make_world(city: City, plan: Plan, draws: Draws, scale: Scale, as_of: date) -> World:
    """Draw everything, and set the published shares."""
    register = make_register(plan, city, draws, scale, as_of)
    business = make_business(plan, draws, scale, register, as_of)
    set_output(plan, register, business)
    technology = make_technology(plan, draws, scale, register, business, as_of)
    world = World(
        city=city,
        plan=plan,
        draws=draws,
        scale=scale,
        as_of=as_of,
        register=register,
        codes=make_codes(plan, draws, register),
        names=make_names(plan, draws, register),
        business=business,
        technology=technology,
        cohorts=_cohorts(plan, draws, scale, register, business, technology, as_of),
    )
    set_shares(plan, register, business, _counted(world))
    return world


def _counted(world: World) -> dict[str, Flags]:
    """Who is covered by the data set behind each private share."""
    counted = {}
    for share, fact in _BEHIND.items():
        known = world.city.facts.get(fact)
        dataset = None if known is None else world.city.datasets.get(known.dataset)
        if dataset is not None:
            covered = world.covered(dataset)
            counted[share] = covered & world.register.large if share == "value_added" else covered
    return counted


def _cohorts(
    plan: Plan,
    draws: Draws,
    scale: Scale,
    register: Register,
    business: Business,
    technology: Technology,
    as_of: date,
) -> dict[str, Flags]:
    n, part = register.n, plan.part("flags")
    enterprise = register.kind == ENTERPRISE
    individual = register.kind == INDIVIDUAL
    living = register.living
    industrial = enterprise & np.isin(register.section, plan.part("large").texts("sections"))

    def chance(name: str, among: Flags, boost: Flags | None = None) -> Flags:
        share = np.full(n, float(part.number(name, 0)))
        if boost is not None:
            share = np.where(boost, np.minimum(share * 8, 700), share)
        return among & draws.chance(name, share, n)

    def count(name: str, among: Flags, at_least: int, weights: ArrayLike = 1.0) -> Flags:
        chosen = np.zeros(n, dtype=bool)
        wanted = scale.of(part.number(name, 0), at_least=at_least)
        chosen[draws.pick(name, wanted, among, weights)] = True
        return chosen

    below = industrial & living & ~register.large
    sampled = count("sampled", below & (business.revenue >= 400 * WAN), 12)
    settled = enterprise & living & (register.founded < day_of(as_of, before=_SETTLED_DAYS))
    tenant = count("tenant", settled & (business.revenue < 3000 * WAN), 20)
    software = enterprise & living & (register.section == "I")
    # what a manufacturer spins off is mostly large enough to be listed
    weights = np.where(business.above_scale, 60.0, 1.0)
    spun_off = count("spun_off", software & (business.revenue >= 100 * WAN), 3, weights)
    borrowers = chance("borrower", enterprise & living, register.large)
    borrowers |= (
        individual
        & living
        & draws.chance("borrower_individual", part.number("borrower_individual", 0), n)
    )
    supported = chance("supported", enterprise & living, business.above_scale | technology.active)
    return {
        "all": np.ones(n, dtype=bool),
        "enterprise": enterprise,
        "individual": individual,
        "cooperative": register.kind == COOPERATIVE,
        "industrial": industrial,
        "large": register.large,
        "above_scale": business.above_scale,
        "technology": technology.active,
        "innovative": technology.innovative,
        "sampled": sampled,
        "spun_off": spun_off,
        "tenant": tenant,
        "borrower": borrowers,
        "exporter": chance("exporter", enterprise & living, register.large),
        "dishonest": chance("dishonest", enterprise & living),
        "defaulter": chance("defaulter", enterprise & living),
        "abnormal": chance("abnormal", enterprise & living & ~register.large),
        "supported": supported | technology.giant,
    }
