"""Numbers of FEEL: decimals of 34 digits, rounded half to even (DMN 1.5, 10.3.2.3.1).

No operation raises: what leaves the range of numbers is no number, and becomes null.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

MAX_EXPONENT = 6144
MIN_EXPONENT = -6143

NUMBERS = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=MIN_EXPONENT, Emax=MAX_EXPONENT, clamp=0, traps=[]
)
"""The arithmetic of FEEL; IEEE 754-2008 decimal128 without traps."""

ZERO = Decimal(0)
ONE = Decimal(1)


def finite(number: Decimal) -> Decimal | None:
    """The number, or None where it is not one (overflow, division by zero)."""
    return number if number.is_finite() else None


def number_text(number: Decimal) -> str:
    """The canonical text: no exponent, no zeros behind the last digit that counts.

    >>> number_text(Decimal("1.50")), number_text(Decimal("1E+3")), number_text(Decimal("-0"))
    ('1.5', '1000', '0')
    """
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_int(number: Decimal) -> int | None:
    """The number as an int if it is whole and of reasonable size, otherwise None."""
    if number.adjusted() > NUMBERS.prec or number != number.to_integral_value():
        return None
    return int(number)
