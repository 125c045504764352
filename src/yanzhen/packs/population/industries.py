"""The industries of ``demo.yaml`` as arrays, and what is typical of each (行业)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yanzhen.kernel.errors import CellError, DataError
from yanzhen.kernel.industries import parse_industry
from yanzhen.packs.population.draws import Floats, Integers, by_weight
from yanzhen.packs.population.plan import Plan

COHORTS = ("enterprise", "individual", "cooperative", "large")


@dataclass(frozen=True, slots=True)
class Industries:
    """All classes that the plan names, in its order.

    Attributes:
        codes: four digits of GB/T 4754-2017.
        sections: letter of each.
        weights: by cohort, one for each class.
        at: factors by district, one for each class.
        words: words of names of companies, for each class.
        individual_words: the same of individual businesses; those of companies where empty.
    """

    codes: tuple[str, ...]
    sections: tuple[str, ...]
    weights: dict[str, Floats]
    at: dict[str, Floats]
    words: tuple[tuple[str, ...], ...]
    individual_words: tuple[tuple[str, ...], ...]

    @property
    def divisions(self) -> Integers:
        """Division of each class, as a number."""
        return np.array([int(code[:2]) for code in self.codes], dtype=np.int64)

    def draw(self, uniform: Floats, cohort: str, district: str) -> Integers:
        """Classes for rows of one cohort in one district."""
        return by_weight(uniform, self.weights[cohort] * self.at.get(district, 1.0))

    def typical(self, economics: Plan, key: str) -> Floats:
        """A number of ``economics`` for each class: of its division, section, or the rest."""
        other = economics.part("other").number(key, 0)
        found = []
        for code, section in zip(self.codes, self.sections, strict=True):
            near = next((k for k in (code, code[:2], section) if k in economics), None)
            found.append(other if near is None else economics.part(near).number(key, other))
        return np.array(found, dtype=np.float64)


def read_industries(plan: Plan, districts: Sequence[str]) -> Industries:
    """The industries of a plan.

    Raises:
        DataError: none are named, a code is unknown, or a cohort has no industry at all.
    """
    rows = plan.parts("industries")
    codes = tuple(row.text("code") for row in rows)
    try:
        sections = tuple(parse_industry(code).section for code in codes)
    except CellError as error:
        raise DataError(f"demo.yaml: industries: {error}") from error
    weights = {
        cohort: np.array([row.number(cohort, 0) for row in rows], dtype=np.float64)
        for cohort in COHORTS
    }
    if not rows or not weights["enterprise"].any():
        raise DataError("demo.yaml: industries: give at least one a weight for enterprise")
    for cohort, weight in weights.items():
        if not weight.any():
            weights[cohort] = weights["enterprise"]
    at = {
        district: np.array([row.part("at").number(district, 1) for row in rows], dtype=np.float64)
        for district in districts
    }
    words = tuple(tuple(row.texts("words")) or ("",) for row in rows)
    own = tuple(tuple(row.texts("individual_words")) for row in rows)
    individual = tuple(mine or theirs for mine, theirs in zip(own, words, strict=True))
    return Industries(codes, sections, weights, at, words, individual)
