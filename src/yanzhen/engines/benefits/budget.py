"""Budgets over a population (预算控制): in order, by the same share, or by score; exact in fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from yanzhen.engines.benefits.fen import MOST, Fen, checked, share_of
from yanzhen.kernel.money import to_fen

Method = Literal["先到先得", "等比例折算", "排序", "不限"]
Edge = Literal["停止", "部分", "跳过"]
"""What becomes of the first in the queue whom the rest of the money does not cover: nobody from
there on is paid (停止), the first one gets what is left (部分), or those are paid whom it does
cover (跳过)."""

_UNITS = {"分": 1, "元": 100}


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One budget line (预算科目) and how it is shared out when it is short.

    Attributes:
        id: such as ``kecheng-2023/k1a``.
        columns: the columns of the amounts that it pays for.
        budget: in yuan, a part of a fen dropped; None with 不限.
        method: 先到先得 whole amounts by time; 等比例折算 all by one factor; 排序 whole amounts
            by score, the highest first.
        edge: see :data:`Edge`; for the two methods in order.
        unit: a share of an amount is rounded down to this unit.
        carries_over: what is not paid waits for next year's money (下年递延), else it lapses.
    """

    id: str
    columns: tuple[int, ...]
    budget: Decimal | None
    method: Method
    edge: Edge = "停止"
    unit: Literal["分", "元"] = "分"
    carries_over: bool = False

    def fen(self) -> int | None:
        """The budget in whole fen, None where there is no limit.

        Raises:
            ValueError: the budget does not fit the method, or is out of range.
        """
        if (self.budget is None) != (self.method == "不限"):
            raise ValueError(f"budget line {self.id}: {self.method} and budget {self.budget}")
        if self.budget is None:
            return None
        if not 0 <= self.budget < MOST // 100:
            raise ValueError(f"budget line {self.id}: {self.budget} yuan is out of range")
        return to_fen(self.budget, "down")


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """How one budget line was shared out.

    Attributes:
        line: the budget line.
        budget: in fen, None where there is no limit.
        asked: Σ of the amounts, in fen.
        spent: Σ of what is paid, in fen; never above ``budget``.
        factor: with 等比例折算 the share that everyone gets, before rounding; else None.
        paid: shape (n, columns of the line), in fen.
        waiting: the same shape: what waits for next year; all 0 where nothing carries over.
        places: the same shape: 1-based place in the queue, 0 where there is none.
    """

    line: BudgetLine
    budget: int | None
    asked: int
    spent: int
    factor: Fraction | None
    paid: Fen
    waiting: Fen
    places: Fen

    @property
    def left(self) -> int | None:
        """What stays in the budget, in fen: also what rounding leaves over."""
        return None if self.budget is None else self.budget - self.spent


def allocate(
    amounts: Fen,
    lines: Sequence[BudgetLine],
    *,
    keys: Sequence[Any],
    moments: NDArray[Any] | None = None,
    scores: NDArray[Any] | None = None,
    waited: NDArray[Any] | None = None,
) -> tuple[Allocation, ...]:
    """Share each budget line out over everyone who is due something from it.

    Args:
        amounts: shape (n, k), in fen: row an enterprise, column a clause.
        lines: the budget lines; a column belongs to at most one.
        keys: shape (n,), ids that differ (such as USCC); they settle equal times and scores,
            so the order of rows never matters.
        moments: when each applied, shape (n,) or (n, k), for 先到先得.
        scores: points, shape (n,) or (n, k), for 排序.
        waited: whole years that an amount has waited since it was put off, shape (n,) or
            (n, k); who waited longer comes first, whatever time or score.

    Returns:
        One allocation for each line, in order.

    Raises:
        ValueError: shapes do not fit, keys repeat, a column stands in two lines, a time or score
            that is needed is missing, or an amount is negative or not whole.
    """
    fen = checked(amounts)
    if fen.ndim != 2:  # noqa: PLR2004 -- rows and columns
        raise ValueError(f"amounts need rows and columns, got {fen.ndim} dimension(s)")
    distinct, ranks = np.unique(np.asarray(keys), return_inverse=True)
    if len(ranks) != len(fen) or len(distinct) != len(fen):
        raise ValueError(f"{len(fen)} rows need as many different keys, got {len(distinct)}")
    columns = [column for line in lines for column in line.columns]
    if len(set(columns)) != len(columns) or not all(0 <= c < fen.shape[1] for c in columns):
        raise ValueError("each column of the amounts belongs to at most one budget line")
    order = _Order(fen.shape, ranks, moments, scores, waited)
    return tuple(_share_out(fen, line, order) for line in lines)


