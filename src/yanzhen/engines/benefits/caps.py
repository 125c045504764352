"""Ceilings of one enterprise: whole fen, cut by the same share or filled in order."""

from collections.abc import Sequence

from yanzhen.engines.benefits.model import Cut


def cut_to(amounts: Sequence[int], limit: int, how: Cut) -> list[int]:
    """Bring ``amounts`` down so that they sum to ``limit``; unchanged if they are within it.

    Proportional: each gets its share rounded down to the fen, and the fen left go one each to
    the largest remainders, the earlier first. Priority: in order, whole, until nothing is left;
    the one at the edge gets what remains.

    Args:
        amounts: in fen, 0 or more, in order of priority.
        limit: in fen, 0 or more.
        how: see :data:`Cut`.

    >>> cut_to([500, 500, 500], 1000, "proportional"), cut_to([500, 500, 500], 800, "priority")
    ([334, 333, 333], [500, 300, 0])
    """
    total = sum(amounts)
    if total <= limit:
        return list(amounts)
    if how == "priority":
        left, kept = limit, []
        for amount in amounts:
            kept.append(min(amount, left))
            left -= kept[-1]
        return kept
    parts = [divmod(amount * limit, total) for amount in amounts]
    kept = [whole for whole, _ in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    for place in by_remainder[: limit - sum(kept)]:
        kept[place] += 1
    return kept
