"""Interpreter and columns agree on every entity and clause: the sample city whole, Quzhou seeded.

The data go the whole way: source files, the door, registry, snapshot.
"""

import random
from datetime import date

import pyarrow.parquet as pq
import pytest

from yanzhen.apps.facts.services import load_file, make_snapshot
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.organizations.services import load_organizations
from yanzhen.apps.territory.services import load_territory
from yanzhen.engines.columnar.agree import compare
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.packs.book import book_on
from yanzhen.packs.population import make_population

DAY = date(2026, 11, 23)
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(600)]


def _snapshot(tmp_path, size):
    city = current_city()
    load_organizations(city, on=date(2018, 1, 1))
    load_territory(city, on=date(2018, 1, 1))
    report = make_population(city, tmp_path / "sources", size=size, as_of=DAY)
    first = sorted(report.files, key=lambda f: city.datasets[f.dataset].kind != "register")
    for file in first:
        load_file(
            tmp_path / "sources" / file.file,
            file.dataset,
            as_of=file.as_of,
            received_on=file.received_on,
        )
    return make_snapshot(DAY)


def _disagreements(snapshot, rows):
    book = book_on(current_city(), DAY)
    frame = Frame.from_table(pq.read_table(snapshot.file), book.facts.values())
    names = sorted(book.decisions)
    assert compile_plan(book, names).refused == {}
    return compare(book, names, frame, rows)


def test_they_agree_on_every_entity_of_the_sample_city(tmp_path):
    snapshot = _snapshot(tmp_path, 2000)

    found = _disagreements(snapshot, range(snapshot.rows))

    assert snapshot.rows >= 1990
    assert found == []


def test_they_agree_on_a_seeded_sample_of_quzhou(tmp_path, settings, root):
    settings.YANZHEN_CITY = root / "cities" / "quzhou"
    snapshot = _snapshot(tmp_path, 4000)
    rows = random.Random(20261123).sample(  # noqa: S311 -- a sample, no secret
        range(snapshot.rows), 400
    )

    found = _disagreements(snapshot, rows)

    assert len(book_on(current_city(), DAY).decisions) >= 150
    assert found == []
