"""The best bundles of a whole population at once (全体择优): as for one, in columns."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from yanzhen.engines.benefits.choose import choose_best, components, maximal_choices
from yanzhen.engines.benefits.fen import Fen, checked, share_of
from yanzhen.engines.benefits.model import Cut

type Flags = NDArray[np.bool_]

_MOST_SETS = 2048
"""A component with more maximal choices is solved row by row."""
_MOST_COLUMNS = 56
"""So many columns settle a tie in 64 bits: a bit for each, and their number above."""
_CELLS = 1 << 20
"""Rows are taken in blocks so that no working array holds more cells."""


def choose_columns(amounts: Fen, cliques: Sequence[Sequence[int]]) -> Flags:
    """The best choice of each row, as :func:`~yanzhen.engines.benefits.choose.choose_best` has it.

    Clauses meet in the same way for everyone, so the choices are listed once for each set of
    clauses that hang together, and every row takes the best of them.

    Args:
        amounts: shape (n, k), in fen: row an enterprise, column a clause, already less what was
            had; columns stand in the order that settles ties.
        cliques: columns that exclude each other.

    Returns:
        Shape (n, k), True where the clause is chosen; never where the amount is 0.

    Raises:
        ValueError: an amount is negative or not whole, or the sum is too much.

    >>> choose_columns(np.array([[15, 20], [5, 0]]), [[0, 1]]).tolist()
    [[False, True], [True, False]]
    """
    fen = checked(amounts)
    if fen.ndim != 2:  # noqa: PLR2004 -- rows and columns
        raise ValueError(f"amounts need rows and columns, got {fen.ndim} dimension(s)")
    chosen = fen > 0
    for columns in components(fen.shape[1], cliques):
        if len(columns) == 1:
            continue
        place = {column: at for at, column in enumerate(columns)}
        inner = [[place[column] for column in clique if column in place] for clique in cliques]
        sets = _listed(len(columns), inner)
        step = max(1, _CELLS // (1 if sets is None else len(sets)))
        for start in range(0, len(fen), step):
            rows = slice(start, start + step)
            block = fen[rows, columns]
            picked = _row_by_row(block, inner) if sets is None else _best_of(block, sets)
            chosen[rows, columns] &= picked
    return chosen


def cap_rows(amounts: Fen, limits: Fen, how: Cut = "proportional") -> Fen:
    """Bring each row down to its limit, as :func:`~yanzhen.engines.benefits.caps.cut_to` does.

    Args:
        amounts: shape (n, k), in fen, columns in order of priority.
        limits: shape (n,), in fen: what each enterprise may still get.
        how: by the same share, or in order until it is full.

    Raises:
        ValueError: an amount is negative or not whole, or the sum is too much.

    >>> cap_rows(np.array([[500, 500, 500]]), np.array([1000])).tolist()
    [[334, 333, 333]]
    """
    fen, most = checked(amounts), checked(limits, "limits")[:, np.newaxis]
    if how == "priority":
        before = np.cumsum(fen, axis=1) - fen
        return np.clip(most - before, 0, fen)
    totals = fen.sum(axis=1, keepdims=True)
    kept, remainders = share_of(fen, np.minimum(most, totals), totals)
    spare = np.minimum(most, totals) - kept.sum(axis=1, keepdims=True)
    by_remainder = np.argsort(-remainders, axis=1, kind="stable")
    extra = (np.arange(fen.shape[1]) < spare).astype(np.int64)
    np.put_along_axis(kept, by_remainder, np.take_along_axis(kept, by_remainder, 1) + extra, 1)
    return kept


def _listed(count: int, cliques: Sequence[Sequence[int]]) -> Flags | None:
    """All maximal choices, shape (choices, count); None if they are too many to list."""
    if count > _MOST_COLUMNS:
        return None
    found = list(islice(maximal_choices(count, cliques), _MOST_SETS + 1))
    if len(found) > _MOST_SETS:
        return None
    sets = np.zeros((len(found), count), dtype=np.bool_)
    for at, members in enumerate(found):
        sets[at, members] = True
    return sets


def _best_of(block: Fen, sets: Flags) -> Flags:
    """The best of the listed choices for each row: worth, then fewer, then earlier."""
    count = block.shape[1]
    worth = np.empty((len(block), len(sets)), dtype=np.int64)
    ties = np.empty_like(worth)
    bits = np.int64(1) << np.arange(count - 1, -1, -1, dtype=np.int64)
    rank = np.where(block > 0, bits - (np.int64(1) << count), 0)
    for at, members in enumerate(sets):
        worth[:, at] = block[:, members].sum(axis=1)
        ties[:, at] = rank[:, members].sum(axis=1)
    lowest = np.iinfo(np.int64).min
    ties[worth < worth.max(axis=1, keepdims=True)] = lowest
    picked: Flags = sets[ties.argmax(axis=1)]
    return picked


def _row_by_row(block: Fen, cliques: Sequence[Sequence[int]]) -> Flags:
    """The same through the exact search, for conflicts too rich to list."""
    picked = np.zeros(block.shape, dtype=np.bool_)
    for row, weights in enumerate(block.tolist()):
        picked[row, list(choose_best(weights, cliques))] = True
    return picked
