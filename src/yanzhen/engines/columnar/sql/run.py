"""Running emitted SQL: DuckDB in memory over Parquet, PostgreSQL over a given connection."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from yanzhen.engines.columnar.plan import Plan
from yanzhen.engines.columnar.shapes import FACT_KINDS
from yanzhen.engines.columnar.sql.emit import Script, emit
from yanzhen.engines.columnar.sql.pieces import quoted
from yanzhen.kernel.errors import DataError, DecisionError

if TYPE_CHECKING:
    import duckdb

_VIEW = "facts"
Ask = Callable[[str], Sequence[Any]]


def run_duckdb(
    plan: Plan,
    path: Path | str,
    *,
    key: str = "uscc",
    targets: Sequence[str] | None = None,
    threads: int | None = None,
) -> pa.Table:
    """Decide for every row of a Parquet file in an in-memory DuckDB.

    Returns:
        The key and one column for each output, in the order of the key; truths are booleans.

    Raises:
        DecisionError: DuckDB is not installed, or cannot give a target exactly.
        DataError: facts lie outside what their types allow, or the key is not unique.
    """
    try:
        import duckdb  # noqa: PLC0415 -- only those who run SQL need it
    except ImportError:
        raise DecisionError("DuckDB is not installed; install the package duckdb") from None
    with duckdb.connect() as connection:
        if threads is not None:
            connection.execute(f"SET threads = {int(threads)}")
        connection.read_parquet(str(path)).create_view(_VIEW)
        return _run_duckdb(connection, plan, key, targets)


def _run_duckdb(
    connection: "duckdb.DuckDBPyConnection",
    plan: Plan,
    key: str,
    targets: Sequence[str] | None,
) -> pa.Table:
    def ask(sql: str) -> Sequence[Any]:
        rows: Sequence[Sequence[Any]] = connection.execute(sql).fetchall()
        return rows[0]

    script = _script(plan, "duckdb", _VIEW, key, targets, ask)
    columns: dict[str, Any] = {}
    for statement in script.statements:
        table = connection.sql(statement.sql).to_arrow_table()
        columns.setdefault(key, table.column(0))
        for place, output in enumerate(statement.outputs, 1):
            columns[output.name] = table.column(place)
    return pa.table(columns)


def run_postgresql(
    plan: Plan,
    connection: Any,
    table: str,
    *,
    key: str = "uscc",
    targets: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Decide for every row of a table, over a DB-API connection to PostgreSQL.

    Returns:
        By enterprise, in the order of the key: the key and every output by name.

    Raises:
        DecisionError: PostgreSQL cannot give a target exactly.
        DataError: facts lie outside what their types allow, or the key is not unique.
    """

    def fetch(sql: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    script = _script(plan, "postgresql", table, key, targets, lambda sql: fetch(sql)[0])
    rows: list[dict[str, Any]] = []
    for statement in script.statements:
        found = fetch(statement.sql)
        rows = rows or [{key: row[0]} for row in found]
        for held, row in zip(rows, found, strict=True):
            names = (output.name for output in statement.outputs)
            held |= dict(zip(names, row[1:], strict=True))
    return rows


def measured(plan: Plan, source: str, ask: Ask) -> Mapping[str, Decimal]:
    """Limits for ``emit``: the power of ten above the greatest size of each number in the data."""
    numbers = [f.name for f in plan.facts.values() if FACT_KINDS[f.type] == "number"]
    if not numbers:
        return {}
    table = ".".join(quoted(part) for part in source.split("."))
    asked = ", ".join(f"max(abs({quoted(name)}))" for name in numbers)
    sizes = ask(f"SELECT {asked} FROM {table}")  # noqa: S608 -- names are quoted
    return {
        name: Decimal(1).scaleb(Decimal(size or 0).adjusted() + 1) if size else Decimal(1)
        for name, size in zip(numbers, sizes, strict=True)
    }


def _script(
    plan: Plan, dialect: str, source: str, key: str, targets: Sequence[str] | None, ask: Ask
) -> Script:
    limits = measured(plan, source, ask)
    script = emit(plan, dialect, source=source, key=key, targets=targets, limits=limits)
    if targets is not None and script.refused:
        raise DecisionError("; ".join(script.refused.values()))
    counts = ask(script.check)
    wrong = [
        f"{name} ({count} rows)"
        for name, count in zip(script.checked, counts, strict=True)
        if count
    ]
    if wrong:
        raise DataError(
            f"outside the limits, of too many decimals, or not unique: {', '.join(wrong)}"
        )
    return script
