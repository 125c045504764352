"""Enterprises worth looking at first (示范企业): chosen by rule from the files, never by name."""

from pathlib import Path

import numpy as np

from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import City
from yanzhen.packs.population.business import WAN
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.make import MANIFEST, read_manifest
from yanzhen.packs.population.plan import plan_of
from yanzhen.packs.population.read_back import ReadBack

_GOOD, _WILD = 0.1, 0.6
"""Growth of a good year, and growth that raises questions."""
_NEAR = (0.88, 0.995)
"""Of the floor of above-scale industry: close, and not there."""


def showcase(city: City, folder: Path) -> list[str]:
    """Three unified codes for the demonstration accounts of enterprises.

    The first gets much (listed and recognized of late, and growing), the second has facts missing
    that rules ask for, the third misses the floor of above-scale industry by little.

    Args:
        city: the city folder.
        folder: one that :func:`make_population` has filled.

    Raises:
        DataError: the folder is not finished, or nobody in it is in business.
    """
    try:
        report, _ = read_manifest(folder)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            f"{folder} has no readable {MANIFEST}; make the population first"
        ) from error
    facts = ReadBack(city, folder, report.files)
    plan = plan_of(city)
    kind = plan.need("kinds").part("enterprise").text("value")
    living = plan.need("states").text("living")
    fit = np.asarray(facts.texts("entity_kind")) == kind
    fit &= np.asarray(facts.texts("status")) == living
    if facts.has("private"):
        fit &= facts.flags("private")
    codes = facts.codes()
    chosen: list[str] = []
    for score in (
        _gets_much(facts, report.as_of.year),
        _lacks(facts),
        _near(facts, plan.part("large").number("floor", 2000)),
    ):
        order = np.lexsort((np.array(codes), -np.where(fit, score, -np.inf)))
        best = next((i for i in order.tolist() if fit[i] and codes[i] not in chosen), None)
        if best is None:
            raise DataError(f"nobody in {folder} is in business; make a larger population")
        chosen.append(codes[best])
    return chosen


def _flag(facts: ReadBack, fact: str) -> Flags:
    return facts.flags(fact) if facts.has(fact) else np.zeros(facts.n, dtype=bool)


def _number(facts: ReadBack, fact: str) -> Floats:
    return facts.numbers(fact) if facts.has(fact) else np.zeros(facts.n)


def _known(facts: ReadBack, *names: str) -> Floats:
    """How many of some facts are known of each."""
    present = [facts.known(name) for name in names if facts.has(name)]
    found = np.zeros(facts.n)
    for known in present:
        found = found + known
    return found


def _grown(facts: ReadBack) -> Floats:
    before, now = _number(facts, "revenue_prev"), _number(facts, "revenue")
    return np.where(before > 0, now / np.maximum(before, 1) - 1, 0)


def _gets_much(facts: ReadBack, year: int) -> Floats:
    """Above scale, listed of late, with titles and a good year, and everything known."""
    score = 4.0 * _flag(facts, "above_scale")
    for title, points in (("hitech", 2), ("srdi_sme", 2), ("little_giant", 1), ("own_brand", 1)):
        score = score + points * _flag(facts, title)
    if facts.has("first_listed_on"):
        listed = np.asarray(facts.texts("first_listed_on").fill_null("").to_pylist())
        score = score + 4.0 * np.strings.startswith(listed, (str(year)))
    grown = _grown(facts)
    score = score + 2.0 * ((grown > _GOOD) & (grown < _WILD))
    known = ("revenue", "employees", "rd_expense", "total_assets", "tax_paid", "output")
    return score + 0.5 * _known(facts, *known) - 3.0 * _flag(facts, "tax_arrears")


def _lacks(facts: ReadBack) -> Floats:
    """Does research and is known to tax, but has no balance sheet and no staff of research."""
    there = _known(facts, "revenue", "employees", "tax_paid", "hitech")
    away = _known(facts, "total_assets", "rd_staff", "insured_employees")
    return there + 2.0 * _flag(facts, "tech_sme_listed") - 2.0 * away


def _near(facts: ReadBack, floor: int) -> Floats:
    """Just below the floor of above-scale industry, growing, and well known."""
    least, most = (share * floor * WAN for share in _NEAR)
    main = (
        _number(facts, "main_revenue") if facts.has("main_revenue") else _number(facts, "revenue")
    )
    near = (main >= least) & (main < most) & ~_flag(facts, "above_scale")
    if facts.has("sector"):
        near &= np.asarray(facts.texts("sector")) == "C"
    usual = ("employees", "total_assets", "insured_employees", "power_use", "loan_balance")
    rare = ("tax_credit_grade", "mu_class", "digital_level", "rd_expense", "ip_class1", "sampled")
    known = _known(facts, *usual, *rare)
    return near * (10.0 + 2.0 * (_grown(facts) > 0) + known)
