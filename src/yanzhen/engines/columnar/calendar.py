"""Calendar arithmetic on columns of day numbers (days since 1970-01-01); NaN is null."""

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.numbers import Array

_MONTHS = 12
_WEEK = 7
_THURSDAY = 3
"""1970-01-01, counted from Monday as 0."""

Days = npt.NDArray[np.datetime64]


def _days(values: Array) -> Days:
    whole = np.where(np.isnan(values), 0.0, values).astype(np.int64)
    return whole.astype("datetime64[D]")


def _null_where(result: npt.NDArray[np.int64], *values: Array) -> Array:
    floats = result.astype(np.float64)
    for value in values:
        floats = np.where(np.isnan(value), np.nan, floats)
    return floats


def _month(days: Days) -> npt.NDArray[np.int64]:
    """Months since January 1970."""
    return days.astype("datetime64[M]").astype(np.int64)


def _day_of_month(days: Days) -> npt.NDArray[np.int64]:
    first = days.astype("datetime64[M]").astype("datetime64[D]")
    return days.astype(np.int64) - first.astype(np.int64) + 1


def add_months(months: int, values: Array) -> Array:
    """The day so many months later; a day that the month lacks becomes its last."""
    days = _days(values)
    target = (_month(days) + months).astype("datetime64[M]")
    first = target.astype("datetime64[D]").astype(np.int64)
    length = (target + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64) - first
    return _null_where(first + np.minimum(_day_of_month(days), length) - 1, values)


def date_part(name: str, values: Array) -> Array:
    """``year``, ``month``, ``day`` or ``weekday`` (1 is Monday)."""
    days = _days(values)
    match name:
        case "year":
            part = _month(days) // _MONTHS + 1970
        case "month":
            part = _month(days) % _MONTHS + 1
        case "day":
            part = _day_of_month(days)
        case _:
            part = (days.astype(np.int64) + _THURSDAY) % _WEEK + 1
    return _null_where(part, values)


def months_between(_: None, starts: Array, ends: Array) -> Array:
    """Whole months from one day to another, negative if it is earlier."""
    first, last = _days(starts), _days(ends)
    months = _month(last) - _month(first)
    start_day, end_day = _day_of_month(first), _day_of_month(last)
    months = (
        months - ((months > 0) & (end_day < start_day)) + ((months < 0) & (end_day > start_day))
    )
    return _null_where(months, starts, ends)


def years(_: None, months: Array) -> Array:
    """The whole years of a duration of months, towards zero."""
    return np.trunc(months / _MONTHS)


def rest_months(_: None, months: Array) -> Array:
    """The months of a duration beyond its whole years."""
    return months - years(None, months) * _MONTHS
