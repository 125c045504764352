"""Hit policies: from the truth of each row to the value of a table (决策表的命中策略).

The truth of a row is the Kleene conjunction of its cells: false as soon as one cell is false, true
when all are true, else null. A row that is null is *possible*: a missing fact could still make it
true. Rows that are true or possible are *live*. ``D`` is the default output, null without one.

**Three-valued mode** (every city rule). The value is known only if no missing fact can change it:

=====  ==========================================================================================
F      Fold from the last row up, starting with ``acc = D``: a true row sets ``acc`` to its output,
       a false row leaves it, a possible row leaves it if its output is the same as ``acc`` and else
       makes it null.
P      The same fold over the live rows in order of priority: by the position of their outputs in
       the lists of output values, column by column; an output outside its list comes last; rows
       of equal priority stay in order.
U      No live row: ``D``. One live row: its output if it is true; if it is only possible, its
       output if that is the same as ``D``, else null. Two or more live rows: null (the table is
       not unique there, or a missing fact will decide).
A      No live row: ``D``. Else the common output of all live rows, null where they differ; if no
       row is true it must also be the same as ``D``.
C> C<  No live row: ``D``. Else the greatest (least) output of the true rows, if no possible row's
       output exceeds it (is less); with no true row, null. A live row with a null output, or
       outputs without an order: null.
C+ C#  Any possible row: null. C# else counts the true rows (0 if none). C+ else adds up their
       outputs, null if one is no number; without a true row ``D``.
C R O  Any possible row: null. Else the list of the outputs of the true rows: in row order, for O in
       order of priority; without a true row ``D``.
=====  ==========================================================================================

*The same* means equal and both not null: null is the same as nothing, not even as null. So a null
output counts as unknown. A table with several outputs is decided output by output, and its value
is always a context whose members may be null (for C, R and O: a list of contexts); C+ C< C> C# need
one output. Allowed input values are not tested here: facts are checked where they are taken in,
and the validator looks for gaps within the allowed values.

**Spec mode** (DMN 1.5, 8.2.8 and 8.2.11). A row matches if all its cells are true. No match gives
``D``; U with two matches and A with unequal matches give null; the rest as above.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from yanzhen.engines.dmn.model import HitPolicy, Table
from yanzhen.engines.feel.builtins import BUILTIN_VALUES

Truth = bool | None
Mode = Literal["spec", "three_valued"]
Outputs = tuple[Any, ...]
"""The values of one row, or of the defaults, one for each output column."""

_AGGREGATES: dict[HitPolicy, str] = {"C+": "sum", "C<": "min", "C>": "max"}
LISTS = frozenset({"C", "R", "O"})


@dataclass(frozen=True, slots=True)
class Hit:
    """What a table came to.

    Attributes:
        value: the value of the table.
        rows: 0-based numbers of the true rows that made it, in order of use.
        open: 0-based numbers of the possible rows that keep it, or a member, from being known.
        note: in Chinese, why a value is null although nothing is missing; else empty.
    """

    value: Any
    rows: tuple[int, ...] = ()
    open: tuple[int, ...] = ()
    note: str = ""


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and not null; a truth value never equals a number.

    >>> same(Decimal("1.0"), 1), same(True, 1), same(None, None)
    (True, False, False)
    """
    if one is None or other is None or isinstance(one, bool) != isinstance(other, bool):
        return False
    return bool(one == other)


def conjunction(members: Sequence[Truth]) -> Truth:
    """Kleene's and: false if one is false, true if all are true, else null."""
    if any(member is False for member in members):
        return False
    return True if all(member is True for member in members) else None


def priority(outputs: Outputs, ranked: Sequence[Sequence[Any]]) -> tuple[int, ...]:
    """The sort key of a row in P and O tables: positions in the lists of output values."""
    return tuple(
        next((at for at, known in enumerate(values) if same(known, output)), len(values))
        for output, values in zip(outputs, ranked, strict=True)
    )


def decide_table(
    table: Table,
    truths: Sequence[Truth],
    output: Callable[[int], Outputs],
    default: Outputs | None,
    ranked: Sequence[Sequence[Any]] = (),
) -> Hit:
    """The value of a table in three-valued mode, by the rules above.

    Args:
        table: gives the hit policy and the names of the outputs.
        truths: one truth for each row; rows after the first true one may be left out for F.
        output: the outputs of row ``i``; called for live rows only.
        default: the default outputs, or None if the table has none.
        ranked: for P and O, the output values of each column in order of priority.
    """
    live = [i for i, truth in enumerate(truths) if truth is not False]
    outputs = {i: output(i) for i in live}
    if table.hit in {"P", "O"}:
        live.sort(key=lambda i: priority(outputs[i], ranked))
    if table.hit in LISTS:
        return _list(table, truths, live, outputs, default)
    fallback = default or (None,) * len(table.outputs)
    decide = _SINGLE[table.hit]
    hits = [
        decide(table.hit, truths, live, {i: outputs[i][column] for i in live}, fallback[column])
        for column in range(len(table.outputs))
    ]
    if len(hits) == 1:
        return hits[0]
    return Hit(
        {clause.name: hit.value for clause, hit in zip(table.outputs, hits, strict=True)},
        tuple(dict.fromkeys(i for hit in hits for i in hit.rows)),
        tuple(sorted({i for hit in hits for i in hit.open})),
        next((hit.note for hit in hits if hit.note), ""),
    )


