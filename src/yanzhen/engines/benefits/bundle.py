"""The best bundle of one enterprise for one year, with what was left out and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from yanzhen.engines.benefits import words
from yanzhen.engines.benefits.caps import cut_to
from yanzhen.engines.benefits.choose import choose_best
from yanzhen.engines.benefits.due import Due, due_now
from yanzhen.engines.benefits.meet import cliques_of
from yanzhen.engines.benefits.model import (
    Bundle,
    Cap,
    Cut,
    Group,
    Line,
    Offer,
    Reason,
    Receipt,
    Rejected,
    Scope,
    Veto,
)
from yanzhen.kernel.errors import DecisionError
from yanzhen.kernel.money import to_fen, to_yuan

_HOW: dict[Cut, str] = {"proportional": "按比例", "priority": "按顺序"}


def best_bundle(
    offers: Iterable[Offer],
    *,
    year: int,
    history: Sequence[Receipt] = (),
    vetoes: Sequence[Veto] = (),
    caps: Sequence[Cap] = (),
    cut: Cut = "proportional",
) -> Bundle:
    """Decide what an enterprise gets where clauses overlap (就高不重复).

    First each offer is reduced by what was had (补差、首次、限次、上级已含). Then, of all choices
    without two clauses of one exclusive group and matter, the one worth most is taken; exactly,
    and of equal ones that with fewer clauses, then that with the earlier ones by priority and
    id. Then matter caps and the enterprise's cap cut what is over. This order loses nothing:
    clauses that exclude each other share their matter, so the choice worth most before caps is
    worth most after them too.

    Where a clause ``includes_higher``, decide the higher level first and hand its bundle in as
    :func:`receipts_of` it, with ``higher=True``.

    Args:
        offers: what each clause would give; order does not matter.
        year: the year (年度) decided.
        history: all that was had, by predecessors too; this year's counts against the caps.
        vetoes: the negative lists that hold.
        caps: yearly ceilings; several of one scope leave the lowest.
        cut: how caps over several clauses are kept.

    Raises:
        DecisionError: an offer stands twice, is negative or not in whole fen; a group has two
            rules; a cap cannot be worked out.
    """
    ordered = sorted(offers, key=lambda offer: offer.order)
    _check(ordered, history)
    limits = _limits(caps)
    dues = [
        due_now(offer, year, history, vetoes, limits.get(("clause", offer.clause)))
        for offer in ordered
    ]
    cliques = cliques_of([offer.groups for offer in ordered], [offer.matter for offer in ordered])
    chosen = choose_best([due.fen for due in dues], cliques)
    entitled = [due.fen if place in chosen else 0 for place, due in enumerate(dues)]
    paid, notes = _capped(ordered, entitled, limits, year, history, cut)
    lines: list[Line] = []
    rejected: list[Rejected] = []
    for place, due in enumerate(dues):
        rivals = {other for clique in cliques if place in clique for other in clique} - {place}
        if paid[place]:
            lost = [ordered[other].name for other in sorted(rivals - chosen) if dues[other].fen]
            why = (*due.why, *((words.kept(lost),) if lost else ()), *notes[place])
            lines.append(_line(due, entitled[place], paid[place], why))
        else:
            rejected.append(_rejected(due, dues, sorted(rivals & chosen), notes[place]))
    return Bundle(year, to_yuan(sum(paid)), to_yuan(sum(entitled)), tuple(lines), tuple(rejected))


def receipts_of(
    bundle: Bundle, offers: Iterable[Offer], *, higher: bool = False
) -> tuple[Receipt, ...]:
    """What ``bundle`` pays, as history for the next decision.

    Args:
        bundle: a decided bundle.
        offers: the offers it was decided from; they know the groups.
        higher: the bundle is of a higher level of government than the next decision.
    """
    groups = {(o.clause, o.matter): tuple(group.id for group in o.groups) for o in offers}
    return tuple(
        Receipt(
            line.clause,
            line.amount,
            bundle.year,
            groups[line.clause, line.matter],
            line.matter,
            higher=higher,
            label=line.label,
        )
        for line in bundle.lines
    )


def _check(offers: Sequence[Offer], history: Sequence[Receipt]) -> None:
    """Refuse what has no single meaning."""
    rules: dict[str, Group] = {}
    seen: set[tuple[str, str]] = set()
    for offer in offers:
        if (offer.clause, offer.matter) in seen:
            raise DecisionError(
                f"clause {offer.clause} is offered twice for the matter “{offer.matter}”; "
                "give each its own matter"
            )
        seen.add((offer.clause, offer.matter))
        if offer.includes_higher and not offer.groups:
            raise DecisionError(
                f"clause {offer.clause} includes money from above but stands in no group "
                "that could tell which; name the group"
            )
        for group in offer.groups:
            same = rules.setdefault(group.id, group)
            if (same.rule, same.limit) != (group.rule, group.limit):
                raise DecisionError(
                    f"group {group.id} has two rules, {same.rule} {same.limit} and "
                    f"{group.rule} {group.limit}; give it one"
                )
    amounts = [(offer.clause, offer.amount) for offer in offers]
    amounts += [(receipt.clause, receipt.amount) for receipt in history]
    for clause, amount in amounts:
        if not amount.is_finite() or amount < 0 or amount * 100 % 1:
            raise DecisionError(
                f"clause {clause}: {amount} yuan is not an amount of 0 or more in whole fen"
            )


def _limits(caps: Sequence[Cap]) -> dict[tuple[Scope, str], int]:
    """The lowest ceiling of each scope in fen."""
    limits: dict[tuple[Scope, str], int] = {}
    for cap in caps:
        key = (cap.scope, "" if cap.scope == "enterprise" else cap.of)
        limits[key] = min(cap.fen(), limits.get(key, cap.fen()))
    return limits


def _capped(
    offers: Sequence[Offer],
    entitled: Sequence[int],
    limits: dict[tuple[Scope, str], int],
    year: int,
    history: Sequence[Receipt],
    cut: Cut,
) -> tuple[list[int], list[list[str]]]:
    """What is left under the caps of the matters, then of the enterprise; with the notes."""
    paid = list(entitled)
    notes: list[list[str]] = [[] for _ in offers]
    scopes = [key for key in sorted(limits) if key[0] == "matter"]
    scopes += [key for key in limits if key[0] == "enterprise"]
    for scope, of in scopes:
        inside = [
            place
            for place, offer in enumerate(offers)
            if paid[place] and (scope == "enterprise" or offer.matter == of)
        ]
        used = sum(
            to_fen(receipt.amount)
            for receipt in history
            if receipt.year == year
            and not receipt.higher
            and (scope == "enterprise" or receipt.matter == of)
        )
        left = max(0, limits[scope, of] - used)
        kept = cut_to([paid[place] for place in inside], left, cut)
        what = "企业" if scope == "enterprise" else f"事项“{of}”"
        for place, after in zip(inside, kept, strict=True):
            if after < paid[place]:
                note = words.capped(paid[place], after, left, what, _HOW[cut])
                notes[place].append(note if after else words.cap_full(left, what))
                paid[place] = after
    return paid, notes


def _line(due: Due, entitled: int, paid: int, why: tuple[str, ...]) -> Line:
    offer = due.offer
    return Line(
        clause=offer.clause,
        label=offer.name,
        matter=offer.matter,
        offered=offer.amount,
        entitled=to_yuan(entitled),
        amount=to_yuan(paid),
        why=why,
    )


def _rejected(
    due: Due, dues: Sequence[Due], winners: Sequence[int], notes: Sequence[str]
) -> Rejected:
    """Why an offer is not paid: by itself, for a better one, or under a cap."""
    offer = due.offer
    told = Rejected(
        offer.clause, offer.name, offer.matter, offer.amount, Reason.CAP, "；".join(notes)
    )
    if due.reason is not None:
        why = "；".join(due.why)
        return replace(told, reason=due.reason, why=why, covered_by=due.covered_by)
    if winners and not notes:
        names = [dues[place].offer.name for place in winners]
        is_tie = sum(dues[place].fen for place in winners) == due.fen
        return replace(
            told,
            reason=Reason.BETTER,
            why=words.covered(names, is_tie=is_tie),
            covered_by=tuple(dues[place].offer.clause for place in winners),
        )
    return told
