"""What one offer is still worth after all that was had before, before it meets the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from yanzhen.engines.benefits import words
from yanzhen.engines.benefits.model import Group, Offer, Reason, Receipt, Veto
from yanzhen.kernel.money import to_fen


@dataclass(frozen=True, slots=True)
class Due:
    """One offer with what it is worth now.

    Attributes:
        offer: the offer.
        fen: what may still be paid, in fen, 0 or more.
        why: in Chinese, what moved the amount.
        reason: why there is nothing to pay, None if there is.
        covered_by: ids of the clauses had before that leave nothing.
    """

    offer: Offer
    fen: int
    why: tuple[str, ...] = ()
    reason: Reason | None = None
    covered_by: tuple[str, ...] = ()


def due_now(
    offer: Offer, year: int, history: Sequence[Receipt], vetoes: Sequence[Veto], cap: int | None
) -> Due:
    """What ``offer`` is worth in ``year`` looked at alone.

    Args:
        offer: what the clause gives.
        year: the year decided.
        history: all that was had before, predecessors included.
        vetoes: the entries of negative lists that hold.
        cap: the clause's own yearly ceiling in fen, or None.
    """
    for veto in vetoes:
        if not veto.clauses or offer.clause in veto.clauses:
            return Due(offer, 0, (words.vetoed(veto),), Reason.VETO)
    for group in offer.groups:
        if spent := _spent(offer, group, year, history):
            return spent
    level = to_fen(offer.amount)
    if level == 0:
        return Due(offer, 0, ("测算金额为零",), Reason.NOTHING)
    why: tuple[str, ...] = ()
    if cap is not None and cap < level:
        why = (words.clause_capped(level, cap),)
        level = cap
        if cap == 0:
            return Due(offer, 0, why, Reason.CAP)
    had = [receipt for receipt in history if receipt.amount and _counts(offer, receipt, year)]
    if not had:
        return Due(offer, level, why)
    left = level - sum(to_fen(receipt.amount) for receipt in had)
    if left <= 0:
        clauses = tuple(dict.fromkeys(receipt.clause for receipt in had))
        return Due(offer, 0, (*why, words.used_up(level, had)), Reason.PAID, clauses)
    return Due(offer, left, (*why, words.topped_up(level, had, left)))


def _spent(offer: Offer, group: Group, year: int, history: Sequence[Receipt]) -> Due | None:
    """The refusal of a group that pays once, or in some years only, and has done so."""
    had = [
        receipt
        for receipt in history
        if receipt.amount
        and receipt.matter == offer.matter
        and group.id in receipt.groups
        # money from above is part of this amount, not an earlier award of it
        and not (offer.includes_higher and receipt.higher)
    ]
    clauses = tuple(dict.fromkeys(receipt.clause for receipt in had))
    if group.rule == "首次" and had:
        return Due(offer, 0, (words.once(group, had),), Reason.ONCE, clauses)
    if group.rule == "限次":
        years = sorted({receipt.year for receipt in had} - {year})
        if len(years) >= group.limit:
            return Due(offer, 0, (words.times(group, years),), Reason.TIMES, clauses)
    return None


def _counts(offer: Offer, receipt: Receipt, year: int) -> bool:
    """Whether ``receipt`` is taken off the amount of ``offer``; each receipt counts once."""
    if receipt.matter != offer.matter:
        return False
    this_year = receipt.year == year
    if receipt.clause == offer.clause and this_year:
        return True
    for group in offer.groups:
        if group.id not in receipt.groups:
            continue
        match group.rule:
            case "补差":
                return True
            case "就高" | "限次" if this_year:
                return True
            case "首次" if offer.includes_higher and receipt.higher:
                return True
            case "叠加" if offer.includes_higher and receipt.higher and this_year:
                return True
            case _:
                pass
    return False
