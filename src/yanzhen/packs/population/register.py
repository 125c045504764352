"""Who is in the register: kind, place, industry, age, state, owner (登记信息)."""

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from yanzhen.packs.model import City
from yanzhen.packs.population.draws import Draws, Flags, Floats, Integers, by_weight, quotas
from yanzhen.packs.population.industries import Industries, read_industries
from yanzhen.packs.population.places import Places, draw_towns, draw_zones, read_places
from yanzhen.packs.population.plan import Plan, Scale
from yanzhen.packs.population.spans import NEVER, Days, day_of, days

ENTERPRISE, INDIVIDUAL, COOPERATIVE = range(3)
KINDS = ("enterprise", "individual", "cooperative")
LIVING, CLOSED, REVOKED, MOVED = range(4)
STATES = ("living", "closed", "revoked", "moved")
_KEPT_YEARS = 3
_YEAR = 365.25


@dataclass(slots=True)
class Register:
    """The columns of the register, shape (n,) each; indexes point into plan lists.

    Attributes:
        kind: index in ``KINDS``.
        large: above-scale industry (规上工业).
        small: of ``large``, those that are small or micro by size.
        district: index in ``places.districts``.
        zone: index in ``places.zones``, -1 for none.
        town: index in ``places.towns``, -1 for unknown.
        industry: index in ``industries``.
        founded: day of founding.
        closed: day of closing, NaT where none.
        state: index in ``STATES``.
        private: 民营.
        form: index in the legal forms of its kind.
        capital: registered capital in yuan, NaN where not reported.
        predecessor: row of the individual business it was before, -1 for none.
    """

    places: Places
    industries: Industries
    kind: Integers
    large: Flags
    small: Flags
    district: Integers
    zone: Integers
    town: Integers
    industry: Integers
    founded: Days
    closed: Days
    state: Integers
    private: Flags
    form: Integers
    capital: Floats
    predecessor: Integers

    @property
    def n(self) -> int:
        """How many."""
        return len(self.kind)

    @property
    def living(self) -> Flags:
        """In business at the end."""
        living: Flags = self.state == LIVING
        return living

    @property
    def section(self) -> NDArray[np.str_]:
        """Letter of the section."""
        return np.array(self.industries.sections)[self.industry]

    @property
    def division(self) -> Integers:
        """Division, as a number."""
        return self.industries.divisions[self.industry]

    def in_business_on(self, day: date) -> Flags:
        """Founded by ``day`` and not closed, revoked or moved by it."""
        at = day_of(day)
        gone = (self.state != LIVING) & ~(self.closed > at)
        there: Flags = (self.founded <= at) & ~gone
        return there


def make_register(plan: Plan, city: City, draws: Draws, scale: Scale, as_of: date) -> Register:
    """Draw the register as it stands the day before ``as_of``."""
    n = scale.size
    places = read_places(plan, city)
    industries = read_industries(plan, places.districts)
    kind = _kinds(plan, draws, n)
    large, small = _large(plan, draws, scale, kind)
    district = _districts(places, draws, kind, large)
    industry = _industries(industries, places, draws, kind, large, district)
    section = np.array(industries.sections)[industry]
    zone = draw_zones(plan, places, draws, district, section, kind == ENTERPRISE, large)
    founded = _founded(plan, draws, kind, large, as_of)
    state, closed = _ends(plan, draws, kind, large, founded, as_of)
    register = Register(
        places=places,
        industries=industries,
        kind=kind,
        large=large,
        small=small,
        district=district,
        zone=zone,
        town=draw_towns(plan, places, draws, district),
        industry=industry,
        founded=founded,
        closed=closed,
        state=state,
        private=np.ones(n, dtype=bool),
        form=np.zeros(n, dtype=np.int64),
        capital=_capital(plan, draws, kind, large),
        predecessor=np.full(n, -1, dtype=np.int64),
    )
    _upgrade(register, plan, draws, scale, as_of)
    _own(register, plan, draws, scale)
    return register


def _kinds(plan: Plan, draws: Draws, n: int) -> Integers:
    kinds = plan.need("kinds")
    shares = [kinds.part(kind).number("share", 0) for kind in KINDS]
    return draws.of("kind").permutation(np.repeat(np.arange(3), quotas(n, shares)))


def _large(plan: Plan, draws: Draws, scale: Scale, kind: Integers) -> tuple[Flags, Flags]:
    n, part = len(kind), plan.part("large")
    large, small = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    if "count" in part:
        count, of = part.number("count"), part.number("small")
        rows = draws.pick("large", expected_large(plan, scale), kind == ENTERPRISE)
        large[rows] = True
        few = (2 * len(rows) * of + count) // (2 * count)
        small[draws.pick("large.small", few, large)] = True
    return large, small


def expected_large(plan: Plan, scale: Scale) -> int:
    """How many above-scale industrial enterprises a population of this size has."""
    part = plan.part("large")
    return scale.of(part.number("count", 0), at_least=part.number("at_least", 0))


def _districts(places: Places, draws: Draws, kind: Integers, large: Flags) -> Integers:
    uniform = draws.uniform("district", len(kind))
    district = by_weight(uniform, places.weight)
    district[large] = by_weight(uniform[large], places.large_weight)
    return district


def _industries(
    industries: Industries,
    places: Places,
    draws: Draws,
    kind: Integers,
    large: Flags,
    district: Integers,
) -> Integers:
    uniform = draws.uniform("industry", len(kind))
    industry = np.zeros(len(kind), dtype=np.int64)
    for i, code in enumerate(places.districts):
        for k, cohort in enumerate(KINDS):
            rows = (district == i) & (kind == k) & ~large
            industry[rows] = industries.draw(uniform[rows], cohort, code)
        rows = (district == i) & large
        industry[rows] = industries.draw(uniform[rows], "large", code)
    return industry


