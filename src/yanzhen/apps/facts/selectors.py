"""Reading facts, loads and snapshots.

Facts of one enterprise are asked for with an ``Enterprise`` that came from a selector of the
registry, so that nobody reads beyond what they may see. Loads and snapshots are for staff; their
screens ask for ``data.read``.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yanzhen.apps.arrow import pc, pq
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.enums import CorrectionState, Decision
from yanzhen.apps.facts.explaining import basis_of, explain, losers
from yanzhen.apps.facts.models import Correction, DataLoad, LinkReview, Snapshot
from yanzhen.apps.facts.precedence import Delivery, delivery_on
from yanzhen.apps.facts.provenance import Candidate, FactValue, Freshness
from yanzhen.apps.facts.reading_snapshot import read_row
from yanzhen.apps.facts.storage import CODE, NAME, ROW, USCC
from yanzhen.apps.facts.values import read_canonical
from yanzhen.packs.model import City

__all__ = [
    "Candidate",
    "FactValue",
    "Freshness",
    "corrections_of",
    "fact_values",
    "freshness",
    "latest_snapshot",
    "live_row",
    "loads",
    "open_reviews",
    "snapshot_row",
    "snapshots",
    "unlinked_rows",
]


def snapshots() -> QuerySet[Snapshot]:
    """All snapshots, newest first."""
    return Snapshot.objects.order_by("-day", "-pk")


def latest_snapshot(day: date | None = None) -> Snapshot | None:
    """The newest snapshot, or the newest of those up to ``day``."""
    known = snapshots()
    return (known if day is None else known.filter(day__lte=day)).first()


def snapshot_row(snapshot: Snapshot, uscc: str) -> dict[str, Any] | None:
    """Every fact of one enterprise by id, as the snapshot holds it; None if it does not."""
    return read_row(snapshot.file, uscc)


def live_row(snapshot: Snapshot, enterprise: Enterprise, city: City) -> dict[str, Any] | None:
    """The snapshot's row with corrections verified since; what one enterprise is decided on."""
    row = snapshot_row(snapshot, enterprise.uscc)
    if row is None:
        return None
    verified = Correction.objects.filter(enterprise=enterprise, state=CorrectionState.VERIFIED)
    for correction in verified.order_by("as_of", "decided_on", "pk"):
        fact = city.facts.get(correction.fact)
        if fact is not None:
            row[correction.fact] = read_canonical(correction.value, fact.spec)
    return row


def fact_values(
    enterprise: Enterprise, city: City, day: date, *, with_lost: bool = True
) -> list[FactValue]:
    """Every fact of an enterprise with its source and the rule by which it counts.

    Args:
        enterprise: from a selector of the registry.
        city: the city folder.
        day: the newest snapshot up to it speaks; where that is the newest of all, corrections
            verified since count too.
        with_lost: also tell which values lost and why; reads the files behind the snapshot.

    Returns:
        One line for each fact, in the order of the dictionary; none before the first snapshot,
        and all unknown where the snapshot does not hold the enterprise.
    """
    snapshot, newest = latest_snapshot(day), latest_snapshot()
    if snapshot is None or newest is None:
        return []
    until = None if newest.pk == snapshot.pk else snapshot.day
    basis = basis_of(enterprise, snapshot, until=until)
    row = snapshot_row(snapshot, enterprise.uscc) or {}
    values = [explain(fact, city, row, basis, day) for fact in city.facts.values()]
    if not with_lost:
        return values
    lost = losers(city.facts.values(), city, enterprise.uscc, basis, snapshot.day)
    return [replace(value, lost=tuple(lost[value.fact.spec.name])) for value in values]


def corrections_of(enterprise: Enterprise) -> QuerySet[Correction]:
    """Every correction ever proposed for an enterprise, newest first."""
    said = Correction.objects.filter(enterprise=enterprise).select_related("by", "decided_by")
    return said.order_by("-received_on", "-pk")


def freshness(city: City, day: date) -> list[Freshness]:
    """How fresh every data set of the city is on ``day``, in the order of the folder."""
    return [_freshness(delivery_on(dataset, day), day) for dataset in city.datasets.values()]


def _freshness(delivery: Delivery, day: date) -> Freshness:
    dataset, main = delivery.dataset, delivery.main
    if main is None:
        return Freshness(dataset, None, None, is_missing=True, is_late=False)
    age = (day - main.as_of).days
    speaking = [load for load in delivery.loads if main.pk in {load.pk, load.supplements_id}]
    return Freshness(
        dataset,
        main,
        age,
        is_missing=False,
        is_late=age > dataset.freshness,
        rows=sum(load.accepted for load in speaking),
        linked=sum(load.linked for load in speaking),
        rejected=main.rejected,
        in_review=sum(load.in_review for load in speaking),
    )


def loads(dataset: str | None = None) -> QuerySet[DataLoad]:
    """Loads of one data set or of all, newest first."""
    found = DataLoad.objects.select_related("by").order_by("-as_of", "-received_on", "-pk")
    return found if dataset is None else found.filter(dataset=dataset)


def open_reviews(dataset: str | None = None) -> QuerySet[LinkReview]:
    """Links that wait for a person, the likeliest first."""
    found = LinkReview.objects.filter(decision=Decision.OPEN).select_related("load")
    return found if dataset is None else found.filter(dataset=dataset)


def unlinked_rows(load: DataLoad, limit: int = 500) -> list[dict[str, Any]]:
    """Rows of a load that belong to no enterprise: ``row``, ``code``, ``name``, in file order."""
    table = pq.read_table(load.file, columns=[ROW, CODE, NAME], filters=pc.field(USCC).is_null())
    rows = table.sort_by(ROW).slice(0, limit).to_pylist()
    return [{"row": row[ROW], "code": row[CODE], "name": row[NAME] or ""} for row in rows]
