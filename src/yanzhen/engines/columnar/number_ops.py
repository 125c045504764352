"""Operations on numbers, dates and durations, and their cells between cut points.

Where a bound leaves a question open (a value too near a cut point or a rounding boundary), the row
is computed exactly; everything else is plain column arithmetic.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Context
from typing import Any

import numpy as np

from yanzhen.engines.columnar import calendar, numbers
from yanzhen.engines.columnar.columns import Cells, Handler, Site
from yanzhen.engines.columnar.cuts import cell_of
from yanzhen.engines.columnar.frame import EXACT_LIMIT, NO, YES, Levels
from yanzhen.engines.columnar.numbers import ULP, Array, Numbers
from yanzhen.engines.columnar.rounding import round_exact, round_near
from yanzhen.engines.columnar.terms import Term

_BYTE = 255
_WIDE = Context(prec=6200, Emin=-9999, Emax=9999, traps=[])
_DATE_LIMIT = 2.0**40
"""No day number, month count or part of a date is beyond this."""


# cells


def cells(site: Site, term: Term, args: Sequence[Numbers]) -> Cells:
    """In which cell between its cut points each value lies."""
    number = args[0]
    if number.error is None:
        thresholds = site.tables.thresholds(term, number.scale)
        return _passed(number.values, thresholds, site.size)
    thresholds = site.tables.thresholds(term, None)
    values = np.broadcast_to(number.values, site.size)
    slack = number.error * (1 + 8 * ULP) + np.abs(values) * (2 * ULP)
    found = _passed(values - slack, thresholds, site.size)
    doubtful = found != _passed(values + slack, thresholds, site.size)
    doubtful |= np.isinf(slack)
    boundaries, source = term.data
    for row in np.flatnonzero(doubtful):
        found[row] = cell_of(boundaries, site.exact(source, int(row)))
    return found


def _passed(values: Array, thresholds: Array, size: int) -> Cells:
    """0 for null, else one more than the thresholds reached."""
    small = len(thresholds) + 1 <= _BYTE
    reached: Cells = np.zeros(size, np.uint8 if small else np.uint16)
    reached += values == values  # noqa: PLR0124 -- the test for NaN
    # comparing with each is far quicker than a binary search up to hundreds of cut points
    for threshold in thresholds:
        reached += values >= threshold
    return reached


def look_up(site: Site, term: Term, _: Sequence[Any]) -> Numbers:
    """The number of each code."""
    table, codes = site.tables.numbers(term), site.codes(term.args[0])
    error = None if table.error is None else table.error[codes]
    return Numbers(table.values[codes], table.scale, table.limit, error)


# arithmetic


def _binary(function: Callable[[Numbers, Numbers], Numbers]) -> Handler:
    return lambda _, __, args: function(args[0], args[1])


def _extreme(function: Callable[..., Array]) -> Handler:
    def run(_: Site, __: Term, args: Sequence[Numbers]) -> Numbers:
        result = args[0]
        for other in args[1:]:
            result = numbers.pick(result, other, function)
        return result

    return run


def round_(site: Site, term: Term, args: Sequence[Numbers]) -> Numbers:
    """Round; near values exactly where the bound spans a rounding boundary."""
    number = args[0]
    mode, places = term.data
    if number.error is None:
        return round_exact(number, mode, places)
    near_units, near_doubt = round_near(number, mode, places)
    units = np.broadcast_to(near_units, site.size).copy()
    for row in np.flatnonzero(np.broadcast_to(near_doubt, site.size)):
        value = site.exact(term, int(row))
        units[row] = np.nan if value is None else float(value.scaleb(places, _WIDE))
    limit = float(np.nanmax(np.abs(units), initial=0.0))
    if limit > EXACT_LIMIT:
        natural = units / 10.0**places
        return numbers.near(natural, np.abs(natural) * (4 * ULP))
    if places >= 0:
        return Numbers(units, places, limit)
    return Numbers(units * 10.0**-places, 0, limit * 10.0**-places)


def modulo(site: Site, term: Term, args: Sequence[Numbers]) -> Numbers:
    """The rest of a division, with the sign of the divisor; null for a divisor of 0."""
    same = numbers.aligned(args[0], args[1])
    if same is not None:
        dividend, divisor, scale, _, limit = same
        rest = np.mod(dividend, np.where(divisor == 0, np.nan, divisor))
        return Numbers(rest, scale, limit)
    exact = [site.exact(term, row) for row in range(site.size)]
    floats = np.array([np.nan if value is None else float(value) for value in exact])
    return numbers.near(floats, np.abs(floats) * ULP)


def tally(site: Site, term: Term, args: Sequence[Levels]) -> Numbers:
    """How many truths are true."""
    total = np.zeros(site.size)
    for levels in args:
        total += levels == YES
    return Numbers(total, 0, float(len(term.args)))


def choose(_: Site, term: Term, args: Sequence[Any]) -> Numbers:
    """``if`` on numbers."""
    condition, yes, no = args
    fails = None if term.args[0].sure else condition == NO
    return numbers.choose(condition == YES, fails, yes, no)


def _on_days(function: Callable[..., Array]) -> Handler:
    def run(_: Site, term: Term, args: Sequence[Numbers]) -> Numbers:
        values = function(term.data, *(number.values for number in args))
        return Numbers(values, 0, _DATE_LIMIT)

    return run


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("cells", "code"): cells,
    ("lookup", "number"): look_up,
    ("add", "number"): _binary(numbers.add),
    ("subtract", "number"): _binary(numbers.subtract),
    ("multiply", "number"): _binary(numbers.multiply),
    ("divide", "number"): _binary(numbers.divide),
    ("power", "number"): lambda _, term, args: numbers.power(args[0], term.data),
    ("negate", "number"): lambda _, __, args: numbers.negate(args[0]),
    ("absolute", "number"): lambda _, __, args: numbers.absolute(args[0]),
    ("least", "number"): _extreme(np.minimum),
    ("greatest", "number"): _extreme(np.maximum),
    ("round", "number"): round_,
    ("modulo", "number"): modulo,
    ("tally", "number"): tally,
    ("if", "number"): choose,
    ("add months", "number"): _on_days(calendar.add_months),
    ("date part", "number"): _on_days(calendar.date_part),
    ("months between", "number"): _on_days(calendar.months_between),
    ("years", "number"): _on_days(calendar.years),
    ("rest months", "number"): _on_days(calendar.rest_months),
}
"""By operation and family of kinds."""
