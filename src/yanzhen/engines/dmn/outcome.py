"""What deciding gives back, and what is known while deciding."""

from dataclasses import dataclass
from typing import Any

from yanzhen.kernel.explanation import FactUse, Step


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one decision (裁定结果).

    Attributes:
        value: the result; for a clause True, False or None (unknown).
        amount: money in yuan, for a clause that holds and gives money; else None.
        step: the explanation tree, None if it was not asked for.
        missing: ids of the missing facts that could still change the value or the amount, in order
            of first use; empty if both are known.
    """

    value: Any
    amount: Any
    step: Step | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One computed value inside a decision, with what its explanation step needs.

    Attributes:
        value: the result.
        missing: ids of missing facts that keep the value, or a part of it, from being known.
        text: the expression as written.
        facts: the facts read directly.
        children: the steps below.
        amount: the money of a clause.
        amount_missing: missing facts that keep the amount from being known.
    """

    value: Any
    missing: tuple[str, ...] = ()
    text: str = ""
    facts: tuple[FactUse, ...] = ()
    children: tuple[Step, ...] = ()
    amount: Any = None
    amount_missing: tuple[str, ...] = ()


def is_known(value: Any) -> bool:
    """Whether neither the value nor any part of it is null.

    >>> is_known({"a": [1, None]}), is_known([])
    (False, True)
    """
    if isinstance(value, dict):
        return all(is_known(member) for member in value.values())
    if isinstance(value, list):
        return all(is_known(item) for item in value)
    return value is not None


def note(text: str) -> Step:
    """A remark in the explanation, in Chinese."""
    return Step("value", "note", text, "", None)
