"""Links that persons decide, and links found later (关联核对与补关联)."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from django.db import transaction

from yanzhen.apps.arrow import Table, pa, pc, pq
from yanzhen.apps.enterprises.names import name_reader
from yanzhen.apps.facts.columns import name_column
from yanzhen.apps.facts.enums import Decision
from yanzhen.apps.facts.linking import Proposal, link_rows, registry_index
from yanzhen.apps.facts.linking.link import Given
from yanzhen.apps.facts.models import DataLoad, LinkReview
from yanzhen.apps.facts.precedence import delivery_on
from yanzhen.apps.facts.storage import CODE, NAME, ROW, USCC, write_parquet
from yanzhen.apps.journal.services import record
from yanzhen.packs.model import City

_LONGEST_NAME = 200


def decided_links(dataset: str) -> dict[Given, str]:
    """What persons confirmed for a data set: unified code by the code and name of the file."""
    rows = LinkReview.objects.filter(dataset=dataset, decision=Decision.ACCEPTED)
    found = rows.values_list("given_code", "given_name", "candidate")
    return {(code, name): uscc for code, name, uscc in found}


def ask(load: DataLoad, table: Table, proposals: Mapping[int, Sequence[Proposal]]) -> None:
    """Put what a person must decide on the list; what was asked before is not asked again.

    Args:
        load: receives the number of rows that wait; saving it is the caller's.
        table: the accepted rows of the load.
        proposals: by row number of the file.
    """
    place = {number: i for i, number in enumerate(table[ROW].to_pylist())}
    codes, names = table[CODE].to_pylist(), table[NAME].to_pylist()
    reviews = [
        LinkReview(
            load=load,
            dataset=load.dataset,
            row=number,
            given_code=codes[place[number]],
            given_name=(names[place[number]] or "")[:_LONGEST_NAME],
            candidate=proposal.candidate,
            score=proposal.score,
            evidence=list(proposal.evidence),
        )
        for number, found in proposals.items()
        if number in place
        for proposal in found
    ]
    LinkReview.objects.bulk_create(reviews, batch_size=1000, ignore_conflicts=True)
    waiting = LinkReview.objects.filter(load=load, decision=Decision.OPEN)
    load.in_review = waiting.values("row").distinct().count()


def relink_all(city: City) -> int:
    """Link rows of the newest deliveries that came before the register knew their enterprises.

    Returns:
        How many rows were linked (补关联).
    """
    return sum(
        _relink(load, city)
        for dataset in city.datasets.values()
        if dataset.kind != "register"
        for load in delivery_on(dataset, date.max).loads
        if load.unlinked
    )


def _relink(load: DataLoad, city: City) -> int:
    table = pq.read_table(load.file)
    missing = pc.is_null(table[USCC]).combine_chunks()
    rows = np.flatnonzero(missing.to_numpy(zero_copy_only=False))
    part = table.take(pa.array(rows))
    has_names = name_column(city.datasets[load.dataset]) is not None
    linked = link_rows(
        part[CODE].combine_chunks(),
        part[NAME].combine_chunks() if has_names else None,
        registry_index(),
        name_reader(city),
        decided=decided_links(load.dataset),
    )
    numbers = part[ROW].to_pylist()
    proposals: dict[int, list[Proposal]] = {}
    for proposal in linked.proposals:
        proposals.setdefault(numbers[proposal.row], []).append(proposal)
    if linked.linked:
        usccs = pc.replace_with_mask(table[USCC].combine_chunks(), missing, linked.uscc)
        table = table.set_column(table.column_names.index(USCC), USCC, usccs)
        table = table.sort_by([(USCC, "ascending"), (ROW, "ascending")])
        write_parquet(table, load.path)
    with transaction.atomic():
        load.linked += linked.linked
        load.unlinked -= linked.linked
        ask(load, table, proposals)
        load.save(update_fields=["linked", "unlinked", "in_review"])
        if linked.linked:
            record("facts.relinked", load, by=None, rows=linked.linked)
    return linked.linked
