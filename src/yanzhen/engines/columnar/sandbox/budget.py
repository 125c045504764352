"""Whether money for a year is enough (预算校验)."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from yanzhen.kernel.errors import DecisionError

_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """A cost beside a budget, in fen.

    Attributes:
        budget: what there is.
        cost: what is due.
        left: what remains; negative where it is not enough.
        factor: share of every amount that can be paid, 1 where the budget is enough; rounded down
            to 6 decimals, so that paying by it never exceeds the budget.
    """

    budget: int
    cost: int
    left: int
    factor: Decimal

    @property
    def is_enough(self) -> bool:
        """Whether everything can be paid in full."""
        return self.left >= 0


def check_budget(budget: int, cost: int) -> BudgetCheck:
    """Put a cost beside a budget.

    Raises:
        DecisionError: the budget is negative.

    >>> check_budget(100, 300).factor
    Decimal('0.333333')
    """
    if budget < 0:
        raise DecisionError(f"a budget cannot be negative, got {budget} fen")
    if cost <= budget:
        return BudgetCheck(budget, cost, budget - cost, Decimal("1.000000"))
    share = Fraction(budget, cost)
    factor = (Decimal(share.numerator) / Decimal(share.denominator)).quantize(_PLACES, ROUND_DOWN)
    return BudgetCheck(budget, cost, budget - cost, factor)
