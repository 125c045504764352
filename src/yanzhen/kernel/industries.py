"""Industry codes (国民经济行业分类), GB/T 4754-2017: sections, divisions and well-known classes.

The table holds every section and division, and the groups and classes that rules and people
name most; a code below a known division is accepted whether it is listed or not. Codes moved
between editions of the standard, so a stored code carries the edition it belongs to.

Source: GB/T 4754-2017 with amendment 1 of 2019; GB/T 4754-2011 for the moves.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize import normalize_code

SCHEME_VERSION = "GB/T 4754-2017"
OLD_SCHEME_VERSION = "GB/T 4754-2011"

IndustryLevel = Literal["section", "division", "group", "class"]
"""门类, 大类, 中类, 小类."""

_LEVELS: dict[int, IndustryLevel] = {1: "section", 2: "division", 3: "group", 4: "class"}
_FIGURES = {"division": 2, "group": 3, "class": 4}


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry code as read.

    Attributes:
        code: a section letter, or two to four digits without the letter.
        section: letter of the section (门类).
        scheme_version: edition of the standard that gives the code its meaning.
    """

    code: str
    section: str
    scheme_version: str = SCHEME_VERSION

    @property
    def level(self) -> IndustryLevel:
        """Section, division, group or class."""
        return _LEVELS[len(self.code) if self.code.isdigit() else 1]

    @property
    def full_code(self) -> str:
        """The code with its section letter, such as ``C2641``."""
        return self.code if self.level == "section" else self.section + self.code

    @property
    def division(self) -> str | None:
        """The two digits of the division (大类); None for a section."""
        return None if self.level == "section" else self.code[:2]

    @property
    def name(self) -> str | None:
        """The Chinese name; None where the table does not list it."""
        return _name(self.code)

    @property
    def nearest_name(self) -> str:
        """The Chinese name of this code, or of the closest one above that is listed."""
        for end in range(len(self.code), 1, -1):
            found = _name(self.code[:end])
            if found is not None:
                return found
        return _names()[self.section]

    def is_in(self, above: str) -> bool:
        """Whether the code is ``above`` or lies below it.

        >>> parse_industry("C2641").is_in("26"), parse_industry("C2641").is_in("C")
        (True, True)
        """
        other = parse_industry(above)
        if other.level == "section":
            return self.section == other.code
        return self.level != "section" and self.code.startswith(other.code)


@dataclass(frozen=True, slots=True)
class CodeMove:
    """One move between editions: what ``old_code`` meant in 2011 is ``new_code`` since 2017."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str


def parse_industry(text: str) -> Industry:
    """Read an industry code: ``C2641``, ``2641``, ``264``, ``26`` or ``C``.

    Raises:
        CellError: no code of the standard's shape, an unknown division, or a letter that is not
            the division's section.

    >>> parse_industry("C2641").section, parse_industry("2641").name
    ('C', '涂料制造')
    """
    code = normalize_code(text).value
    letter, figures = (code[0], code[1:]) if code[:1].isalpha() else ("", code)
    if not figures and letter in _names():
        return Industry(letter, letter)
    shaped = figures.isascii() and figures.isdigit() and len(figures) in _FIGURES.values()
    if not shaped:
        raise CellError(
            f"“{text}”不是行业代码：请填 2 至 4 位数字，可带门类字母，如 C2641（{SCHEME_VERSION}）"
        )
    section = _sections().get(figures[:2])
    if section is None:
        raise CellError(f"行业代码“{text}”的大类 {figures[:2]} 不存在：请按 {SCHEME_VERSION} 核对")
    if letter and letter != section:
        raise CellError(f"行业代码“{text}”的门类应为 {section}，不是 {letter}：请核对")
    return Industry(figures, section)


def section_of(code: str) -> str:
    """Letter of the section (门类).

    >>> section_of("2641")
    'C'
    """
    return parse_industry(code).section


def division_of(code: str) -> str | None:
    """Two digits of the division (大类); None for a section.

    >>> division_of("C2641")
    '26'
    """
    return parse_industry(code).division


def name_of(code: str) -> str | None:
    """Chinese name of a code; None where the table does not list it.

    >>> name_of("26"), name_of("3451")
    ('化学原料和化学制品制造业', '滚动轴承制造')
    """
    return parse_industry(code).name


def words_of(code: str) -> str:
    """The nearest Chinese name of a code for people; "" for an empty or malformed code.

    >>> words_of("2611"), words_of(""), words_of("?")
    ('无机酸制造', '', '')
    """
    try:
        return parse_industry(code).nearest_name
    except CellError:
        return ""


def sections() -> tuple[Industry, ...]:
    """The 20 sections, in order."""
    return tuple(Industry(code, code) for code in _names() if code.isalpha())


def divisions(section: str | None = None) -> tuple[Industry, ...]:
    """The 97 divisions, or those of one section, in order.

    >>> [division.code for division in divisions("I")]
    ['63', '64', '65']
    """
    return tuple(
        Industry(code, letter)
        for code, letter in _sections().items()
        if section is None or letter == section
    )


def moves_from(old_code: str) -> tuple[CodeMove, ...]:
    """Where a code of 2011 went in 2017; empty where it kept its meaning or is not listed.

    Several moves mean that the old class was divided and a person must choose.

    >>> [move.new_code for move in moves_from("2644")]
    ['2645']
    """
    return tuple(move for move in _moves() if move.old_code == old_code)


def is_reused(code: str) -> bool:
    """Whether ``code`` means one thing in 2011 and another in 2017.

    Such a code must not be compared across editions: 2644 was dyes and is artists' pigments.

    >>> is_reused("2644"), is_reused("2641")
    (True, False)
    """
    return any(move.old_code == code and move.old_name != _name(code) for move in _moves()) and (
        _name(code) is not None
    )


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _read("gbt4754_2017.csv")}


@cache
def _sections() -> dict[str, str]:
    """Section letter of each division."""
    rows = _read("gbt4754_2017.csv")
    length = _FIGURES["division"]
    return {row["code"]: row["section"] for row in rows if len(row["code"]) == length}


@cache
def _moves() -> tuple[CodeMove, ...]:
    return tuple(CodeMove(**row) for row in _read("gbt4754_drift.csv"))


def _name(code: str) -> str | None:
    """The listed name; a class ending in 0 is the whole of its group and bears its name."""
    found = _names().get(code)
    if found is None and len(code) == _FIGURES["class"] and code.endswith("0"):
        return _names().get(code[:-1])
    return found


def _read(name: str) -> list[dict[str, str]]:
    text = files("yanzhen.kernel").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
