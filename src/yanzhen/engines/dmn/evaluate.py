"""Deciding: one decision of a book on given facts, with its explanation (裁定).

Names in expressions mean, in this order: an entry of the boxed context around them, a parameter
(constant), a fact, a decision; by id or by Chinese label. A decision is made when it is first
needed, once in a call. A value given under the name of a decision or a parameter replaces it.
"""

from collections.abc import Mapping
from typing import Any

from yanzhen.engines.dmn.facts import read_facts
from yanzhen.engines.dmn.model import Book
from yanzhen.engines.dmn.outcome import Outcome
from yanzhen.engines.dmn.run import Run
from yanzhen.engines.dmn.tables import Mode
from yanzhen.engines.dmn.uses import union
from yanzhen.kernel.errors import DecisionError

__all__ = ["Outcome", "decide", "read_facts"]


def decide(
    book: Book,
    name: str,
    facts: Mapping[str, Any],
    *,
    mode: Mode = "three_valued",
    explain: bool = True,
) -> Outcome:
    """Make one decision.

    Args:
        book: the rules in force on one day.
        name: id or Chinese label of the decision.
        facts: value by id of the fact (``read_facts`` makes it from labels and texts); a fact that
            is absent or None is missing.
        mode: ``three_valued`` for city rules: a missing fact makes unknown, never a silent no;
            ``spec`` for the letter of DMN, without rows in the explanation.
        explain: whether to build the explanation tree; the value does not depend on it.

    Returns:
        Value, amount, explanation, and the missing facts that could still change them.

    Raises:
        DecisionError: the book has no such decision, or a decision needs itself.
    """
    decision = book.decisions.get(book.resolve(name))
    if decision is None:
        raise DecisionError(f"there is no decision {name!r} in force on {book.day} (没有该决策)")
    found, step = Run(book, facts, mode, explain=explain).decide(decision)
    missing = union((found.missing, found.amount_missing))
    return Outcome(found.value, found.amount, step, missing)
