"""Rows through the emitted SQL, to be held against the vector executor."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yanzhen.engines.columnar.agree import output_value
from yanzhen.engines.columnar.frame import Frame, arrow_type
from yanzhen.engines.columnar.plan import Plan
from yanzhen.engines.columnar.sql.run import run_duckdb, run_postgresql
from yanzhen.engines.columnar.vector import run

_TYPES = {
    "boolean": "BOOLEAN",
    "integer": "BIGINT",
    "text": "TEXT",
    "date": "DATE",
}


def table_of(plan: Plan, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The rows as a table with a key, so that they stay in order."""
    columns: dict[str, Any] = {"uscc": pa.array(range(len(rows)), pa.int32())}
    for fact in plan.facts.values():
        columns[fact.name] = pa.array([row.get(fact.name) for row in rows], arrow_type(fact))
    return pa.table(columns)


def duckdb_rows(plan: Plan, table: pa.Table, folder: Path) -> list[dict[str, Any]]:
    """What DuckDB answers, by row."""
    path = folder / "facts.parquet"
    pq.write_table(table, path)
    return run_duckdb(plan, path, threads=1).to_pylist()


def postgresql_rows(plan: Plan, table: pa.Table, connection: Any) -> list[dict[str, Any]]:
    """What PostgreSQL answers, by row."""
    kinds = {fact.name: _TYPES.get(fact.type, "NUMERIC") for fact in plan.facts.values()}
    listed = ", ".join(['"uscc" INTEGER', *(f'"{name}" {kind}' for name, kind in kinds.items())])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS facts")
        cursor.execute(f"CREATE TEMP TABLE facts ({listed})")
        names = ", ".join(f'"{name}"' for name in table.column_names)
        with cursor.copy(f"COPY facts ({names}) FROM STDIN") as copy:
            for row in table.to_pylist():
                copy.write_row(list(row.values()))
    return run_postgresql(plan, connection, "facts")


def differences(plan: Plan, table: pa.Table, answers: list[dict[str, Any]]) -> list[str]:
    """Every answer that is not the vector executor's; refused outputs are passed over."""
    frame = Frame.from_table(table, plan.facts.values())
    result = run(plan, frame)
    found = []
    for target in plan.targets.values():
        for output in target.outputs:
            for row, answer in enumerate(answers):
                if output.name in answer:
                    expected = output_value(result, target, output, row)
                    if expected != answer[output.name]:
                        found.append(
                            f"{output.name}, row {row}: vector {expected!r}, "
                            f"SQL {answer[output.name]!r}"
                        )
    return found
