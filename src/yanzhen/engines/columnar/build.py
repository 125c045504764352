"""Making terms: type checks, null logic and the simplifications that never change a value.

Every method gives the simplest term that it can see: constants are folded through ``exact``,
``not`` turns comparisons round (sound for three values: unknown stays unknown), nested ``and``
and ``or`` are flattened, and two columns are compared as their difference with zero.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, Inexact
from typing import Any

from yanzhen.engines.columnar.exact import fold
from yanzhen.engines.columnar.terms import FLIPPED, MIRRORED, NUMERIC, Kind, Pool, Term
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.kernel.errors import LoweringError

_ORDERS = frozenset({"<", "<=", ">", ">="})
_SHORT = 12
"""Digits of a reciprocal up to which dividing by a constant becomes multiplying."""
_NAMES: dict[Kind, str] = {
    "truth": "boolean",
    "number": "number",
    "text": "text",
    "date": "date",
    "months": "years and months duration",
    "days": "days and time duration",
    "code": "code",
    "null": "null",
}


class Builder:
    """Makes the terms of one plan in its pool.

    Args:
        three_valued: whether null means unknown, as in that mode of ``feel.evaluate``.
    """

    def __init__(self, *, three_valued: bool = True) -> None:
        self.pool = Pool()
        self.three_valued = three_valued
        self.yes = self.pool.truth(True)
        self.no = self.pool.truth(False)
        self.unknown = self.pool.truth(None)
        self.null = self.pool.const(None, "null")

    # constants and facts

    def number(self, value: Decimal | int) -> Term:
        """A constant number."""
        return self.pool.const(NUMBERS.plus(Decimal(value)), "number")

    def typed_null(self, kind: Kind) -> Term:
        """The unknown of a kind."""
        return self.pool.const(None, kind)

    def fact(self, name: str, kind: Kind) -> Term:
        """The column of a fact."""
        return self.pool.make("fact", kind, (), name)

    def apply(self, op: str, kind: Kind, args: Sequence[Term], data: Any = None) -> Term:
        """An operation; a constant if all operands are."""
        term = self.pool.make(op, kind, tuple(args), data)
        if args and all(arg.is_const for arg in args):
            return self.pool.const(fold(term), kind)
        return term

    # truth

    def both(self, members: Iterable[Term]) -> Term:
        """Kleene's and."""
        return self._junction("and", members, self.yes, self.no)

    def either(self, members: Iterable[Term]) -> Term:
        """Kleene's or."""
        return self._junction("or", members, self.no, self.yes)

    def _junction(self, op: str, members: Iterable[Term], neutral: Term, final: Term) -> Term:
        flat: dict[int, Term] = {}
        for member in members:
            for part in member.args if member.op == op else (member,):
                if part is final:
                    return final
                if part is not neutral:
                    flat[part.number] = part
        if op == "or" and len(flat) > 1:
            flat = self._merge_members(flat)
        if not flat:
            return neutral
        if len(flat) == 1:
            return next(iter(flat.values()))
        ordered = tuple(flat[number] for number in sorted(flat))
        return self.pool.make(op, "truth", ordered)

    def _merge_members(self, flat: dict[int, Term]) -> dict[int, Term]:
        """``x = a or x = b or …`` as one question of membership."""
        groups: dict[tuple[Term, bool], list[Term]] = {}
        for part in flat.values():
            asked = _membership(part)
            if asked is not None:
                groups.setdefault((asked.args[0], part.op == "is"), []).append(part)
        for (tested, sure), parts in groups.items():
            if len(parts) > 1:
                values: set[Any] = set()
                for part in parts:
                    del flat[part.number]
                    asked = part.args[0] if sure else part
                    values |= {asked.args[1].data} if asked.op == "compare" else asked.data
                merged = self.member(tested, values)
                merged = self.has_truth(merged, True) if sure else merged
                flat[merged.number] = merged
        return flat

    def opposite(self, term: Term) -> Term:
        """``not``; unknown stays unknown."""
        if term.is_const:
            return self.pool.truth(None if term.data is None else not term.data)
        if term.op == "not":
            return term.args[0]
        if term.op == "compare" and term.data in FLIPPED:
            return self.pool.make("compare", "truth", term.args, FLIPPED[term.data])
        return self.pool.make("not", "truth", (term,))

    def missing(self, term: Term) -> Term:
        """Whether the value is null; never unknown itself."""
        if term.is_const:
            return self.pool.truth(term.data is None)
        if term.sure:
            return self.no
        return self.pool.make("missing", "truth", (term,))

    def has_truth(self, term: Term, wanted: bool | None) -> Term:  # noqa: FBT001 -- a value
        """Whether a truth is exactly ``wanted``; never unknown itself."""
        if term.is_const:
            return self.pool.truth(term.data is wanted)
        if term.sure:
            return self.no if wanted is None else term if wanted else self.opposite(term)
        if term.op == "not":
            return self.has_truth(term.args[0], None if wanted is None else not wanted)
        return self.pool.make("is", "truth", (term,), wanted)

    # comparing

    def compare(self, op: str, left: Term, right: Term) -> Term:
        """``left op right`` for ``=``, ``!=`` and the orders; unknown if either is null.

        Raises:
            LoweringError: the types differ or have no order.
        """
        if op == "!=":
            return self.opposite(self.compare("=", left, right))
        if left.kind == "null" or right.kind == "null":
            return self.unknown
        if left.kind != right.kind:
            raise LoweringError(
                f"compares {_NAMES[left.kind]} with {_NAMES[right.kind]}, which never has an answer"
            )
        if left.kind == "truth":
            if op in _ORDERS:
                raise LoweringError(f"truth values have no order, so {op} never has an answer")
            return self._same_truth(left, right)
        if left.is_const and not right.is_const:
            left, right, op = right, left, MIRRORED[op]
        if right.is_const and right.data is None:
            return self.unknown
        if left.kind in NUMERIC and not right.is_const:
            difference = self.apply("subtract", "number", (left, right))
            return self.compare(op, difference, self.number(0))
        return self.apply("compare", "truth", (left, right), op)

    def _same_truth(self, left: Term, right: Term) -> Term:
        if left.is_const:
            left, right = right, left
        if right.is_const:
            if right.data is None:
                return self.unknown
            return left if right.data else self.opposite(left)
        return self.either(
            (
                self.both((left, right)),
                self.both((self.opposite(left), self.opposite(right))),
            )
        )

    def same(self, left: Term, right: Term) -> Term:
        """Whether both are known and equal; never unknown itself."""
        if "null" in {left.kind, right.kind} or left.kind != right.kind:
            return self.no
        return self.has_truth(self.compare("=", left, right), True)

    def member(self, term: Term, values: Iterable[Any]) -> Term:
        """Whether the value is one of the constants; unknown if it is null."""
        return self.apply("member", "truth", (term,), frozenset(values))

    # choosing

    def choose(self, condition: Term, yes: Term, no: Term) -> Term:
        """``yes`` where the condition is true, ``no`` where it is false, unknown where it is.

        Raises:
            LoweringError: the two values have different types.
        """
        yes, no = self.unify(yes, no)
        if condition.is_const:
            if condition.data is None:
                return self.typed_null(yes.kind)
            return yes if condition.data else no
        if yes is no and (condition.sure or (yes.is_const and yes.data is None)):
            return yes
        if yes.kind == "truth":
            return self._choose_truth(condition, yes, no)
        return self.pool.make("if", yes.kind, (condition, yes, no))

    def _choose_truth(self, condition: Term, yes: Term, no: Term) -> Term:
        holds, fails = self.has_truth(condition, True), self.has_truth(condition, False)
        return self.either(
            (
                self.both((holds, yes)),
                self.both((fails, no)),
                self.both((self.has_truth(condition, None), self.unknown)),
            )
        )

    def settle(self, hit: Term, yes: Term, no: Term) -> Term:
        """Like ``choose``, but where the condition is unknown and both values agree, that value."""
        yes, no = self.unify(yes, no)
        if yes is no and yes.is_const and yes.data is not None:
            return yes
        agree = self.both((self.has_truth(hit, None), self.same(yes, no)))
        return self.choose(self.both((hit, self.opposite(agree))), yes, no)

    def unify(self, one: Term, other: Term) -> tuple[Term, Term]:
        """Both with one type: the literal null takes the type of the other.

        Raises:
            LoweringError: the types differ.
        """
        if one.kind == other.kind:
            return one, other
        if one.kind == "null":
            return self.typed_null(other.kind), other
        if other.kind == "null":
            return one, self.typed_null(one.kind)
        raise LoweringError(
            f"gives {_NAMES[one.kind]} in one case and {_NAMES[other.kind]} in another"
        )

    # numbers

    def arithmetic(self, op: str, left: Term, right: Term) -> Term:
        """``add``, ``subtract``, ``multiply`` or ``divide`` of two numbers."""
        if left.kind == "null" or right.kind == "null":
            return self.typed_null("number")
        if left.kind != "number" or right.kind != "number":
            raise LoweringError(
                f"cannot {op} {_NAMES[left.kind]} and {_NAMES[right.kind]} in columns"
            )
        if (left.is_const and left.data is None) or (right.is_const and right.data is None):
            return self.typed_null("number")
        if op in {"add", "multiply"} and left.number > right.number:
            left, right = right, left
        if op == "divide" and right.is_const and not left.is_const:
            reciprocal = _reciprocal(right.data)
            if reciprocal is not None:
                return self.arithmetic("multiply", left, self.number(reciprocal))
        return self.apply(op, "number", (left, right))


def _reciprocal(value: Decimal) -> Decimal | None:
    """One over ``value`` if that is a short decimal."""
    if not value:
        return None
    context = NUMBERS.copy()
    result = context.divide(Decimal(1), value)
    if context.flags[Inexact] or len(result.as_tuple().digits) > _SHORT:
        return None
    return result


def _membership(term: Term) -> Term | None:
    """The comparison with constants that ``term`` is, or of which it asks whether it is true."""
    asked = term.args[0] if term.op == "is" and term.data is True else term
    if asked.op == "member":
        return asked
    equal = asked.op == "compare" and asked.data == "=" and asked.args[1].is_const
    return asked if equal else None


def kind_name(kind: Kind) -> str:
    """The FEEL name of a kind, for messages."""
    return _NAMES[kind]
