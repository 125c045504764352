"""Terms: the typed expression graph that a plan is made of.

Each term is one operation on other terms, of one kind, and stands for one column. Equal terms are
one object (hash-consing), so what two rules share is computed once. Nothing here knows rows.

Values of a term for one row (``exact``): ``bool``, ``Decimal``, ``str``; None is unknown in every
kind. Dates are day numbers since 1970-01-01, durations whole months or whole days.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["truth", "number", "text", "date", "months", "days", "code", "null"]
"""``code`` is a small integer that tells in which cell between cut points a value lies; ``null``
is the type of the literal null before it meets another type."""

NUMERIC: frozenset[Kind] = frozenset({"number", "date", "months", "days"})

FLIPPED = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}
MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "="}


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One operation.

    Attributes:
        op: such as ``add``; the operations are listed in ``exact.OPERATIONS``.
        kind: type of the result.
        args: the operands.
        data: what else belongs to the operation: a constant, the name of a fact, a mode.
        number: order of making; an operand always has a smaller number.
        sure: whether a truth is never unknown, judged by its form.
    """

    op: str
    kind: Kind
    args: tuple["Term", ...]
    data: Any
    number: int
    sure: bool

    @property
    def is_const(self) -> bool:
        """Whether the term has the same value in every row."""
        return self.op == "const"


class Pool:
    """All terms of one plan; asks for an equal term give the same object.

    ``known`` is what the executor has found out about terms for every frame, such as the look-ups
    by cut points: a plan that runs twice computes it once.
    """

    def __init__(self) -> None:
        self._terms: dict[Any, Term] = {}
        self.known: dict[str, dict[Any, Any]] = {}

    def make(self, op: str, kind: Kind, args: tuple[Term, ...] = (), data: Any = None) -> Term:
        """The term of this operation, made if it is new."""
        key = (op, kind, tuple(arg.number for arg in args), type(data), data)
        term = self._terms.get(key)
        if term is None:
            term = Term(op, kind, args, data, len(self._terms), _is_sure(op, args, data))
            self._terms[key] = term
        return term

    def __len__(self) -> int:
        return len(self._terms)

    def const(self, value: Decimal | str | bool | None, kind: Kind) -> Term:  # noqa: FBT001
        """A constant; ``value`` None is the unknown of that kind."""
        return self.make("const", kind, (), value)

    def truth(self, value: bool | None) -> Term:  # noqa: FBT001 -- a value
        """The constant true, false or unknown."""
        return self.const(value, "truth")


def _is_sure(op: str, args: tuple[Term, ...], data: Any) -> bool:
    if op in {"missing", "is"}:
        return True
    if op == "const":
        return data is not None
    return op in {"and", "or", "not"} and all(arg.sure for arg in args)


def operands(term: Term) -> tuple[Term, ...]:
    """What a term is computed from in the reference: a look-up stands for its whole body."""
    return (term.data[0],) if term.op == "lookup" else term.args


def walk(
    roots: Iterable[Term],
    below: Callable[[Term], tuple[Term, ...]] = lambda term: term.args,
) -> Iterator[Term]:
    """Every term that the roots need, operands before what uses them, each once.

    ``below`` gives the operands to follow.
    """
    seen: set[int] = set()
    for root in roots:
        stack = [(root, False)]
        while stack:
            term, done = stack.pop()
            if done:
                yield term
            elif term.number not in seen:
                seen.add(term.number)
                stack.append((term, True))
                stack.extend((arg, False) for arg in reversed(below(term)))
