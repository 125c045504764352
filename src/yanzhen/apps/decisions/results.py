"""What a population run computes, keeps and sums up (全员计算的结果与汇总)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.conf import settings

from yanzhen.apps.arrow import Table, pa, pq
from yanzhen.apps.decisions.summary import Answers, summarize
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.facts.wide import content_hash
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.result import Result
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import Book
from yanzhen.engines.dmn.needs import facts_behind
from yanzhen.kernel.money import round_to, to_fen

Tell = Callable[[int, int, str], None]
DIMENSIONS: Mapping[str, str] = {"district": "district", "sector": "sector", "size": "size"}
"""Dimensions of the summary: facts, and the enterprise size that the city's own rule decides."""
SIZE = "企业规模"
"""What every city calls the decision on enterprise size (GLOSSARY); not every city has one."""
VERDICT = {True: 1, False: 0, None: -1}
BATCH = 4096


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """The verdict and amount of every clause for everyone, and their sums."""

    table: Table
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
    size = book.resolve(SIZE)
    extra = [size] if size in book.decisions else []
    plan = compile_plan(book, [*names, *extra])
    frame = Frame.from_parquet(snapshot.file, plan.facts.values())
    result = run(plan, frame, progress=lambda done, total: tell(done, total, "全员计算"))
    table = pq.read_table(snapshot.file, columns=["uscc", "district", "sector"])
    made = result.to_table()
    for name, column in zip(made.column_names, made.columns, strict=True):
        table = table.append_column("size" if name == size else name, column)
    answers = {name: _answers(result, name) for name in names if name in result.verdicts}
    for name in plan.refused:
        answers[name], columns = _interpreted(book, name, snapshot, table.num_rows, tell)
        for heading, column in columns.items():
            table = table.append_column(heading, column)
    return RunOutcome(
        table=table,
        summary=summarize(table, {name: answers[name] for name in names}, DIMENSIONS),
        versions={name: book.decisions[name].version for name in [*names, *extra]},
    )


def _answers(result: Result, name: str) -> Answers:
    money = result.amounts.get(name)
    none = np.zeros(0, np.int64)
    if money is None:
        return Answers(result.verdicts[name], none, none)
    return Answers(result.verdicts[name], money.rows, money.fen)


def _interpreted(
    book: Book, name: str, snapshot: Snapshot, total: int, tell: Tell
) -> tuple[Answers, dict[str, Any]]:
    """What the interpreter decides, row by row, for a clause without a column form."""
    verdicts: list[int] = []
    amounts: list[Decimal | None] = []
    with pq.ParquetFile(snapshot.file) as file:
        for batch in file.iter_batches(BATCH, columns=[*facts_behind(book, name)]):
            for row in batch.to_pylist():
                outcome = decide(book, name, row, explain=False)
                verdicts.append(VERDICT[outcome.value])
                money = outcome.amount
                amounts.append(None if money is None else round_to(money, 2))
            tell(len(verdicts), total, name)
    known = [row for row, money in enumerate(amounts) if money is not None]
    fen = [to_fen(money) for money in amounts if money is not None]
    answers = Answers(
        np.array(verdicts, np.int8), np.array(known, np.int64), np.array(fen, np.int64)
    )
    columns = {
        name: pa.array(verdicts, pa.int8()),
        f"{name}.amount": pa.array(amounts, pa.decimal128(38, 2)),
    }
    return answers, columns


def keep(table: Table, run_id: int) -> tuple[str, str]:
    """Write the result once, whole; returns its path under the data folder and its hash."""
    folder = settings.YANZHEN_DATA_DIR / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"run-{run_id}.parquet"
    part = path.with_suffix(".part")
    try:
        pq.write_table(table, part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return str(path.relative_to(settings.YANZHEN_DATA_DIR)), content_hash(table)
