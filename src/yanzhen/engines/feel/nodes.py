"""The syntax tree of FEEL (DMN 1.5, chapter 10): one small frozen class for each form.

Every node knows where it stands in the text (``at``: 0-based start offset; ``end``: offset after
its last character), so that an error or an explanation can point at it. Positions take no part
in equality: two trees are equal when they mean the same text structure.

``Node`` is the union of all classes; executors dispatch on it with ``match``.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What all nodes share: their place in the text."""

    at: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Null(Base):
    """The literal ``null``."""


@dataclass(frozen=True, slots=True)
class Bool(Base):
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Number(Base):
    """A decimal literal, exact."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class String(Base):
    """A string literal, escapes already resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Temporal(Base):
    """An at-literal, ``@"2020-01-31"``; the text between the quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Base):
    """A name in scope: a fact, a parameter, a decision, an entry, a variable, a function.

    ``value`` is normalized: inner white space is one space.
    """

    value: str


@dataclass(frozen=True, slots=True)
class Input(Base):
    """The question mark ``?`` of unary tests: the value under test."""


@dataclass(frozen=True, slots=True)
class Path(Base):
    """``of.name``: a member of a context, a property of a temporal value, or a projection."""

    of: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Negate(Base):
    """Arithmetic minus."""

    of: "Node"


ArithmeticOp = Literal["+", "-", "*", "/", "**"]
CompareOp = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Arithmetic(Base):
    """``left op right``."""

    op: ArithmeticOp
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Compare(Base):
    """``left op right``."""

    op: CompareOp
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class And(Base):
    """Conjunction, two or more members in order (``a and b and c`` is one node)."""

    members: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or(Base):
    """Disjunction, two or more members in order."""

    members: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Between(Base):
    """``of between low and high``, both ends included."""

    of: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class In(Base):
    """``of in (test, test …)``: true if any test holds for ``of``."""

    of: "Node"
    tests: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Range(Base):
    """``[low..high]`` and its open forms; an end that is None is unbounded.

    As a unary test, ``< 5`` is ``Range(None, 5, low_closed=False, high_closed=False)``.
    """

    low: "Node | None"
    high: "Node | None"
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class UnaryTests(Base):
    """A cell of a decision table: any of ``tests`` holds; ``negated`` for ``not(…)``.

    No tests and not negated is the dash ``-``: always true, whatever the input.
    """

    tests: tuple["Node", ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class If(Base):
    """``if condition then yes else no``."""

    condition: "Node"
    yes: "Node"
    no: "Node"


@dataclass(frozen=True, slots=True)
class ListOf(Base):
    """``[a, b, c]``."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Base):
    """``{name: value, …}``; later entries see earlier ones."""

    entries: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Filter(Base):
    """``of[test]``: selection by condition or by index."""

    of: "Node"
    test: "Node"


@dataclass(frozen=True, slots=True)
class Iterator(Base):
    """``name in source`` or ``name in source..to`` of a for, some or every."""

    name: str
    source: "Node"
    to: "Node | None" = None


@dataclass(frozen=True, slots=True)
class For(Base):
    """``for … return result``; ``partial`` holds the results so far."""

    iterators: tuple[Iterator, ...]
    result: "Node"


@dataclass(frozen=True, slots=True)
class Quantified(Base):
    """``some … satisfies`` or ``every … satisfies``."""

    every: bool
    iterators: tuple[Iterator, ...]
    satisfies: "Node"


@dataclass(frozen=True, slots=True)
class TypeName(Base):
    """A type in ``instance of`` and in formal parameters, such as ``list<number>``.

    ``name`` is the head (``list``, ``context``, ``range``, ``function`` or a plain type);
    ``arguments`` the element types; ``members`` the named members of ``context<…>``.
    """

    name: str
    arguments: tuple["TypeName", ...] = ()
    members: tuple[tuple[str, "TypeName"], ...] = ()
    result: "TypeName | None" = None


@dataclass(frozen=True, slots=True)
class InstanceOf(Base):
    """``of instance of type``."""

    of: "Node"
    type: TypeName


@dataclass(frozen=True, slots=True)
class Function(Base):
    """``function(a: number, b) body``; ``external`` bodies are refused when called."""

    parameters: tuple[tuple[str, TypeName | None], ...]
    body: "Node"
    external: bool = False


@dataclass(frozen=True, slots=True)
class Call(Base):
    """``function(arguments)``; either ``positional`` or ``named`` is used, never both."""

    function: "Node"
    positional: tuple["Node", ...] = ()
    named: tuple[tuple[str, "Node"], ...] = ()


Node = (
    Null
    | Bool
    | Number
    | String
    | Temporal
    | Name
    | Input
    | Path
    | Negate
    | Arithmetic
    | Compare
    | And
    | Or
    | Between
    | In
    | Range
    | UnaryTests
    | If
    | ListOf
    | ContextOf
    | Filter
    | For
    | Quantified
    | InstanceOf
    | Function
    | Call
)
