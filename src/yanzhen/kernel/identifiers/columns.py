"""Unified codes by the column: make and check hundreds of thousands at once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yanzhen.kernel.errors import DataError
from yanzhen.kernel.identifiers import organization, uscc

type Codes = NDArray[np.str_]
type Flags = NDArray[np.bool_]
type Characters = NDArray[np.uint32]

_BODY = 8
_NONE = -1
_TABLE = 128
"""Characters beyond ASCII belong to no code."""


def _values(alphabet: str) -> NDArray[np.int16]:
    """Value of each ASCII character in ``alphabet``; -1 outside it."""
    table = np.full(_TABLE, _NONE, dtype=np.int16)
    table[[ord(character) for character in alphabet]] = np.arange(len(alphabet))
    return table


_USCC_VALUES = _values(uscc.ALPHABET)
_ORGANIZATION_VALUES = _values(organization.ALPHABET)
_USCC_CHARACTERS = np.array([ord(c) for c in uscc.ALPHABET], dtype=np.uint32)
_ORGANIZATION_CHECKS = np.array([ord(c) for c in organization.CHECKS], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class UsccColumn:
    """What can be said of a column of codes, one row each.

    Attributes:
        shape_ok: eighteen characters of the alphabet.
        check_ok: the last character fits; False where the shape is wrong.
        inner_check_ok: the organization code inside fits; False where the shape is wrong.
    """

    shape_ok: Flags
    check_ok: Flags
    inner_check_ok: Flags


def check_usccs(codes: ArrayLike) -> UsccColumn:
    """Check a column of codes that are already normalized.

    Args:
        codes: shape (n,), text.

    >>> found = check_usccs(["91330000704204554C", "91350211M0000XUF46", "12"])
    >>> found.shape_ok.tolist(), found.check_ok.tolist(), found.inner_check_ok.tolist()
    ([True, True, False], [True, False, False], [True, True, False])
    """
    text = np.asarray(codes, dtype=np.str_).reshape(-1)
    long_enough = np.strings.str_len(text) == uscc.LENGTH
    characters = _characters(np.where(long_enough, text, "0" * uscc.LENGTH), uscc.LENGTH)
    values = _look_up(_USCC_VALUES, characters)
    shape_ok = long_enough & (values != _NONE).all(axis=1)
    check_ok = _uscc_checks(characters[:, :-1]) == characters[:, -1]
    inner = _organization_checks(characters[:, 8:16]) == characters[:, 16]
    return UsccColumn(shape_ok, check_ok & shape_ok, inner & shape_ok)


def make_usccs(department: ArrayLike, kind: ArrayLike, region: ArrayLike, org8: ArrayLike) -> Codes:
    """Valid codes from their parts; the column form of :func:`make_uscc`.

    Args:
        department: register department, one character, one for all or shape (n,).
        kind: kind of body, one character, one for all or shape (n,).
        region: GB/T 2260 codes, six digits, one for all or shape (n,).
        org8: bodies of the organization codes, eight characters, shape (n,).

    Returns:
        Shape (n,), text of eighteen characters.

    Raises:
        DataError: a part has the wrong length or characters; says which row.

    >>> make_usccs("9", "1", "330000", ["70420455"]).tolist()
    ['91330000704204554C']
    """
    parts = np.broadcast_arrays(
        *(
            np.atleast_1d(np.asarray(part, dtype=np.str_))
            for part in (department, kind, region, org8)
        )
    )
    rows = len(parts[0])
    characters = np.zeros((rows, uscc.LENGTH), dtype=np.uint32)
    starts = (0, 1, 2, 8)
    for part, start, length in zip(parts, starts, (1, 1, 6, _BODY), strict=True):
        wrong = np.flatnonzero(np.strings.str_len(part) != length)
        if wrong.size:
            raise DataError(
                f"row {wrong[0]}: {str(part[wrong[0]])!r} should have {length} characters"
            )
        characters[:, start : start + length] = _characters(part, length)
    body = characters[:, :16]
    outside = np.flatnonzero((_look_up(_USCC_VALUES, body) == _NONE).any(axis=1))
    if outside.size:
        row = int(outside[0])
        text = "".join(map(chr, body[row]))
        raise DataError(f"row {row}: {text!r} has a character outside {uscc.ALPHABET}")
    characters[:, 16] = _organization_checks(characters[:, 8:16])
    characters[:, 17] = _uscc_checks(characters[:, :17])
    made: Codes = characters.reshape(-1).view(f"<U{uscc.LENGTH}")
    return made


def spell_organization_bodies(serials: ArrayLike, *, prefix: str = "") -> Codes:
    """Eight-character bodies that count up behind ``prefix``, in the 31 characters allowed.

    Args:
        serials: shape (n,), whole numbers of 0 and more; different ones give different bodies.
        prefix: the fixed beginning, such as ``MA2`` as offices have given since 2015.

    Raises:
        DataError: a serial is negative or too large for the places left.

    >>> spell_organization_bodies([0, 31], prefix="MA2").tolist()
    ['MA200000', 'MA200010']
    """
    numbers = np.asarray(serials, dtype=np.int64).reshape(-1)
    places = _BODY - len(prefix)
    room = len(uscc.ALPHABET) ** places
    if numbers.size and (numbers.min() < 0 or numbers.max() >= room):
        raise DataError(f"serials must lie in 0..{room - 1} behind the prefix {prefix!r}")
    characters = np.zeros((len(numbers), _BODY), dtype=np.uint32)
    characters[:, : len(prefix)] = [ord(character) for character in prefix]
    rest = numbers
    for place in range(_BODY - 1, len(prefix) - 1, -1):
        rest, value = np.divmod(rest, len(uscc.ALPHABET))
        characters[:, place] = _USCC_CHARACTERS[value]
    spelled: Codes = characters.reshape(-1).view(f"<U{_BODY}")
    return spelled


def _characters(text: Codes, length: int) -> Characters:
    """Code points, shape (n, length), of texts that are ``length`` long."""
    packed = np.ascontiguousarray(text.astype(f"<U{length}"))
    return packed.view(np.uint32).reshape(-1, length)


def _look_up(table: NDArray[np.int16], characters: Characters) -> NDArray[Any]:
    found = table[np.minimum(characters, _TABLE - 1)]
    return np.where(characters < _TABLE, found, _NONE)


def _organization_checks(body: Characters) -> Characters:
    """Check characters for bodies of shape (n, 8)."""
    total = _look_up(_ORGANIZATION_VALUES, body).astype(np.int64) @ np.array(organization.WEIGHTS)
    checks: Characters = _ORGANIZATION_CHECKS[total % 11]
    return checks


def _uscc_checks(body: Characters) -> Characters:
    """Check characters for bodies of shape (n, 17)."""
    total = _look_up(_USCC_VALUES, body).astype(np.int64) @ np.array(uscc.WEIGHTS)
    checks: Characters = _USCC_CHARACTERS[-total % 31]
    return checks
