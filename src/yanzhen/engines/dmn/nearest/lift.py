"""Lifting expressions: from a tree to the forms of its value, with all cuts on the way.

What does not depend on the changing facts is evaluated as ever. What depends on one fact with few
values, and has no other way, is evaluated at every one of them (``tabulate``). The rest either has
exact forms or is refused with ``NotSolvableError``: a cut is never guessed.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.nearest import forms as f
from yanzhen.engines.dmn.nearest.algebra import Poly
from yanzhen.engines.dmn.nearest.costs import Variable
from yanzhen.engines.dmn.nearest.frames import Fixed, Frame
from yanzhen.engines.dmn.nearest.lift_logic import lift_logic, lift_output
from yanzhen.engines.dmn.nearest.reach import Reach, asks_under_test
from yanzhen.engines.dmn.nearest.rounding import round_form
from yanzhen.engines.dmn.run import Run
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.unparse import unparse
from yanzhen.engines.feel.values import RangeValue

MAX_FORMS = 1_024
"""Forms that one value may have."""
MAX_TABULATED = 4_096
"""Values of a fact at which an expression is evaluated one by one."""
MAX_POWER = 6
_ROUNDING = frozenset(
    {"floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down"}
)


class Lift:
    """One search's view of the rules: one or two facts change, all others stay."""

    def __init__(
        self, book: m.Book, facts: Mapping[str, Any], variables: tuple[Variable, ...]
    ) -> None:
        self.book, self.facts, self.variables = book, facts, variables
        self.cuts = f.Cuts()
        names = tuple(variable.name for variable in variables)
        self.reach = Reach(book, frozenset(facts) - set(names), names)
        self._axes = {name: axis for axis, name in enumerate(names)}
        self._run = Run(book, facts, "three_valued", explain=False)
        self._fixed = Fixed(self._run)
        self._entries: dict[int, f.Forms] = {}
        self._decisions: dict[str, f.Forms] = {}

    # expressions

    def node(self, node: n.Node, frame: Frame, under: f.Forms | None = None) -> f.Forms:
        """The forms of an expression; ``under`` are those of the value under test.

        Raises:
            NotSolvableError: its cuts cannot be found exactly.
        """
        tested = under is not None and asks_under_test(node)
        behind = self.reach.of_node(node, frame)
        if not behind and not tested:
            return frozenset({f.form_of(self.fixed(node, frame))})
        try:
            found = self._structure(node, frame, under)
        except f.NotSolvableError as fault:
            if tested:
                raise
            return self.tabulate(
                behind,
                lambda run: evaluate(node, frame.scope(run), mode="three_valued"),
                str(fault) if fault.named else f"{unparse(node)}（{fault}）",
            )
        return _few(found)

    def fixed(self, node: n.Node, frame: Frame) -> Any:
        """The value of an expression that does not change."""
        return evaluate(node, self._fixed.scope(frame), mode="three_valued")

    def value(self, logic: m.Logic, frame: Frame) -> Any:
        """The value of a logic that does not change."""
        return self._run.find(logic, self._fixed.scope(frame)).value

    def _structure(self, node: n.Node, frame: Frame, under: f.Forms | None) -> f.Forms:
        def part(one: n.Node) -> f.Forms:
            return self.node(one, frame, under)

        match node:
            case n.Input() if under is not None:
                return under
            case n.Name():
                return self.name(node.value, frame)
            case n.Negate():
                return frozenset(f.negative(form) for form in part(node.of))
            case n.Arithmetic():
                return self._arithmetic(node, part(node.left), part(node.right))
            case n.Compare():
                return self.compare(part(node.left), part(node.right))
            case n.And():
                return _joined((part(one) for one in node.members), f.Plain(False))
            case n.Or():
                return _joined((part(one) for one in node.members), f.Plain(True))
            case n.Between():
                of = part(node.of)
                self.compare(of, part(node.low))
                return self.compare(of, part(node.high))
            case n.In():
                of = part(node.of)
                return self.tests(node.tests, of, frame)
            case n.If():
                return self._choice(part(node.condition), node, part)
            case n.Call(function=n.Name(value=name), named=()) if name not in frame.names:
                return self._call(name, node, part)
            case n.Path(of=n.Call(function=n.Name(value=head)), name="years" | "months"):
                if head == "years and months duration" and node.name == "years":
                    return self._whole_years(node, frame)
            case n.Path(of=n.Name(value=head)):
                return self._member(head, node.name, frame)
        raise f.NotSolvableError("不能反解的写法")

    def name(self, name: str, frame: Frame) -> f.Forms:
        """The forms of a name that depends on the changing facts."""
        known = frame.names.get(name)
        if known is not None:
            entry, outer = known
            if id(entry) not in self._entries:
                self._entries[id(entry)] = self.logic(entry.logic, outer)
            return self._entries[id(entry)]
        key = self.book.resolve(name)
        axis = self._axes.get(key)
        if axis is not None:
            variable = self.variables[axis]
            return frozenset({f.Ratio(Poly.counted(axis, variable.step), f.ONE, variable.day)})
        if key not in self._decisions:
            self._decisions[key] = self.logic(self.book.decisions[key].logic, Frame())
        return self._decisions[key]

    def logic(self, logic: m.Logic, frame: Frame) -> f.Forms:
        """The forms of a logic."""
        return _few(lift_logic(self, logic, frame))

    def _member(self, head: str, member: str, frame: Frame) -> f.Forms:
        """One output of a table with several."""
        known = frame.names.get(head)
        if known is not None:
            return _few(lift_output(self, known[0].logic, member, known[1]))
        decision = self.book.decisions.get(self.book.resolve(head))
        if decision is None:
            raise f.NotSolvableError("取成员")
        return _few(lift_output(self, decision.logic, member, Frame()))

    def compare(self, left: f.Forms, right: f.Forms) -> f.Forms:
        """A comparison of two values: its cuts."""
        for one in left:
            for other in right:
                self.cuts.meet(one, other)
        return f.TRUTHS

    def _arithmetic(self, node: n.Arithmetic, left: f.Forms, right: f.Forms) -> f.Forms:
        if any(isinstance(form, f.Plain) and form.value is not None for form in left | right):
            raise f.NotSolvableError("文本或真值的运算")
        if any(isinstance(form, f.Ratio | f.Steady) and form.day for form in left | right):
            raise f.NotSolvableError("日期的运算")
        if len(left) * len(right) > MAX_TABULATED:
            raise f.NotSolvableError("取值太多")
        apply = {
            "+": lambda a, b: f.add(a, b, self.cuts),
            "-": lambda a, b: f.add(a, f.negative(b), self.cuts),
            "*": f.multiply,
            "/": lambda a, b: f.divide(a, b, self.cuts),
            "**": _power,
        }[node.op]
        return frozenset(apply(one, other) for one in left for other in right)

    def _choice(self, condition: f.Forms, node: n.If, part: Callable[[n.Node], f.Forms]) -> f.Forms:
        if condition == {f.Plain(True)}:
            return part(node.yes)
        if len(condition) == 1 and f.Plain(None) not in condition:
            return part(node.no)
        return part(node.yes) | part(node.no) | f.NULL

    def _call(self, name: str, node: n.Call, part: Callable[[n.Node], f.Forms]) -> f.Forms:
        arguments = node.positional
        match name:
            case "not":
                part(arguments[0])
                return f.TRUTHS
            case "min" | "max":
                if len(arguments) == 1 and isinstance(arguments[0], n.ListOf):
                    arguments = arguments[0].items
                return self._extreme([part(one) for one in arguments])
            case "abs":
                inside = part(arguments[0])
                self.compare(inside, frozenset({f.number(0)}))
                return inside | frozenset(f.negative(form) for form in inside)
            case "sum" if len(arguments) > 1 or isinstance(arguments[0], n.ListOf):
                first = arguments[0]
                items = first.items if isinstance(first, n.ListOf) else arguments
                total: f.Forms = frozenset({f.number(0)})
                plus = n.Arithmetic("+", n.Null(), n.Null())
                for one in items:
                    total = _few(self._arithmetic(plus, total, part(one)))
                return total
            case _ if name in _ROUNDING:
                digits = part(arguments[1]) if len(arguments) > 1 else None
                return frozenset(
                    round_form(name, form, digits, self.cuts, self._domains())
                    for form in part(arguments[0])
                )
        raise f.NotSolvableError(f"函数 {name}")

    def _extreme(self, parts: list[f.Forms]) -> f.Forms:
        for at, one in enumerate(parts):
            for other in parts[at + 1 :]:
                self.compare(one, other)
        return frozenset().union(*parts)

    def _whole_years(self, node: n.Path, frame: Frame) -> f.Forms:
        """Full years between two days: they rise with the second and fall with the first."""
        call = node.of
        if not isinstance(call, n.Call) or len(call.positional) != 2:  # noqa: PLR2004 - from, to
            raise f.NotSolvableError("整年数")
        first, second = (self.reach.of_node(one, frame) for one in call.positional)
        if len(first | second) != 1 or (first and second):
            raise f.NotSolvableError("整年数")
        (name,) = first | second
        axis = self._axes[name]
        day = call.positional[0 if first else 1]
        if not isinstance(day, n.Name) or self.book.resolve(day.value) != name:
            raise f.NotSolvableError("整年数")
        variable = self.variables[axis]
        low, high = self._domains()[axis]

        def at(count: int) -> Fraction:
            run = Run(
                self.book,
                {**self.facts, name: variable.value(count)},
                "three_valued",
                explain=False,
            )
            value = evaluate(node, frame.scope(run), mode="three_valued")
            if not isinstance(value, Decimal):
                raise f.NotSolvableError("整年数")
            return Fraction(value)

        return frozenset({f.Steady(axis, -1 if first else 1, at, low, high)})

    # tests

    def tests(self, tests: Iterable[n.Node], of: f.Forms, frame: Frame) -> f.Forms:
        """Any of some tests against a value: their cuts, and whether they can be settled."""
        return _joined((self._test(test, of, frame) for test in tests), f.Plain(True))

    def _test(self, test: n.Node, of: f.Forms, frame: Frame) -> f.Forms:
        if isinstance(test, n.Range):
            for end in (test.low, test.high):
                if end is not None:
                    self.compare(of, self.node(end, frame, of))
            return f.TRUTHS
        if asks_under_test(test):
            return self.node(test, frame, of)
        if not self.reach.of_node(test, frame):
            return self._against(self.fixed(test, frame), of)
        self.compare(of, self.node(test, frame))
        return f.TRUTHS

    def _against(self, value: Any, of: f.Forms) -> f.Forms:
        if isinstance(value, list):
            return _joined((self._against(one, of) for one in value), f.Plain(True))
        if isinstance(value, RangeValue):
            for end in (value.low, value.high):
                self.compare(of, frozenset({f.form_of(end)}))
            return f.TRUTHS
        wanted = f.form_of(value)
        self.compare(of, frozenset({wanted}))
        if all(isinstance(form, f.Plain) and form.value is not None for form in of) and (
            isinstance(value, str)
        ):
            hits = {form == wanted for form in of}
            return frozenset(f.Plain(hit) for hit in hits)
        return f.TRUTHS

    # one by one

    def tabulate(self, behind: frozenset[str], value: Callable[[Run], Any], words: str) -> f.Forms:
        """The forms of something that depends on one fact with few values, by trying them all.

        Raises:
            NotSolvableError: it depends on two changing facts, or on one with too many values.
        """
        if len(behind) != 1:
            raise f.NotSolvableError(words, named=True)
        (name,) = behind
        axis = self._axes[name]
        low, high = self._domains()[axis]
        if high - low >= MAX_TABULATED:
            raise f.NotSolvableError(words, named=True)
        variable = self.variables[axis]
        found: list[f.Form] = []
        for count in range(low, high + 1):
            given = {**self.facts, name: variable.value(count)}
            found.append(f.form_of(value(Run(self.book, given, "three_valued", explain=False))))
            if len(found) > 1 and found[-1] != found[-2]:
                self.cuts.lines[axis].add(2 * count - 1)
        return frozenset(found)

    def _domains(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (
                -f.FARTHEST if variable.low is None else variable.low,
                f.FARTHEST if variable.high is None else variable.high,
            )
            for variable in self.variables
        )


def _few(found: f.Forms) -> f.Forms:
    if len(found) > MAX_FORMS:
        raise f.NotSolvableError("取值太多")
    return found


def _joined(members: Iterable[f.Forms], settles: f.Plain) -> f.Forms:
    """A conjunction or disjunction: settled where one member always is."""
    for member in list(members):
        if member == {settles}:
            return member
    return f.TRUTHS


def _power(base: f.Form, exponent: f.Form) -> f.Form:
    times = exponent.number if isinstance(exponent, f.Ratio) else None
    if times is None or times.denominator != 1 or not 0 <= times <= MAX_POWER:
        raise f.NotSolvableError("乘方")
    result: f.Form = f.number(1)
    for _ in range(int(times)):
        result = f.multiply(result, base)
    return result
