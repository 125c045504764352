"""The column executor for a handful of rows, in the shape in which examples ask for an executor.

This is how every example of a rule is answered by the columns as well as by the interpreter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from yanzhen.engines.columnar.agree import answer
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import Book
from yanzhen.engines.dmn.outcome import Outcome, is_known
from yanzhen.kernel.errors import DataError, DecisionError, LoweringError


def decide_rows(book: Book, name: str, rows: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """Decide each row in columns; rows that give the same decisions run together.

    Args:
        book: the rules.
        name: id or Chinese label of the decision.
        rows: values by id of facts; also of decisions, which are then not made, and of parameters,
            which replace those of the book.

    Returns:
        Value and amount as the columns have them: money in whole fen, other numbers rounded to
        ``plan.NUMBER_PLACES``. The missing facts are those that the interpreter names, since
        columns do not keep them.

    Raises:
        LoweringError: the decision has no column form; says why.
        DecisionError: a value does not fit its column.
    """
    outcomes: dict[int, Outcome] = {}
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, row in enumerate(rows):
        made = tuple(sorted(key for key in row if key in book.decisions))
        changed = tuple(sorted((key, repr(row[key])) for key in row if _is_parameter(book, key)))
        groups.setdefault((made, changed), []).append(place)
    for (made, _), places in groups.items():
        together = [rows[place] for place in places]
        changed_book = _with_parameters(book, together[0])
        found = _decide_group(changed_book, name, together, made)
        outcomes |= dict(zip(places, found, strict=True))
    return [outcomes[place] for place in range(len(rows))]


def _is_parameter(book: Book, key: str) -> bool:
    return key in book.constants and key not in book.facts and key not in book.decisions


def _with_parameters(book: Book, row: Mapping[str, Any]) -> Book:
    changed = {key: value for key, value in row.items() if _is_parameter(book, key)}
    return replace(book, constants={**book.constants, **changed}) if changed else book


def _decide_group(
    book: Book, name: str, rows: Sequence[Mapping[str, Any]], given: Sequence[str]
) -> list[Outcome]:
    plan = compile_plan(book, [name], given=[key for key in given if key != book.resolve(name)])
    if plan.refused:
        raise LoweringError("; ".join(plan.refused.values()))
    (target,) = plan.targets.values()
    try:
        frame = Frame.from_rows(rows, plan.facts.values())
    except DataError as error:
        raise DecisionError(str(error)) from None
    result = run(plan, frame)
    outcomes = []
    for place, row in enumerate(rows):
        value, amount = answer(result, target, place)
        missing: tuple[str, ...] = ()
        unknown = not is_known(value) or (value is True and amount is None and _pays(target))
        if unknown:
            missing = decide(book, name, row, explain=False).missing
        outcomes.append(Outcome(value, amount, None, missing))
    return outcomes


def _pays(target: Any) -> bool:
    return any(output.only_if is not None for output in target.outputs)