def _founded(plan: Plan, draws: Draws, kind: Integers, large: Flags, as_of: date) -> Days:
    n = len(kind)
    years = -np.log1p(-draws.uniform("founded", n))
    founded = np.full(n, NEVER, dtype="datetime64[D]")
    last = day_of(as_of, before=1)
    for k, name in enumerate(KINDS):
        part = plan.need("kinds").part(name)
        rows = kind == k
        if not rows.any():
            continue
        age = years[rows] * part.number("age") * _YEAR
        born = last - days(age)
        oldest = day_of(part.day("oldest"))
        # the few drawn as older than the oldest are spread over its first ten years
        founded[rows] = np.where(born < oldest, oldest + days(age % (10 * _YEAR)), born)
    if large.any():
        age = (2 + years[large] * 9) * _YEAR
        oldest = day_of(plan.need("kinds").part("enterprise").day("oldest"))
        founded[large] = np.maximum(last - days(age), oldest)
    return founded


def _ends(
    plan: Plan, draws: Draws, kind: Integers, large: Flags, founded: Days, as_of: date
) -> tuple[Integers, Days]:
    n, states = len(kind), plan.part("states")
    shares = np.zeros((n, 3))
    for column, name in enumerate(STATES[1:]):
        part = states.part(name)
        by_kind = np.array([part.number(k, 0) for k in KINDS], dtype=np.float64)
        shares[:, column] = np.where(large, 0, by_kind[kind])
    uniform = draws.uniform("state", n) * 1000
    edges = np.cumsum(shares, axis=1)
    state = np.full(n, LIVING, dtype=np.int64)
    for column in (2, 1, 0):
        state[uniform < edges[:, column]] = column + 1
    last = day_of(as_of, before=1)
    first = np.maximum(founded, last - days(_KEPT_YEARS * 365))
    span = (last - first).astype(np.int64)
    offset = days(draws.uniform("closed", n) * (span + 1))
    ended = (state == CLOSED) | (state == MOVED)
    return state, np.where(ended, first + offset, NEVER)


def _capital(plan: Plan, draws: Draws, kind: Integers, large: Flags) -> Floats:
    n = len(kind)
    parts = [plan.need("kinds").part(name) for name in KINDS]
    median = np.array([part.number("capital", 0) for part in parts], dtype=np.float64)[kind]
    spread = np.array([part.number("capital_spread", 0) for part in parts], dtype=np.float64)[kind]
    drawn = draws.spread("capital", np.where(large, median * 8, median), spread, n)
    # people choose round figures: two leading digits, tens of thousands
    step = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(drawn, 1))) - 1, 0)
    capital = np.maximum(np.round(drawn / step) * step, 1) * 10_000
    return np.where((kind == INDIVIDUAL) & draws.chance("capital.none", 550, n), np.nan, capital)


def _upgrade(register: Register, plan: Plan, draws: Draws, scale: Scale, as_of: date) -> None:
    """Link enterprises to the individual businesses they grew from (个转企)."""
    recent = day_of(as_of, before=1 + _KEPT_YEARS * 365)
    young = (register.founded > recent) & register.living
    to = (register.kind == ENTERPRISE) & ~register.large & young
    gone = (register.kind == INDIVIDUAL) & (register.state == CLOSED)
    count = min(scale.of(plan.number("upgraded", 0), at_least=10), int(to.sum()), int(gone.sum()))
    after = draws.pick("upgraded.after", count, to)
    before = draws.pick("upgraded.before", count, gone)
    register.predecessor[after] = before
    for column in (register.district, register.zone, register.town):
        column[before] = column[after]
    # same trade, where individual businesses have it
    weights = register.industries.weights["individual"]
    same = weights[register.industry[after]] > 0
    register.industry[before[same]] = register.industry[after[same]]
    register.closed[before] = register.founded[after]
    age = days(draws.uniform("upgraded.age", count) * 3000 + 200)
    register.founded[before] = register.founded[after] - age


def _own(register: Register, plan: Plan, draws: Draws, scale: Scale) -> None:
    """Who is private, to the exact count, and the legal forms that go with it."""
    part = plan.part("private")
    rows = register.kind == ENTERPRISE
    if "count" in part:
        others = scale.size - scale.of(part.number("count"))
        state = part.part("large_state")
        chosen: list[Integers] = []
        for name, who in (("small", register.small), ("big", register.large & ~register.small)):
            share = state.number(name, 0)
            few = (int(who.sum()) * share + 500) // 1000
            chosen.append(draws.pick(f"private.{name}", few, who))
        weight_by = part.part("state_weight")
        weights = np.array([weight_by.nearest(s, default=1) for s in register.industries.sections])
        rest = others - sum(map(len, chosen))
        free = rows & ~register.large & (register.predecessor < 0)
        chosen.append(draws.pick("private", rest, free, weights[register.industry]))
        register.private[np.concatenate(chosen)] = False
    uniform = draws.uniform("form", register.n)
    for k, name in enumerate(KINDS):
        forms = plan.part("legal_forms").parts(name)
        for private, large in product((True, False), repeat=2):
            own = [form.flag("private", default=True) == private for form in forms]
            usual = [form.number("weight") for form in forms]
            of_large = [form.number("large", form.number("weight")) for form in forms]
            weights = np.array(of_large if large else usual) * np.array(own)
            which = (register.kind == k) & (register.private == private) & (register.large == large)
            if weights.any():
                register.form[which] = by_weight(uniform[which], weights)