def _share_out(amounts: Fen, line: BudgetLine, order: "_Order") -> Allocation:
    asked = amounts[:, line.columns]
    budget, total = line.fen(), int(asked.sum())
    places = np.zeros_like(asked)
    factor = None
    if budget is None:
        paid = asked.copy()
    elif line.method == "等比例折算":
        factor = Fraction(budget, total) if total > budget else Fraction(1)
        paid = asked.copy()
        if factor < 1:
            paid = share_of(asked, budget, total)[0]
            paid -= paid % _UNITS[line.unit]
    else:
        cells = order.queue(asked, line)
        places.ravel()[cells] = np.arange(1, len(cells) + 1)
        paid = np.zeros_like(asked)
        paid.ravel()[cells] = _pay_in_order(asked.ravel()[cells], budget, line)
    waiting = asked - paid if line.carries_over else np.zeros_like(asked)
    return Allocation(line, budget, total, int(paid.sum()), factor, paid, waiting, places)


def _pay_in_order(queue: Fen, budget: int, line: BudgetLine) -> Fen:
    """Whole amounts along the queue; its edge as the line says."""
    if line.edge == "跳过":
        left, paid = budget, []
        for amount in queue.tolist():
            paid.append(amount if amount <= left else 0)
            left -= paid[-1]
        return np.array(paid, dtype=np.int64)
    reached = np.cumsum(queue)
    if line.edge == "停止":
        return np.where(reached <= budget, queue, 0)
    paid_part: Fen = np.clip(budget - (reached - queue), 0, queue)
    cut = paid_part < queue
    paid_part[cut] -= paid_part[cut] % _UNITS[line.unit]
    return paid_part


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """What puts people in order, for all lines."""

    shape: tuple[int, ...]
    ranks: NDArray[np.intp]
    moments: NDArray[Any] | None
    scores: NDArray[Any] | None
    waited: NDArray[Any] | None

    def queue(self, asked: Fen, line: BudgetLine) -> NDArray[np.intp]:
        """The flat cells of ``asked`` with money in them, first served first."""
        cells = np.flatnonzero(asked)
        rows, inner = np.divmod(cells, asked.shape[1])
        columns = np.asarray(line.columns, dtype=np.intp)[inner]
        by = [columns, self.ranks[rows]]
        if line.method == "先到先得":
            by.append(self._ranked("moments", rows, columns, line))
        else:
            by.append(-self._ranked("scores", rows, columns, line))
        if self.waited is not None:
            by.append(-self._ranked("waited", rows, columns, line))
        return cells[np.lexsort(by)]

    def _ranked(
        self, name: str, rows: NDArray[np.intp], columns: NDArray[np.intp], line: BudgetLine
    ) -> NDArray[np.intp]:
        """Ranks of the given cells in one of the columns that order; none may be missing."""
        values: NDArray[Any] | None = getattr(self, name)
        if values is None:
            raise ValueError(f"budget line {line.id}: {line.method} needs {name}")
        if values.shape not in {self.shape, self.shape[:1]}:
            raise ValueError(f"{name} need shape {self.shape[:1]} or {self.shape}")
        found = values[rows] if values.ndim == 1 else values[rows, columns]
        missing = np.flatnonzero(found != found)  # noqa: PLR0124 -- NaN and NaT
        if missing.size:
            row = int(rows[missing[0]])
            raise ValueError(f"budget line {line.id}: row {row} has money but no value in {name}")
        return np.unique(found, return_inverse=True)[1]
