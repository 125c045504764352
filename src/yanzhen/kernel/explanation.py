"""The explanation tree (解释树): why a decision came out as it did.

A tree of steps, each with a three-valued truth or a value, the facts it read, and the text
it rests on. The same tree feeds the command line, the page of an enterprise and the API.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Truth = bool | None
"""Three truth values: True (是), False (否), None (unknown, 未知)."""

StepKind = Literal["decision", "clause", "condition", "exclusion", "table", "row", "value", "fact"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or a value comes from (依据): a registered source and the place in it."""

    source: str
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactUse:
    """One fact that a step read, with its value; ``known`` False means it was missing.

    ``name`` is the fact's id. Source and date are not here: they belong to the fact store,
    which knows for each enterprise which value won.
    """

    name: str
    value: Any
    known: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One node of the explanation.

    Attributes:
        kind: what the step is.
        name: id of the decision, clause, entry or condition.
        label: Chinese text for people.
        text: the expression as written, empty where there is none.
        value: the result; for a condition its truth value.
        facts: the facts this step itself read, in order of first use, each once.
        children: the steps below, in order.
        citation: what the step rests on, if its file says so.
    """

    kind: StepKind
    name: str
    label: str
    text: str
    value: Any
    facts: tuple[FactUse, ...] = ()
    children: tuple["Step", ...] = field(default=())
    citation: Citation | None = None

    def missing(self) -> tuple[str, ...]:
        """Ids of the missing facts read here or below, in order of first use, each once."""
        seen: dict[str, None] = {}
        for use in self.facts:
            if not use.known:
                seen.setdefault(use.name)
        for child in self.children:
            for name in child.missing():
                seen.setdefault(name)
        return tuple(seen)
