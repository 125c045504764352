"""Operations on texts of more than one fact; all others are look-ups."""

from collections.abc import Mapping, Sequence

import numpy as np

from yanzhen.engines.columnar.columns import Handler, Site, Texts
from yanzhen.engines.columnar.frame import NO, UNKNOWN, YES, Codes, Levels
from yanzhen.engines.columnar.terms import Term
from yanzhen.engines.columnar.truth_ops import as_levels


def compare(_: Site, __: Term, args: Sequence[Texts]) -> Levels:
    """``=`` of two texts, unknown if either is null."""
    left, right = args
    place = {word: code for code, word in enumerate(left.words)}
    codes = np.array([-1, *(place.get(word, -2) for word in right.words)], np.int32)
    equal = as_levels(left.codes == codes[right.codes + 1])
    known = (left.codes >= 0) & (right.codes >= 0)
    return np.where(known, equal, np.uint8(UNKNOWN))


def member(_: Site, term: Term, args: Sequence[Texts]) -> Levels:
    """Whether a text is one of the constants in ``data``."""
    value = args[0]
    levels = [UNKNOWN, *(YES if word in term.data else NO for word in value.words)]
    found: Levels = np.array(levels, np.uint8)[value.codes + 1]
    return found


def choose(_: Site, __: Term, args: Sequence[object]) -> Texts:
    """``if`` on texts."""
    condition, yes, no = args
    assert isinstance(yes, Texts)  # noqa: S101 -- narrows for the type checker
    assert isinstance(no, Texts)  # noqa: S101
    words, codes = _merged(yes, no)
    rest = np.where(np.equal(condition, NO), codes, np.int32(-1))  # type: ignore[call-overload]
    return Texts(np.where(np.equal(condition, YES), yes.codes, rest), words)  # type: ignore[call-overload]


def _merged(one: Texts, other: Texts) -> tuple[tuple[str, ...], Codes]:
    """The words of both, and the codes of the other among them."""
    if one.words == other.words:
        return one.words, other.codes
    place = {word: code for code, word in enumerate(one.words)}
    for word in other.words:
        place.setdefault(word, len(place))
    codes = np.array([-1, *(place[word] for word in other.words)], np.int32)
    return tuple(place), codes[other.codes + 1]


def look_up(site: Site, term: Term, _: Sequence[object]) -> Texts:
    """The text of each code."""
    table = site.tables.texts(term)
    return Texts(table.codes[site.codes(term.args[0])], table.words)


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("compare", "text"): compare,
    ("member", "text"): member,
    ("if", "text"): choose,
    ("lookup", "text"): look_up,
}
"""By operation and family of kinds."""
