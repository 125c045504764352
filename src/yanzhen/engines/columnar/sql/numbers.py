"""Exact numbers in SQL: decimals with a known bound, and quotients that are never divided.

A decimal column is exact as long as its bound has at most the 34 digits of FEEL. A quotient is
kept as two columns and compared by multiplying. FEEL rounds quotients to 34 digits; that changes
no comparison if (1) two sides that differ are further apart than all rounding, which the bounds
settle, and (2) two sides that are equal were never rounded, which holds while the quotient is only
shifted, or multiplied by what has a finite reciprocal (``pure``).
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from yanzhen.engines.columnar.sql.dialect import Dialect
from yanzhen.engines.columnar.sql.pieces import NotExactError, Piece, Sheet, write
from yanzhen.engines.columnar.terms import MIRRORED
from yanzhen.engines.feel.numerals import NUMBERS

_MOST_SCALE = 30
_NATIVE = 18
_SMALL = 9
"""Digits that every whole number of a database holds, even one written as a literal."""
_ROOM = 10 ** (NUMBERS.prec - 1)


@dataclass(frozen=True, slots=True)
class Exact:
    """A decimal column.

    Attributes:
        piece: its SQL.
        scale: decimals it has at most.
        units: bound of its size in units of ``10**-scale``.
        width: digits of the decimal type that the database gives it.
        value: if it is a constant.
    """

    piece: Piece
    scale: int
    units: int
    width: int
    value: Decimal | None = None

    @property
    def digits(self) -> int:
        """Digits that its values can have."""
        return max(len(str(self.units)), self.scale, 1)

    def units_at(self, scale: int) -> int:
        """The bound in units of ``10**-scale`` for a scale no smaller than its own."""
        return int(self.units * 10 ** (scale - self.scale))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient: null where ``over`` is zero.

    ``span`` bounds what stood above the line on the way, ``steps`` counts the roundings.
    """

    above: Exact
    over: Exact
    span: Decimal
    steps: int
    pure: bool


Number = Exact | Ratio


