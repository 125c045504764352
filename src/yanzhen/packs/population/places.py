"""Where they are: districts, zones and towns with their weights (区县、功能区、乡镇)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from yanzhen.packs.model import City
from yanzhen.packs.population.draws import Draws, Flags, Floats, Integers, by_weight
from yanzhen.packs.population.plan import Plan


@dataclass(frozen=True, slots=True)
class Places:
    """Districts, zones and towns, with weights.

    Attributes:
        city: code and name of the city itself.
        districts: codes of those that stand today.
        district_names: such as 柯城区.
        weight: of each district, for entities in general.
        large_weight: of each district, for above-scale industry.
        before: former codes of each district, with the last day of each, oldest first.
        zones: codes of the functional zones.
        zone_names: such as 智造新城.
        zone_parents: index of the district in which each lies.
        towns: codes.
        town_names: such as 府山街道.
        town_district: index of the district of each.
        town_weight: of each.
    """

    city: tuple[str, str]
    districts: tuple[str, ...]
    district_names: tuple[str, ...]
    weight: Floats
    large_weight: Floats
    before: tuple[tuple[tuple[date, str], ...], ...]
    zones: tuple[str, ...]
    zone_names: tuple[str, ...]
    zone_parents: Integers
    towns: tuple[str, ...]
    town_names: tuple[str, ...]
    town_district: Integers
    town_weight: Floats


def read_places(plan: Plan, city: City) -> Places:
    """The places of a city folder, weighted as the plan says; all alike where it is silent."""
    today = [d for d in city.districts if d.kind != "zone" and d.end is None]
    codes = tuple(district.code for district in today)
    parts = [plan.part("districts").part(code) for code in codes]
    zones = [d for d in city.districts if d.kind == "zone" and d.end is None and d.parent in codes]
    weights, endings = plan.part("towns").part("weight"), plan.part("towns").part("suffix")
    towns = [town for town in city.towns if town[2] in codes]
    return Places(
        city=(city.code, city.label.zh),
        districts=codes,
        district_names=tuple(district.name for district in today),
        weight=np.array([part.number("weight", 1) for part in parts], dtype=np.float64),
        large_weight=np.array([part.number("large", 1) for part in parts], dtype=np.float64),
        before=tuple(
            tuple((old.day("until"), old.text("code")) for old in part.parts("before"))
            for part in parts
        ),
        zones=tuple(zone.code for zone in zones),
        zone_names=tuple(zone.name for zone in zones),
        zone_parents=np.array([codes.index(zone.parent) for zone in zones], dtype=np.int64),
        towns=tuple(code for code, _, _ in towns),
        town_names=tuple(name for _, name, _ in towns),
        town_district=np.array([codes.index(code) for _, _, code in towns], dtype=np.int64),
        town_weight=np.array(
            [
                weights.number(code)
                if code in weights
                else next((endings.number(end) for end in endings if name.endswith(end)), 1)
                for code, name, _ in towns
            ],
            dtype=np.float64,
        ),
    )


def draw_towns(plan: Plan, places: Places, draws: Draws, district: Integers) -> Integers:
    """A town of each row's district, -1 where it is unknown."""
    n = len(district)
    uniform = draws.uniform("town", n)
    town = np.full(n, -1, dtype=np.int64)
    for i in range(len(places.districts)):
        own = np.flatnonzero(places.town_district == i)
        rows = district == i
        if own.size:
            town[rows] = own[by_weight(uniform[rows], places.town_weight[own])]
    town[draws.chance("town.unknown", plan.part("towns").number("unknown", 0), n)] = -1
    return town


def draw_zones(
    plan: Plan,
    places: Places,
    draws: Draws,
    district: Integers,
    section: NDArray[np.str_],
    enterprise: Flags,
    large: Flags,
) -> Integers:
    """The functional zone of each row, -1 for none: only inside the zone's own district."""
    n = len(district)
    zone = np.full(n, -1, dtype=np.int64)
    uniform = draws.uniform("zone", n) * 1000
    reached = np.zeros(n)
    for i, code in enumerate(places.zones):
        part = plan.part("zones").part(code)
        share = part.part("share")
        by_section = {letter: share.nearest(letter) for letter in np.unique(section).tolist()}
        letters = np.array(list(by_section))
        at = np.searchsorted(letters, section)
        chance = np.where(enterprise, np.array(list(by_section.values()))[at], 0)
        chance = np.where(enterprise, chance, part.number("others", 0))
        chance = np.where(large, part.number("large", 0), chance)
        chance = np.where(district == places.zone_parents[i], chance, 0)
        zone[(uniform >= reached) & (uniform < reached + chance)] = i
        reached = reached + chance
    return zone
