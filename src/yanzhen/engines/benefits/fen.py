"""Exact shares of whole fen in columns (整数分的精确分摊)."""

import numpy as np
from numpy.typing import NDArray

type Fen = NDArray[np.int64]
"""Amounts in whole fen; shapes are told where it is used."""

MOST = 1 << 53
"""Sums must stay below this many fen (90 万亿元), so that first guesses in doubles are close."""


def share_of(amounts: Fen, part: Fen | int, whole: Fen | int) -> tuple[Fen, Fen]:
    """``amounts · part / whole`` rounded down, and the remainders of these divisions.

    A guess in doubles is off by a few units at most; the residue, taken modulo 2⁶⁴ and hence
    exact while it is small, puts it right. No product needs more than 64 bits.

    Args:
        amounts: shape (n,) or (n, k), ``0 ≤ amounts ≤ whole``.
        part: ``0 ≤ part ≤ whole``, a number or broadcastable.
        whole: below :data:`MOST`; where it is 0 the share is 0.

    Returns:
        Quotients and remainders, both of the shape of ``amounts``;
        ``amounts · part = quotient · whole + remainder`` and ``0 ≤ remainder < whole``.

    >>> [column.tolist() for column in share_of(np.array([2, 1, 0]), 2, 3)]
    [[1, 0, 0], [1, 2, 0]]
    """
    parts = np.asarray(part, dtype=np.int64)
    wholes = np.maximum(np.asarray(whole, dtype=np.int64), 1)
    guess = (amounts * (parts / wholes)).astype(np.int64)
    residue = amounts * parts - guess * wholes  # wraps; the true value is small
    steps = residue // wholes
    return guess + steps, residue - steps * wholes


def checked(amounts: Fen, name: str = "amounts") -> Fen:
    """``amounts`` as 64-bit fen, none negative, and their sum within :data:`MOST`.

    Raises:
        ValueError: they are not whole numbers, negative, or too much.
    """
    if not np.issubdtype(np.asarray(amounts).dtype, np.integer):
        raise ValueError(f"{name} must be whole fen, got {np.asarray(amounts).dtype}")
    fen = np.asarray(amounts, dtype=np.int64)
    if fen.size and fen.min() < 0:
        raise ValueError(f"{name} must be 0 fen or more, got {fen.min()}")
    if float(fen.sum(dtype=np.float64)) >= MOST:
        raise ValueError(f"{name} sum to {MOST} fen or more; split the run")
    return fen
