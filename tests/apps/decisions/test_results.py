"""What a run computes, keeps and hashes."""

import shutil

import pyarrow as pa
import pytest
from tests.sample_site import DAY

from yanzhen.apps.decisions.results import compute
from yanzhen.apps.facts.wide import content_hash
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

CLAUSE = "listing/first_listing"
IN_COLUMNS = "规上"
ROW_BY_ROW = "'every known in [规上] satisfies known'"


def _nobody(done, total, label):
    """Progress that nobody reads."""


@pytest.fixture
def two_books(settings, tmp_path):
    """The sample city's rules, and the same with a condition that has no column form."""
    folder = tmp_path / "city"
    shutil.copytree(settings.YANZHEN_CITY, folder)
    file = folder / "policies" / "listing" / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"when: {IN_COLUMNS}", f"when: {ROW_BY_ROW}"), encoding="utf-8")
    assert text != file.read_text(encoding="utf-8")
    return book_on(read_city(settings.YANZHEN_CITY), DAY), book_on(read_city(folder), DAY)


def test_a_clause_without_a_column_form_is_decided_row_by_row_with_the_same_result(site, two_books):
    in_columns, row_by_row = two_books

    fast = compute(in_columns, site.snapshot, _nobody)
    slow = compute(row_by_row, site.snapshot, _nobody)

    assert CLAUSE not in compile_plan(in_columns, [CLAUSE]).refused
    assert CLAUSE in compile_plan(row_by_row, [CLAUSE]).refused
    assert slow.summary == fast.summary
    for name in (CLAUSE, f"{CLAUSE}.amount"):
        assert slow.table[name].to_pylist() == fast.table[name].to_pylist()


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["a", "b", None, "a"]).dictionary_encode(),
        pa.array([1, None, 3, 4], pa.int64()),
        pa.array([True, False, None, True]),
        pa.array(["1.50", None, "3.00", "4.00"]).cast(pa.decimal128(38, 2)),
    ],
)
def test_content_hash_does_not_depend_on_how_the_rows_lie_in_memory(column):
    whole = pa.table({"x": column})
    pieces = pa.concat_tables([whole.slice(0, 1), whole.slice(1, 2), whole.slice(3)])
    middle = pa.concat_tables([whole, whole]).slice(4, 4)

    assert content_hash(pieces) == content_hash(middle) == content_hash(whole)


def test_content_hash_tells_values_columns_and_nulls_apart():
    tables = [
        pa.table({"x": pa.array([1, 0])}),
        pa.table({"x": pa.array([1, None], pa.int64())}),
        pa.table({"y": pa.array([1, 0])}),
        pa.table({"x": pa.array([0, 1])}),
    ]

    assert len({content_hash(table) for table in tables}) == len(tables)
