"""What a population run computes, keeps and sums up (全员计算的结果与汇总)."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from yanzhen.apps.facts.models import Snapshot
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import Book
from yanzhen.packs.reads import facts_read

Tell = Callable[[int, int, str], None]
DIMENSIONS: Mapping[str, str] = {"district": "district", "sector": "sector", "size": "size"}
"""Dimensions of the summary: facts, and the enterprise size that the city's own rule decides."""
SIZE_DECISION = "sme_size"
VERDICT = {True: 1, False: 0, None: -1}
BATCH = 4096


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """The verdict and amount of every clause for everyone, and their sums."""

    table: pa.Table
    summary: dict[str, Any]
    versions: dict[str, str]


def clause_names(book: Book) -> list[str]:
    """Names of all clauses in the book, ``policy/clause``, in order."""
    return sorted(name for name in book.decisions if "/" in name)


def compute(book: Book, snapshot: Snapshot, tell: Tell) -> RunOutcome:
    """Decide every clause for everyone in the snapshot.

    Args:
        book: the rules of the run's day.
        snapshot: the data; nothing else is read.
        tell: called with rows done, rows in all and a label; may raise to stop the run.
    """
    names = clause_names(book)
    extra = [SIZE_DECISION] if SIZE_DECISION in book.decisions else []
    plan = compile_plan(book, [*names, *extra])
    frame = Frame.from_parquet(snapshot.file, plan.facts.values())
    result = run(plan, frame, progress=lambda done, total: tell(done, total, "全员计算"))
    table = pq.read_table(snapshot.file, columns=["uscc", "district", "sector"])
    made = result.to_table()
    for name, column in zip(made.column_names, made.columns, strict=True):
        table = table.append_column("size" if name == SIZE_DECISION else name, column)
    for name in plan.refused:
        table = _interpreted(table, book, name, snapshot, tell)
    return RunOutcome(
        table=table,
        summary=summarize(table, names),
        versions={name: book.decisions[name].version for name in [*names, *extra]},
    )


def _interpreted(
    table: pa.Table, book: Book, name: str, snapshot: Snapshot, tell: Tell
) -> pa.Table:
    """Append what the interpreter decides, row by row, for a decision without a column form."""
    wanted = facts_read(book, name)
    verdicts: list[int] = []
    amounts: list[Decimal | None] = []
    with pq.ParquetFile(snapshot.file) as file:
        for batch in file.iter_batches(BATCH, columns=wanted):
            for row in batch.to_pylist():
                outcome = decide(book, name, row, explain=False)
                verdicts.append(VERDICT[outcome.value])
                amounts.append(outcome.amount)
            tell(len(verdicts), table.num_rows, name)
    table = table.append_column(name, pa.array(verdicts, pa.int8()))
    money = pa.array(amounts, pa.decimal128(38, 2))
    return table.append_column(f"{name}.amount", money)


def keep(table: pa.Table, run_id: int) -> tuple[str, str]:
    """Write the result once, whole; returns its path under the data folder and its hash."""
    folder = settings.YANZHEN_DATA_DIR / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"run-{run_id}.parquet"
    part = path.with_suffix(".part")
    pq.write_table(table, part, compression="zstd")
    part.replace(path)
    return str(path.relative_to(settings.YANZHEN_DATA_DIR)), content_hash(table)


def content_hash(table: pa.Table) -> str:
    """SHA-256 over the values of a table, whatever file they are written to."""
    digest = hashlib.sha256()
    for name in table.column_names:
        digest.update(name.encode())
        sink = pa.BufferOutputStream()
        batch = pa.table({name: table[name].combine_chunks()})
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_table(batch)
        digest.update(sink.getvalue())
    return digest.hexdigest()


def summarize(table: pa.Table, names: list[str]) -> dict[str, Any]:
    """Counts per verdict and money per clause, in all and by district, section and size.

    Money is text in yuan, so that no digit is lost on its way through JSON.
    """
    clauses: dict[str, Any] = {}
    with duckdb.connect() as connection:
        connection.register("result", table)
        for name in names:
            clauses[name] = {
                "all": _group(connection, table, name, None)[""],
                **{
                    dimension: _group(connection, table, name, column)
                    for dimension, column in DIMENSIONS.items()
                    if column in table.column_names
                },
            }
    return {"rows": table.num_rows, "clauses": clauses}


def _group(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, name: str, column: str | None
) -> dict[str, list[Any]]:
    """``{group: [yes, no, unknown, yuan]}`` of one clause."""
    verdict, amount = f'"{name}"', f'"{name}.amount"'
    money = f"sum({amount})" if f"{name}.amount" in table.column_names else "0"
    key = f"coalesce({column}, '')" if column else "''"
    rows = connection.execute(
        f"SELECT {key}, count_if({verdict} = 1), count_if({verdict} = 0),"  # noqa: S608 -- names come from the city folder, checked
        f" count_if({verdict} = -1), {money} FROM result GROUP BY 1 ORDER BY 1"
    ).fetchall()
    groups = {k: [y, n, u, str(m if m is not None else Decimal(0))] for k, y, n, u, m in rows}
    return groups or {"": [0, 0, 0, "0"]}
