"""The regions into which the cells of a column cut its values; a table is checked on those.

``[0..10)`` and ``>= 20`` cut the numbers into below 0, 0, between 0 and 10, 10, between 10 and 20,
20, above 20: every cell is true or false on each region as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.free import free_names


@dataclass(frozen=True, slots=True)
class Region:
    """One piece of a column's values: a point, or what lies between two points.

    Attributes:
        low: the point itself, or the point below; None without one.
        high: None for a point; else the point above, or ``END``.
        ordinary: False for values that nobody writes a row for: a text that no cell names, or
            numbers below 0 where the cells begin at 0. Such a region is no gap.
    """

    low: Any
    high: Any
    ordinary: bool = True

    def __str__(self) -> str:
        if self.high is None:
            return _shown(self.low)
        if self.low is None:
            return "other" if self.high is END else f"< {_shown(self.high)}"
        if self.high is END:
            return f"> {_shown(self.low)}"
        return f"({_shown(self.low)}..{_shown(self.high)})"


class _End:
    """Above every point."""


END = _End()


@dataclass(frozen=True, slots=True)
class Column:
    """The regions of one column, and for each row the regions on which its cell is true."""

    regions: tuple[Region, ...]
    rows: tuple[frozenset[int], ...]


def column_of(
    cells: Sequence[n.UnaryTests],
    constants: Mapping[str, Any],
    *,
    whole: bool = False,
    closed: n.UnaryTests | None = None,
) -> Column | None:
    """Cut one column into regions.

    Args:
        cells: the cells of the column, one for each row.
        constants: names whose values are known.
        whole: whether its values are whole numbers.
        closed: the allowed values, if they are listed.

    Returns:
        None if a cell is more than literals and ranges of literals.
    """
    parsed = [_tests(cell, constants) for cell in cells]
    limits = None if closed is None else _tests(closed, constants)
    if any(tests is None for tests in parsed) or (closed is not None and limits is None):
        return None
    known = [tests for tests in parsed if tests is not None]
    points = {p for tests in [*known, limits or []] for test in tests for p in test.points()}
    kinds = {type(point) for point in points}
    if len(kinds) > 1:
        return None
    regions = _cut(points, whole=whole)
    if limits is not None and closed is not None:
        regions = [r for r in regions if _holds(limits, r, negated=closed.negated)]
    return Column(
        tuple(regions),
        tuple(
            frozenset(
                i
                for i, region in enumerate(regions)
                if (not cell.tests and not cell.negated)
                or _holds(tests, region, negated=cell.negated)
            )
            for cell, tests in zip(cells, known, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """A literal (low = high, both closed) or a range of literals."""

    low: Any
    high: Any
    low_closed: bool
    high_closed: bool

    def points(self) -> list[Any]:
        return [point for point in (self.low, self.high) if point is not None]

    def holds(self, region: Region) -> bool:
        if self.low is not None and not self._above(region):
            return False
        return self.high is None or self._below(region)

    def _above(self, region: Region) -> bool:
        if region.high is None:
            return bool(region.low > self.low or (self.low_closed and region.low == self.low))
        return region.low is not None and bool(region.low >= self.low)

    def _below(self, region: Region) -> bool:
        if region.high is None:
            return bool(region.low < self.high or (self.high_closed and region.low == self.high))
        return region.high is not END and bool(region.high <= self.high)


def _tests(cell: n.UnaryTests, constants: Mapping[str, Any]) -> list[_Span] | None:
    spans: list[_Span] = []
    for test in cell.tests:
        if isinstance(test, n.Range):
            low = None if test.low is None else _value(test.low, constants)
            high = None if test.high is None else _value(test.high, constants)
            if (low is None) != (test.low is None) or (high is None) != (test.high is None):
                return None
            spans.append(_Span(low, high, test.low_closed, test.high_closed))
            continue
        value = _value(test, constants)
        if value is None:
            return None
        spans.append(_Span(value, value, True, True))
    return spans


def _value(node: n.Node, constants: Mapping[str, Any]) -> Any:
    """The value of an expression of literals and constants; None if it is anything else."""
    if isinstance(node, n.Input) or not free_names(node) <= constants.keys():
        return None
    value = evaluate(node, constants)
    return value if isinstance(value, Decimal | str | bool) or type(value) is date else None


def _cut(points: set[Any], *, whole: bool) -> list[Region]:
    if not points:
        return [Region(None, END)]
    if all(isinstance(point, bool) for point in points):
        return [Region(False, None), Region(True, None)]
    ordered = sorted(points)
    if isinstance(ordered[0], str):
        return [*(Region(point, None) for point in ordered), Region(None, END, ordinary=False)]
    regions = [Region(None, ordered[0], ordinary=ordered[0] != 0)]
    for at, point in enumerate(ordered):
        regions.append(Region(point, None))
        following = ordered[at + 1] if at + 1 < len(ordered) else END
        if not (whole and isinstance(following, Decimal) and following - point <= 1):
            regions.append(Region(point, following))
    return regions


def _holds(spans: list[_Span], region: Region, *, negated: bool) -> bool:
    if region.low is None and region.high is END:
        found = any(span.low is None and span.high is None for span in spans)
    elif isinstance(region.low, str) and region.high is None:
        found = any(_text_holds(span, region.low) for span in spans)
    else:
        found = any(span.holds(region) for span in spans)
    return found != negated


def _text_holds(span: _Span, text: str) -> bool:
    return bool(span.low == text)


def _shown(point: Any) -> str:
    if isinstance(point, bool):
        return "true" if point else "false"
    return f'"{point}"' if isinstance(point, str) else str(point)
