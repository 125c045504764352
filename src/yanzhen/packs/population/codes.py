"""Identifiers of everybody: unified codes, old registration numbers (统一代码、旧注册号)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yanzhen.kernel.identifiers import make_usccs, spell_organization_bodies
from yanzhen.packs.population.draws import Draws, Integers
from yanzhen.packs.population.plan import Plan
from yanzhen.packs.population.register import ENTERPRISE, INDIVIDUAL, KINDS, Register
from yanzhen.packs.population.spans import day_of

type Texts = NDArray[np.str_]

_ALPHABET = 31
_BODY = 8
_STEP = 7_368_787
"""A large prime, so that counting in steps of it meets every serial once and looks unordered."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Identifiers, shape (n,) each.

    Attributes:
        uscc: eighteen characters, all with good check characters.
        number: fifteen digits; empty for those founded after the unified code came.
    """

    uscc: Texts
    number: Texts


def make_codes(plan: Plan, draws: Draws, register: Register) -> Codes:
    """Codes that differ for all rows, in ranges that were never given out."""
    part, n = plan.part("codes"), register.n
    since = day_of(part.day("since"))
    old = register.founded < since
    region = _regions(plan, draws, register)
    prefixes = [plan.need("kinds").part(kind).text("prefix", "91") for kind in KINDS]
    prefix = np.array(prefixes)[register.kind]
    uscc = make_usccs(
        prefix.astype("U1"),
        np.array([text[1] for text in prefixes])[register.kind],
        region,
        _bodies(part, draws, old),
    )
    numbers = np.full(n, "", dtype="U15")
    rows = np.flatnonzero(old)
    numbers[rows] = _old_numbers(part, register, region, rows)
    return Codes(uscc, numbers)


def _bodies(part: Plan, draws: Draws, old: NDArray[np.bool_]) -> Texts:
    """Organization codes: letters and digits for the new ones, digits alone for the old."""
    order = draws.of("codes").permutation(len(old))
    prefix = part.text("body")
    room = _ALPHABET ** (_BODY - len(prefix))
    bodies = spell_organization_bodies(order.astype(np.int64) * _STEP % room, prefix=prefix)
    start = part.text("old_body")
    places = _BODY - len(start)
    room = 10**places
    rows = np.flatnonzero(old)
    serial = np.arange(len(rows), dtype=np.int64) * _STEP % room
    bodies[rows] = np.strings.add(start, np.strings.zfill(serial.astype(f"U{places}"), places))
    return bodies


def _regions(plan: Plan, draws: Draws, register: Register) -> Texts:
    """The register office in each code: of the district, as it was called then, or of the city."""
    places = register.places
    region = np.array(places.districts, dtype="U6")[register.district]
    for i, former in enumerate(places.before):
        rows = register.district == i
        for until, code in reversed(former):
            region[rows & (register.founded <= day_of(until))] = code
    own = draws.chance("city_registered", plan.number("city_registered", 0), register.n)
    region[own & (register.kind == ENTERPRISE)] = places.city[0]
    return region


def _old_numbers(part: Plan, register: Register, region: Texts, rows: Integers) -> Texts:
    """Region, three digits for the kind of owner, five in order, and the check digit."""
    own = np.where(
        register.kind[rows] == INDIVIDUAL,
        part.text("serial_individual"),
        np.where(register.private[rows], part.text("serial_domestic"), part.text("serial_foreign")),
    )
    width = 8 - 3
    serial = np.arange(len(rows), dtype=np.int64) % 10**width
    body = np.strings.add(
        np.strings.add(region[rows], own), np.strings.zfill(serial.astype(f"U{width}"), width)
    ).astype("U14")
    numbers: Texts = np.strings.add(body, _check_digits(body))
    return numbers


def _check_digits(bodies: Texts) -> Texts:
    """Check digits by ISO 7064 MOD 11,10, a column at a time; see ``kernel.identifiers``."""
    digits = np.ascontiguousarray(bodies).view(np.uint32).reshape(-1, 14) - ord("0")
    remainder = np.full(len(bodies), 10, dtype=np.int64)
    for place in range(digits.shape[1]):
        summed = (remainder + digits[:, place]) % 10
        remainder = np.where(summed == 0, 10, summed) * 2 % 11
    return ((11 - remainder) % 10).astype("U1")
