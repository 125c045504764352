"""Polynomials in one or two counted variables, with exact coefficients and exact roots.

Facts take only whole multiples of their step, so all that matters of a root is where it lies among
the whole numbers. It is told in *halves*: ``2 * f`` is a root at ``f`` itself, ``2 * f + 1`` one
somewhere between ``f`` and ``f + 1``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MAX_DEGREE = 8

Power = tuple[int, int]
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Poly:
    """A sum of ``c * k0**i * k1**j``; the terms are sorted and none is zero."""

    terms: tuple[tuple[Power, Fraction], ...]

    @classmethod
    def of(cls, terms: Mapping[Power, Fraction]) -> "Poly":
        """The polynomial with these terms."""
        return cls(tuple(sorted((power, c) for power, c in terms.items() if c)))

    @classmethod
    def constant(cls, value: Fraction | int) -> "Poly":
        """A number."""
        return cls.of({(0, 0): Fraction(value)})

    @classmethod
    def counted(cls, axis: int, step: Fraction) -> "Poly":
        """``step`` times the count of a variable."""
        return cls.of({(1, 0) if axis == 0 else (0, 1): step})

    def __add__(self, other: "Poly") -> "Poly":
        terms = dict(self.terms)
        for power, c in other.terms:
            terms[power] = terms.get(power, ZERO) + c
        return Poly.of(terms)

    def __neg__(self) -> "Poly":
        return Poly(tuple((power, -c) for power, c in self.terms))

    def __sub__(self, other: "Poly") -> "Poly":
        return self + -other

    def __mul__(self, other: "Poly") -> "Poly":
        terms: dict[Power, Fraction] = {}
        for (i, j), c in self.terms:
            for (p, q), d in other.terms:
                terms[i + p, j + q] = terms.get((i + p, j + q), ZERO) + c * d
        return Poly.of(terms)

    @property
    def degree(self) -> int:
        """The greatest exponent of all."""
        return max((i + j for (i, j), _ in self.terms), default=0)

    @property
    def number(self) -> Fraction | None:
        """Its value if it is a number, else None."""
        if not self.terms:
            return ZERO
        if len(self.terms) == 1 and self.terms[0][0] == (0, 0):
            return self.terms[0][1]
        return None

    def reads(self, axis: int) -> bool:
        """Whether the variable takes part."""
        return any(power[axis] for power, _ in self.terms)

    def at(self, axis: int, value: int | Fraction) -> "Poly":
        """With a value put in for one variable."""
        terms: dict[Power, Fraction] = {}
        for power, c in self.terms:
            rest = (0, power[1]) if axis == 0 else (power[0], 0)
            terms[rest] = terms.get(rest, ZERO) + c * value ** power[axis]
        return Poly.of(terms)

    def by(self, axis: int) -> list["Poly"]:
        """The coefficients of the powers of one variable, from 0 up."""
        parts: list[dict[Power, Fraction]] = []
        for power, c in self.terms:
            while len(parts) <= power[axis]:
                parts.append({})
            rest = (0, power[1]) if axis == 0 else (power[0], 0)
            parts[power[axis]][rest] = c
        return [Poly.of(part) for part in parts]

    def slope(self, axis: int) -> "Poly":
        """The derivative by one variable."""
        terms: dict[Power, Fraction] = {}
        for (i, j), c in self.terms:
            if (i, j)[axis]:
                terms[(i - 1, j) if axis == 0 else (i, j - 1)] = c * (i, j)[axis]
        return Poly.of(terms)

    def roots(self, axis: int) -> set[int]:
        """Where it changes sign on whole numbers, in halves; it must be in this variable alone."""
        return roots([part.number or ZERO for part in self.by(axis)])


def roots(coefficients: list[Fraction]) -> set[int]:
    """Where a polynomial is zero or changes sign on whole numbers, in halves.

    Two roots between the same neighbors leave no trace on whole numbers and are not told.

    >>> sorted(roots([Fraction(-2), Fraction(0), Fraction(1)])), roots([Fraction(-3), Fraction(1)])
    ([-3, 3], {6})
    """
    halves: set[int] = set()
    for f in _brackets(coefficients):
        at_low, at_high = _sign(coefficients, f), _sign(coefficients, f + 1)
        if not at_low:
            halves.add(2 * f)
        if not at_high:
            halves.add(2 * f + 2)
        if at_low * at_high < 0:
            halves.add(2 * f + 1)
    return halves


def _brackets(coefficients: list[Fraction]) -> set[int]:
    """All ``f`` such that a root of the polynomial lies in ``[f, f + 1]``, and perhaps a few more.

    Args:
        coefficients: from the constant up. A polynomial that is zero everywhere has no roots here.

    Between two neighbors of the roots of the derivative it rises or falls throughout, so that a
    change of sign is found by halving.
    """
    c = list(coefficients)
    while c and not c[-1]:
        c.pop()
    if len(c) <= 1:
        return set()
    if len(c) == 2:  # noqa: PLR2004 - a line
        return {-c[0] // c[1]}
    found = _brackets([i * part for i, part in enumerate(c)][1:])
    bound = int(1 + max(abs(part / c[-1]) for part in c[:-1])) + 1
    marks = sorted({-bound, bound} | {f + side for f in found for side in (0, 1)})
    for low, high in pairwise(marks):
        at_low, at_high = _sign(c, low), _sign(c, high)
        found |= {mark for mark, sign in ((low, at_low), (high, at_high)) if not sign}
        if at_low * at_high < 0:
            found.add(_halve(c, low, high, at_low))
    return found


def _sign(c: list[Fraction], at: int) -> int:
    total = ZERO
    for part in reversed(c):
        total = total * at + part
    return (total > 0) - (total < 0)


def _halve(c: list[Fraction], low: int, high: int, at_low: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        if _sign(c, middle) == at_low:
            low = middle
        else:
            high = middle
    return low
