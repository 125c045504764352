"""Words and numbers for pages (模板过滤器): money, days, values and the three truths."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from yanzhen.kernel.days import show_day
from yanzhen.kernel.industries import words_of
from yanzhen.kernel.labels import Label
from yanzhen.kernel.money import show_money

register = template.Library()

VERDICTS = {True: "yes", False: "no", None: "unknown"}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
MARKS = {True: "✓", False: "✗", None: "?"}


@register.filter
def money(amount: Decimal | None) -> str:
    """Yuan with a unit chosen for its size: ``12 万元``; a dash where there is none.

    English has no such units and shows whole yuan, ``¥120,000``.
    """
    if amount is None:
        return "—"
    if get_language() == "en":
        yuan = Decimal(amount)
        places = 0 if yuan == yuan.to_integral_value() else 2
        return f"¥{yuan:,.{places}f}"
    return show_money(Decimal(amount))


@register.filter
def thousands(number: "int | str | None") -> str:
    """A count with its thousands apart; a dash where there is none."""
    return f"{number:,}" if isinstance(number, int) else "—"


@register.filter
def day(value: date | None) -> str:
    """A day in words, ``7月3日 周六``; a dash where there is none."""
    if value is None:
        return "—"
    if get_language() == "en":
        return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"
    return show_day(value)


@register.filter
def iso(value: "date | str | None") -> str:
    """A day as ``2026-11-23``; a dash where there is none."""
    return value.isoformat() if isinstance(value, date) else "—"


@register.filter
def verdict(value: bool | None) -> str:  # noqa: FBT001 -- a filter has no keywords
    """The CSS class of a truth value."""
    return VERDICTS[value]


@register.filter
def mark(value: bool | None) -> str:  # noqa: FBT001 -- a filter has no keywords
    """The sign of a truth value; it always stands beside its word."""
    return MARKS[value]


@register.filter
def truth(value: bool | None) -> str:  # noqa: FBT001 -- a filter has no keywords
    """The word of a truth value."""
    return {True: gettext("是"), False: gettext("否"), None: gettext("待核实")}[value]


@register.filter
def local(label: "Label | str | None") -> str:
    """The label in the language of the page; Chinese where there is no English."""
    if isinstance(label, Label):
        return label.en if get_language() == "en" and label.en else label.zh
    return label or ""


@register.filter
def attribute(thing: Any, name: str) -> Any:
    """The attribute ``name`` of a thing; empty where it has none."""
    return getattr(thing, name, "")


@register.filter
def element(things: Any, index: int) -> Any:
    """The element at ``index``, or None beyond the end."""
    return things[index] if 0 <= index < len(things) else None


@register.filter
def industry(code: str) -> str:
    """An industry code with its name."""
    return f"{code} {words_of(code)}" if code else "—"


@register.filter
def tr(word: str) -> str:
    """A word of a closed list in the language of the page."""
    return gettext(word) if word else ""


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """``mapping[key]``, or None where there is no such key."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The query string of this page with some parameters changed; None takes one away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.simple_tag(takes_context=True)
def drop(context: template.Context, *names: str) -> str:
    """The query string of this page without some parameters."""
    return str(query(context, **dict.fromkeys(names)))
