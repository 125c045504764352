"""Emitted SQL answers what the other executors answer, or says why it does not."""

import os
from decimal import Decimal
from typing import Any

import pytest
from tests.engines.columnar.column_books import book, clause, table
from tests.engines.columnar.sql.sql_agreement import (
    differences,
    duckdb_rows,
    postgresql_rows,
    table_of,
)

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.sql.emit import emit
from yanzhen.engines.columnar.sql.pieces import NotExactError, literal, quoted
from yanzhen.kernel.errors import DataError, DecisionError

pytest.importorskip("duckdb", reason="DuckDB is not installed")

ROWS = [
    {},
    {"staff": 19, "revenue": Decimal("100.05"), "tax": Decimal("5.00"), "sector": "C13"},
    {"staff": -7, "revenue": Decimal("-3.01"), "tax": Decimal("0.15"), "listed": True},
    {"staff": 0, "revenue": Decimal("0.00"), "tax": Decimal("2.25"), "listed": False},
    {"staff": 20, "revenue": Decimal("100.00"), "tax": Decimal("5.00"), "sector": "it's"},
    {"staff": 3, "revenue": Decimal("2000000.00"), "tax": Decimal("100000.01"), "area": None},
]
LOGICS = [
    "tax / revenue",
    "round half up(tax / staff, 0)",
    "decimal(tax / 2, 1)",
    "decimal(tax / staff, 0)",
    "floor(revenue / 3)",
    "ceiling(-revenue / 7, 1)",
    "round half down(tax * 0.1, 1)",
    "round up(revenue, -2)",
    "modulo(revenue, staff)",
    "min(revenue, tax)",
    "max([revenue, tax, staff])",
    "min(tax / revenue, 0.05)",
    "tax / revenue >= 0.05",
    "tax / revenue = 0.05",
    "(revenue - tax) / revenue * 100 < 95",
    "tax ** 3",
    "revenue = null",
    "tax / revenue = null",
    "if revenue > 0 then tax else revenue",
    "listed = (staff > 3)",
    'sector in ("C13", "it\'s")',
    'starts with(sector, "C")',
    "substring(sector, 2, 1)",
    "string length(sector)",
    "abs(revenue) > 3 or listed",
    "sum(revenue, tax, staff)",
    "mean(revenue, tax, staff)",
]
HITS = ["U", "A", "F", "C+", "C<", "C>", "C#"]


@pytest.fixture(scope="module")
def postgresql():
    url = os.environ.get("YANZHEN_DATABASE_URL", "")
    if not url.startswith("postgresql"):
        pytest.skip("YANZHEN_DATABASE_URL names no PostgreSQL; see scripts/with-postgres")
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(url) as connection:
        yield connection


def all_rules():
    logics: dict[str, Any] = {f"rule_{place}": logic for place, logic in enumerate(LOGICS)}
    for place, hit in enumerate(HITS):
        rows = [["> 3", "-", "1"], ["-", "> 5", "2.5"], ["< 0", "-", "tax"]]
        logics[f"table_{place}"] = table(hit, ["staff", "revenue"], rows)
    logics["paid"] = clause(["revenue > 0", "staff >= 3"], ["listed"], "min(tax * 0.125, 100)")
    return compile_plan(book(logics), list(logics))


def test_duckdb_answers_as_the_columns_do(tmp_path):
    plan = all_rules()
    facts = table_of(plan, ROWS)

    answers = duckdb_rows(plan, facts, tmp_path)

    assert plan.refused == {}
    assert differences(plan, facts, answers) == []
    assert len(answers[0]) == 1 + sum(len(target.outputs) for target in plan.targets.values())


def test_postgresql_answers_as_the_columns_do(postgresql):
    plan = all_rules()
    facts = table_of(plan, ROWS)

    answers = postgresql_rows(plan, facts, postgresql)

    assert differences(plan, facts, answers) == []
    assert len(answers[0]) == 1 + sum(len(target.outputs) for target in plan.targets.values())


def test_shared_parts_are_written_once():
    rules = book({"one": "tax * 0.35 + 1 > 7", "two": "tax * 0.35 + 1 < 20"})

    script = emit(compile_plan(rules, ["one", "two"]), "duckdb", source="facts")

    assert len(script.statements) == 1
    assert script.statements[0].sql.count("0.35") == 1


@pytest.mark.parametrize(
    ("logic", "reason"),
    [
        ("upper case(sector)", "the function upper case"),
        ('matches(sector, "a.b")', "the function matches"),
        ("revenue * tax", "a number can come to 37 digits"),
        ("tax / revenue + revenue / tax", "the sum of two quotients"),
        ("tax / revenue * 0.3 > 1", "without finite reciprocal"),
    ],
)
def test_what_cannot_be_exact_is_refused_with_the_reason(logic, reason):
    plan = compile_plan(book({"main": logic, "good": "staff + 1"}), ["main", "good"])

    script = emit(plan, "postgresql", source="facts")

    assert list(script.refused) == ["main"]
    assert reason in script.refused["main"]
    assert [out.name for s in script.statements for out in s.outputs] == ["good"]


def test_smaller_limits_allow_more():
    plan = compile_plan(book({"main": "revenue * tax"}), ["main"])
    limits = {"revenue": Decimal(10**10), "tax": Decimal(10**10)}

    script = emit(plan, "duckdb", source="facts", limits=limits)

    assert script.refused == {}


def test_names_and_texts_cannot_break_out():
    assert quoted('a" ; DROP TABLE x; --') == '"a"" ; DROP TABLE x; --"'
    assert literal("'; DROP TABLE x; --") == "'''; DROP TABLE x; --'"
    with pytest.raises(NotExactError, match="NUL"):
        literal("a\0b")


def test_a_key_that_is_not_unique_is_an_error(tmp_path):
    plan = compile_plan(book({"main": "staff + 1"}), ["main"])
    facts = table_of(plan, ROWS)
    facts = facts.set_column(0, "uscc", [[1] * len(ROWS)])

    with pytest.raises(DataError, match=r"not unique: key \(5 rows\)"):
        duckdb_rows(plan, facts, tmp_path)


def test_an_unknown_dialect_is_an_error():
    plan = compile_plan(book({"main": "staff + 1"}), ["main"])

    with pytest.raises(DecisionError, match="no SQL dialect 'mysql'; there are duckdb, postgresql"):
        emit(plan, "mysql", source="facts")
