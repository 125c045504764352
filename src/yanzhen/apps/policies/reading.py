"""Decisions read as tables and sentences (规则阅读)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.apps.organizations.city import current_city
from yanzhen.engines.dmn import model
from yanzhen.engines.feel import unparse
from yanzhen.kernel.labels import Label
from yanzhen.packs.model import DecisionFamily, Example, Source

HIT_WORDS = {
    "U": gettext_lazy("唯一命中"),
    "A": gettext_lazy("任一命中（结果相同）"),
    "P": gettext_lazy("按优先级"),
    "F": gettext_lazy("自上而下首个命中"),
    "R": gettext_lazy("按行序列出"),
    "O": gettext_lazy("按优先级列出"),
    "C": gettext_lazy("全部列出"),
    "C+": gettext_lazy("求和"),
    "C<": gettext_lazy("取最小"),
    "C>": gettext_lazy("取最大"),
    "C#": gettext_lazy("计数"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a decision in the list of decisions."""

    name: str
    label: Label
    versions: tuple[str, ...]
    examples: int
    official: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a logic as a page shows it; ``kind`` chooses the partial."""

    kind: str
    label: str
    name: str
    article: str
    data: Any


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version of a decision."""

    decision: model.Decision
    source: Source | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision with all versions, newest first, and its examples."""

    family: DecisionFamily
    label: Label
    versions: tuple[VersionPage, ...]
    examples: tuple[Example, ...]


def decision_list() -> list[Line]:
    """Every decision of the city, by id."""
    return [
        Line(
            name=name,
            label=family.versions[-1].label,
            versions=tuple(v.version for v in family.versions),
            examples=len(family.examples),
            official=all(v.official for v in family.versions),
        )
        for name, family in sorted(current_city().decisions.items())
    ]


def decision_page(name: str) -> DecisionPage | None:
    """Everything about one decision, or None if the city has none of that name."""
    city = current_city()
    family = city.decisions.get(name)
    if family is None:
        return None
    versions = tuple(
        VersionPage(
            decision=decision,
            source=city.sources.get(decision.citation.source) if decision.citation else None,
            blocks=tuple(blocks_of(decision.logic)),
        )
        for decision in reversed(family.versions)
    )
    return DecisionPage(family, family.versions[-1].label, versions, family.examples)


def blocks_of(
    logic: model.Logic, label: str = "", name: str = "", article: str = ""
) -> list[Block]:
    """The parts of a logic in reading order: steps first, the result last."""
    match logic:
        case model.Context(entries, result):
            found: list[Block] = []
            for entry in entries:
                cited = entry.citation.article if entry.citation else ""
                found += blocks_of(entry.logic, entry.label or entry.name, entry.name, cited)
            return found + (blocks_of(result, _("结果"), "", "") if result is not None else [])
        case model.Table():
            return [Block("table", label, name, article, table_rows(logic))]
        case model.Conditions():
            return [Block("conditions", label, name, article, logic)]
        case model.Dated(_, versions):
            return [
                block
                for version in versions
                for block in blocks_of(version.logic, f"{label}（{version.name}）", name, article)
            ]
        case model.Expression(text, _):
            return [Block("expression", label, name, article, text)]
        case _:
            return [Block("expression", label, name, article, _("见决策文件"))]


@dataclass(frozen=True, slots=True)
class TableView:
    """A decision table ready to be drawn."""

    hit: str
    hit_words: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...], tuple[str, ...], str], ...]


def table_rows(table: model.Table) -> TableView:
    """Cells as written; rows numbered from one."""
    return TableView(
        hit=table.hit,
        hit_words=str(HIT_WORDS[table.hit]),
        inputs=tuple(i.label or i.expression.text for i in table.inputs),
        outputs=tuple(o.label or o.name for o in table.outputs),
        rows=tuple(
            (
                number,
                rule.texts or tuple(unparse(test) for test in rule.tests),
                tuple(output.text for output in rule.outputs),
                rule.note or (rule.citation.article if rule.citation else ""),
            )
            for number, rule in enumerate(table.rules, start=1)
        ),
    )
