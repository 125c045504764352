"""The forms that a value can take while the facts of a search change, and where they meet.

A value is one of finitely many *forms*, each fixed on every piece between two *cuts*: an exact
quotient of polynomials, a function of one fact that only rises or only falls (rounding), or a plain
value. Comparing two forms adds the cuts at which the comparison can change.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yanzhen.engines.dmn.nearest.algebra import MAX_DEGREE, Poly

FARTHEST = 10**24
"""No fact is counted farther than this."""


class NotSolvableError(Exception):
    """An expression whose cuts cannot be found exactly.

    Attributes:
        named: whether the text already names the expression at fault.
    """

    def __init__(self, text: str, *, named: bool = False) -> None:
        super().__init__(text)
        self.named = named


@dataclass(frozen=True, slots=True)
class Ratio:
    """``top / bottom``; a day is its ordinal."""

    top: Poly
    bottom: Poly
    day: bool = False

    @property
    def number(self) -> Fraction | None:
        """Its value if it is a number and not zero below, else None."""
        top, bottom = self.top.number, self.bottom.number
        return None if top is None or not bottom else top / bottom


@dataclass(frozen=True, slots=True, eq=False)
class Steady:
    """A function of one variable that only rises (``sign`` 1) or only falls (-1).

    ``at`` gives its value for a count from ``low`` to ``high``.
    """

    axis: int
    sign: int
    at: Callable[[int], Fraction]
    low: int
    high: int
    day: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A value without arithmetic here: null, a truth value, a text."""

    value: Any


Form = Ratio | Steady | Plain
Forms = frozenset[Form]
TRUTHS: Forms = frozenset({Plain(True), Plain(False), Plain(None)})
NULL: Forms = frozenset({Plain(None)})
ONE = Poly.constant(1)


def number(value: Fraction | int, *, day: bool = False) -> Ratio:
    """A number, or the day with that ordinal."""
    return Ratio(Poly.constant(value), ONE, day)


@dataclass(slots=True)
class Cuts:
    """Where verdicts can change.

    Attributes:
        curves: polynomials; a verdict can change where one is zero.
        lines: for each variable, its cuts in halves: ``2 * f`` at count ``f``, ``2 * f + 1``
            between ``f`` and ``f + 1``.
    """

    curves: set[Poly] = field(default_factory=set)
    lines: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))

    def add(self, curve: Poly) -> None:
        """A cut where the polynomial is zero."""
        if curve.number is not None:
            return
        if curve.degree > MAX_DEGREE:
            raise NotSolvableError("次数过高的算式")
        for axis in (0, 1):
            if not curve.reads(1 - axis):
                self.lines[axis].update(curve.roots(axis))
                return
        self.curves.add(curve)

    def meet(self, one: Form, other: Form) -> None:
        """The cuts at which the order of two values, or their being equal, can change."""
        if isinstance(one, Plain) or isinstance(other, Plain) or one.day != other.day:
            return
        if isinstance(one, Ratio) and isinstance(other, Ratio):
            self.add(one.bottom)
            self.add(other.bottom)
            self.add(one.top * other.bottom - other.top * one.bottom)
            return
        gap = add(one, negative(other), self)
        if not isinstance(gap, Steady):
            raise NotSolvableError("不能分离的取整")
        for strict in (False, True):
            self.lines[gap.axis].add(2 * _crossing(gap, strict=strict) + 1)


def _crossing(gap: Steady, *, strict: bool) -> int:
    """The count after which a steady function has reached zero (``strict``: gone beyond it)."""

    def beyond(at: int) -> bool:
        value = gap.at(at) * gap.sign
        return value > 0 or (not strict and value == 0)

    low, high = gap.low - 1, gap.high + 1
    while high - low > 1:
        middle = (low + high) // 2
        if beyond(middle):
            high = middle
        else:
            low = middle
    return low


def negative(form: Form) -> Form:
    """Minus a value."""
    match form:
        case Ratio():
            return Ratio(-form.top, form.bottom, form.day)
        case Steady():
            at = form.at
            return Steady(form.axis, -form.sign, lambda k: -at(k), form.low, form.high, form.day)
        case _:
            return Plain(None)


