"""Counts and sums of a run by group (全员计算的汇总): one pass over codes for each clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from yanzhen.apps.arrow import Table, pa, pc
from yanzhen.kernel.money import to_yuan

Counts = list[Any]
"""``[yes, no, unknown, yuan]``; money is text, so that no digit is lost on its way through JSON."""

UNKNOWN, NO, YES = 0, 1, 2
"""Places of the verdicts -1, 0 and 1 in a count."""


@dataclass(frozen=True, slots=True)
class Groups:
    """One dimension: its groups in order, and the group of each row."""

    keys: tuple[str, ...]
    codes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, column: Any) -> "Groups":
        """The distinct texts of a column in order; a missing one is the empty text."""
        texts = pc.fill_null(column.combine_chunks().cast(pa.string()), "")
        found = pc.unique(texts)
        order = found.take(pc.sort_indices(found))
        codes = pc.index_in(texts, order).to_numpy(zero_copy_only=False)
        return cls(tuple(order.to_pylist()), codes.astype(np.int64))

    @classmethod
    def everyone(cls, rows: int) -> "Groups":
        """One group with the empty key."""
        return cls(("",), np.zeros(rows, np.int64))


@dataclass(frozen=True, slots=True)
class Answers:
    """One clause for everyone: verdicts (1, 0, -1), and fen for the rows that have an amount."""

    verdicts: npt.NDArray[np.int8]
    rows: npt.NDArray[Any]
    fen: npt.NDArray[np.int64]


def summarize(
    table: Table, answers: Mapping[str, Answers], dimensions: Mapping[str, str]
) -> dict[str, Any]:
    """Counts per verdict and money of each clause, in all and by each dimension.

    Args:
        table: holds the columns of the dimensions, one row an enterprise.
        answers: by name of the clause, in the table's order.
        dimensions: name in the summary → column; those that the table lacks are left out.
    """
    groups = {"all": Groups.everyone(table.num_rows)} | {
        name: Groups.of(table[column])
        for name, column in dimensions.items()
        if column in table.column_names
    }
    clauses = {}
    for name, answer in answers.items():
        counted = {key: _count(group, answer) for key, group in groups.items()}
        clauses[name] = counted | {"all": counted["all"][""]}
    return {"rows": table.num_rows, "clauses": clauses}


def _count(group: Groups, answer: Answers) -> dict[str, Counts]:
    size = len(group.keys)
    places = group.codes * 3 + answer.verdicts.astype(np.int64) + 1
    counts = np.bincount(places, minlength=size * 3).reshape(size, 3)
    money = np.zeros(size, np.int64)
    np.add.at(money, group.codes[answer.rows], answer.fen)
    return {
        key: [int(c[YES]), int(c[NO]), int(c[UNKNOWN]), str(to_yuan(int(m)))]
        for key, c, m in zip(group.keys, counts, money, strict=True)
    }
