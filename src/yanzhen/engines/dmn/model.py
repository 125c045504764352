"""What a decision is, whatever file it came from (DMN 1.5, chapters 6-8, and three forms of ours).

A *logic* is one of DMN's boxed expressions, or one of ours: ``Conditions`` (a policy clause: all
conditions hold and no exclusion does) and ``Dated`` (the version in force on an event date). A
``Decision`` gives a logic a name and a period; a ``Book`` is every decision, fact and constant
that names may refer to on one day. The interpreter (``evaluate``) and the column compiler
(``engines.columnar``) both read this model and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from yanzhen.engines.feel import nodes
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label

ValueType = Literal[
    "boolean", "integer", "number", "money", "text", "date", "date and time", "context", "any"
]
"""Types of facts and results. ``money`` is decimal yuan; ``number`` any other decimal."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A literal expression: the text as written and its tree."""

    text: str
    node: nodes.Node


@dataclass(frozen=True, slots=True)
class InputClause:
    """One input column of a table; ``allowed`` limits its values if given."""

    expression: Expression
    label: str
    allowed: nodes.UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class OutputClause:
    """One output column. ``allowed`` lists the values in order of priority (P and O tables)."""

    name: str
    label: str
    type: ValueType = "any"
    allowed: tuple[Expression, ...] = ()
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``texts`` are its input cells as written, for showing the table to people."""

    tests: tuple[nodes.UnaryTests, ...]
    outputs: tuple[Expression, ...]
    texts: tuple[str, ...] = ()
    note: str = ""
    citation: Citation | None = None


HitPolicy = Literal["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table (决策表). With one output its value is that output, else a context."""

    hit: HitPolicy
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One named step of a boxed context; later entries may use earlier ones by name or label."""

    name: str
    label: str
    logic: "Logic"
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A boxed context: entries in order, then ``result``; without one the value is the context."""

    entries: tuple[Entry, ...]
    result: "Logic | None" = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a clause, in words and as an expression, with its place in the text."""

    name: str
    label: str
    expression: Expression
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """A clause (条款): yes when every condition is true and no exclusion is.

    Verdict = conjunction (Kleene) of the conditions and of ``not`` each exclusion. ``amount`` is
    the money in yuan if the verdict is yes, evaluated only then; None where there is no money.
    """

    conditions: tuple[Condition, ...]
    exclusions: tuple[Condition, ...] = ()
    amount: Expression | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A logic in force from ``start`` to ``end``, both days included; None is open."""

    name: str
    start: date | None
    end: date | None
    logic: "Logic"


@dataclass(frozen=True, slots=True)
class Dated:
    """The version in force on an event date (以事件发生日适用的版本).

    An unknown event date gives unknown, unless every version is false whatever the date; a date
    that no version covers gives false for ``Conditions`` versions and null otherwise, and the
    explanation says so.
    """

    event: Expression
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Invocation:
    """A boxed invocation: a named business knowledge model or service with bound arguments."""

    function: Expression
    bindings: tuple[tuple[str, "Logic"], ...]


@dataclass(frozen=True, slots=True)
class FunctionLogic:
    """A boxed function (the logic of a business knowledge model).

    ``types`` are the declared types of the parameters, empty text where there is none. An
    ``external`` body (Java, PMML) is never run.
    """

    parameters: tuple[str, ...]
    body: "Logic"
    types: tuple[str, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True)
class ListLogic:
    """A boxed list."""

    items: tuple["Logic", ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A boxed relation: a list of contexts with the same members."""

    columns: tuple[str, ...]
    rows: tuple[tuple["Logic", ...], ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """A boxed conditional (DMN 1.4)."""

    condition: "Logic"
    yes: "Logic"
    no: "Logic"


@dataclass(frozen=True, slots=True)
class Selection:
    """A boxed filter (DMN 1.4): the members of ``source`` for which ``match`` is true."""

    source: "Logic"
    match: "Logic"


IterationKind = Literal["for", "every", "some"]


@dataclass(frozen=True, slots=True)
class Iteration:
    """A boxed iterator (DMN 1.4): for, every or some ``name`` in ``source``."""

    kind: IterationKind
    name: str
    source: "Logic"
    body: "Logic"


@dataclass(frozen=True, slots=True)
class Typed:
    """A logic whose value must be of a declared type, else it is null; for DMN models only."""

    logic: "Logic"
    type_ref: str


Logic = (
    Expression
    | Table
    | Context
    | Conditions
    | Dated
    | Invocation
    | FunctionLogic
    | ListLogic
    | Relation
    | Conditional
    | Selection
    | Iteration
    | Typed
)


def untyped(logic: Logic) -> Logic:
    """The logic without its declared types."""
    while isinstance(logic, Typed):
        logic = logic.logic
    return logic


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in one version (决策).

    Attributes:
        name: id, unique in its book; a clause's is ``policy/clause``.
        label: what people call it; expressions may use the Chinese label as a name.
        logic: how it is decided.
        type: type of the result. A ``Conditions`` logic has type ``boolean``.
        version: the day from which it holds, as text, or "" where it is not versioned.
        start: first day in force, None if open.
        end: last day in force, None if open.
        citation: what the decision rests on.
        official: False for wording or numbers that are ours and not an authority's.
        doc: a sentence for people.
    """

    name: str
    label: Label
    logic: Logic
    type: ValueType = "any"
    version: str = ""
    start: date | None = None
    end: date | None = None
    citation: Citation | None = None
    official: bool = True
    doc: str = ""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What rules must know of a fact: its id, name, type, decimal places and unit."""

    name: str
    label: Label
    type: ValueType
    scale: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a name may refer to on one day (某日有效的全部规则).

    ``constants`` holds the dated parameters as of ``day``, 万, 亿 and 评估日 (``day`` itself).
    ``aliases`` maps each Chinese label of a fact, parameter or decision to its id.
    """

    day: date
    facts: Mapping[str, FactSpec]
    decisions: Mapping[str, Decision]
    constants: Mapping[str, Any] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, name: str) -> str:
        """The id that ``name`` stands for: an id itself, or a Chinese label."""
        return self.aliases.get(name, name)
