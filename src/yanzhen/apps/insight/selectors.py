"""Enterprises on a list and a map, and one enterprise from all sides."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.apps.accounts.models import User
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.enterprises.selectors import enterprises_for, search_enterprises
from yanzhen.apps.facts.own import by_area, values_of
from yanzhen.apps.facts.provenance import Candidate, FactValue
from yanzhen.apps.facts.selectors import fact_values
from yanzhen.apps.facts.show import show_value
from yanzhen.apps.organizations.city import current_city, place_name
from yanzhen.apps.policies.selectors import (
    Groups,
    Verdict,
    grouped,
    judge,
    offer_named,
    verdicts_for,
)
from yanzhen.kernel.industries import words_of
from yanzhen.kernel.labels import Label
from yanzhen.kernel.masks import mask_name, mask_phone
from yanzhen.web.hexmap import Hex, hex_map

SELF_EMPLOYED = "个体工商户"


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """One filter for list, map, table and export alike; empty members ask for nothing."""

    q: str = ""
    district: str = ""
    zone: str = ""
    community: str = ""
    sector: str = ""
    kind: str = ""
    status: str = ""

    @classmethod
    def of(cls, query: Any) -> "EnterpriseFilter":
        """From a query string."""
        return cls(**{f.name: query.get(f.name, "").strip()[:80] for f in fields(cls)})

    def chosen(self) -> list[tuple[str, str, str]]:
        """What narrows the list: ``(parameter, its word, the value's word)``."""
        words = {
            "q": _("搜索"), "district": _("区县"), "zone": _("功能区"), "community": _("企业社区"),
            "sector": _("行业"), "kind": _("主体"), "status": _("状态"),
        }  # fmt: skip
        return [
            (f.name, words[f.name], _word(f.name, getattr(self, f.name)))
            for f in fields(self)
            if getattr(self, f.name)
        ]


def _word(name: str, value: str) -> str:
    if name in {"district", "zone", "community"}:
        return place_name(value)
    if name == "sector":
        return words_of(value)
    return value


def enterprises(user: User, asked: EnterpriseFilter, *, but: str = "") -> QuerySet[Enterprise]:
    """The enterprises that ``user`` may see and that match; ``but`` leaves one member out."""
    rows = enterprises_for(user)
    if asked.q:
        rows = search_enterprises(asked.q, rows)
    exact = {
        name: getattr(asked, name)
        for name in ("district", "zone", "community", "sector", "kind", "status")
        if getattr(asked, name) and name != but
    }
    return rows.filter(**exact)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the enterprises on the list are of one class, and the filter for them."""

    parameter: str
    value: str
    n: int


def counts_of(user: User, asked: EnterpriseFilter) -> tuple[int, list[Count]]:
    """How many match, and how they divide by register status and by kind; one query."""
    rows = enterprises(user, asked).order_by().values_list("status", "kind")
    status: dict[str, int] = {}
    kind: dict[str, int] = {}
    for one, other, n in rows.annotate(n=models.Count("pk")):
        status[one] = status.get(one, 0) + n
        kind[other] = kind.get(other, 0) + n
    found = [Count("kind", name, n) for name, n in kind.items()]
    found += [Count("status", name, n) for name, n in status.items()]
    return sum(status.values()), sorted(found, key=lambda c: (c.parameter, -c.n))


def district_map(user: User, asked: EnterpriseFilter) -> tuple[str, list[tuple[str, str, int]]]:
    """The schematic map and its table: how many match in each district."""
    rows = enterprises(user, asked, but="district")
    counts = dict(
        rows.order_by()
        .values_list("district")
        .annotate(n=models.Count("pk"))
        .values_list("district", "n")
    )
    places = [d for d in current_city().districts if d.kind != "zone" and d.end is None]
    table = [(d.code, d.name, counts.get(d.code, 0)) for d in places]
    hexes = [
        Hex(d.name, d.hex_q, d.hex_r, counts.get(d.code, 0), d.code, d.code == asked.district)
        for d in places
    ]
    return hex_map(hexes, title=_("各区县企业数示意图（非地图）")), table


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters of the list offer."""

    districts: list[tuple[str, str]]
    zones: list[tuple[str, str]]
    communities: list[tuple[str, str]]
    sectors: list[tuple[str, str]]
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]


