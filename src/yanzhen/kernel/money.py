"""Money and rates (金额与比率): exact in yuan, rounded only where a rule says how.

Amounts are ``Decimal`` yuan; ``int`` fen where a database wants whole numbers. Rounding is by
whole-number arithmetic, so no digit is rounded twice on the way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Rounding = Literal["half_up", "half_even", "truncate", "down", "up"]
"""``half_up`` 四舍五入 (ties away from zero), ``half_even`` 四舍六入五成双, ``truncate`` 截尾
(``down`` is its name in FEEL), ``up`` 进一法 (away from zero)."""

type Exact = Decimal | Fraction | int

_WORDS = {
    "half_up": "四舍五入到 {places} 位小数",
    "half_even": "四舍六入五成双到 {places} 位小数",
    "truncate": "截取 {places} 位小数，不进位",
    "down": "截取 {places} 位小数，不进位",
    "up": "进位到 {places} 位小数",
}


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit for showing money: its name and how many yuan it holds."""

    name: str
    yuan: int


YUAN = MoneyUnit("元", 1)
WAN = MoneyUnit("万元", 10_000)
YI = MoneyUnit("亿元", 100_000_000)


def round_to(value: Exact, places: int = 0, rounding: Rounding = "half_up") -> Decimal:
    """Round an exact number to ``places`` decimals; negative places round to tens and up.

    >>> round_to(Decimal("2.345"), 2), round_to(Decimal("2.345"), 2, "half_even")
    (Decimal('2.35'), Decimal('2.34'))
    >>> round_to(Fraction(26500, 305), 1, "truncate")
    Decimal('86.8')
    """
    scaled = Fraction(value) * Fraction(10) ** places
    whole = _round_whole(abs(scaled), rounding)
    digits = tuple(map(int, str(whole)))
    rounded = Decimal((int(scaled < 0 and whole > 0), digits, -places))
    return rounded if places >= 0 else Decimal(int(rounded))


def to_fen(yuan: Decimal, rounding: Rounding | None = None) -> int:
    """Yuan to whole fen (分).

    Raises:
        ValueError: the amount has a part of a fen and no rounding is named.

    >>> to_fen(Decimal("12.34"))
    1234
    """
    fen = Fraction(yuan) * 100
    if fen.denominator == 1:
        return int(fen)
    if rounding is None:
        raise ValueError(f"{yuan} yuan is not a whole number of fen; name a rounding")
    return int(round_to(fen, 0, rounding))


def to_yuan(fen: int) -> Decimal:
    """Whole fen to yuan with two decimals.

    >>> to_yuan(-5)
    Decimal('-0.05')
    """
    return Decimal((int(fen < 0), tuple(map(int, str(abs(fen)))), -2))


def choose_unit(amounts: Iterable[Decimal]) -> MoneyUnit:
    """One unit for all of ``amounts``: 亿元, 万元 or 元.

    The largest unit that the largest amount fills and in which no amount but zero shrinks
    below 0.01, so that a column never mixes units and never shows a false zero.

    >>> choose_unit([Decimal(120000), Decimal(30500)]).name
    '万元'
    """
    sizes = [abs(amount) for amount in amounts if amount]
    for unit in (YI, WAN):
        if sizes and max(sizes) >= unit.yuan and min(sizes) * 100 >= unit.yuan:
            return unit
    return YUAN


def show_money(
    amount: Decimal,
    unit: MoneyUnit | None = None,
    *,
    places: int | None = None,
    rounding: Rounding = "half_up",
) -> str:
    """Money in Chinese: ``12 万元``, ``1.03 亿元``, ``-0.05 元``.

    Args:
        amount: in yuan.
        unit: from :func:`choose_unit` where several amounts stand together; by default the one
            that fits this amount.
        places: decimals to show; by default up to two, without zeros at the end.
        rounding: how digits beyond ``places`` are dropped.

    >>> show_money(Decimal(120000)), show_money(Decimal("103000000"))
    ('12 万元', '1.03 亿元')
    """
    unit = unit or choose_unit([amount])
    shown = round_to(Fraction(amount) / unit.yuan, 2 if places is None else places, rounding)
    text = f"{shown:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit.name}"


def show_change(amount: Decimal, unit: MoneyUnit | None = None) -> str:
    """A change of money with sign and word: ``-3.2 万元（减少）``.

    >>> show_change(Decimal(-32000)), show_change(Decimal(0))
    ('-3.2 万元（减少）', '0 元（持平）')
    """
    if amount == 0:
        return f"{show_money(amount, unit)}（持平）"
    if amount < 0:
        return f"{show_money(amount, unit)}（减少）"
    return f"+{show_money(amount, unit)}（增加）"


def percent(
    part: Exact, whole: Exact, places: int = 1, rounding: Rounding = "half_up"
) -> Decimal | None:
    """``part`` in percent of ``whole``, rounded as declared; None where ``whole`` is zero.

    >>> percent(265, 305), percent(265, 305, rounding="truncate"), percent(302, 303, 2)
    (Decimal('86.9'), Decimal('86.8'), Decimal('99.67'))
    """
    if whole == 0:
        return None
    return round_to(Fraction(part) * 100 / Fraction(whole), places, rounding)


def show_percent(part: Exact, whole: Exact, places: int = 1, rounding: Rounding = "half_up") -> str:
    """A rate for people, ``86.9%``; ``—`` where there is nothing to divide by.

    >>> show_percent(302, 303, 2), show_percent(0, 0)
    ('99.67%', '—')
    """
    rate = percent(part, whole, places, rounding)
    return "—" if rate is None else f"{rate:f}%"


def describe_rounding(places: int, rounding: Rounding = "half_up") -> str:
    """The rounding rule in words, to stand beside the figure.

    >>> describe_rounding(1, "truncate")
    '截取 1 位小数，不进位'
    """
    return _WORDS[rounding].format(places=places)


def _round_whole(size: Fraction, rounding: Rounding) -> int:
    """Round a number of zero or more to a whole one."""
    match rounding:
        case "half_up":
            return int(size + Fraction(1, 2))
        case "half_even":
            return round(size)
        case "truncate" | "down":
            return int(size)
        case "up":
            return -int(-size // 1)