class Arithmetic:
    """Makes numbers for one dialect; shared operands become columns of the sheet."""

    def __init__(self, dialect: Dialect, sheet: Sheet) -> None:
        self._dialect = dialect
        self._sheet = sheet

    def constant(self, value: Decimal | int | None) -> Exact:
        """A constant, or the unknown number."""
        kind = self._dialect.decimal
        if value is None:
            return Exact(Piece(f"CAST(NULL AS {kind(1, 0)})"), 0, 0, 1)
        value = Decimal(value)
        text = format(value, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        scale = len(text.partition(".")[2])
        units = abs(int(text.replace(".", "")))
        made = Exact(Piece(text), scale, units, 0, Decimal(text))
        self._check(made)
        if made.digits > _NATIVE:
            piece = Piece(f"CAST('{text}' AS {kind(made.digits, scale)})")
            return replace(made, piece=piece, width=made.digits)
        piece = Piece(f"({text})") if value < 0 else Piece(text)
        return replace(made, piece=piece, width=made.digits + 10)

    def _check(self, made: Exact, *, inner: bool = False) -> None:
        most = self._dialect.digits if inner else NUMBERS.prec
        if made.digits > most or made.scale > _MOST_SCALE:
            raise NotExactError(
                f"a number can come to {made.digits} digits, {made.scale} of them decimals, more "
                f"than {most} and {_MOST_SCALE}; state smaller limits of the facts"
            )

    def _fit(self, made: Exact, *, inner: bool = False) -> Exact:
        self._check(made, inner=inner)
        if made.width <= _NATIVE or self._dialect.digits > NUMBERS.prec + 10:
            return made
        return self.narrowed(made)

    def narrowed(self, made: Exact) -> Exact:
        """The number in the narrowest decimal type that holds it, where types matter."""
        if made.width == made.digits or self._dialect.digits > NUMBERS.prec + 10:
            return made
        kind = self._dialect.decimal(made.digits, made.scale)
        piece = write(f"CAST({{0}} AS {kind})", made.piece)
        return replace(made, piece=piece, width=made.digits)

    def _widened(self, made: Exact, digits: int) -> Exact:
        """The number in a type of at least so many digits, where a narrow type would overflow."""
        digits = min(max(digits, made.digits), self._dialect.digits)
        if digits <= _SMALL or self._dialect.digits > NUMBERS.prec + 10:
            return made
        kind = self._dialect.decimal(digits, made.scale)
        piece = write(f"CAST({{0}} AS {kind})", made.piece)
        return replace(made, piece=piece, width=digits)

    def _aligned(self, one: Exact, other: Exact) -> tuple[Exact, Exact]:
        """Both so that a database that gives them one type cuts nothing off."""
        scale = max(one.scale, other.scale)
        if max(one.width - one.scale, other.width - other.scale) + scale > self._dialect.digits:
            one, other = self.narrowed(one), self.narrowed(other)
        wide = max(one.digits - one.scale, other.digits - other.scale) + scale
        if wide > self._dialect.digits:
            raise NotExactError(
                f"two numbers together need {wide} digits, more than the {self._dialect.digits} "
                f"of {self._dialect.name}; state smaller limits of the facts"
            )
        return one, other

    def _add(self, sign: str, one: Exact, other: Exact, *, inner: bool = False) -> Exact:
        one, other = self._aligned(one, other)
        scale = max(one.scale, other.scale)
        width = max(one.width - one.scale, other.width - other.scale) + scale + 1
        units = one.units_at(scale) + other.units_at(scale)
        one = self._widened(one, len(str(units)))
        piece = write(f"({{0}} {sign} {{1}})", one.piece, other.piece)
        return self._fit(Exact(piece, scale, units, width), inner=inner)

    def _times(self, one: Exact, other: Exact, *, inner: bool = False) -> Exact:
        if one.value == 1:
            return other
        if other.value == 1:
            return one
        one = self._widened(one, len(str(one.units * other.units)))
        piece = write("({0} * {1})", one.piece, other.piece)
        width = one.width + other.width
        made = Exact(piece, one.scale + other.scale, one.units * other.units, width)
        return self._fit(made, inner=inner)

    # arithmetic of the rules

    def add(self, one: Number, other: Number) -> Number:
        """The sum."""
        return self._sum("+", one, other)

    def subtract(self, one: Number, other: Number) -> Number:
        """The difference."""
        return self._sum("-", one, other)

    def _sum(self, sign: str, one: Number, other: Number) -> Number:
        if isinstance(one, Exact) and isinstance(other, Exact):
            return self._add(sign, one, other)
        if isinstance(one, Ratio) and isinstance(other, Ratio):
            raise NotExactError("the sum of two quotients has no exact form")
        if isinstance(one, Ratio) and isinstance(other, Exact):
            above, over, ratio = one.above, one.over, one
            part = self._times(other, over, inner=True)
            made = self._add(sign, above, part, inner=True)
        else:
            assert isinstance(one, Exact)  # noqa: S101 -- the only case left
            assert isinstance(other, Ratio)  # noqa: S101
            above, over, ratio = other.above, other.over, other
            part = self._times(one, over, inner=True)
            made = self._add(sign, part, above, inner=True)
        return Ratio(made, over, ratio.span + _bound(part), ratio.steps + 1, ratio.pure)

    def multiply(self, one: Number, other: Number) -> Number:
        """The product."""
        if isinstance(one, Exact) and isinstance(other, Exact):
            return self._times(one, other)
        if isinstance(one, Ratio) and isinstance(other, Ratio):
            raise NotExactError("the product of two quotients has no exact form")
        ratio, factor = (one, other) if isinstance(one, Ratio) else (other, one)
        assert isinstance(ratio, Ratio)  # noqa: S101 -- the only case left
        assert isinstance(factor, Exact)  # noqa: S101
        above = self._times(ratio.above, factor, inner=True)
        pure = ratio.pure and factor.value is not None and _has_finite_reciprocal(factor.value)
        return Ratio(above, ratio.over, ratio.span * _bound(factor), ratio.steps + 1, pure)

    def divide(self, one: Number, other: Number) -> Number:
        """The quotient, not divided."""
        if isinstance(other, Ratio):
            raise NotExactError("dividing by a quotient has no exact form")
        other = self.lifted(other)
        if isinstance(one, Exact):
            one = self.lifted(one)
            return Ratio(one, other, _bound(one), 1, pure=True)
        over = self._times(one.over, other, inner=True)
        return Ratio(one.above, over, one.span, one.steps + 1, one.pure)

    def lifted(self, number: Exact) -> Exact:
        """The number as a column of its own."""
        return replace(number, piece=self._sheet.lift(number.piece))

    def negate(self, number: Number) -> Number:
        """The number with the other sign."""
        return self.multiply(number, self.constant(-1))

    def absolute(self, number: Number) -> Number:
        """The size of a number."""
        if isinstance(number, Exact):
            return replace(number, piece=write("abs({0})", number.piece))
        above = replace(number.above, piece=write("abs({0})", number.above.piece))
        over = replace(number.over, piece=write("abs({0})", number.over.piece))
        return replace(number, above=above, over=over)

    def missing(self, number: Number) -> Piece:
        """Whether it is null."""
        if isinstance(number, Exact):
            return write("({0} IS NULL)", number.piece)
        return write(
            "({0} IS NULL OR {1} IS NULL OR {1} = 0)", number.above.piece, number.over.piece
        )

    # comparing

    def compare(self, op: str, one: Number, other: Number) -> Piece:
        """The truth of ``one op other``."""
        if isinstance(one, Exact) and isinstance(other, Exact):
            one, other = self._aligned(one, other)
            return write(f"({{0}} {op} {{1}})", one.piece, other.piece)
        if isinstance(one, Exact):
            return self.compare(MIRRORED[op], other, one)
        if isinstance(other, Ratio):
            return self._compare_ratios(op, one, other)
        right = self._times(other, one.over, inner=True)
        self._settled(one, right)
        left, right = self._aligned(one.above, right)
        if op == "=":
            form = "(CASE WHEN {2} <> 0 THEN {0} = {1} END)"
        else:
            form = (
                f"(CASE WHEN {{2}} > 0 THEN {{0}} {op} {{1}} "
                f"WHEN {{2}} < 0 THEN {{0}} {MIRRORED[op]} {{1}} END)"
            )
        return write(form, left.piece, right.piece, one.over.piece)

    def _compare_ratios(self, op: str, one: Ratio, other: Ratio) -> Piece:
        if one.steps != 1 or other.steps != 1:
            raise NotExactError("two quotients that are computed further cannot be compared")
        left = self._times(one.above, other.over, inner=True)
        right = self._times(other.above, one.over, inner=True)
        self._settled(replace(one, above=left, span=_bound(left)), right)
        left, right = self._aligned(left, right)
        over = one.over.piece, other.over.piece
        form = (
            f"(CASE WHEN {{2}} = 0 OR {{3}} = 0 THEN NULL "
            f"WHEN ({{2}} > 0) = ({{3}} > 0) THEN {{0}} {op} {{1}} "
            f"ELSE {{0}} {MIRRORED[op]} {{1}} END)"
        )
        return write(form, left.piece, right.piece, *over)

    def _settled(self, ratio: Ratio, right: Exact) -> None:
        """Refuse where the rounding to 34 digits could tip a comparison."""
        if not ratio.pure:
            raise NotExactError(
                "a quotient is multiplied by a number without finite reciprocal before it is "
                "compared or rounded"
            )
        scale = max(ratio.above.scale, right.scale)
        apart = 2 * ratio.steps * (int(ratio.span) + 1 + int(_bound(right))) * 10**scale
        if apart >= _ROOM:
            raise NotExactError(
                "a quotient can come too near to what it is compared with; state smaller limits "
                "of the facts"
            )

    # choosing

    def choose(self, truth: Piece, yes: Number, no: Number) -> Number:
        """``yes`` where true, ``no`` where false, else null."""
        if isinstance(yes, Exact) and isinstance(no, Exact):
            return self._choose(truth, yes, no)
        truth = self._sheet.lift(truth)
        first, second = self._as_ratio(yes), self._as_ratio(no)
        return Ratio(
            self.lifted(self._choose(truth, first.above, second.above)),
            self.lifted(self._choose(truth, first.over, second.over)),
            max(first.span, second.span),
            max(first.steps, second.steps),
            first.pure and second.pure,
        )

    def _choose(self, truth: Piece, yes: Exact, no: Exact) -> Exact:
        yes, no = self._aligned(yes, no)
        scale = max(yes.scale, no.scale)
        width = max(yes.width - yes.scale, no.width - no.scale) + scale
        form = "(CASE {0} WHEN TRUE THEN {1} WHEN FALSE THEN {2} END)"
        units = max(yes.units_at(scale), no.units_at(scale))
        return self._fit(
            Exact(write(form, truth, yes.piece, no.piece), scale, units, width), inner=True
        )

    def _as_ratio(self, number: Number) -> Ratio:
        if isinstance(number, Ratio):
            return number
        return Ratio(number, self.constant(1), _bound(number), 0, pure=True)

    def extreme(self, op: str, numbers: list[Number]) -> Number:
        """The least or greatest; null if one is null, unlike SQL's ``least`` and ``greatest``."""
        best = numbers[0]
        for number in numbers[1:]:
            best, number = self._named(best), self._named(number)  # noqa: PLW2901
            truth = self.compare("<=" if op == "least" else ">=", best, number)
            best = self.choose(truth, best, number)
        return best

    def _named(self, number: Number) -> Number:
        if isinstance(number, Exact):
            return self.lifted(number)
        return replace(number, above=self.lifted(number.above), over=self.lifted(number.over))

    # rounding

    def quotient(self, one: Exact, other: Exact) -> Exact:
        """The whole part of ``one / other``, cut off towards zero; null where ``other`` is 0."""
        scale = max(one.scale, other.scale)
        factor = self.constant(10**scale)
        for operand in (one, other):
            scaled = replace(operand, units=operand.units * 10**scale)
            self._check(scaled, inner=True)
        one = self._widened(one, len(str(one.units * 10**scale)))
        other = self._widened(other, len(str(other.units * 10**scale)))
        divisor = write("NULLIF({0}, 0)", other.piece)
        piece = write(self._dialect.whole, one.piece, divisor, factor.piece)
        units = one.units * 10**other.scale // 10 ** min(one.scale, other.scale)
        made = Exact(piece, 0, units, 0)
        self._check(made, inner=True)
        return self.narrowed(made)

    def round(self, number: Number, mode: str, places: int) -> Exact:
        """Rounded to ``places`` decimals by a mode of ``exact.ROUNDINGS``."""
        if isinstance(number, Exact):
            return self._round_exact(number, mode, places)
        tie = self._times(self.constant(Decimal(5).scaleb(-places - 1)), number.over, inner=True)
        finest = max(number.above.scale, tie.scale)
        self._settled(number, replace(tie, units=max(tie.units, number.above.units_at(finest))))
        above = self.lifted(self._times(number.above, self._power(places), inner=True))
        over = self.lifted(number.over)
        whole = self.lifted(self.quotient(above, over))
        rest = self._add("-", above, self._times(whole, over, inner=True), inner=True)
        parts = (
            self._sheet.lift(whole.piece),
            self._sheet.lift(rest.piece),
            over.piece,
            above.piece,
        )
        up = write(f"(CASE WHEN {_AWAY[mode]} THEN {_STEP} ELSE 0 END)", *parts)
        step = Exact(up, 0, 1, 10)
        return self._scaled(self._add("+", whole, step), places)

    def _round_exact(self, number: Exact, mode: str, places: int) -> Exact:
        if number.scale <= places:
            return number
        shifted = self.lifted(self._times(number, self._power(places), inner=True))
        piece = write(_ROUND[mode], shifted.piece)
        whole = Exact(piece, 0, shifted.units // 10**shifted.scale + 1, shifted.width)
        return self._scaled(self._fit(whole), places)

    def _scaled(self, whole: Exact, places: int) -> Exact:
        return self._times(self.narrowed(whole), self._power(-places))

    def _power(self, places: int) -> Exact:
        return self.constant(Decimal(1).scaleb(places))

    def modulo(self, one: Number, other: Number) -> Exact:
        """The rest, with the sign of the divisor."""
        if not (isinstance(one, Exact) and isinstance(other, Exact)):
            raise NotExactError("the rest of a quotient has no exact form")
        one, other = self.lifted(one), self.lifted(other)
        whole = self.quotient(one, other)
        rest = self._add("-", one, self._times(whole, other, inner=True), inner=True)
        scale = max(one.scale, other.scale)
        rest = self.lifted(replace(rest, scale=scale, units=other.units_at(scale)))
        form = "(CASE WHEN {0} <> 0 AND ({0} < 0) <> ({1} < 0) THEN {0} + {1} ELSE {0} END)"
        return self.narrowed(replace(rest, piece=write(form, rest.piece, other.piece), width=0))


def _bound(number: Exact) -> Decimal:
    return Decimal(number.units).scaleb(-number.scale)


def _has_finite_reciprocal(value: Decimal) -> bool:
    numerator = abs(value.as_integer_ratio()[0])
    for prime in (2, 5):
        while numerator and numerator % prime == 0:
            numerator //= prime
    return numerator == 1


_ROUND = {
    "floor": "floor({0})",
    "ceiling": "ceil({0})",
    "down": "trunc({0})",
    "up": "(CASE WHEN {0} < 0 THEN floor({0}) ELSE ceil({0}) END)",
    "half up": "round({0}, 0)",
    "half down": "(CASE WHEN {0} < 0 THEN floor({0} + 0.5) ELSE ceil({0} - 0.5) END)",
    "half even": "(CASE WHEN abs({0} - trunc({0})) = 0.5 THEN 2 * round({0} * 0.5, 0) "
    "ELSE round({0}, 0) END)",
}
"""``round`` of exact decimals takes halves away from zero in all dialects here."""

_STEP = "(CASE WHEN ({3} < 0) <> ({2} < 0) THEN -1 ELSE 1 END)"
_AWAY = {
    "floor": "{1} <> 0 AND ({3} < 0) <> ({2} < 0)",
    "ceiling": "{1} <> 0 AND ({3} < 0) = ({2} < 0)",
    "down": "FALSE",
    "up": "{1} <> 0",
    "half up": "2 * abs({1}) >= abs({2})",
    "half down": "2 * abs({1}) > abs({2})",
    "half even": "2 * abs({1}) > abs({2}) OR (2 * abs({1}) = abs({2}) AND {0} % 2 <> 0)",
}
"""When the whole part {0} of {3} / {2} with the rest {1} moves one away from zero."""
