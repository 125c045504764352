"""A cell's value as text, whatever the spreadsheet has made of it (单元格取值)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yanzhen.engines.dmn.excel.habits import DoubtError
from yanzhen.engines.dmn.excel.open_book import Raw
from yanzhen.engines.dmn.excel.words import Kind

EXACT_DIGITS = 15
_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Day numbers from 1954 to 2119: other numbers in a column of dates are no dates."""


def cell_text(value: Raw, kind: Kind | None) -> tuple[str, str]:
    """The text of a cell, and what was done to it, empty if nothing.

    Args:
        value: what the sheet holds.
        kind: what the cells of its column hold, where that is known.

    Raises:
        DoubtError: the spreadsheet has changed the value, so that it is not known any more.

    >>> cell_text(0.1 + 0.2, "number"), cell_text(46023.0, "date"), cell_text(13.0, "text")
    (('0.3', ''), ('@"2026-01-01"', '日期序号 46023 换算为日期'), ('"13"', '数字改为文字'))
    """
    match value:
        case str():
            return value, ""
        case bool():
            return ("true" if value else "false"), ""
        case int() | float():
            return _number(float(value), kind)
        case datetime() | date():
            return _day(value, kind)
        case time() | timedelta():
            raise DoubtError(f"“{value}”是时刻", "请先把单元格格式设为“文本”再填写")


def _number(value: float, kind: Kind | None) -> tuple[str, str]:
    if abs(value) >= 10**EXACT_DIGITS:
        raise DoubtError(
            f"数字超过 {EXACT_DIGITS} 位，表格软件可能已丢失末尾的数字",
            "请先把单元格格式设为“文本”再填写全部数字",
        )
    number = Decimal(f"{value:.{EXACT_DIGITS}g}")
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if kind == "text":
        return f'"{text}"', "数字改为文字"
    if kind == "date" and value.is_integer() and int(value) in _SERIALS:
        day = _FIRST_DAY + timedelta(days=int(value))
        return f'@"{day.isoformat()}"', f"日期序号 {text} 换算为日期"
    return text, ""


def _day(value: datetime | date, kind: Kind | None) -> tuple[str, str]:
    day = value.date() if isinstance(value, datetime) else value
    if kind in {"number", "text", "boolean"}:
        raise DoubtError(
            f"表格软件把本格当成了日期（{day.isoformat()}）",
            "请先把单元格格式设为“文本”再重新填写",
        )
    if isinstance(value, datetime) and value.time() != time():
        return f'@"{value.isoformat(timespec="seconds")}"', "日期和时间改为 @ 写法"
    return f'@"{day.isoformat()}"', "日期改为 @ 写法"


def word_text(value: Raw) -> str:
    """The text of a cell that holds words: a label, a note, an article, a day."""
    match value:
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case datetime() | date():
            return (value.date() if isinstance(value, datetime) else value).isoformat()
        case int() | float():
            return f"{Decimal(f'{float(value):.{EXACT_DIGITS}g}'):f}"
        case _:
            return str(value)
