"""Administrative divisions (行政区划), GB/T 2260: structure in the digits, history in rows.

The rows belong to a city's folder; here is only what any such table can be asked. Codes that
went out of use (330821) stay in old identifiers for ever and are led to their successors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from yanzhen.kernel.days import Dated, Period, valid_at
from yanzhen.kernel.errors import DataError

RegionLevel = Literal["province", "prefecture", "county"]
"""省级, 地级, 县级."""

_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Region:
    """One code with one name over one period.

    Attributes:
        code: six digits.
        name: full Chinese name.
        start: first day in force; None where it reaches back further than the table.
        end: last day in force; None where it is in force.
        successors: codes that took its place, most often one; several after a division.
    """

    code: str
    name: str
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()

    @property
    def level(self) -> RegionLevel:
        """Province, prefecture or county."""
        return level_of(self.code)


def level_of(code: str) -> RegionLevel:
    """The level that the digits say.

    Raises:
        DataError: not six digits.

    >>> level_of("330000"), level_of("330800"), level_of("330802")
    ('province', 'prefecture', 'county')
    """
    _require_shape(code)
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def province_of(code: str) -> str:
    """Code of the province.

    >>> province_of("330802")
    '330000'
    """
    _require_shape(code)
    return code[:2] + "0000"


def prefecture_of(code: str) -> str | None:
    """Code of the prefecture by the digits; None for a province.

    Counties governed by the province directly (3390xx) name a prefecture that does not exist;
    :meth:`RegionTable.parent` knows.

    >>> prefecture_of("330802")
    '330800'
    """
    return None if level_of(code) == "province" else code[:4] + "00"


class RegionTable:
    """Regions with their history.

    >>> table = RegionTable([
    ...     Region("330821", "衢县", date(1985, 1, 1), date(2001, 12, 31), ("330803",)),
    ...     Region("330803", "衢江区", date(2001, 1, 1)),
    ... ])
    >>> table.current("330821").name
    '衢江区'
    """

    def __init__(self, rows: Iterable[Region]) -> None:
        """Build the table.

        Raises:
            DataError: a code is not six digits, a period is upside down, a successor is not in
                the table, or successors lead in a circle.
        """
        self.rows = tuple(sorted(rows, key=lambda row: (row.code, row.start or date.min)))
        self._by_code: dict[str, list[Dated[Region]]] = {}
        for row in self.rows:
            _require_shape(row.code)
            try:
                period = Period(row.start, row.end)
            except ValueError as error:
                raise DataError(f"region {row.code} {row.name}: {error}") from error
            self._by_code.setdefault(row.code, []).append(Dated(period, row))
        for row in self.rows:
            self._require_way(row)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def at(self, code: str, day: date) -> Region | None:
        """The region that ``code`` meant on ``day``; None where it meant none."""
        return valid_at(self._by_code.get(code, ()), day)

    def latest(self, code: str) -> Region | None:
        """The last row of ``code``, in force or not; None for an unknown code."""
        rows = self._by_code.get(code)
        return rows[-1].value if rows else None

    def successors_of(self, code: str) -> tuple[Region, ...]:
        """The regions in force that now cover what ``code`` covered, in order of code.

        A region in force is its own; an unknown code has none; after a division there are
        several.
        """
        found: dict[str, Region] = {}
        waiting = [code]
        while waiting:
            row = self.latest(waiting.pop())
            if row is None:
                continue
            if row.end is None:
                found[row.code] = row
            else:
                waiting.extend(row.successors)
        return tuple(found[key] for key in sorted(found))

    def current(self, code: str) -> Region | None:
        """The one region in force for ``code``, following successors.

        None for an unknown code, one that ended without successor, and one that was divided:
        there only a person or an address can tell (see :meth:`successors_of`).
        """
        found = self.successors_of(code)
        return found[0] if len(found) == 1 else None

    def parent(self, code: str) -> str | None:
        """Code of the region above that the table knows; None at the top."""
        for above in (prefecture_of(code), province_of(code)):
            if above is not None and above != code and above in self._by_code:
                return above
        return None

    def children(self, code: str, day: date | None = None) -> tuple[Region, ...]:
        """Regions directly below, in order of code: in force on ``day``, or now.

        Counties governed by the province directly come under the province.
        """
        below = self._children.get(code, ())
        if day is not None:
            found = (self.at(child, day) for child in below)
        else:
            found = (self.latest(child) for child in below)
        rows = (row for row in found if row is not None)
        return tuple(row for row in rows if day is not None or row.end is None)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for code in sorted(self._by_code):
            parent = self.parent(code)
            if parent is not None:
                below.setdefault(parent, []).append(code)
        return {code: tuple(children) for code, children in below.items()}

    def _require_way(self, row: Region) -> None:
        """Every successor is known, and none leads back."""
        seen, waiting = {row.code}, list(row.successors)
        while waiting:
            code = waiting.pop()
            later = self.latest(code)
            if later is None:
                raise DataError(
                    f"region {row.code} {row.name}: successor {code} is not in the table"
                )
            if code == row.code:
                raise DataError(f"region {row.code} {row.name}: its successors lead back to it")
            if code not in seen:
                seen.add(code)
                waiting.extend(later.successors)


def _require_shape(code: str) -> None:
    if len(code) != _LENGTH or not (code.isascii() and code.isdigit()):
        raise DataError(f"region code {code!r} should be six digits (GB/T 2260)")
