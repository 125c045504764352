"""From FEEL trees to terms: names are bound, types checked, and nulls given their meaning.

The meaning is that of ``feel.evaluate`` in the same mode. What has no column form is refused with
the part and the reason; nothing is ever lowered to something that only mostly agrees.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from yanzhen.engines.columnar.build import Builder, kind_name
from yanzhen.engines.columnar.functions import lower_call
from yanzhen.engines.columnar.shapes import (
    Interval,
    Items,
    Record,
    Shape,
    column_of,
    constant,
    truth_of,
)
from yanzhen.engines.columnar.terms import Kind, Term
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builtin_names import BUILTIN_NAMES
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.temporal_text import parse_temporal
from yanzhen.engines.feel.walk import children
from yanzhen.kernel.errors import LoweringError

Mode = Literal["three_valued", "spec"]
Lookup = Callable[[str], Shape]
"""Finds what a name of the book stands for; raises LoweringError for what has no column."""

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_DATE_PARTS = frozenset({"year", "month", "day", "weekday"})
_MAX_POWER = 8


class Scope:
    """The names that an expression sees: local ones, the value under test, then the book."""

    __slots__ = ("_book", "_local", "tested")

    def __init__(
        self,
        book: Lookup,
        local: Mapping[str, Callable[[], Shape]] | None = None,
        tested: Shape | None = None,
    ) -> None:
        self._book = book
        self._local = local or {}
        self.tested = tested

    def __getitem__(self, name: str) -> Shape:
        local = self._local.get(name)
        return self._book(name) if local is None else local()

    def with_names(self, names: Mapping[str, Callable[[], Shape]]) -> "Scope":
        """This scope with more local names in front."""
        return Scope(self._book, {**self._local, **names}, self.tested)

    def testing(self, value: Shape) -> "Scope":
        """This scope with ``?`` standing for ``value``."""
        return Scope(self._book, self._local, value)


class Lowering:
    """Lowers expressions with one builder.

    Args:
        build: makes the terms, and knows what null means.
    """

    def __init__(self, build: Builder) -> None:
        self.build = build
        self.unknown = build.three_valued
        self._mode: Mode = "three_valued" if build.three_valued else "spec"

    # expressions

    def expression(self, node: n.Node, scope: Scope) -> Shape:
        """The shape of any expression.

        Raises:
            LoweringError: a part of it has no column form.
        """
        match node:
            case n.Null():
                return self.build.null
            case n.Bool() | n.Number() | n.String():
                return constant(node.value, self.build)
            case n.Temporal(text=text):
                return constant(parse_temporal(text), self.build)
            case n.Name(value=name):
                return scope[name]
            case n.Input():
                if scope.tested is None:
                    raise LoweringError("? stands for no value here")
                return scope.tested
            case n.And(members=members):
                return self.build.both(self.truths(members, scope, "and"))
            case n.Or(members=members):
                return self.build.either(self.truths(members, scope, "or"))
            case n.Compare():
                return self._compare(node, scope)
            case n.Between():
                return self._between(node, scope)
            case n.In(of=of, tests=tests):
                value = self.expression(of, scope)
                return self.build.either([self.test(test, value, scope) for test in tests])
            case n.UnaryTests():
                if scope.tested is None:
                    raise LoweringError("a cell stands where there is no value to test")
                return self.cell(node, scope.tested, scope)
            case n.If():
                return self._if(node, scope)
            case n.Arithmetic():
                return self._arithmetic(node, scope)
            case n.Negate(of=of):
                return self._negate(self.column(of, scope, "the operand of minus"))
            case n.Path(of=of, name=name):
                return self._path(self.expression(of, scope), name)
            case n.ListOf(items=items):
                return Items(tuple(self.expression(item, scope) for item in items))
            case n.ContextOf(entries=entries):
                return self._context(entries, scope)
            case n.Range():
                return self._interval(node, scope)
            case n.Call():
                return self._call(node, scope)
            case _:
                raise LoweringError(f"{_FORMS.get(type(node), 'this form')} has no column form")

    def column(self, node: n.Node, scope: Scope, what: str = "an operand") -> Term:
        """The column of an expression."""
        return column_of(self.expression(node, scope), what=what)

    def truths(self, nodes: Sequence[n.Node], scope: Scope, where: str) -> list[Term]:
        """The truth columns of the members of a junction."""
        return [self.truth(node, scope, f"a member of {where}") for node in nodes]

    def truth(self, node: n.Node, scope: Scope, what: str) -> Term:
        """The truth column of an expression; the literal null is unknown."""
        term = truth_of(self.expression(node, scope), what=what)
        return self.build.unknown if term.kind == "null" else term

    def _compare(self, node: n.Compare, scope: Scope) -> Term:
        build = self.build
        if node.op in {"=", "!="}:
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(one, n.Null):
                    missing = build.missing(self.column(other, scope))
                    return missing if node.op == "=" else build.opposite(missing)
            equal = self.equal(self.column(node.left, scope), self.column(node.right, scope))
            return equal if node.op == "=" else build.opposite(equal)
        return build.compare(node.op, self.column(node.left, scope), self.column(node.right, scope))

    def equal(self, left: Term, right: Term) -> Term:
        """``=``: unknown if either is null, or false in the mode ``spec`` (true if both are)."""
        build = self.build
        compared = build.compare("=", left, right)
        if self.unknown:
            return compared
        nulls = build.both((build.missing(left), build.missing(right)))
        return build.either((nulls, build.has_truth(compared, True)))

    def _between(self, node: n.Between, scope: Scope) -> Term:
        value = self.column(node.of, scope)
        return self.build.both(
            (
                self.build.compare(">=", value, self.column(node.low, scope)),
                self.build.compare("<=", value, self.column(node.high, scope)),
            )
        )

    def _if(self, node: n.If, scope: Scope) -> Shape:
        condition = self.truth(node.condition, scope, "the condition of if")
        yes, no = self.expression(node.yes, scope), self.expression(node.no, scope)
        return self.choose(condition, yes, no)

    def choose(self, condition: Term, yes: Shape, no: Shape) -> Shape:
        """``if`` on shapes: contexts are chosen member by member."""
        if not self.unknown:
            condition = self.build.has_truth(condition, True)
        if isinstance(yes, Record) and isinstance(no, Record):
            if yes.members.keys() != no.members.keys():
                raise LoweringError("the two contexts of an if have different members")
            return Record(
                {
                    name: self.choose(condition, member, no.members[name])
                    for name, member in yes.members.items()
                }
            )
        what = "the result of an if"
        return self.build.choose(condition, column_of(yes, what=what), column_of(no, what=what))

    # arithmetic

    def _arithmetic(self, node: n.Arithmetic, scope: Scope) -> Term:
        left, right = self.column(node.left, scope), self.column(node.right, scope)
        build = self.build
        if node.op == "**":
            return self._power(left, right)
        kinds = (left.kind, right.kind)
        if node.op in {"+", "-"} and kinds != ("number", "number"):
            found = self._moved(node.op, left, right)
            if found is not None:
                return found
        return build.arithmetic(_ARITHMETIC[node.op], left, right)

    def _power(self, left: Term, right: Term) -> Term:
        whole = right.is_const and right.kind == "number" and right.data in range(1, _MAX_POWER + 1)
        if not whole or left.kind != "number":
            raise LoweringError(
                f"only powers of numbers with a constant exponent from 1 to {_MAX_POWER} have a "
                "column form"
            )
        return self.build.apply("power", "number", (left,), int(right.data))

    def _moved(self, op: str, left: Term, right: Term) -> Term | None:
        """Sums and differences of texts, dates and durations; None if the pair has none."""
        build, pair = self.build, (left.kind, right.kind)
        if op == "+" and pair in {("months", "date"), ("days", "date")}:
            left, right, pair = right, left, (right.kind, left.kind)
        if pair == ("text", "text") and op == "+":
            return build.apply("join", "text", (left, right))
        if pair == ("date", "months"):
            if not right.is_const or right.data is None:
                raise LoweringError("only constant durations can be added to dates")
            months = int(right.data)
            return build.apply("add months", "date", (left,), months if op == "+" else -months)
        results: dict[tuple[Kind, Kind], Kind] = {
            ("date", "days"): "date",
            ("days", "days"): "days",
            ("months", "months"): "months",
        }
        if pair == ("date", "date") and op == "-":
            return build.apply("subtract", "days", (left, right))
        if pair in results:
            return build.apply(_ARITHMETIC[op], results[pair], (left, right))
        return None

    def _negate(self, term: Term) -> Term:
        if term.kind not in {"number", "months", "days"}:
            raise LoweringError(f"a {kind_name(term.kind)} has no negative")
        return self.build.apply("negate", term.kind, (term,))

    # members

    def _path(self, of: Shape, name: str) -> Shape:
        if isinstance(of, Record):
            if name not in of.members:
                raise LoweringError(f"the context has no member {name}")
            return of.members[name]
        term = column_of(of, what=f"what .{name} is asked of")
        build = self.build
        if term.kind == "date" and name in _DATE_PARTS:
            return build.apply("date part", "number", (term,), name)
        if term.kind == "months" and name in {"years", "months"}:
            return build.apply("years" if name == "years" else "rest months", "number", (term,))
        if term.kind == "days" and name == "days":
            # a duration of whole days is its own number of days
            return build.apply("add", "number", (term, build.number(0)))
        raise LoweringError(f".{name} of a {kind_name(term.kind)} has no column form")

    def _context(self, entries: Sequence[tuple[str, n.Node]], scope: Scope) -> Record:
        members: dict[str, Shape] = {}
        for name, node in entries:
            known = {key: _fixed(shape) for key, shape in members.items()}
            members[name] = self.expression(node, scope.with_names(known))
        return Record(members)

    def _interval(self, node: n.Range, scope: Scope) -> Interval:
        low = None if node.low is None else self.column(node.low, scope)
        high = None if node.high is None else self.column(node.high, scope)
        for end in (low, high):
            if end is not None and not (end.is_const and end.data is not None):
                raise LoweringError("a range with an end that is not constant is no value here")
        return Interval(low, high, node.low_closed, node.high_closed)

    def _call(self, node: n.Call, scope: Scope) -> Shape:
        if not isinstance(node.function, n.Name):
            raise LoweringError("only functions called by name have a column form")
        value = self._constant_call(node)
        if value is not None:
            return value
        positional = [self.expression(argument, scope) for argument in node.positional]
        named = {name: self.expression(argument, scope) for name, argument in node.named}
        return lower_call(self.build, node.function.value, positional, named)

    def _constant_call(self, node: n.Call) -> Shape | None:
        """The value of a call that reads no column, such as ``date("2026-01-01")``."""
        if not _is_literal(node):
            return None
        value = evaluate(node, {}, mode=self._mode)
        return None if value is None else constant(value, self.build)

    # tests

    def cell(self, tests: n.UnaryTests, value: Shape, scope: Scope) -> Term:
        """The truth of a table cell for ``value``."""
        if not tests.tests:
            return self.build.pool.truth(not tests.negated)
        result = self.build.either([self.test(test, value, scope) for test in tests.tests])
        return self.build.opposite(result) if tests.negated else result

    def test(self, node: n.Node, value: Shape, scope: Scope) -> Term:
        """The truth of one test of a cell, or of one member of ``in (…)``."""
        build = self.build
        if isinstance(node, n.Null):
            return build.missing(column_of(value, what="the value under test"))
        if isinstance(node, n.Range):
            ends = (
                None if node.low is None else self.column(node.low, scope),
                None if node.high is None else self.column(node.high, scope),
            )
            return self.within(value, Interval(*ends, node.low_closed, node.high_closed))
        if _uses_input(node):
            return self.truth(node, scope.testing(value), "a test with ?")
        if isinstance(node, n.ListOf) and self.unknown:
            return build.either([self.test(item, value, scope) for item in node.items])
        return self._matches(value, self.expression(node, scope))

    def _matches(self, value: Shape, against: Shape) -> Term:
        build = self.build
        if isinstance(against, Items):
            found = build.either([self._matches_item(value, item) for item in against.items])
            return found if self.unknown else build.has_truth(found, True)
        if isinstance(against, Interval):
            return self.within(value, against)
        tested = column_of(value, what="the value under test")
        term = column_of(against, what="a test")
        if term.kind == "truth" and tested.kind not in {"truth", "null"}:
            if not self.unknown:
                raise LoweringError("a test that is a boolean needs ? in it")
            return build.choose(build.missing(tested), build.unknown, term)
        return self.equal(tested, term)

    def _matches_item(self, value: Shape, item: Shape) -> Term:
        if isinstance(item, Interval):
            return self.within(value, item)
        return self.equal(
            column_of(value, what="the value under test"), column_of(item, what="a list item")
        )

    def within(self, value: Shape, interval: Interval) -> Term:
        """Whether a value lies in a range: each end on its own, then Kleene's and."""
        build = self.build
        tested = column_of(value, what="the value under test")
        ends = []
        if interval.low is not None:
            op = ">=" if interval.low_closed else ">"
            ends.append(build.compare(op, tested, interval.low))
        if interval.high is not None:
            op = "<=" if interval.high_closed else "<"
            ends.append(build.compare(op, tested, interval.high))
        return build.both(ends)


_FORMS: dict[type, str] = {
    n.Filter: "a filter",
    n.For: "a for loop",
    n.Quantified: "some or every",
    n.InstanceOf: "instance of",
    n.Function: "a function of your own",
}


def _fixed(shape: Shape) -> Callable[[], Shape]:
    return lambda: shape


def _uses_input(node: n.Node) -> bool:
    return isinstance(node, n.Input) or any(_uses_input(child) for child in children(node))


def _is_literal(node: n.Node) -> bool:
    """Whether a tree holds literals and calls of built-in functions only."""
    match node:
        case n.Name():
            return False
        case n.Call(function=n.Name(value=name)):
            arguments = (*node.positional, *(value for _, value in node.named))
            return name in BUILTIN_NAMES and all(map(_is_literal, arguments))
        case n.Input() | n.For() | n.Quantified() | n.Function() | n.Filter():
            return False
        case _:
            return all(map(_is_literal, children(node)))
