"""Operations on truths, as levels: 0 no, 1 unknown, 2 yes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from yanzhen.engines.columnar.columns import Handler, Site, Texts
from yanzhen.engines.columnar.frame import UNKNOWN, YES, Levels
from yanzhen.engines.columnar.tables import LEVEL_OF, levels_by_steps
from yanzhen.engines.columnar.terms import Term


def as_levels(flags: Any) -> Levels:
    """Levels of what is never unknown."""
    levels: Levels = np.asarray(flags).view(np.uint8)
    return levels + levels


def _together(function: Callable[..., Levels], members: Sequence[Levels]) -> Levels:
    first, second, *rest = members
    result = function(first, second)
    for member in rest:
        # what was made here may be written over, unless it is still a constant
        result = function(result, member, out=result) if result.ndim else function(result, member)
    return result


def conjunction(_: Site, __: Term, args: Sequence[Levels]) -> Levels:
    """Kleene's and: the least level."""
    return _together(np.minimum, args)


def disjunction(_: Site, __: Term, args: Sequence[Levels]) -> Levels:
    """Kleene's or: the greatest level."""
    return _together(np.maximum, args)


def opposite(_: Site, __: Term, args: Sequence[Levels]) -> Levels:
    """``not``."""
    turned: Levels = np.subtract(np.uint8(YES), args[0])
    return turned


def has_truth(_: Site, term: Term, args: Sequence[Levels]) -> Levels:
    """Whether a truth is exactly the one in ``data``."""
    return as_levels(args[0] == LEVEL_OF[term.data])


def missing(_: Site, __: Term, args: Sequence[Any]) -> Levels:
    """Whether a truth or a text is null; numbers are asked through their cells."""
    value = args[0]
    return as_levels(value.codes < 0 if isinstance(value, Texts) else value == UNKNOWN)


def look_up(site: Site, term: Term, _: Sequence[Any]) -> Levels:
    """The level of each code: by comparing where few levels change, else by a table."""
    table, codes = site.tables.truth(term), site.codes(term.args[0])
    if table.steps is not None:
        return levels_by_steps(table, codes)
    if codes.dtype == np.uint8:
        return np.frombuffer(codes.tobytes().translate(table.as_bytes), np.uint8)
    found: Levels = table.levels[codes]
    return found


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("and", "truth"): conjunction,
    ("or", "truth"): disjunction,
    ("not", "truth"): opposite,
    ("is", "truth"): has_truth,
    ("missing", "truth"): missing,
    ("lookup", "truth"): look_up,
}
"""By operation and family of kinds."""
