"""Time zones by IANA name."""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from yanzhen.engines.feel.civil import Day, clamp_year

_LONGEST_NAME = 64
MAX_OFFSET = 18 * 3600
"""The largest offset from UTC, in seconds, either way."""


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo | None:
    """The rules of the zone, or None if there is no such zone."""
    if not name or len(name) > _LONGEST_NAME:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


@lru_cache(maxsize=65536)
def _named_offset(name: str, day: Day, second: int) -> int | None:
    info = zone_info(name)
    if info is None:
        return None
    clock = (datetime.min.replace(tzinfo=UTC) + timedelta(seconds=second)).time()
    moment = datetime.combine(clamp_year(day), time(clock.hour, clock.minute, clock.second))
    offset = moment.replace(tzinfo=info).utcoffset()
    return None if offset is None else round(offset.total_seconds())


def offset_after(zone: str, day: Day, second: int) -> int:
    """The offset of a named zone at a moment told in UTC.

    Args:
        zone: an IANA name.
        day: the date in UTC.
        second: seconds since midnight UTC.

    Returns:
        Seconds, positive east; 0 for an unknown zone.
    """
    info = zone_info(zone)
    if info is None:
        return 0
    moment = datetime.combine(clamp_year(day), time(), UTC) + timedelta(seconds=second)
    try:
        offset = moment.astimezone(info).utcoffset()
    except OverflowError:
        return offset_at(zone, day, second) or 0
    return 0 if offset is None else round(offset.total_seconds())


def offset_at(zone: int | str | None, day: Day, second: int) -> int | None:
    """The offset from UTC of ``zone`` on ``day``, ``second`` seconds after local midnight.

    Of a local time that a change of clocks makes happen twice, the first counts.

    Returns:
        Seconds, positive east; None for local time or a zone unknown.
    """
    if zone is None or isinstance(zone, int):
        return zone
    return _named_offset(zone, day, second)