def filter_choices() -> FilterChoices:
    """Districts, zones and communities of the city; sections of the standard; closed lists."""
    city = current_city()
    live = [d for d in city.districts if d.end is None]
    facts = city.facts
    return FilterChoices(
        districts=[(d.code, d.name) for d in live if d.kind != "zone"],
        zones=[(d.code, d.name) for d in live if d.kind == "zone"],
        communities=[(c.id, c.name) for c in city.communities],
        sectors=[(s, f"{s} {words_of(s)}") for s in "ABCDEFGHIJKLMNOPQRST"],
        kinds=facts["entity_kind"].codes if "entity_kind" in facts else (),
        statuses=facts["status"].codes if "status" in facts else (),
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that does not count, with its words."""

    words: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact with its words, and the values that lost to it."""

    value: FactValue
    label: Label
    words: str
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Facts of one area."""

    title: str
    rows: tuple[Shown, ...]

    def missing(self) -> int:
        """How many of them are unknown."""
        return sum(not row.value.known for row in self.rows)

    def late(self) -> int:
        """How many come from a data set that is older than it should be."""
        return sum(row.value.is_late for row in self.rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """Facts that are missing and the organization that owns their source."""

    owner: str
    system: str
    labels: tuple[Label, ...]


AREAS = {
    "registration": gettext_lazy("登记"),
    "credit": gettext_lazy("信用"),
    "tax": gettext_lazy("税务"),
    "finance": gettext_lazy("财务与融资"),
    "labor": gettext_lazy("用工与社保"),
    "statistics": gettext_lazy("统计"),
    "innovation": gettext_lazy("科技创新"),
    "ladder": gettext_lazy("梯度培育"),
    "land": gettext_lazy("土地与园区"),
    "energy": gettext_lazy("能源"),
    "environment": gettext_lazy("环境与安全"),
}


def gaps_of(values: list[FactValue]) -> list[Gap]:
    """What is missing, by the organization and system that could tell; most missing first."""
    found: dict[tuple[str, str], list[Label]] = {}
    for value in values:
        if not value.known:
            found.setdefault((value.owner, value.system), []).append(value.fact.spec.label)
    gaps = [Gap(owner, system, tuple(labels)) for (owner, system), labels in found.items()]
    return sorted(gaps, key=lambda gap: (-len(gap.labels), gap.owner, gap.system))


def _words(value: FactValue, one: Any) -> str:
    return show_value(value.fact, one) if one is not None else _("空")


def fact_blocks(values: list[FactValue]) -> list[Block]:
    """Everything known and unknown of one enterprise, area by area."""
    return [
        Block(
            str(AREAS.get(area, area)),
            tuple(
                Shown(
                    value,
                    value.fact.spec.label,
                    show_value(value.fact, value.value) if value.known else _("缺"),
                    tuple(Lost(_words(value, c.value), c) for c in value.lost),
                )
                for value in rows
            ),
        )
        for area, rows in sorted(by_area(values).items(), key=lambda item: _rank(item[0]))
    ]


def _rank(area: str) -> int:
    """Place of an area on the page; areas that the list does not know come last."""
    return list(AREAS).index(area) if area in AREAS else len(AREAS)


def facts_of(enterprise: Enterprise, day: date) -> list[FactValue]:
    """Every fact of an enterprise on ``day`` with its source and what lost to it."""
    return fact_values(enterprise, current_city(), day)


@dataclass(frozen=True, slots=True)
class Period:
    """One value of the registry over a period."""

    what: str
    value: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Page360:
    """One enterprise from all sides as of a day."""

    enterprise: Enterprise
    day: date
    name: str
    district: str
    industry: str
    community: str
    grid: str
    representative: str
    phone: str
    history: tuple[Period, ...]
    blocks: tuple[Block, ...]
    verdicts: Groups
    gaps: tuple[Gap, ...]
    known: int
    total: int


def _holds(period: Any, day: date) -> bool:
    """Whether a dated row of the registry holds on ``day``."""
    return bool(period.start <= day and (period.end is None or day <= period.end))


def page_360(user: User, uscc: str, day: date) -> Page360 | None:
    """Everything that ``user`` may see of one enterprise as of ``day``; None if nothing."""
    enterprise = enterprises_for(user).filter(uscc=uscc).first()
    if enterprise is None:
        return None
    city = current_city()
    facts = facts_of(enterprise, day)
    values = {value.fact.spec.name: value for value in facts}
    names, members = list(enterprise.names.all()), list(enterprise.grids.all())
    name = next((n for n in names if _holds(n, day)), None)
    member = next((m for m in members if _holds(m, day)), None)
    communities = {c.id: c.name for c in city.communities}
    grids = {g.id: g.name for g in city.grids}
    person = enterprise.representative
    return Page360(
        enterprise=enterprise,
        day=day,
        name=name.name if name else enterprise.name,
        district=_word("district", enterprise.district),
        industry=" ".join(x for x in (enterprise.industry, words_of(enterprise.industry)) if x),
        community=communities.get(member.community, member.community) if member else "",
        grid=grids.get(member.grid, member.grid) if member else "",
        representative=mask_name(person) if enterprise.kind == SELF_EMPLOYED else person,
        phone=mask_phone(enterprise.phone),
        history=tuple(_history(enterprise, names, members, communities, grids)),
        blocks=tuple(fact_blocks(facts)),
        verdicts=grouped(verdicts_for(values, day)),
        gaps=tuple(gaps_of(facts)),
        known=sum(v.known for v in facts),
        total=len(facts),
    )


def verdict_of(
    user: User, uscc: str, policy_id: str, clause_id: str, day: date
) -> tuple[Enterprise, Verdict] | None:
    """One clause judged for one enterprise that ``user`` may see; None for neither."""
    enterprise = enterprises_for(user).filter(uscc=uscc).first()
    offer = offer_named(policy_id, clause_id, day)
    if enterprise is None or offer is None:
        return None
    return enterprise, judge(offer, values_of(enterprise, day), day)


def _history(
    enterprise: Enterprise,
    names: Iterable[Any],
    members: Iterable[Any],
    communities: dict[str, str],
    grids: dict[str, str],
) -> list[Period]:
    """Names, addresses, codes and grids over time, newest first."""
    found = [Period(_("名称"), n.name, n.start, n.end) for n in names]
    found += [Period(_("地址"), a.address, a.start, a.end) for a in enterprise.addresses.all()]
    found += [
        Period(i.get_kind_display(), i.code, i.start, i.end) for i in enterprise.identifiers.all()
    ]
    found += [
        Period(
            _("网格"),
            f"{communities.get(g.community, g.community)} · {grids.get(g.grid, g.grid)}",
            g.start,
            g.end,
        )
        for g in members
    ]
    found += [
        Period(_("承继自"), s.predecessor, s.day, None) for s in enterprise.predecessors.all()
    ]
    return sorted(found, key=lambda p: (p.start, p.what), reverse=True)
