"""Any rule on any facts, and every decision of the cities, through SQL."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.columnar.sql.sql_agreement import (
    differences,
    duckdb_rows,
    postgresql_rows,
    table_of,
)
from tests.generative.test_columns_agree import logic, make_book, row

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

pytest.importorskip("duckdb", reason="DuckDB is not installed")

CITIES = Path(__file__).parents[4] / "cities"
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("mode", ["three_valued", "spec"])
@settings(max_examples=60, deadline=None)
@given(main=logic, rows=st.lists(row, min_size=1, max_size=8))
def test_duckdb_agrees_on_any_rule(mode, main, rows):
    plan = compile_plan(make_book(main), ["main", "years", "sizable"], mode=mode)
    facts = table_of(plan, rows)

    with TemporaryDirectory() as folder:
        answers = duckdb_rows(plan, facts, Path(folder))

    assert differences(plan, facts, answers) == []


def connection():
    url = os.environ.get("YANZHEN_DATABASE_URL", "")
    if not url.startswith("postgresql"):
        pytest.skip("YANZHEN_DATABASE_URL names no PostgreSQL; see scripts/with-postgres")
    return pytest.importorskip("psycopg").connect(url)


@settings(max_examples=60, deadline=None)
@given(main=logic, rows=st.lists(row, min_size=1, max_size=8))
def test_postgresql_agrees_on_any_rule(main, rows):
    plan = compile_plan(make_book(main), ["main", "years", "sizable"])
    facts = table_of(plan, rows)

    with connection() as open_:
        answers = postgresql_rows(plan, facts, open_)

    assert differences(plan, facts, answers) == []


def city_case(name):
    book = book_on(read_city(CITIES / name), DAY)
    plan = compile_plan(book, list(book.decisions))
    random = Random(20261123)  # noqa: S311 -- facts, not secrets
    words = ["C13", "345", "92", "是", "A", "高新技术企业"]

    def value(fact):
        if random.random() < 0.2:
            return None
        match fact.type:
            case "boolean":
                return random.random() < 0.5
            case "integer":
                return random.choice([0, 1, 3, 20, 300, random.randrange(10**5)])
            case "date":
                return date.fromordinal(DAY.toordinal() - random.randrange(9000))
            case "text":
                return random.choice(words)
            case _:
                size = 10 ** random.randrange(1, 9)
                return Decimal(random.randrange(-size // 9, size)).scaleb(-fact.scale) * 100

    rows = [{f.name: value(f) for f in plan.facts.values()} for _ in range(300)]
    return plan, table_of(plan, rows)


@pytest.mark.parametrize("name", ["sample", "quzhou"])
def test_every_decision_of_a_city_agrees_on_duckdb(name, tmp_path):
    plan, facts = city_case(name)

    answers = duckdb_rows(plan, facts, tmp_path)

    assert differences(plan, facts, answers) == []


@pytest.mark.parametrize("name", ["sample", "quzhou"])
def test_every_decision_of_a_city_agrees_on_postgresql(name):
    plan, facts = city_case(name)

    with connection() as open_:
        answers = postgresql_rows(plan, facts, open_)

    assert differences(plan, facts, answers) == []
