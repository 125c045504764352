"""What a search gives back: changes, their moves, and the values that would do."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Values from ``low`` to ``high``, both included; None is as far as the fact goes."""

    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Move:
    """One fact that changes.

    Attributes:
        fact: its id; ``评估日`` for waiting.
        old: the value now, None where it is missing.
        new: the value that does it.
        delta: ``new - old`` for numbers, days for dates; None where there is no difference to tell
            (texts, truth values, missing facts).
        spans: for a missing fact, all the values that would do beside the other moves; else empty.
    """

    fact: str
    old: Any
    new: Any
    delta: Decimal | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """A derived number that the moves carry along, such as a share: before and after."""

    decision: str
    before: Decimal | None
    after: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """Moves that together make the decision yes.

    Attributes:
        moves: in the order of the facts' ids; none of them can be left out.
        cost: by the table of costs.
        amount: the money of the clause after the change, in yuan; None where it has none.
        satisfied: labels of the conditions and exclusions of the decision itself that were in the
            way and no longer are.
        effects: the derived numbers that changed.
        verified: always true: the decision was made again with the moves and came out yes.
    """

    moves: tuple[Move, ...]
    cost: Decimal
    amount: Decimal | None
    satisfied: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """The values of one fact for which the decision is yes, all other facts as they are."""

    fact: str
    old: Any
    spans: tuple[Span, ...]
