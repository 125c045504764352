"""Every rule of every city runs in columns, and answers its examples there as well."""

from pathlib import Path

import pytest

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.rows import decide_rows
from yanzhen.packs.book import book_on
from yanzhen.packs.examples import run_examples
from yanzhen.packs.reader import read_city

CITIES = sorted(path.parent for path in Path(__file__).parents[2].glob("cities/*/city.yaml"))


@pytest.fixture(scope="module", params=CITIES, ids=lambda path: path.name)
def city(request):
    return read_city(request.param)


def test_every_example_holds_in_columns(city):
    results = run_examples(city, decide_rows)

    wrong = [
        f"{result.decision}, {result.example.name}: {problem}"
        for result in results
        for problem in result.problems
    ]
    assert wrong == []


def test_every_rule_with_an_example_has_a_column_form(city):
    books = {result.example.on: book_on(city, result.example.on) for result in run_examples(city)}

    refused = {
        name: reason
        for book in books.values()
        for name, reason in compile_plan(book, list(book.decisions)).refused.items()
    }
    assert refused == {}
