"""What offices write in a cell, as FEEL (办公习惯的规范化): text to text, nothing is parsed here.

以上 includes its number and 以下 does not, unless the cell says （含） or （不含）;
以内, 不超过 and 不低于 include theirs. What can be read in two ways is refused with both ways to
write it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yanzhen.engines.dmn.excel.words import Kind
from yanzhen.engines.feel.text import quote
from yanzhen.kernel.normalize.text import to_half_width

ANY = frozenset({"-", "--", "—", "——", "–", "－", "/", "不限", "任意", "任何", "无要求", "不限定"})
_YES = frozenset({"是", "√", "✓", "对", "有", "y", "yes", "true", "真"})
_NO = frozenset({"否", "×", "✗", "x", "错", "无", "n", "no", "false", "假", "不是"})

_SCALES = {
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "万亿": 1_000_000_000_000,
}
_UNITS = "元|人|家|户|个|名|项|分|件|年|岁|亩|次|天|日|月|吨"
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_DATE = re.compile(
    r"(?<![0-9.])([12][0-9]{3})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
    r"(?![0-9.])"
)
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_BRACKETS = re.compile(r"[()\[\]{}]")
_PERCENT = re.compile(rf"({_NUMBER})\s*([%‰])")
_SCALED = re.compile(rf"({_NUMBER})\s*(万亿|千万|百万|十万|亿|万|千)(?!\s*[0-9])")
_UNIT = re.compile(
    rf"({_NUMBER})\s*(?:{_UNITS})(?=$|[\s,()\]\[且]|以|及|含|或|之|起|大|小|不|高|低|并)"
)
_Q = rf'({_NUMBER}|@"[^"]*")'
_PREFIXES = {
    ">=": ">=|=>|≥|≧|⩾|大于或等于|大于等于|不小于|不低于|不少于|至少|最低|达到",
    "<=": "<=|=<|≤|≦|⩽|小于或等于|小于等于|不大于|不高于|不超过|不多于|不迟于|至多|最多|最高",
    "!=": "!=|<>|≠|不等于",
    ">": ">|大于|高于|超过|多于|晚于",
    "<": "<|小于|低于|少于|不足|不满|未满|未达到|早于",
    "=": "=|等于",
}
_PREFIX = re.compile(rf"({'|'.join(_PREFIXES.values())})\s*{_Q}")
_SUFFIX = re.compile(
    rf"{_Q}\s*(?:\((含|不含)[^()]*\)|(及|含|或))?\s*(以上|以下|以内|之上|之下|以后|以前|起)"
    r"(?:\((含|不含)[^()]*\))?"
)
_AND = re.compile(r"\s*(?:且|并且|同时|而且|,|和)?\s*")
_SPAN = re.compile(rf"{_Q}\s*(?:-|–|—|~|至|到)+\s*{_Q}")
_SENTENCE = re.compile(r"[<>=\"\[\]{}()@]")
_OTHER_THAN = re.compile(r"(?:非|除|不是|不属于|不含|不包括)(.+?)(?:以?外|之外)?")
_WIDE_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』", '"'))
_WIDE_MARKS = str.maketrans(
    {"、": ",", "；": ",", ";": ",", "。": " ", "【": "[", "】": "]", "〜": "~"}
)


class DoubtError(Exception):
    """A cell that can be read in more than one way, or in none.

    Attributes:
        message: what is wrong, in Chinese.
        mend: what to write, in Chinese.
    """

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Guess:
    """A cell in FEEL, and what was done to it."""

    text: str
    how: tuple[str, ...]


def is_any(text: str) -> bool:
    """Whether a condition cell admits any value: blank, a dash, 不限 and the like."""
    return not text.strip() or text.strip() in ANY


def is_suspicious(text: str, kind: Kind | None, *, condition: bool) -> bool:
    """Whether a cell that reads as FEEL most likely means something else.

    ``2026-01-01`` is a subtraction for FEEL, ``3-5`` too, ``1,000`` a list, ``>= 3, < 5`` always
    true, and a number in a column of texts equals none of them.

    >>> is_suspicious("2026-01-01", None, condition=True)
    True
    """
    given = text.strip()
    if _DATE.fullmatch(given) or (kind == "date" and _DATE.search(_outside(given))):
        return True
    if kind == "text" and re.fullmatch(_NUMBER, given):
        return True
    if kind == "number" and re.fullmatch(rf'"{_NUMBER}"', given):
        return True
    if condition and (_SPAN.fullmatch(given) or _both_ends(given) is not None):
        return True
    return not _BRACKETS.search(given) and _THOUSANDS.search(_outside(given)) is not None


def guess(text: str, kind: Kind | None, *, condition: bool) -> Guess:
    """The FEEL that a cell most likely means; the caller still has to parse it.

    Args:
        text: the cell.
        kind: what the cells of its column hold, where that is known.
        condition: whether it is a condition cell, and not a result.

    Raises:
        DoubtError: the cell can be read in two ways.

    >>> guess("≥５００万元", "number", condition=True)
    Guess(text='>= 5000000', how=('全角转半角', '“万”换算为 10000', '去掉单位', '比较符号改为 >='))
    """
    how: list[str] = []
    if condition and is_any(text):
        return Guess("-", ("“不限”记为 -",))
    given = _narrowed(text.strip(), how)
    if kind == "text" and not _SENTENCE.search(given):
        return _bare_text(given, how, condition=condition)
    if kind == "boolean" and given.lower() in _YES | _NO:
        truth = given.lower() in _YES
        return Guess(
            "true" if truth else "false", (*how, f"“{given}”读作{'是' if truth else '否'}")
        )
    given = _quantities(given, kind, how)
    if kind == "number" and re.fullmatch(rf'"{_NUMBER}"', given):
        how.append("数字去掉引号")
        given = given[1:-1]
    if condition:
        given = _conditions(given, kind, how)
    return Guess(given, tuple(dict.fromkeys(how)))


def _narrowed(text: str, how: list[str]) -> str:
    quoted = text.translate(_WIDE_QUOTES)
    if quoted != text:
        how.append("引号改为英文引号")
    marked = _apart(quoted, lambda part: part.translate(_WIDE_MARKS))
    if marked != quoted:
        how.append("顿号、分号改为逗号")
    narrow = _apart(marked, to_half_width)
    if narrow != marked:
        how.append("全角转半角")
    return narrow.strip()


def _apart(text: str, change: Callable[[str], str]) -> str:
    """``change`` applied to what stands outside quotation marks."""
    parts = re.split(r'("(?:\\.|[^"\\])*")', text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def _outside(text: str) -> str:
    """What stands outside quotation marks."""
    return " ".join(re.split(r'"(?:\\.|[^"\\])*"', text))


def _bare_text(given: str, how: list[str], *, condition: bool) -> Guess:
    """Words without quotation marks in a column of texts."""
    if not condition:
        return Guess(quote(given), (*how, "文字加引号"))
    negated = _OTHER_THAN.fullmatch(given)
    words = [part.strip() for part in (negated[1] if negated else given).split(",") if part.strip()]
    if any("或" in word for word in words):
        ways = [quote(part.strip()) for word in words for part in word.split("或") if part.strip()]
        raise DoubtError(
            f"“{given}”中的“或”分不清是连接词还是名称的一部分", f"请写成 {', '.join(ways)}"
        )
    listed = ", ".join(quote(word) for word in words)
    if negated:
        return Guess(f"not({listed})", (*how, "“非”改为 not(…)", "文字加引号"))
    return Guess(listed, (*how, "文字加引号"))


def _quantities(given: str, kind: Kind | None, how: list[str]) -> str:
    def dates(part: str) -> str:
        return _DATE.sub(lambda found: _day(found, how), part)

    def numbers(part: str) -> str:
        if not _BRACKETS.search(given):  # in brackets, commas part the members of a list
            part = _THOUSANDS.sub(lambda found: _joined(found, given, kind, how), part)
        part = _PERCENT.sub(lambda found: _share(found, how), part)
        part = _SCALED.sub(lambda found: _scaled(found, how), part)
        bare = _UNIT.sub(r"\1", part)
        if bare != part:
            how.append("去掉单位")
        return bare

    return _apart(_apart(given, dates), numbers)


def _day(found: re.Match[str], how: list[str]) -> str:
    year, *rest = (int(group) for group in found.groups() if group)
    try:
        day = date(year, *rest)
    except ValueError:
        raise DoubtError(f"没有“{found[0]}”这一天", "请核对日期，写成 2026-01-31 的样子") from None
    how.append("日期改为 @ 写法")
    return f'@"{day.isoformat()}"'


def _joined(found: re.Match[str], part: str, kind: Kind | None, how: list[str]) -> str:
    digits = found[0].replace(",", "")
    alone = part.strip() == found[0]
    if alone and not any(group.startswith("0") for group in found[0].split(",")[1:]):
        spaced = found[0].replace(",", ", ")
        raise DoubtError(
            f"“{found[0]}”分不清是一个数还是几个数", f"一个数请写 {digits}，几个数请写 {spaced}"
        )
    if kind == "text":
        return found[0]
    how.append("去掉千分位逗号")
    return digits


def _share(found: re.Match[str], how: list[str]) -> str:
    parts = 100 if found[2] == "%" else 1000
    how.append(f"“{found[2]}”换算为小数")
    return f"{_trimmed(Decimal(found[1]) / parts)}"


def _scaled(found: re.Match[str], how: list[str]) -> str:
    factor = _SCALES[found[2]]
    how.append(f"“{found[2]}”换算为 {factor}")
    return _trimmed(Decimal(found[1]) * factor)


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _conditions(given: str, kind: Kind | None, how: list[str]) -> str:
    span = _SPAN.fullmatch(given)
    if span and (kind != "text"):
        low, high = span[1], span[2]
        raise DoubtError(
            f"“{given}”看不出是否包含两端",
            f"含两端请写 [{low}..{high}]，不含上限请写 [{low}..{high})",
        )
    whole = _both_ends(given)
    if whole is not None:
        how.append(f"两个界限合写为 {whole}")
        return whole
    pieces = _pieces(given)
    return ", ".join(_one(piece.strip(), how) for piece in pieces if piece.strip()) or given


def _pieces(given: str) -> list[str]:
    """The parts between commas that stand in no quotes and no brackets."""
    pieces, depth, start, quoted = [], 0, 0, False
    for at, mark in enumerate(given):
        if mark == '"' and (at == 0 or given[at - 1] != "\\"):
            quoted = not quoted
        elif quoted:
            continue
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
        elif mark == "," and depth <= 0:
            pieces.append(given[start:at])
            start = at + 1
    return [*pieces, given[start:]]


def _one(piece: str, how: list[str]) -> str:
    bound = _bound(piece)
    if bound is None:
        return piece
    op, value = bound
    if op == "=":
        how.append("去掉等号")
        return value
    if op == "!=":
        how.append("“不等于”改为 not(…)")
        return f"not({value})"
    written = f"{op} {value}"
    if piece.replace(" ", "") != f"{op}{value}":
        how.append(_how_bound(piece, op))
    return written


def _how_bound(piece: str, op: str) -> str:
    for word in ("以上", "以下", "以内"):
        if word in piece:
            includes = "含" if "=" in op else "不含"
            return f"“{word}”读作 {op}（{includes}本数）"
    return f"比较符号改为 {op}"


def _bound(piece: str) -> tuple[str, str] | None:
    """The comparison that a piece states: operator and value."""
    if found := _PREFIX.fullmatch(piece):
        word = found[1]
        op = next(op for op, ways in _PREFIXES.items() if word in ways.split("|"))
        return op, found[2]
    if found := _SUFFIX.fullmatch(piece):
        includes = {found[2], found[3], found[5]} - {None}
        up = found[4] in {"以上", "之上", "以后", "起"}
        closed = (up or found[4] == "以内") if not includes else "不含" not in includes
        return (">" if up else "<") + ("=" if closed else ""), found[1]
    return None


def _both_ends(given: str) -> str | None:
    """``3以上5以下`` or ``>= 3, < 5`` as one range, where the lower end is the smaller number."""
    for first in (_PREFIX, _SUFFIX):
        found = first.match(given)
        if found is None:
            continue
        rest = given[_AND.match(given, found.end()).end() :]  # type: ignore[union-attr]
        ends = [_bound(found[0]), _bound(rest)] if rest else []
        lows = [end for end in ends if end and end[0] in {">", ">="}]
        highs = [end for end in ends if end and end[0] in {"<", "<="}]
        if len(lows) == len(highs) == 1 and _before(lows[0][1], highs[0][1]):
            opening = "[" if "=" in lows[0][0] else "("
            closing = "]" if "=" in highs[0][0] else ")"
            return f"{opening}{lows[0][1]}..{highs[0][1]}{closing}"
    return None


def _before(low: str, high: str) -> bool:
    if low.startswith("@") or high.startswith("@"):
        return low < high
    return Decimal(low) < Decimal(high)