def add(one: Form, other: Form, cuts: Cuts) -> Form:
    """The sum of two values; null with a value that is no number."""
    if isinstance(one, Plain) or isinstance(other, Plain):
        return Plain(None)
    if isinstance(one, Ratio) and isinstance(other, Ratio):
        if one.bottom == other.bottom:
            return Ratio(one.top + other.top, one.bottom)
        return Ratio(one.top * other.bottom + other.top * one.bottom, one.bottom * other.bottom)
    if isinstance(one, Ratio):
        one, other = other, one
    if not isinstance(one, Steady):
        raise NotSolvableError("不能分离的取整")
    second = other if isinstance(other, Steady) else _steady(other, one.axis, cuts)
    if second.sign not in (0, one.sign) or second.axis != one.axis:
        raise NotSolvableError("不能分离的取整")
    first_at, second_at = one.at, second.at
    return Steady(
        one.axis,
        one.sign,
        lambda k: first_at(k) + second_at(k),
        max(one.low, second.low),
        min(one.high, second.high),
    )


def multiply(one: Form, other: Form) -> Form:
    """The product of two values."""
    if isinstance(one, Plain) or isinstance(other, Plain):
        return Plain(None)
    if isinstance(one, Ratio) and isinstance(other, Ratio):
        top, bottom = one.top * other.top, one.bottom * other.bottom
        if max(top.degree, bottom.degree) > MAX_DEGREE:
            raise NotSolvableError("次数过高的算式")
        return Ratio(top, bottom)
    if isinstance(one, Ratio):
        one, other = other, one
    factor = other.number if isinstance(other, Ratio) else None
    if not isinstance(one, Steady) or factor is None:
        raise NotSolvableError("取整之后的乘除")
    if not factor:
        return number(0)
    at, scale = one.at, factor
    sign = one.sign if factor > 0 else -one.sign
    return Steady(one.axis, sign, lambda k: at(k) * scale, one.low, one.high)


def divide(one: Form, other: Form, cuts: Cuts) -> Form:
    """The quotient of two values; where the divisor is zero there is a cut."""
    if isinstance(one, Plain) or isinstance(other, Plain):
        return Plain(None)
    if isinstance(other, Steady):
        raise NotSolvableError("以取整的结果作除数")
    cuts.add(other.top)
    if not other.top.terms:
        return Plain(None)
    return multiply(one, Ratio(other.bottom, other.top))


def _steady(form: Ratio, axis: int, cuts: Cuts) -> Steady:
    """A quotient of lines in one variable as a steady function; ``sign`` 0 for a number."""
    fixed = form.number
    if fixed is not None:
        return Steady(axis, 0, lambda _: fixed, -FARTHEST, FARTHEST)
    return steady(form, cuts, (-FARTHEST, FARTHEST), axis)


def steady(form: Ratio, cuts: Cuts, domain: tuple[int, int], axis: int) -> Steady:
    """A quotient of two lines in one variable, on the part of the domain above its pole.

    Raises:
        NotSolvableError: it is not such a quotient, or the pole lies inside the domain.
    """
    top, bottom = form.top, form.bottom
    if top.reads(1 - axis) or bottom.reads(1 - axis) or max(top.degree, bottom.degree) > 1:
        raise NotSolvableError("不能分离的取整")
    (b, a), (d, c) = _line(top, axis), _line(bottom, axis)
    low, high = domain
    if c:
        pole = -d / c
        cuts.add(bottom)
        if pole >= high:
            high = min(high, -(-pole // 1) - 1)
        elif pole <= low:
            low = max(low, pole // 1 + 1)
        else:
            raise NotSolvableError("分母可能为零的取整")
    turn = a * d - b * c
    return Steady(
        axis, (turn > 0) - (turn < 0), lambda k: (a * k + b) / (c * k + d), low, high, form.day
    )


def _line(poly: Poly, axis: int) -> tuple[Fraction, Fraction]:
    parts = [part.number or Fraction(0) for part in poly.by(axis)]
    first, second, *_ = [*parts, Fraction(0), Fraction(0)]
    return first, second


def form_of(value: Any) -> Form:
    """The form of a value that does not change."""
    if isinstance(value, Decimal):
        return number(Fraction(value))
    if type(value) is date:
        return number(value.toordinal(), day=True)
    if value is None or isinstance(value, bool | str):
        return Plain(value)
    raise NotSolvableError("列表、时间段等值")
