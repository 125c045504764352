"""Published figures, counted again from the written files (公布数据核对)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from yanzhen.packs.model import City
from yanzhen.packs.population.arrow import pa, pc
from yanzhen.packs.population.business import WAN
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.files import SourceFile
from yanzhen.packs.population.plan import Plan, Scale
from yanzhen.packs.population.read_back import ReadBack
from yanzhen.packs.population.register import expected_large

_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """One published figure and what the files say.

    Attributes:
        id: of the figure.
        code: its number in the source.
        label: Chinese name.
        wanted: the published value, at the size of the population.
        found: what the files say; None where they cannot say.
        ok: within the tolerance.
    """

    id: str
    code: str
    label: str
    wanted: Decimal
    found: Decimal | None
    ok: bool


def measure(
    city: City, plan: Plan, folder: Path, files: Sequence[SourceFile]
) -> dict[str, Decimal]:
    """Every figure that the files can tell, by id: counts, and shares between 0 and 1."""
    facts = ReadBack(city, folder, files)
    found = {"entities": Decimal(facts.n)}
    if facts.has("private"):
        found |= _private(facts)
    large = plan.part("large")
    if "count" in large and facts.has("above_scale", "sector", "employees", "revenue"):
        found |= _industry(facts, large)
    return found


def _private(facts: ReadBack) -> dict[str, Decimal]:
    """How many are private, and their shares."""
    private = facts.flags("private")
    found = {
        "private_entities": Decimal(int(private.sum())),
        "private_share": _share(int(private.sum()), facts.n),
    }
    for name, fact in (
        ("private_investment", "investment"),
        ("private_value_added", "value_added"),
        ("private_tax", "tax_paid"),
    ):
        if facts.has(fact):
            values = facts.numbers(fact)
            found[name] = _share(values[private].sum(), values.sum())
    if facts.has("insured_employees", "insured_employees_prev"):
        more = _new_jobs(facts)
        found["private_jobs"] = _share(more[private].sum(), more.sum())
    return found


def _new_jobs(facts: ReadBack) -> Floats:
    """What each employer has more than a year before; those that cannot be compared count none."""
    both = facts.known("insured_employees") & facts.known("insured_employees_prev")
    more = facts.numbers("insured_employees") - facts.numbers("insured_employees_prev")
    return np.where(both, np.maximum(more, 0), 0)


def _industry(facts: ReadBack, large: Plan) -> dict[str, Decimal]:
    """Above-scale industry: how many, how many small or micro, and their share of output."""
    industrial = pc.is_in(facts.texts("sector"), pa.array(large.texts("sections")))
    listed: Flags = facts.flags("above_scale") & np.asarray(industrial)
    # small or micro: below the floor of medium in persons or in revenue
    medium = (facts.numbers("employees") >= large.number("medium_staff")) & (
        facts.numbers("revenue") >= large.number("medium_revenue") * WAN
    )
    small = listed & ~medium
    found = {
        "above_scale_industry": Decimal(int(listed.sum())),
        "small_industry": Decimal(int(small.sum())),
        "small_share": _share(int(small.sum()), int(listed.sum())),
    }
    others = listed & medium
    if facts.has("output") and others.any() and small.any():
        output = facts.numbers("output")
        found["small_output"] = _share(output[small].sum(), output[listed].sum())
        found["relative_output"] = _share(output[small].mean(), output[others].mean())
    return found


def _share(part: float, whole: float) -> Decimal:
    return Decimal(str(float(part) / float(whole) if whole else 0.0)).quantize(_PLACES)


def compare(figures: Mapping[str, Decimal], plan: Plan, scale: Scale) -> tuple[FigureCheck, ...]:
    """Compare measured figures with the published ones.

    Args:
        figures: from :func:`measure`.
        plan: its ``figures`` say value, tolerance, and whether the value grows with the size.
        scale: size of the population; shares of few enterprises are judged more mildly.

    Returns:
        One check for each published figure.
    """
    checks = []
    for row in plan.parts("figures"):
        wanted, name = row.decimal("value"), row.text("id")
        if row.flag("scaled"):
            wanted = Decimal(_scaled(name, wanted, plan, scale))
        found = figures.get(name)
        if found is None:
            ok = False
        elif row.flag("at_least"):
            ok = found >= wanted
        else:
            ok = abs(found - wanted) <= row.decimal("tolerance")
        checks.append(FigureCheck(name, row.text("code", ""), row.text("label"), wanted, found, ok))
    return tuple(checks)


def _scaled(name: str, wanted: Decimal, plan: Plan, scale: Scale) -> int:
    """A count at the size of the population."""
    large = plan.part("large")
    if name == "above_scale_industry":
        return expected_large(plan, scale)
    if name == "small_industry":
        count, of = large.number("count"), large.number("small")
        return (2 * expected_large(plan, scale) * of + count) // (2 * count)
    return scale.of(int(wanted))
