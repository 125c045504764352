"""Rounding as a function that only rises: its steps are found where they are needed."""

from decimal import Decimal
from fractions import Fraction

from yanzhen.engines.dmn.nearest import forms as f
from yanzhen.engines.feel.builtins import BUILTIN_VALUES
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.engines.feel.runtime import Run


def round_form(
    name: str,
    form: f.Form,
    digits: f.Forms | None,
    cuts: f.Cuts,
    domains: tuple[tuple[int, int], ...],
) -> f.Form:
    """A value rounded by one of FEEL's functions.

    Args:
        name: of the function, such as ``floor``.
        form: the value.
        digits: the forms of the second argument; it must be one number.
        cuts: takes the pole of a quotient.
        domains: least and greatest count of each changing fact.

    Raises:
        NotSolvableError: the value does not rise or fall throughout.
    """
    if isinstance(form, f.Plain):
        return f.Plain(None)
    places = _one_number(digits)

    def rounded(value: Fraction) -> Fraction:
        return _rounded(name, value, places)

    fixed = form.number if isinstance(form, f.Ratio) else None
    if fixed is not None:
        return f.number(rounded(fixed))
    inner = form if isinstance(form, f.Steady) else _steady(form, cuts, domains)
    # rounding toward or away from zero also never falls where its argument rises
    return f.Steady(inner.axis, inner.sign, lambda k: rounded(inner.at(k)), inner.low, inner.high)


def _steady(form: f.Form, cuts: f.Cuts, domains: tuple[tuple[int, int], ...]) -> f.Steady:
    if isinstance(form, f.Ratio):
        for axis, domain in enumerate(domains):
            if form.top.reads(axis) or form.bottom.reads(axis):
                return f.steady(form, cuts, domain, axis)
    raise f.NotSolvableError("不能分离的取整")


def _one_number(digits: f.Forms | None) -> Fraction | None:
    if digits is None:
        return None
    (only,) = digits if len(digits) == 1 else (f.Plain(None),)
    number = only.number if isinstance(only, f.Ratio) else None
    if number is None:
        raise f.NotSolvableError("取整的位数")
    return number


def _rounded(name: str, value: Fraction, places: Fraction | None) -> Fraction:
    arguments = [_decimal(value)] + ([] if places is None else [_decimal(places)])
    run = Run({}, budget=None, on_name=None, notes=None, types=None, now=None)
    function = BUILTIN_VALUES[name]
    result = function.raw(run, arguments, {}) if function.raw else function.invoke(arguments)
    if result is None:
        raise f.NotSolvableError(f"函数 {name}")
    return Fraction(result)


def _decimal(value: Fraction) -> Decimal:
    top, bottom = Decimal(value.numerator), Decimal(value.denominator)
    return NUMBERS.divide(top, bottom)
