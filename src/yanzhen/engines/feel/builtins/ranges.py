"""Built-in functions that compare points and ranges (DMN 1.5, 10.3.4.9), and ``range``.

All are told by a few questions about ends. An unbounded end lies beyond every point.
"""

from collections.abc import Callable

from yanzhen.engines.feel.builtins.signature import Builtin, Signature, param, simple
from yanzhen.engines.feel.equality import in_range, order
from yanzhen.engines.feel.range_text import parse_range
from yanzhen.engines.feel.values import RangeValue, Value
from yanzhen.kernel.errors import FeelError


def _compare(left: Value, right: Value) -> int:
    compared = order(left, right)
    if compared is None:
        raise FeelError("the points cannot be compared with each other")
    return compared


def _starts(left: RangeValue, right: RangeValue) -> int:
    """−1, 0 or 1 as ``left`` begins before, with or after ``right``."""
    if left.low is None or right.low is None:
        return (left.low is not None) - (right.low is not None)
    compared = _compare(left.low, right.low)
    return compared or right.low_closed - left.low_closed


def _ends(left: RangeValue, right: RangeValue) -> int:
    """−1, 0 or 1 as ``left`` ends before, with or after ``right``."""
    if left.high is None or right.high is None:
        return (left.high is None) - (right.high is None)
    compared = _compare(left.high, right.high)
    return compared or left.high_closed - right.high_closed


def _gap(left: RangeValue, right: RangeValue) -> int:
    """−1 if ``left`` ends before ``right`` begins, 0 if they share one end, 1 if they overlap."""
    if left.high is None or right.low is None:
        return 1
    compared = _compare(left.high, right.low)
    if compared:
        return compared
    return 0 if left.high_closed and right.low_closed else -1


def _holds(held: RangeValue, point: Value) -> bool:
    inside = in_range(point, held)
    if inside is None:
        raise FeelError("the point cannot be compared with the ends of the range")
    return inside


def _point_before(held: RangeValue, point: Value) -> bool:
    """Whether the point lies before the whole range."""
    if held.low is None:
        return False
    compared = _compare(point, held.low)
    return compared < 0 or (compared == 0 and not held.low_closed)


def _point_after(held: RangeValue, point: Value) -> bool:
    if held.high is None:
        return False
    compared = _compare(point, held.high)
    return compared > 0 or (compared == 0 and not held.high_closed)


def _at_start(point: Value, held: RangeValue) -> bool:
    return held.low is not None and _compare(point, held.low) == 0 and held.low_closed


def _at_end(point: Value, held: RangeValue) -> bool:
    return held.high is not None and _compare(point, held.high) == 0 and held.high_closed


def meets(left: RangeValue, right: RangeValue) -> bool:
    """Whether ``left`` ends with the very point with which ``right`` begins."""
    return left.high is not None and right.low is not None and _gap(left, right) == 0


def overlaps(left: RangeValue, right: RangeValue) -> bool:
    """Whether they have a point in common."""
    return _gap(left, right) >= 0 and _gap(right, left) >= 0


def overlaps_before(left: RangeValue, right: RangeValue) -> bool:
    """Whether ``left`` begins before ``right`` and ends within it."""
    return _starts(left, right) < 0 and _gap(left, right) >= 0 and _ends(left, right) <= 0


def includes(outer: RangeValue, inner: RangeValue) -> bool:
    """Whether ``inner`` lies within ``outer``."""
    return _starts(outer, inner) <= 0 and _ends(outer, inner) >= 0


def starts(left: RangeValue, right: RangeValue) -> bool:
    """Whether ``left`` begins with ``right`` and does not end after it."""
    return left.low is not None and _starts(left, right) == 0 and _ends(left, right) <= 0


def finishes(left: RangeValue, right: RangeValue) -> bool:
    """Whether ``left`` ends with ``right`` and does not begin before it."""
    return left.high is not None and _ends(left, right) == 0 and _starts(left, right) >= 0


_POINTS = (
    "number",
    "string",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)
_Order = Callable[..., bool]


def _pairs(
    name: str,
    points: _Order | None = None,
    point_range: _Order | None = None,
    range_point: _Order | None = None,
    ranges: _Order | None = None,
) -> Builtin:
    """A function for those pairs of points and ranges for which it has a meaning."""
    wanted: tuple[tuple[_Order | None, tuple[str, str]], ...] = (
        (points, ("point1", "point2")),
        (point_range, ("point", "range")),
        (range_point, ("range", "point")),
        (ranges, ("range1", "range2")),
    )
    signatures = tuple(
        Signature(
            tuple(
                param(each, *(("range",) if each.startswith("range") else _POINTS))
                for each in names
            ),
            run,
        )
        for run, names in wanted
        if run is not None
    )
    return Builtin(name, signatures, "boolean")


FUNCTIONS: tuple[Builtin, ...] = (
    _pairs(
        "before",
        points=lambda a, b: _compare(a, b) < 0,
        point_range=lambda point, held: _point_before(held, point),
        range_point=_point_after,
        ranges=lambda a, b: _gap(a, b) < 0,
    ),
    _pairs(
        "after",
        points=lambda a, b: _compare(a, b) > 0,
        point_range=lambda point, held: _point_after(held, point),
        range_point=_point_before,
        ranges=lambda a, b: _gap(b, a) < 0,
    ),
    _pairs("meets", ranges=meets),
    _pairs("met by", ranges=lambda a, b: meets(b, a)),
    _pairs("overlaps", ranges=overlaps),
    _pairs("overlaps before", ranges=overlaps_before),
    _pairs("overlaps after", ranges=lambda a, b: overlaps_before(b, a)),
    _pairs("finishes", point_range=_at_end, ranges=finishes),
    _pairs(
        "finished by",
        range_point=lambda held, point: _at_end(point, held),
        ranges=lambda a, b: finishes(b, a),
    ),
    _pairs("includes", range_point=_holds, ranges=includes),
    _pairs(
        "during",
        point_range=lambda point, held: _holds(held, point),
        ranges=lambda a, b: includes(b, a),
    ),
    _pairs("starts", point_range=_at_start, ranges=starts),
    _pairs(
        "started by",
        range_point=lambda held, point: _at_start(point, held),
        ranges=lambda a, b: starts(b, a),
    ),
    _pairs(
        "coincides",
        points=lambda a, b: _compare(a, b) == 0,
        ranges=lambda a, b: _starts(a, b) == 0 and _ends(a, b) == 0,
    ),
    simple("range", parse_range, param("from", "string"), result="range"),
)
