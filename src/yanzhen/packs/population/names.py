"""Names, addresses and people that nobody bears (名称、地址、法定代表人)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yanzhen.packs.population.arrow import Values, pa, pc
from yanzhen.packs.population.draws import Draws, Flags, Floats, Integers
from yanzhen.packs.population.plan import Plan
from yanzhen.packs.population.register import ENTERPRISE, INDIVIDUAL, KINDS, Register

_PASSES = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Texts of each row, shape (n,).

    Attributes:
        name: full registered name.
        old_name: what it may have been called before, for untidy files.
        representative: legal representative.
        address: registered address.
        phone: a number that cannot be dialed.
    """

    name: Values
    old_name: Values
    representative: Values
    address: Values
    phone: Values


def make_names(plan: Plan, draws: Draws, register: Register) -> Names:
    """Put names together from the parts in the plan; hardly two share one."""
    part = plan.need("names")
    places = _places(part, draws, register)
    words = _words(draws, register, "words")
    suffixes = _suffixes(plan, register)
    brands = _brands(part, draws, register)
    name = _join(places, brands, words, suffixes)
    for i in range(_PASSES):
        again = _repeated(name)
        if not again.any():
            break
        three = _three(part, draws, f"brand.{i}", register.n)
        brands = pc.if_else(pa.array(again), three, brands)
        name = _join(places, brands, words, suffixes)
    before = _join(places, brands, _words(draws, register, "words.before"), suffixes)
    return Names(name, before, _people(part, draws, register.n), *_contacts(part, draws, register))


def _take(texts: Sequence[str], rows: Integers) -> Values:
    return pa.array(list(texts), pa.string()).take(pa.array(rows))


def _take_or_none(texts: Sequence[str], rows: Integers) -> Values:
    """Texts by index; an empty one for -1."""
    return _take((*texts, ""), np.where(rows < 0, len(texts), rows))


def _join(*parts: Values) -> Values:
    return pc.binary_join_element_wise(*parts, "")


def _repeated(names: Values) -> Flags:
    """True for every row whose name an earlier one bears."""
    codes = names.dictionary_encode().indices.to_numpy()
    repeated = np.ones(len(names), dtype=bool)
    repeated[np.unique(codes, return_index=True)[1]] = False
    return repeated


def _places(part: Plan, draws: Draws, register: Register) -> Values:
    templates = part.parts("places")
    texts, chosen = [], np.zeros(register.n, dtype=np.int64)
    where = register.places
    for template in templates:
        for district in where.district_names:
            text = template.text("text").replace("{city}", where.city[1])
            text = text.replace("{county}", district[:-1]).replace("{district}", district)
            texts.append(text)
    for k, cohort in enumerate((*KINDS, "large")):
        rows = register.large if cohort == "large" else (register.kind == k) & ~register.large
        weights = [template.number(cohort, 0) for template in templates]
        if rows.any() and any(weights):
            chosen[rows] = draws.choose(f"place.{cohort}", weights, int(rows.sum()))
    return _take(texts, chosen * len(where.district_names) + register.district)


def _words(draws: Draws, register: Register, stream: str) -> Values:
    industries = register.industries
    texts: list[str] = []
    starts, counts = [], []
    for pool in (industries.words, industries.individual_words):
        for own in pool:
            starts.append(len(texts))
            counts.append(len(own))
            texts += own
    row = register.industry + np.where(register.kind == INDIVIDUAL, len(industries.codes), 0)
    nth = (draws.uniform(stream, register.n) * np.array(counts)[row]).astype(np.int64)
    return _take(texts, np.array(starts)[row] + nth)


def _suffixes(plan: Plan, register: Register) -> Values:
    texts: list[str] = []
    starts = []
    for kind in KINDS:
        starts.append(len(texts))
        forms = plan.part("legal_forms").parts(kind)
        texts += [form.text("suffix", "") for form in forms] or [""]
    return _take(texts, np.array(starts)[register.kind] + register.form)


def _brands(part: Plan, draws: Draws, register: Register) -> Values:
    n = register.n
    first, second = part.texts("first"), part.texts("second")
    pair = draws.of("brand").integers(0, len(first) * len(second), n)
    siblings = draws.chance("siblings", part.number("siblings", 0), n)
    siblings &= register.kind == ENTERPRISE
    elder = draws.of("siblings.of").integers(0, n, n)
    pair = np.where(siblings, pair[elder], pair)
    # who grew from an individual business keeps its brand
    after = register.predecessor >= 0
    pair[register.predecessor[after]] = pair[after]
    brands = _join(_take(first, pair // len(second)), _take(second, pair % len(second)))
    linked = after.copy()
    linked[register.predecessor[after]] = True
    longer = draws.chance("brand.three", part.number("three", 0), n) & ~siblings & ~linked
    brands = pc.if_else(pa.array(longer), _three(part, draws, "brand.third", n), brands)
    called = draws.chance("nick", part.number("nick_share", 0), n) & ~linked
    called &= register.kind == INDIVIDUAL
    nick, called_by = part.texts("nick"), part.texts("surnames") + part.texts("given_one")
    if nick and called_by:
        uniform = draws.of("nick.of").random((2, n))
        nicks = _join(_any(nick, uniform[0]), _any(called_by, uniform[1]))
        brands = pc.if_else(pa.array(called), nicks, brands)
    return brands


def _three(part: Plan, draws: Draws, stream: str, n: int) -> Values:
    uniform = draws.of(stream).random((3, n))
    pools = (part.texts("first"), part.texts("second"), part.texts("third") or [""])
    return _join(*(_any(pool, u) for pool, u in zip(pools, uniform, strict=True)))


def _any(texts: Sequence[str], uniform: Floats) -> Values:
    return _take(texts, (uniform * len(texts)).astype(np.int64))


def _people(part: Plan, draws: Draws, n: int) -> Values:
    uniform = draws.of("people").random((4, n))
    one, two = part.texts("given_one"), part.texts("given_two")
    middle = pc.if_else(pa.array(uniform[3] < 1 / 4), pa.scalar(""), _any(two, uniform[1]))
    return _join(_any(part.texts("surnames"), uniform[0]), middle, _any(one, uniform[2]))


def _contacts(part: Plan, draws: Draws, register: Register) -> tuple[Values, Values]:
    """Addresses and phone numbers."""
    where, n = register.places, register.n
    town = _take_or_none(where.town_names, register.town)
    zone = _take_or_none(where.zone_names, register.zone)
    uniform = draws.of("address").random((2, n))
    road = _any(part.texts("roads") or [""], uniform[0])
    house = pa.array((1 + uniform[1] ** 2 * 320).astype(np.int64)).cast(pa.string())
    tail = pa.array(["号"] * n, pa.string())
    address = _join(
        _take(where.district_names, register.district), pc.if_else(pc.equal(zone, ""), town, zone),
        road, house, tail,
    )  # fmt: skip
    serial = draws.of("phone").permutation(n) % 1_000_000
    digits = pc.utf8_lpad(pa.array(serial).cast(pa.string()), 6, "0")
    head = pa.array([part.text("phone", "")] * n, pa.string())
    return address, _join(head, digits)
