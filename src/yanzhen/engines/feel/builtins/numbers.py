"""Built-in functions of numbers (DMN 1.5, 10.3.4.5)."""

from collections.abc import Callable
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

from yanzhen.engines.feel.builtins.signature import Builtin, param, simple
from yanzhen.engines.feel.numerals import MAX_EXPONENT, MIN_EXPONENT, NUMBERS, finite
from yanzhen.engines.feel.values import DayTimeDuration, Value, YearMonthDuration
from yanzhen.kernel.errors import FeelError

_LEAST_SCALE, _GREATEST_SCALE = -6111, 6176
_WIDE = Context(prec=2 * MAX_EXPONENT, Emin=2 * MIN_EXPONENT, Emax=2 * MAX_EXPONENT, traps=[])


def rounding(mode: str) -> Callable[[Decimal, Decimal | None], Decimal | None]:
    """A function that rounds to a number of decimal places, negative places to the left."""

    def round_to(number: Decimal, scale: Decimal | None) -> Decimal | None:
        places = Decimal(0) if scale is None else scale.to_integral_value(ROUND_DOWN)
        if not _LEAST_SCALE <= places <= _GREATEST_SCALE:
            raise FeelError(f"scale must lie in {_LEAST_SCALE}..{_GREATEST_SCALE}")
        exponent = Decimal((0, (1,), -int(places)))
        if number.as_tuple().exponent >= exponent.as_tuple().exponent:  # type: ignore[operator]
            return number
        return finite(NUMBERS.plus(number.quantize(exponent, mode, _WIDE)))

    return round_to


def absolute(value: Value) -> Value:
    """The value without its sign."""
    match value:
        case DayTimeDuration():
            return DayTimeDuration(abs(value.nanos))
        case YearMonthDuration():
            return YearMonthDuration(abs(value.months))
        case _:
            return NUMBERS.abs(value)


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """``dividend − divisor × floor(dividend / divisor)``: the sign is that of the divisor."""
    if not divisor:
        raise FeelError("divisor must not be 0")
    rest = _WIDE.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = _WIDE.add(rest, divisor)
    return finite(NUMBERS.plus(rest))


def square_root(number: Decimal) -> Decimal:
    """The root of a number that is not negative."""
    if number < 0:
        raise FeelError("a negative number has no square root")
    return NUMBERS.sqrt(number)


def logarithm(number: Decimal) -> Decimal:
    """The natural logarithm of a positive number."""
    if number <= 0:
        raise FeelError("only a positive number has a logarithm")
    return NUMBERS.ln(number)


def exponential(number: Decimal) -> Decimal | None:
    """Euler's number to that power."""
    return finite(NUMBERS.exp(number))


def odd(number: Decimal) -> bool:
    """Whether it is a whole number that two does not divide."""
    return abs(_WIDE.remainder(number, Decimal(2))) == 1


def even(number: Decimal) -> bool:
    """Whether two divides it."""
    return _WIDE.remainder(number, Decimal(2)) == 0


_N, _SCALE = param("n", "number"), param("scale", "number")
_MAYBE_SCALE = param("scale", "number", optional=True)
_NUMBER = param("number", "number")

FUNCTIONS: tuple[Builtin, ...] = (
    simple("decimal", rounding(ROUND_HALF_EVEN), _N, _SCALE, result="number"),
    simple("floor", rounding(ROUND_FLOOR), _N, _MAYBE_SCALE, result="number"),
    simple("ceiling", rounding(ROUND_CEILING), _N, _MAYBE_SCALE, result="number"),
    simple("round up", rounding(ROUND_UP), _N, _SCALE, result="number"),
    simple("round down", rounding(ROUND_DOWN), _N, _SCALE, result="number"),
    simple("round half up", rounding(ROUND_HALF_UP), _N, _SCALE, result="number"),
    simple("round half down", rounding(ROUND_HALF_DOWN), _N, _SCALE, result="number"),
    simple(
        "abs",
        absolute,
        param("n", "number", "days and time duration", "years and months duration"),
    ),
    simple(
        "modulo", modulo, param("dividend", "number"), param("divisor", "number"), result="number"
    ),
    simple("sqrt", square_root, _NUMBER, result="number"),
    simple("log", logarithm, _NUMBER, result="number"),
    simple("exp", exponential, _NUMBER, result="number"),
    simple("odd", odd, _NUMBER, result="boolean"),
    simple("even", even, _NUMBER, result="boolean"),
)
