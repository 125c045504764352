"""Days (日期): how Chinese offices write them, how people read them, and what holds on one.

Local dates only; the day of today is always passed in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize import BLANKS, Normalized, to_half_width

_WEEKDAYS = "一二三四五六日"
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 367, 73_050
"""Serial numbers read as days: 1901-01-01 to 2099-12-31; others are more likely amounts."""

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PARTED = re.compile(
    r"(\d{4})\s*([-./]|年)\s*(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*日?"
    r"(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?))?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days (有效期), both ends inside; None leaves an end open.

    >>> Period(date(2022, 7, 1), date(2023, 6, 30)).holds_on(date(2023, 6, 30))
    True
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return (self.start or date.min) <= (other.end or date.max) and (
            other.start or date.min
        ) <= (self.end or date.max)


@dataclass(frozen=True, slots=True)
class Dated[T]:
    """A value with the period in which it holds: one version of a rule, rate or name."""

    period: Period
    value: T


def valid_at[T](versions: Iterable[Dated[T]], day: date) -> T | None:
    """The value that holds on ``day``; None in a gap.

    Where several hold, the one begun last wins, so that a version without an end gives way to
    the next, and a passing exception to the standing rule again.

    >>> rates = [Dated(Period(date(2021, 1, 1)), "1%"), Dated(Period(date(2022, 7, 1)), "0.8%")]
    >>> valid_at(rates, date(2022, 6, 30)), valid_at(rates, date(2020, 12, 31))
    ('1%', None)
    """
    holding = [version for version in versions if version.period.holds_on(day)]
    if not holding:
        return None
    return max(holding, key=lambda version: version.period.start or date.min).value


def show_day(day: date, *, today: date | None = None) -> str:
    """A day for people, with its weekday, and its year where that is not the present one.

    >>> show_day(date(2026, 7, 3), today=date(2026, 11, 23))
    '7月3日 周五'
    >>> show_day(date(2021, 7, 3), today=date(2026, 11, 23))
    '2021年7月3日 周六'
    """
    year = "" if today is None or today.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def show_full_day(day: date) -> str:
    """A day as official documents print it.

    >>> show_full_day(date(2026, 7, 3))
    '2026年7月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def parse_day(value: object) -> Normalized[date | None]:
    """Read a day as offices write it; a blank is None.

    Reads 2021-07-01, 2021.07.01, 2021/7/1, 2021年7月1日, 二〇二一年七月一日, 20210701, a
    spreadsheet's serial number 44378, dates and date-times; full-width digits as well.

    Raises:
        CellError: no such day, or a day that could be read in two ways (21.7.1, 2021.07).

    >>> parse_day("2021.7.1")
    Normalized(value=datetime.date(2021, 7, 1), notes=('“2021.7.1”读作 2021-07-01',))
    >>> parse_day(44378).value
    datetime.date(2021, 7, 1)
    """
    if value is None:
        return Normalized(None)
    if isinstance(value, datetime):
        midnight = value.time().replace(tzinfo=None) == time()
        return Normalized(value.date(), () if midnight else ("去掉时刻",))
    if isinstance(value, date):
        return Normalized(value)
    if isinstance(value, bool):
        raise CellError("此处应为日期，实际为是/否：请按 2021-07-01 的样式填写")
    if isinstance(value, int | float | Decimal):
        return _from_number(value)
    return _from_text(str(value))


def _from_number(value: float | Decimal) -> Normalized[date | None]:
    if value != value or value != int(value):  # noqa: PLR0124 -- the test for NaN
        raise CellError(f"“{value}”不是日期：请按 2021-07-01 的样式填写")
    number = int(value)
    if _EXCEL_FIRST <= number <= _EXCEL_LAST:
        return _from_serial(number)
    packed = _PACKED.fullmatch(str(number))
    if packed is not None:
        return _made(str(number), *packed.groups(), notes=[])
    raise CellError(f"“{value}”不是日期：请按 2021-07-01 的样式填写")


def _from_serial(number: int) -> Normalized[date | None]:
    day = _EXCEL_EPOCH + timedelta(days=number)
    return Normalized(day, (f"表格序列号 {number} 读作 {day}",))


def _from_text(given: str) -> Normalized[date | None]:
    notes: list[str] = []
    text = to_half_width(given)
    if text != given:
        notes.append("全角转半角")
    text = text.strip()
    if text.upper() in BLANKS:
        return Normalized(None, (f"“{given}”读作未填",) if text else ())
    chinese = _CHINESE.fullmatch(text)
    if chinese is not None:
        year, month, day = chinese.groups()
        return _made(
            given,
            year.translate(_CHINESE_DIGITS),
            str(_chinese_number(month)),
            str(_chinese_number(day)),
            notes=notes,
        )
    packed = _PACKED.fullmatch(text)
    if packed is not None:
        return _made(given, *packed.groups(), notes=notes)
    parted = _PARTED.fullmatch(text)
    if parted is not None:
        year, _, month, day, moment = parted.groups()
        if moment is not None and moment.strip("0:."):
            notes.append("去掉时刻")
        return _made(given, year, month, day, notes=notes)
    if text.isdecimal() and _EXCEL_FIRST <= int(text) <= _EXCEL_LAST:
        return _from_serial(int(text))
    raise CellError(f"“{given}”不是完整的日期：请写明年月日，如 2021-07-01")


def _made(
    given: str, year: str, month: str, day: str, *, notes: list[str]
) -> Normalized[date | None]:
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise CellError(f"“{given}”这一天不存在：请核对年月日") from None
    if given != read.isoformat():
        notes.append(f"“{given}”读作 {read}")
    return Normalized(read, tuple(notes))


def _chinese_number(text: str) -> int:
    """一 to 九十九 as a number; 0 for anything else, which no day is."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(_CHINESE_DIGITS)) if len(text) == 1 else 0
    if "十" in tens or len(tens) > 1 or len(ones) > 1:
        return 0
    return int(tens.translate(_CHINESE_DIGITS) or 1) * 10 + int(
        ones.translate(_CHINESE_DIGITS) or 0
    )
