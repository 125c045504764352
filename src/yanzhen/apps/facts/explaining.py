"""From a snapshot's row to values that can say where they come from (取值说明)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yanzhen.apps.arrow import pc, pq
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts import precedence
from yanzhen.apps.facts.enums import CorrectionState, Decision
from yanzhen.apps.facts.models import Correction, DataLoad, LinkReview, Snapshot
from yanzhen.apps.facts.provenance import Basis, Candidate, FactValue
from yanzhen.apps.facts.storage import CODE, NAME, ROW, USCC, read_enterprise
from yanzhen.apps.facts.values import read_canonical
from yanzhen.packs.model import City, Dataset, Fact

_EARLIER = 2
"""Earlier deliveries that are shown beside the one that counts."""


def basis_of(enterprise: Enterprise, snapshot: Snapshot, *, until: date | None) -> Basis:
    """The loads behind a snapshot and the enterprise's corrections: two queries.

    Args:
        enterprise: whose corrections.
        snapshot: names its loads.
        until: corrections decided later do not count; None lets all count.
    """
    lines = snapshot.meta["datasets"]
    keys = {name: line.get("loads", []) for name, line in lines.items()}
    known = DataLoad.objects.in_bulk([key for found in keys.values() for key in found])
    loads = {name: tuple(known[key] for key in found) for name, found in keys.items()}
    verified: dict[str, list[Correction]] = {}
    waiting: dict[str, list[Correction]] = {}
    said = Correction.objects.filter(
        enterprise=enterprise, state__in=[CorrectionState.VERIFIED, CorrectionState.PROPOSED]
    )
    for correction in said.order_by("-as_of", "-decided_on", "-pk"):
        decided = correction.decided_on
        holds = decided is not None and (until is None or max(decided, correction.as_of) <= until)
        into = verified if holds else waiting
        into.setdefault(correction.fact, []).append(correction)
    return Basis(loads, verified, waiting)


def explain(fact: Fact, city: City, row: dict[str, Any], basis: Basis, day: date) -> FactValue:
    """The value of one fact with its source and the rule by which it counts."""
    name = fact.spec.name
    dataset = city.datasets.get(fact.dataset)
    main = basis.main(fact.dataset)
    late = main is not None and dataset is not None and (day - main.as_of).days > dataset.freshness
    corrected = basis.corrections.get(name)
    if corrected:
        first = corrected[0]
        value = read_canonical(first.value, fact.spec)
        return FactValue(
            fact=fact,
            value=value,
            known=value is not None,
            dataset=dataset,
            as_of=first.as_of,
            received_on=first.received_on,
            why=precedence.WHY_CORRECTED,
            is_late=late,
            correction=first,
        )
    value = row.get(name)
    return FactValue(
        fact=fact,
        value=value,
        known=value is not None,
        dataset=dataset,
        as_of=None if main is None else main.as_of,
        received_on=None if main is None else main.received_on,
        why=_why(fact, dataset, main, value),
        is_late=late,
        load=main,
    )


def _why(fact: Fact, dataset: Dataset | None, main: DataLoad | None, value: Any) -> str:
    if main is None:
        return precedence.WHY_MISSING
    if value is None:
        return precedence.WHY_UNKNOWN
    if dataset is not None and dataset.kind == "list" and value == fact.absent:
        return precedence.WHY_ABSENT
    return precedence.WHY_NEWEST


def losers(
    facts: Iterable[Fact], city: City, uscc: str, basis: Basis, day: date
) -> dict[str, list[Candidate]]:
    """What lost, by fact: corrections first, then what deliveries before the winner said."""
    found: dict[str, list[Candidate]] = {}
    rows = {d.id: _said(d, uscc, basis, day) for d in city.datasets.values()}
    for fact in facts:
        name = fact.spec.name
        corrected = basis.corrections.get(name, [])
        lost = [_of(c, fact, precedence.LOST_TO_CORRECTION) for c in corrected[1:]]
        lost += [_of(c, fact, precedence.LOST_UNVERIFIED) for c in basis.waiting.get(name, [])]
        said = rows.get(fact.dataset, [])
        why = precedence.LOST_TO_CORRECTION if corrected else precedence.LOST_TO_NEWER
        for load, row in said if corrected else said[1:]:
            value = row.get(name)
            lost.append(Candidate(value, load.as_of, load.received_on, load.file_name, why))
        found[name] = lost
    return found


def _of(correction: Correction, fact: Fact, why: str) -> Candidate:
    value = read_canonical(correction.value, fact.spec)
    return Candidate(value, correction.as_of, correction.received_on, correction.source, why)


def _said(
    dataset: Dataset, uscc: str, basis: Basis, day: date
) -> list[tuple[DataLoad, dict[str, Any]]]:
    """The loads that mention the enterprise with its row, the winner first."""
    speaking = basis.loads.get(dataset.id, ())
    if not speaking:
        return []
    keys = {load.pk for load in speaking}
    earlier = precedence.done_loads(dataset.id, day)[: len(keys) + _EARLIER]
    loads = [*speaking[: _EARLIER + 1], *(load for load in earlier if load.pk not in keys)]
    found = ((load, _row(load, uscc, dataset)) for load in loads)
    return [(load, row) for load, row in found if row is not None]


def _row(load: DataLoad, uscc: str, dataset: Dataset) -> dict[str, Any] | None:
    """An enterprise's row in a load, with rows that persons linked later."""
    rows = read_enterprise(load.file, uscc).to_pylist() or _decided_rows(load, uscc)
    if not rows:
        return None
    rows.sort(key=lambda row: row[ROW])
    if dataset.kind != "history":
        return dict(rows[-1])
    merged: dict[str, Any] = {}
    for row in rows:
        merged |= {name: value for name, value in row.items() if value is not None}
    return merged


def _decided_rows(load: DataLoad, uscc: str) -> list[dict[str, Any]]:
    accepted = LinkReview.objects.filter(
        dataset=load.dataset, candidate=uscc, decision=Decision.ACCEPTED
    )
    given = set(accepted.values_list("given_code", "given_name"))
    if not given:
        return []
    unlinked = pc.field(USCC).is_null() & pc.field(CODE).isin([code for code, _ in given])
    table = pq.read_table(load.file, filters=unlinked)
    return [row for row in table.to_pylist() if (row[CODE], row[NAME] or "") in given]
