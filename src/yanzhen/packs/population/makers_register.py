"""Columns of the register (登记)."""

from collections.abc import Sequence

import numpy as np

from yanzhen.packs.population.arrow import Values, pa
from yanzhen.packs.population.draws import Integers
from yanzhen.packs.population.makers import Made, maker, simple
from yanzhen.packs.population.register import KINDS, STATES
from yanzhen.packs.population.world import World


def _text(texts: Sequence[str], rows: Integers) -> Values:
    """Texts by index; a blank for -1."""
    index = pa.array(rows, mask=rows < 0)
    return pa.array(list(texts), pa.string()).take(index)


@maker("uscc")
def _uscc(world: World) -> Made:
    return Made(pa.array(world.codes.uscc))


@maker("name")
def _name(world: World) -> Made:
    return Made(world.names.name)


@maker("representative")
def _representative(world: World) -> Made:
    return Made(world.names.representative)


@maker("address")
def _address(world: World) -> Made:
    return Made(world.names.address)


@maker("phone")
def _phone(world: World) -> Made:
    return Made(world.names.phone)


@maker("registration_number")
def _number(world: World) -> Made:
    return Made(pa.array(world.codes.number), world.codes.number != "")


@maker("entity_kind")
def _kind(world: World) -> Made:
    kinds = world.plan.need("kinds")
    return Made(_text([kinds.part(k).text("value", "") for k in KINDS], world.register.kind))


@maker("legal_form")
def _form(world: World) -> Made:
    texts: list[str] = []
    starts = []
    for kind in KINDS:
        starts.append(len(texts))
        forms = world.plan.part("legal_forms").parts(kind)
        texts += [form.text("name") for form in forms] or [kind]
    return Made(_text(texts, np.array(starts)[world.register.kind] + world.register.form))


@maker("status")
def _status(world: World) -> Made:
    states = world.plan.need("states")
    texts = [states.text(STATES[0]), *(states.part(name).text("value") for name in STATES[1:])]
    return Made(_text(texts, world.register.state))


@maker("closed_on")
def _closed(world: World) -> Made:
    return Made(world.register.closed, ~np.isnat(world.register.closed))


@maker("registered_capital")
def _capital(world: World) -> Made:
    return Made(world.register.capital, ~np.isnan(world.register.capital))


@maker("sector")
def _sector(world: World) -> Made:
    return Made(_text(world.register.industries.sections, world.register.industry))


@maker("industry")
def _industry(world: World) -> Made:
    return Made(_text(world.register.industries.codes, world.register.industry))


@maker("district")
def _district(world: World) -> Made:
    return Made(_text(world.register.places.districts, world.register.district))


@maker("zone")
def _zone(world: World) -> Made:
    return Made(_text(world.register.places.zones, world.register.zone))


@maker("town")
def _town(world: World) -> Made:
    return Made(_text(world.register.places.towns, world.register.town))


@maker("predecessor")
def _predecessor(world: World) -> Made:
    before = world.register.predecessor
    known = before >= 0
    return Made(pa.array(world.codes.uscc[np.maximum(before, 0)]), known)


simple("founded_on", lambda world: world.register.founded)
simple("private", lambda world: world.register.private)
simple("division", lambda world: world.register.division)
