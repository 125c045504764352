"""Reading policies: the catalogue, one enterprise's verdicts with their reasons, tables to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from yanzhen.apps.decisions.selectors import outcome_of
from yanzhen.apps.facts.provenance import FactValue
from yanzhen.apps.facts.show import show_value
from yanzhen.apps.organizations.city import current_city, unit_name
from yanzhen.engines.dmn.evaluate import Outcome
from yanzhen.kernel.explanation import Step
from yanzhen.kernel.industries import words_of
from yanzhen.packs.model import City, Clause, Policy, Source

ORDER = {True: 0, None: 1, False: 2}
LEVELS = ("国家", "省", "市", "县")
FIGURES = frozenset({"money", "number", "integer"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One clause of one policy, with the name its decision has."""

    policy: Policy
    clause: Clause

    @property
    def name(self) -> str:
        """``policy/clause``, the decision's name."""
        return f"{self.policy.id}/{self.clause.id}"

    def unit_name(self) -> str:
        """The unit in charge, in short."""
        return unit_name(self.clause.unit)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as a condition read it: what, value, from where, as of when."""

    label: str
    value: Any
    known: bool
    system: str
    as_of: date | None
    name: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of a clause as judged for one enterprise.

    ``holds`` is from the enterprise's side: an exclusion that does not apply holds.
    """

    holds: bool | None
    text: str
    article: str
    exclusion: bool
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One clause as judged for one enterprise."""

    offer: Offer
    holds: bool | None
    amount: Decimal | None
    conditions: tuple[ConditionLine, ...]
    missing: tuple[str, ...]

    def failed(self) -> list[ConditionLine]:
        """The conditions that say no."""
        return [c for c in self.conditions if c.holds is False]

    def open(self) -> list[ConditionLine]:
        """The conditions that wait for a fact."""
        return [c for c in self.conditions if c.holds is None]


def in_force(policy: Policy, day: date) -> bool:
    """Whether the policy is in force on ``day``."""
    return policy.start <= day and (policy.end is None or day <= policy.end)


def _clause_in_force(policy: Policy, clause: Clause, day: date) -> bool:
    start, end = clause.start or policy.start, clause.end or policy.end
    return start <= day and (end is None or day <= end)


def offers_on(day: date, city: City | None = None) -> Iterator[Offer]:
    """Every clause in force on ``day``, each once, by policy and in its order."""
    for policy in (city or current_city()).policies.values():
        if in_force(policy, day):
            for clause in policy.clauses:
                if _clause_in_force(policy, clause, day):
                    yield Offer(policy, clause)


def offer_named(policy_id: str, clause_id: str, day: date) -> Offer | None:
    """One clause in the version in force on ``day``, or else its newest version."""
    policy = current_city().policies.get(policy_id)
    if policy is None:
        return None
    versions = [clause for clause in policy.clauses if clause.id == clause_id]
    if not versions:
        return None
    current = [clause for clause in versions if _clause_in_force(policy, clause, day)]
    return Offer(policy, (current or versions)[-1])


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What a visitor asked for; empty members ask for nothing."""

    text: str = ""
    level: str = ""
    theme: str = ""
    mode: str = ""
    region: str = ""


def _words(policy: Policy, clause: Clause) -> str:
    parts = (policy.label.zh, policy.label.en, policy.issuer, clause.label.zh, clause.label.en)
    return " ".join((*parts, clause.text, clause.card, clause.theme)).lower()


def catalogue(asked: CatalogueFilter, day: date) -> list[Offer]:
    """Clauses in force on ``day`` that match, those with most matched words in the title first.

    Otherwise from the nation down to the county, as the wider a policy the more it serves.
    The words are matched as parts of the text, so that a search of two characters finds
    everything that contains them.
    """
    words = asked.text.lower().split()
    found = [
        offer
        for offer in offers_on(day)
        if (not asked.level or offer.policy.level == asked.level)
        and (not asked.theme or offer.clause.theme == asked.theme)
        and (not asked.mode or offer.clause.mode == asked.mode)
        and (not asked.region or offer.policy.region in {asked.region, ""})
        and all(word in _words(offer.policy, offer.clause) for word in words)
    ]
    found.sort(key=lambda o: LEVELS.index(o.policy.level))
    if words:
        found.sort(key=lambda o: -sum(word in o.clause.label.zh.lower() for word in words))
    return found


def verdicts_for(values: dict[str, FactValue], day: date) -> list[Verdict]:
    """Every clause in force judged for one enterprise: yes first, then unknown, then no.

    Args:
        values: what is known of the enterprise, by fact id.
        day: whose rules apply.
    """
    found = [judge(offer, values, day) for offer in offers_on(day)]
    found.sort(key=lambda v: (ORDER[v.holds], -(v.amount or 0), len(v.missing)))
    return found


