"""Days by the column (日期列): every unit said aloud."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yanzhen.packs.population.draws import Draws, Integers
from yanzhen.packs.population.plan import Plan

type Days = NDArray[np.datetime64]

NEVER = np.datetime64("NaT", "D")
_EPOCH = 1970


def day_of(day: date, *, before: int = 0) -> np.datetime64:
    """A day, or the one so many days before it."""
    return np.datetime64(day - timedelta(days=before), "D")


def new_year(year: int) -> np.datetime64:
    """The first of January."""
    return np.datetime64(date(year, 1, 1), "D")


def days(count: ArrayLike) -> NDArray[np.timedelta64]:
    """Spans of whole days; parts of a day are dropped."""
    return np.asarray(count).astype(np.int64).astype("timedelta64[D]")


def months_of(year: ArrayLike, month: ArrayLike) -> Days:
    """The first day of each month; months count from 1."""
    count = (np.asarray(year) - _EPOCH) * 12 + np.asarray(month).astype(np.int64) - 1
    return count.astype("datetime64[M]").astype("datetime64[D]")


def years_of(column: Days) -> Integers:
    """The year of each day."""
    years: Integers = column.astype("datetime64[Y]").astype(np.int64) + _EPOCH
    return years


def draw_years(weights: Plan, draws: Draws, stream: str, n: int, year: int) -> Integers:
    """Years for n rows: the keys of ``weights`` say how many years before ``year``."""
    ago = [weights.whole(key) for key in weights] or [1]
    drawn = draws.choose(stream, [weights.number(key) for key in weights] or [1], n)
    years: Integers = year - np.array(ago, dtype=np.int64)[drawn]
    return years
