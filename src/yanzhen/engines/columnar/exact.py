"""What each operation means for one row, in exact decimals: the reference of the executors.

The executors work in binary numbers with a bound on their error and come here for the few rows
where the bound does not settle a question; lookup tables and constants are computed here as well.
Numbers follow the interpreter: 34 digits, half even, no result is None.
"""

import operator
from collections.abc import Callable, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Any

from yanzhen.engines.columnar.terms import Term, operands, walk
from yanzhen.engines.feel.builtins import BUILTIN_VALUES
from yanzhen.engines.feel.civil import (
    MONTHS_A_YEAR,
    add_months,
    day_from_number,
    day_number,
    months_between,
    weekday,
)
from yanzhen.engines.feel.numerals import NUMBERS, finite

Value = Any
Reader = Callable[[str], Value]

ROUNDINGS = {
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "half up": ROUND_HALF_UP,
    "half down": ROUND_HALF_DOWN,
    "half even": ROUND_HALF_EVEN,
}
_WIDE = Context(prec=6200, Emin=-9999, Emax=9999, traps=[])


def _and(_: Any, values: Sequence[Value]) -> Value:
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def _or(_: Any, values: Sequence[Value]) -> Value:
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def _compare(op: str, values: Sequence[Value]) -> Value:
    left, right = values
    if left is None or right is None:
        return None
    return _COMPARE[op](left, right)


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _strict(function: Callable[..., Value]) -> Callable[[Any, Sequence[Value]], Value]:
    """An operation on known values only; one unknown makes the result unknown."""

    def run(data: Any, values: Sequence[Value]) -> Value:
        return None if None in values else function(data, *values)

    return run


def round_number(value: Decimal, mode: str, places: int) -> Decimal:
    """``value`` with at most ``places`` decimals, rounded by a mode of ``ROUNDINGS``."""
    if not value or value == value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN, _WIDE):
        return value
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUNDINGS[mode], _WIDE)
    return NUMBERS.plus(rounded)


def _modulo(_: Any, left: Decimal, right: Decimal) -> Value:
    if not right:
        return None
    rest = _WIDE.remainder(left, right)
    if rest and (rest < 0) != (right < 0):
        rest = _WIDE.add(rest, right)
    return NUMBERS.plus(rest)


def _extreme(pick: Callable[[Sequence[Decimal]], Decimal]) -> Callable[..., Value]:
    return lambda _, *values: pick(values)


def _add_months(months: int, day: Decimal) -> Value:
    start = day_from_number(int(day))
    moved = None if start is None else add_months(start, months)
    return None if moved is None else Decimal(day_number(moved))


def _date_part(name: str, number: Decimal) -> Value:
    day = day_from_number(int(number))
    if day is None:
        return None
    return Decimal(weekday(day) if name == "weekday" else getattr(day, name))


def _months_between(_: Any, start: Decimal, end: Decimal) -> Value:
    first, last = day_from_number(int(start)), day_from_number(int(end))
    return None if first is None or last is None else Decimal(months_between(first, last))


def _years(_: Any, months: Decimal) -> Decimal:
    return Decimal(int(months / MONTHS_A_YEAR))


def _rest_months(_: Any, months: Decimal) -> Decimal:
    return months - int(months / MONTHS_A_YEAR) * MONTHS_A_YEAR


def _call(data: tuple[str, tuple[Value, ...]], text: str) -> Value:
    name, constants = data
    return BUILTIN_VALUES[name].invoke([text, *constants])


OPERATIONS: dict[str, Callable[[Any, Sequence[Value]], Value]] = {
    # truth
    "and": _and,
    "or": _or,
    "not": _strict(lambda _, a: not a),
    "compare": _compare,
    "member": _strict(lambda members, a: a in members),
    "missing": lambda _, values: values[0] is None,
    "is": lambda wanted, values: values[0] is wanted,
    # number
    "add": _strict(lambda _, a, b: finite(NUMBERS.add(a, b))),
    "subtract": _strict(lambda _, a, b: finite(NUMBERS.subtract(a, b))),
    "multiply": _strict(lambda _, a, b: finite(NUMBERS.multiply(a, b))),
    "divide": _strict(lambda _, a, b: finite(NUMBERS.divide(a, b)) if b else None),
    "power": _strict(lambda exponent, a: finite(NUMBERS.power(a, exponent))),
    "negate": _strict(lambda _, a: NUMBERS.minus(a)),
    "absolute": _strict(lambda _, a: NUMBERS.abs(a)),
    "least": _strict(_extreme(min)),
    "greatest": _strict(_extreme(max)),
    "round": _strict(lambda data, a: round_number(a, *data)),
    "modulo": _strict(_modulo),
    "tally": lambda _, values: Decimal(sum(value is True for value in values)),
    # date and durations
    "add months": _strict(_add_months),
    "date part": _strict(_date_part),
    "months between": _strict(_months_between),
    "years": _strict(_years),
    "rest months": _strict(_rest_months),
    # text
    "join": _strict(lambda _, a, b: a + b),
    "call": _strict(_call),
}
"""Every operation but ``const``, ``fact``, ``if``, ``cells`` and ``lookup``."""


class Program:
    """Computes one term exactly, row by row."""

    __slots__ = ("_steps", "_term")

    def __init__(self, term: Term) -> None:
        self._term = term
        self._steps = list(walk([term], operands))

    def run(self, read: Reader) -> Value:
        """The value for one row; ``read`` gives the facts by name."""
        values: dict[Term, Value] = {}
        for step in self._steps:
            values[step] = _step(step, values, read)
        return values[self._term]


def _step(step: Term, values: dict[Term, Value], read: Reader) -> Value:
    match step.op:
        case "const":
            return step.data
        case "fact":
            return read(step.data)
        case "lookup":
            return values[step.data[0]]
        case "if":
            truth = values[step.args[0]]
            return None if truth is None else values[step.args[1 if truth else 2]]
        case op:
            return OPERATIONS[op](step.data, [values[arg] for arg in step.args])


def over_domain(
    body: Term, source: Term, domain: Sequence[Value], known: dict[Term, list[Value]]
) -> list[Value]:
    """The values of ``body`` for each value of its only source.

    Args:
        body: reads ``source`` and constants only.
        source: the scalar.
        domain: the values it can have.
        known: values over the same domain found before; takes those found now.
    """
    known.setdefault(source, list(domain))
    below = lambda term: () if term in known else operands(term)  # noqa: E731
    for step in walk([body], below):
        if step not in known:
            known[step] = _step_over(step, known, len(domain))
    return known[body]


def _step_over(step: Term, known: dict[Term, list[Value]], size: int) -> list[Value]:
    if step.op == "const":
        return [step.data] * size
    columns = [known[arg] for arg in operands(step)]
    if step.op == "lookup":
        return columns[0]
    if step.op == "if":
        return [
            None if truth is None else yes if truth else no
            for truth, yes, no in zip(*columns, strict=True)
        ]
    operation, data = OPERATIONS[step.op], step.data
    if step.op == "member":
        return [None if value is None else value in data for value in columns[0]]
    if step.op == "compare" and step.args[1].is_const and step.args[1].data is not None:
        holds, constant = _COMPARE[data], step.args[1].data
        return [None if value is None else holds(value, constant) for value in columns[0]]
    return [operation(data, values) for values in zip(*columns, strict=True)]


def _no_facts(name: str) -> Value:
    raise LookupError(f"fact {name} in what should be constant")


def fold(term: Term) -> Value:
    """The value of a term all of whose operands are constant."""
    return Program(term).run(_no_facts)