def decide_table_to_the_letter(
    table: Table,
    truths: Sequence[Truth],
    output: Callable[[int], Outputs],
    default: Outputs | None,
    ranked: Sequence[Sequence[Any]] = (),
) -> Hit:
    """The value of a table in spec mode; arguments as in ``decide_table``."""
    true = [i for i, truth in enumerate(truths) if truth is True]
    if not true:
        return Hit(None if default is None else shape(table, default))
    if table.hit == "U" and len(true) > 1:
        return Hit(None)
    if table.hit in {"U", "F"}:
        return Hit(shape(table, output(true[0])), (true[0],))
    outputs = {i: output(i) for i in true}
    if table.hit in {"P", "O"}:
        true.sort(key=lambda i: priority(outputs[i], ranked))
    values = [shape(table, outputs[i]) for i in true]
    match table.hit:
        case "P":
            return Hit(values[0], (true[0],))
        case "A":
            agree = all(value == values[0] for value in values)
            return Hit(values[0] if agree else None, tuple(true))
        case "C#":
            return Hit(Decimal(len(true)), tuple(true))
        case "C+" | "C<" | "C>":
            return Hit(_aggregate(table.hit, values), tuple(true))
        case _:
            return Hit(values, tuple(true))


def _aggregate(hit: HitPolicy, values: list[Any]) -> Any:
    """FEEL's sum, least or greatest of the values; null if they cannot be added or compared."""
    return BUILTIN_VALUES[_AGGREGATES[hit]].invoke([values])


def _first(
    _: HitPolicy, truths: Sequence[Truth], live: list[int], values: Mapping[int, Any], default: Any
) -> Hit:
    ahead: list[int] = []
    for i in live:
        if truths[i]:
            value, rows = values[i], [i]
            break
        ahead.append(i)
    else:
        value, rows = default, ahead
    if not all(same(values[i], value) for i in ahead):
        return Hit(None, (), tuple(ahead))
    return Hit(value, tuple(rows))


def _unique(
    _: HitPolicy, truths: Sequence[Truth], live: list[int], values: Mapping[int, Any], default: Any
) -> Hit:
    if not live:
        return Hit(default)
    possible = tuple(i for i in live if truths[i] is None)
    if len(live) > 1:
        rows = "、".join(str(i + 1) for i in live)
        note = "" if possible else f"第{rows}行同时命中，而本表至多命中一行"
        return Hit(None, (), possible, note)
    only = live[0]
    if truths[only] or same(values[only], default):
        return Hit(values[only], (only,))
    return Hit(None, (), possible)


def _any(
    _: HitPolicy, truths: Sequence[Truth], live: list[int], values: Mapping[int, Any], default: Any
) -> Hit:
    if not live:
        return Hit(default)
    possible = tuple(i for i in live if truths[i] is None)
    true = tuple(i for i in live if truths[i])
    value = values[true[0]] if true else default
    if len(live) == 1 and true:
        return Hit(value, true)
    if all(same(values[i], value) for i in live):
        return Hit(value, true or possible)
    clash = any(not same(values[i], value) for i in true)
    return Hit(None, (), possible, "命中的各行结果不一致" if clash and not possible else "")


def _extreme(
    hit: HitPolicy,
    truths: Sequence[Truth],
    live: list[int],
    values: Mapping[int, Any],
    default: Any,
) -> Hit:
    if not live:
        return Hit(default)
    possible = tuple(i for i in live if truths[i] is None)
    true = [i for i in live if truths[i]]
    if not true or any(values[i] is None for i in live):
        return Hit(None, (), possible)
    best = _aggregate(hit, [values[i] for i in true])
    if not same(_aggregate(hit, [values[i] for i in live]), best):
        return Hit(None, (), possible)
    return Hit(best, tuple(i for i in true if same(values[i], best))[:1])


def _sum(
    hit: HitPolicy,
    truths: Sequence[Truth],
    live: list[int],
    values: Mapping[int, Any],
    default: Any,
) -> Hit:
    possible = tuple(i for i in live if truths[i] is None)
    if possible:
        return Hit(None, (), possible)
    if hit == "C#":
        return Hit(Decimal(len(live)), tuple(live))
    if not live:
        return Hit(default)
    if any(values[i] is None for i in live):
        return Hit(None)
    return Hit(_aggregate(hit, [values[i] for i in live]), tuple(live))


def _list(
    table: Table,
    truths: Sequence[Truth],
    live: list[int],
    outputs: Mapping[int, Outputs],
    default: Outputs | None,
) -> Hit:
    possible = tuple(i for i in live if truths[i] is None)
    if possible:
        return Hit(None, (), possible)
    if not live:
        return Hit(None if default is None else shape(table, default))
    return Hit([shape(table, outputs[i]) for i in live], tuple(live))


def shape(table: Table, outputs: Outputs) -> Any:
    """The value of one row: its output, or the context of its outputs if there are several."""
    if len(table.outputs) == 1:
        return outputs[0]
    return {clause.name: value for clause, value in zip(table.outputs, outputs, strict=True)}


_SINGLE: dict[HitPolicy, Callable[..., Hit]] = {
    "F": _first,
    "P": _first,
    "U": _unique,
    "A": _any,
    "C>": _extreme,
    "C<": _extreme,
    "C+": _sum,
    "C#": _sum,
}
