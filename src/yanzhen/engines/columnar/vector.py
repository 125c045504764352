"""The vector executor: a plan over a frame, block by block, in this process (列式执行).

Blocks are small enough that the truths of all rules stay in the processor's cache. Amounts are
computed only for the rows whose verdict is yes.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Context
from typing import Any

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.block import Block
from yanzhen.engines.columnar.columns import Texts
from yanzhen.engines.columnar.frame import EXACT_LIMIT, YES, Frame, Levels
from yanzhen.engines.columnar.numbers import ULP, Numbers, natural
from yanzhen.engines.columnar.plan import ConditionOutput, Output, Plan, Target
from yanzhen.engines.columnar.result import Amounts, Result, Values, Verdicts, merge_words
from yanzhen.engines.columnar.tables import Tables
from yanzhen.engines.columnar.terms import Term, walk
from yanzhen.kernel.errors import DecisionError

BLOCK = 1 << 17
_WIDE = Context(prec=6200, Emin=-9999, Emax=9999, traps=[])
_INT_LIMIT = 2**63
_SETTLED = 0.25
_VERDICT = np.array([0, -1, 1], np.int8)


def run(
    plan: Plan,
    frame: Frame,
    *,
    targets: Sequence[str] | None = None,
    conditions: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
    block: int = BLOCK,
) -> Result:
    """Decide for every row of a frame.

    Args:
        plan: from ``compile_plan``.
        frame: holds the facts that the plan reads (``plan.facts``).
        targets: which decisions of the plan, all by default.
        conditions: clauses of which the truth of every condition is wanted too.
        progress: called after each block with the rows done and the rows in all.
        block: rows at a time.

    Raises:
        DecisionError: the plan has no such target, or the frame lacks a column it reads.
    """
    chosen = _chosen(plan, targets, conditions)
    lacking = sorted(name for name in plan.facts if name not in frame.columns)
    if lacking:
        raise DecisionError(f"the frame lacks the columns {', '.join(lacking)}; read plan.facts")
    tables = Tables(frame, plan.pool.known)
    # one piece of memory for all verdicts: the system gives a large piece in large pages
    held = np.empty((sum(t.form == "verdict" for t in chosen), frame.rows), np.int8)
    free = iter(held)
    sinks = [_sink(target, target.name in conditions, frame.rows, free) for target in chosen]
    uses = _uses(sinks)
    order: dict[Term, tuple[Term, ...]] = {}
    with np.errstate(all="ignore"):
        for start in range(0, frame.rows, block):
            stop = min(start + block, frame.rows)
            part = Block(frame, tables, range(start, stop), uses=dict(uses), order=order)
            for sink in sinks:
                sink.take(part, start, stop)
            if progress is not None:
                progress(stop, frame.rows)
    return _result(chosen, sinks, frame.rows)


def _chosen(plan: Plan, names: Sequence[str] | None, conditions: Sequence[str]) -> list[Target]:
    wanted = list(plan.targets) if names is None else list(dict.fromkeys(names))
    for name in [*wanted, *conditions]:
        if name not in plan.targets:
            reason = plan.refused.get(name, "it is not in the plan")
            raise DecisionError(f"decision {name} cannot be run in columns: {reason}")
        if name not in wanted:
            raise DecisionError(f"conditions of {name} are asked for, but {name} itself is not")
    return [plan.targets[name] for name in wanted]


def _result(chosen: list[Target], sinks: "list[_Sink]", rows: int) -> Result:
    verdicts: dict[str, Verdicts] = {}
    amounts: dict[str, Amounts] = {}
    values: dict[str, Values] = {}
    truths: dict[str, tuple[Verdicts, ...]] = {}
    money = _Money(sum(sink.paid() for sink in sinks))
    for target, sink in zip(chosen, sinks, strict=True):
        if target.form == "verdict":
            verdicts[target.name] = sink.verdicts
            if sink.amount is not None:
                amounts[target.name] = money.gather(sink.rows, sink.fen)
            if sink.conditions:
                truths[target.name] = tuple(held for _, held in sink.conditions)
        else:
            values |= {column.output.name: column.values() for column in sink.columns}
    return Result(rows, {t.name: t for t in chosen}, verdicts, amounts, values, truths)


@dataclass(slots=True)
class _ValueColumn:
    """Gathers one output column."""

    output: Output
    parts: list[npt.NDArray[Any]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    known: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)

    def take(self, part: Block) -> None:
        value = part.compute(self.output.term)
        if isinstance(value, Texts):
            codes = np.broadcast_to(value.codes, part.size)
            self.parts.append(codes)
            self.known.append(codes >= 0)
            self.words.append(value.words)
        elif isinstance(value, Numbers):
            exact = value.error is None
            places = min(self.output.places, value.scale) if exact else self.output.places
            units, known = whole_units(part, self.output.term, value, places)
            self.parts.append(units)
            self.places.append(places)
            self.known.append(known)
        else:
            truths = _VERDICT[np.broadcast_to(value, part.size)]
            self.parts.append(truths)
            self.known.append(truths >= 0)
        part.drop(self.output.term)

    def values(self) -> Values:
        output = self.output
        known = np.concatenate(self.known) if self.known else np.zeros(0, bool)
        if output.kind == "text":
            codes, words = merge_words(list(zip(self.parts, self.words, strict=True)))
            return Values("text", codes, known, 0, words)
        places = max(self.places, default=0)
        for block, own in enumerate(self.places):
            if own < places:
                self.parts[block] = self.parts[block].astype(object) * 10 ** (places - own)
        held = np.concatenate(self.parts) if self.parts else np.zeros(0, np.int64)
        return Values(output.kind, held, known, places)


@dataclass(slots=True)
class _Sink:
    """Takes the outputs of one target out of every block."""

    verdicts: Verdicts
    verdict: Output | None = None
    amount: Output | None = None
    columns: list[_ValueColumn] = field(default_factory=list)
    conditions: list[tuple[ConditionOutput, Verdicts]] = field(default_factory=list)
    rows: list[npt.NDArray[np.int32]] = field(default_factory=list)
    fen: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def roots(self) -> list[Term]:
        """What is asked of each block, each once."""
        asked = [condition.term for condition, _ in self.conditions]
        asked += [column.output.term for column in self.columns]
        return asked if self.verdict is None else [*asked, self.verdict.term]

    def take(self, part: Block, start: int, stop: int) -> None:
        """Compute and keep what the target wants of the rows from ``start`` to ``stop``."""
        for condition, held in self.conditions:
            held[start:stop] = _VERDICT[part.compute(condition.term)]
            part.drop(condition.term)
        for column in self.columns:
            column.take(part)
        if self.verdict is None:
            return
        levels = np.broadcast_to(part.compute(self.verdict.term), stop - start)
        self.verdicts[start:stop] = signed(levels)
        if self.amount is not None:
            self._pay(part, levels, start)
        part.drop(self.verdict.term)

    def _pay(self, part: Block, levels: Levels, start: int) -> None:
        if self.amount is None:
            return
        here = np.flatnonzero(levels == YES)
        rows = (here + start).astype(np.int32)
        term = self.amount.term
        if not len(rows) or (term.is_const and term.data is None):
            return
        if term.is_const:
            fen = int(term.data.scaleb(self.amount.places, _WIDE))
            self.rows.append(rows)
            self.fen.append(np.full(len(rows), fen, np.int64))
            return
        some = part.some(here)
        units, known = whole_units(some, term, some.compute(term), self.amount.places)
        if units.dtype == object:
            raise DecisionError(f"{self.amount.name}: an amount is too large (金额过大)")
        everywhere = bool(known.all())
        self.rows.append(rows if everywhere else rows[known])
        self.fen.append(units if everywhere else units[known])

    def paid(self) -> int:
        """How many amounts there are."""
        return sum(len(part) for part in self.rows)


class _Money:
    """Room for all amounts of a run, in two pieces of memory."""

    def __init__(self, size: int) -> None:
        self._rows = np.empty(size, np.int32)
        self._fen = np.empty(size, np.int64)
        self._used = 0

    def gather(
        self, rows: list[npt.NDArray[np.int32]], fen: list[npt.NDArray[np.int64]]
    ) -> Amounts:
        """The amounts of one target, gathered from its blocks."""
        start = self._used
        for part, money in zip(rows, fen, strict=True):
            stop = self._used + len(part)
            self._rows[self._used : stop] = part
            self._fen[self._used : stop] = money
            self._used = stop
        return Amounts(self._rows[start : self._used], self._fen[start : self._used])


def _sink(
    target: Target,
    with_conditions: bool,  # noqa: FBT001 -- private
    rows: int,
    free: Iterator[Verdicts],
) -> _Sink:
    if target.form == "value":
        return _Sink(np.zeros(0, np.int8), columns=[_ValueColumn(o) for o in target.outputs])
    verdict, *money = target.outputs
    conditions = target.conditions if with_conditions else ()
    return _Sink(
        next(free),
        verdict,
        money[0] if money else None,
        conditions=[(condition, np.empty(rows, np.int8)) for condition in conditions],
    )


def _uses(sinks: list[_Sink]) -> dict[Term, int]:
    """How often each term is asked for in one block: by other terms and by the sinks."""
    roots = [term for sink in sinks for term in sink.roots()]
    uses = Counter(roots)
    for term in walk(roots):
        uses.update(term.args)
    return dict(uses)


def signed(levels: Levels) -> Verdicts:
    """Levels of truth as 1, 0 and -1."""
    return ((levels >> 1) - (levels & 1)).view(np.int8)


def whole_units(
    part: Block, term: Term, number: Numbers, places: int
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """The values of a number at ``places`` decimals as whole units, and where they are known.

    ``term`` is rounded to ``places`` or fewer, so that its true values are whole units.
    The units are int64, or Python's own whole numbers where one is too large for that.
    """
    values = np.broadcast_to(number.values, part.size)
    known = ~np.isnan(values)
    up = places - number.scale
    if number.error is None and up >= 0 and number.limit * 10.0**up < _INT_LIMIT:
        return np.where(known, values, 0.0).astype(np.int64) * 10**up, known
    near, error = natural(number)
    shifted = np.broadcast_to(near, part.size) * 10.0**places
    slack = np.broadcast_to(error, part.size) * 10.0**places + np.abs(shifted) * ULP
    # the true value is a whole number of units, so a bound under half a unit settles it
    sure = known & (slack < _SETTLED) & (np.abs(shifted) < EXACT_LIMIT)
    units: npt.NDArray[Any] = np.where(sure, np.rint(shifted), 0.0).astype(np.int64)
    known = known.copy()
    for row in np.flatnonzero(known & ~sure):
        value = part.exact(term, int(row))
        known[row] = value is not None
        if value is not None:
            whole = int(value.scaleb(places, _WIDE))
            if abs(whole) >= _INT_LIMIT:
                units = units.astype(object)
            units[row] = whole
    return units, known
