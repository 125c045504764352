"""What expressions read, kept for explanations and for naming what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from yanzhen.engines.dmn.model import Condition, Decision, Entry
from yanzhen.engines.dmn.outcome import Finding
from yanzhen.kernel.explanation import FactUse, Step, StepKind


@dataclass(frozen=True, slots=True)
class Use:
    """One name that an expression read: a fact, or something computed."""

    fact: FactUse | None
    missing: tuple[str, ...]
    step: Step | None = None


Uses = dict[str, Use]


def make_step(
    kind: StepKind,
    name: str,
    label: str,
    found: Finding,
    source: Decision | Condition | Entry | None = None,
) -> Step:
    """The step of a finding, under its name and with what it rests on."""
    citation = None if source is None else source.citation
    return Step(
        kind, name, label or name, found.text, found.value, found.facts, found.children, citation
    )


def union(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All names of the parts in order, each once."""
    return tuple(dict.fromkeys(name for part in parts for name in part))


def missing_of(uses: Uses) -> tuple[str, ...]:
    """The missing facts behind all that was read."""
    return union(use.missing for use in uses.values())
