"""A fact's value in words (事实值的显示)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from yanzhen.kernel.money import show_money
from yanzhen.packs.model import Fact

RATIO_PLACES = 4


def show_value(fact: Fact, value: Any) -> str:
    """The value for people: money with its unit, days in full, yes and no in words.

    Amounts keep every digit that matters; a missing value is a dash.
    """
    if value is None:
        return "—"
    match fact.spec.type:
        case "boolean":
            return gettext("是") if value else gettext("否")
        case "money":
            return show_money(Decimal(value))
        case "date" if isinstance(value, date):
            return f"{value.year}年{value.month}月{value.day}日"
        case "integer" | "number":
            return f"{_plain(Decimal(value))} {fact.spec.unit}".strip()
        case _:
            return str(value)


def _plain(number: Decimal) -> str:
    """Without an exponent or idle zeros, thousands apart."""
    text = f"{number.normalize():,f}"
    return (
        text if len(text.rpartition(".")[2]) <= RATIO_PLACES or "." not in text else f"{number:,f}"
    )