def judge(offer: Offer, values: dict[str, FactValue], day: date) -> Verdict:
    """One clause for one enterprise, condition by condition (POL-2)."""
    facts = {name: value.value for name, value in values.items() if value.known}
    outcome = outcome_of(offer.name, facts, day)
    return Verdict(
        offer=offer,
        holds=outcome.value,
        amount=outcome.amount,
        conditions=tuple(_conditions(outcome, values)),
        missing=tuple(_label(name) for name in outcome.missing),
    )


def _label(name: str) -> str:
    fact = current_city().facts.get(name)
    if fact is None:
        return name
    label = fact.spec.label
    return label.en if get_language() == "en" and label.en else label.zh


def _conditions(outcome: Outcome, values: dict[str, FactValue]) -> Iterator[ConditionLine]:
    """The condition steps of the explanation, wherever a dated version put them."""
    if outcome.step is None:
        return
    for step in _judged(outcome.step):
        exclusion = step.kind == "exclusion"
        value = step.value if isinstance(step.value, bool) else None
        yield ConditionLine(
            holds=value if not exclusion or value is None else not value,
            text=step.label,
            article=step.citation.article if step.citation else "",
            exclusion=exclusion,
            facts=tuple(_lines(step, values)),
        )


def _judged(step: Step) -> Iterator[Step]:
    """Conditions and exclusions below a step; a condition's own steps are its reasons."""
    for child in step.children:
        if child.kind in {"condition", "exclusion"}:
            yield child
        else:
            yield from _judged(child)


def _shown(name: str, value: Any) -> str:
    """A value in words; codes of places and of industry sections with their names."""
    words = show_value(current_city().facts[name], value)
    if name == "sector":
        return f"{words} {words_of(words)}".strip()
    if name in {"district", "zone"}:
        return next((d.name for d in current_city().districts if d.code == words), words)
    return words


def _lines(step: Step, values: dict[str, FactValue]) -> Iterator[FactLine]:
    """Every fact that a step read, itself or below, each once."""
    seen: set[str] = set()
    pending = [step]
    while pending:
        current = pending.pop(0)
        pending.extend(current.children)
        for use in current.facts:
            if use.name in seen or use.name not in current_city().facts:
                continue
            seen.add(use.name)
            value = values.get(use.name)
            yield FactLine(
                label=_label(use.name),
                value=_shown(use.name, use.value),
                known=use.known,
                system=value.system if value else "",
                as_of=value.as_of if value else None,
                name=use.name,
            )


@dataclass(frozen=True, slots=True)
class Groups:
    """Verdicts in three groups, and those among the last that are one step away."""

    yes: list[Verdict]
    unknown: list[Verdict]
    no: list[Verdict]
    near: list[Verdict]


def grouped(verdicts: list[Verdict]) -> Groups:
    """May have, waits for a fact, may not; each keeps its order."""
    return Groups(
        [v for v in verdicts if v.holds is True],
        [v for v in verdicts if v.holds is None],
        [v for v in verdicts if v.holds is False],
        [v for v in verdicts if is_near(v)],
    )


def is_near(verdict: Verdict) -> bool:
    """Whether one condition alone stands in the way, and it rests on a figure (差一步).

    A figure such as research expenses can grow; a place, an industry or a record cannot, so a
    clause of another county is no step away.
    """
    failed = verdict.failed()
    if verdict.holds is not False or len(failed) != 1 or verdict.open():
        return False
    facts = current_city().facts
    read = [facts[line.name].spec.type for line in failed[0].facts]
    return not failed[0].exclusion and bool(read) and all(kind in FIGURES for kind in read)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of the catalogue offer."""

    levels: list[str]
    themes: list[str]
    modes: list[str]
    regions: list[tuple[str, str]]


def catalogue_choices(day: date) -> Choices:
    """Levels, themes, ways of payment and regions that occur among the clauses in force."""
    offers = list(offers_on(day))
    names = {district.code: district.name for district in current_city().districts}
    regions = sorted({offer.policy.region for offer in offers if offer.policy.region})
    levels = {offer.policy.level for offer in offers}
    return Choices(
        [level for level in LEVELS if level in levels],
        sorted({offer.clause.theme for offer in offers}),
        sorted({offer.clause.mode for offer in offers}),
        [(code, names.get(code, code)) for code in regions],
    )


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """One policy as the public sees it."""

    policy: Policy
    source: Source | None
    offers: list[Offer]
    older: list[Offer]
    in_force: bool


def policy_page(policy_id: str, day: date) -> PolicyPage | None:
    """One policy: clauses in force on ``day`` and those of other periods; None if unknown."""
    city = current_city()
    policy = city.policies.get(policy_id)
    if policy is None:
        return None
    current = [Offer(policy, c) for c in policy.clauses if _clause_in_force(policy, c, day)]
    older = [Offer(policy, c) for c in policy.clauses if not _clause_in_force(policy, c, day)]
    return PolicyPage(
        policy, city.sources.get(policy.source), current, older, in_force(policy, day)
    )


def versions_of(policy_id: str, clause_id: str) -> list[Clause]:
    """Every version of one clause, oldest first."""
    policy = current_city().policies.get(policy_id)
    return [c for c in policy.clauses if c.id == clause_id] if policy else []
