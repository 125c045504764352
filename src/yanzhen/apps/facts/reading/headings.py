"""Headings as people write them: stars, line breaks, units in brackets (表头)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yanzhen.kernel.normalize import to_half_width
from yanzhen.packs.model import Column, Dataset

MONEY_UNITS = ("元", "千元", "万元", "亿元")
ERROR_HEADING = "错误说明"
ROW_HEADING = "原行号"
IGNORED = frozenset(("", "序号", "备注", "编号", "NO.", "NO", ERROR_HEADING, ROW_HEADING))
"""Headings that carry no data of their own."""

_UNIT = re.compile(r"^(?P<name>.+?)\((?:单位:)?(?P<unit>元|千元|万元|亿元)\)$")
_UNIT_LINE = re.compile(r"单位[::]\s*(?:人民币)?(?P<unit>千元|万元|亿元|元)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading read: the column it names, the unit written in it, the text as given."""

    text: str
    column: Column | None
    unit: str = ""

    @property
    def is_ignored(self) -> bool:
        """Whether nothing is expected under it."""
        return plain(self.text).upper() in IGNORED


def plain(text: str) -> str:
    """A heading without stars, spaces, line breaks and full-width forms."""
    return re.sub(r"[\s*]", "", to_half_width(text))


def by_name(dataset: Dataset) -> dict[str, Column]:
    """The columns of a data set by their plain names."""
    return {plain(column.name): column for column in dataset.columns}


def read_heading(text: str, columns: Mapping[str, Column]) -> Heading:
    """Which column a heading names, with or without a unit behind it."""
    name = plain(text)
    if name in columns:
        return Heading(text, columns[name])
    found = _UNIT.match(name)
    if found is not None and found["name"] in columns:
        return Heading(text, columns[found["name"]], found["unit"])
    return Heading(text, None)


def unit_line(text: str) -> str:
    """The unit that a line above the table declares for all amounts, or empty.

    >>> unit_line("填报单位：样例局    单位：万元")
    '万元'
    """
    found = _UNIT_LINE.search(to_half_width(text))
    return found["unit"] if found is not None else ""
