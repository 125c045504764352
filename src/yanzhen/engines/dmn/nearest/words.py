"""A change in Chinese, as a shop owner reads it."""

from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn.model import Book
from yanzhen.engines.dmn.nearest.change import Change, Effect, Move, Need, Span
from yanzhen.engines.dmn.nearest.costs import TODAY
from yanzhen.engines.feel.numerals import NUMBERS, number_text

_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_MOST_EFFECTS = 2
_SHARE_DIGITS = Decimal("0.01")


def describe(change: Change, book: Book) -> str:
    """What to do, what it carries along, and what it is then worth.

    An example of what it gives: ``研发费用再增 11.2 万元（研发费用占比从 2.5% 到 3%），
    其余条件都已满足；可得 6 万元。``
    """
    parts = "，且".join(_move(move, book) for move in change.moves)
    effects = "、".join(_effect(effect, book) for effect in change.effects[:_MOST_EFFECTS])
    told = f"{parts}（{effects}）" if effects else parts
    worth = f"；可得 {_money(change.amount)}" if change.amount is not None else ""
    return f"{told}，其余条件都已满足{worth}。"


def describe_need(need: Need, book: Book) -> str:
    """Which values of a fact would do: ``研发费用 ≥ 69.54 万元即可``."""
    unit = _unit(need.fact, book)
    spans = "或".join(_span(_label(need.fact, book), span, unit) for span in need.spans)
    return f"{spans}即可"


def _move(move: Move, book: Book) -> str:
    label, unit = _label(move.fact, book), _unit(move.fact, book)
    if move.fact == TODAY and move.delta is not None:
        return f"再等 {move.delta} 天（到 {move.new.isoformat()}）"
    if isinstance(move.new, bool):
        return f"{label}由{_shown(move.old, unit)}变为{_shown(move.new, unit)}"
    if move.old is None:
        told = "或".join(_span("", span, unit) for span in move.spans)
        return f"补报{label}，{told.strip()}即可"
    if move.delta is None or isinstance(move.new, date):
        return f"{label}由{_shown(move.old, unit)}变为{_shown(move.new, unit)}"
    way = "再增" if move.delta > 0 else "减少"
    return f"{label}{way} {_shown(abs(move.delta), unit)}"


def _effect(effect: Effect, book: Book) -> str:
    label = book.decisions[effect.decision].label.zh
    share = (
        book.decisions[effect.decision].type == "number"
        and max(abs(effect.before or Decimal(0)), abs(effect.after)) <= 1
    )
    before = "未知" if effect.before is None else _figure(effect.before, share=share)
    return f"{label}从 {before} 到 {_figure(effect.after, share=share)}"


def _figure(value: Decimal, *, share: bool) -> str:
    rounded = (value * 100 if share else value).quantize(_SHARE_DIGITS)
    return number_text(rounded) + ("%" if share else "")


def _span(label: str, span: Span, unit: str) -> str:
    if span.low is None and span.high is None:
        return f"{label}为任何值"
    if span.low is None:
        return f"{label} ≤ {_shown(span.high, unit)}"
    if span.high is None:
        return f"{label} ≥ {_shown(span.low, unit)}"
    if span.low == span.high:
        return f"{label}为{_shown(span.low, unit)}"
    return f"{label}在 {_shown(span.low, unit)} 到 {_shown(span.high, unit)} 之间"


def _shown(value: Any, unit: str) -> str:
    if value is None:
        return "未知"
    if isinstance(value, bool):
        return "“是”" if value else "“否”"
    if isinstance(value, Decimal):
        return _money(value) if unit == "元" else f"{number_text(value)} {unit}".rstrip()
    if isinstance(value, date):
        return value.isoformat()
    return f"“{value}”"


def _money(yuan: Decimal) -> str:
    """Yuan in the usual size of number, without loss."""
    for size, word in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(yuan) >= size:
            return f"{number_text(NUMBERS.divide(yuan, size))} {word}"
    return f"{number_text(yuan)} 元"


def _label(name: str, book: Book) -> str:
    if name in book.facts:
        return book.facts[name].label.zh
    return book.decisions[name].label.zh if name in book.decisions else name


def _unit(name: str, book: Book) -> str:
    spec = book.facts.get(name)
    if spec is None:
        return ""
    return "元" if spec.type == "money" else spec.unit
