"""Winners and cost of clauses, from a run's summary (享受面与资金测算)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.apps.decisions.models import Run
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.policies.selectors import Offer
from yanzhen.kernel.industries import words_of
from yanzhen.web.charts import Bar, bar_chart, share_bar

DRAWN = 12
"""Bars in a chart at most; the table beside it has every group."""

TITLES = {
    "district": gettext_lazy("按区县：可享受企业数"),
    "sector": gettext_lazy("按行业门类：可享受企业数"),
    "size": gettext_lazy("按企业规模：可享受企业数"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many say yes, no and unknown, and the money of the yes."""

    yes: int
    no: int
    unknown: int
    amount: Decimal

    @property
    def rows(self) -> int:
        """Everyone counted."""
        return self.yes + self.no + self.unknown

    @property
    def bar(self) -> str:
        """The three shares as one bar, with its words for those who do not see it."""
        title = _("可享受 %(yes)s，待核实 %(unknown)s，不符合 %(no)s") % {
            "yes": f"{self.yes:,}",
            "unknown": f"{self.unknown:,}",
            "no": f"{self.no:,}",
        }
        parts = [("yes", self.yes), ("unknown", self.unknown), ("no", self.no)]
        return share_bar(parts, title=title)


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with its tally, None where the run did not have it."""

    offer: Offer
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One group of a board."""

    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Board:
    """Winners and cost of one clause by one dimension: a chart and its table."""

    dimension: str
    title: str
    rows: tuple[BoardRow, ...]
    chart: str

    @property
    def drawn(self) -> bool:
        """Whether the chart shows anything."""
        return any(row.tally.yes for row in self.rows)


def _tally(counts: list[Any]) -> Tally:
    yes, no, unknown, amount = counts
    return Tally(int(yes), int(no), int(unknown), Decimal(amount))


def clause_lines(offers: Iterable[Offer], run: Run | None) -> list[ClauseLine]:
    """Each clause with its tally in ``run``: most money first, then most winners."""
    clauses = run.summary.get("clauses", {}) if run else {}
    lines = [
        ClauseLine(offer, _tally(clauses[offer.name]["all"]) if offer.name in clauses else None)
        for offer in offers
    ]
    return sorted(lines, key=_by_money)


def _by_money(line: ClauseLine) -> tuple[Decimal, int]:
    return (-line.tally.amount, -line.tally.yes) if line.tally else (Decimal(0), 0)


def totals(lines: Iterable[ClauseLine]) -> Tally:
    """The sum over clauses: verdicts, not enterprises."""
    tallies = [line.tally for line in lines if line.tally]
    return Tally(
        sum(t.yes for t in tallies),
        sum(t.no for t in tallies),
        sum(t.unknown for t in tallies),
        sum((t.amount for t in tallies), start=Decimal(0)),
    )


def boards_of(offer: Offer, run: Run) -> list[Board]:
    """Winners and cost by district, size and industry section, largest winners first."""
    groups = run.summary.get("clauses", {}).get(offer.name, {})
    found = []
    for dimension in ("district", "size", "sector"):
        if dimension not in groups:
            continue
        rows = [
            BoardRow(_group_label(dimension, key), _tally(counts))
            for key, counts in groups[dimension].items()
        ]
        rows.sort(key=lambda row: (-row.tally.yes, -row.tally.unknown, row.label))
        title = str(TITLES[dimension])
        bars = [Bar(r.label, r.tally.yes, f"{r.tally.yes:,}") for r in rows[:DRAWN] if r.tally.yes]
        found.append(Board(dimension, title, tuple(rows), bar_chart(bars, title=title)))
    return found


def _group_label(dimension: str, key: str) -> str:
    if not key:
        return _("未知")
    if dimension == "district":
        names = {district.code: district.name for district in current_city().districts}
        return names.get(key, key)
    if dimension == "sector":
        return f"{key} {words_of(key)}"
    return _("不适用") if key == "NA" else _(key)
