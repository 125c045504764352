"""Who gets what under one version of the rules: verdicts and fen, of one clause or of all."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.result import Amounts, Result, Verdicts
from yanzhen.engines.columnar.sandbox.sums import Fen, exact_sum
from yanzhen.kernel.errors import DecisionError

_FEN_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a clause over the population.

    Attributes:
        verdicts: by row: 1 yes, 0 no, -1 unknown.
        amounts: fen of the rows whose money is known, all of which say yes.
        unpriced: how many rows say yes to money whose amount is not known.
    """

    verdicts: Verdicts
    amounts: Amounts
    unpriced: int = 0

    @classmethod
    def nobody(cls, rows: int) -> "Side":
        """No for everyone."""
        return cls(np.zeros(rows, np.int8), NO_MONEY)

    @property
    def recipients(self) -> int:
        """How many rows say yes."""
        return int(np.count_nonzero(self.verdicts == 1))

    @property
    def cost(self) -> int:
        """The money of all rows in fen, exact."""
        return exact_sum(self.amounts.fen)


NO_MONEY = Amounts(np.zeros(0, np.int32), np.zeros(0, np.int64))


def side_of(result: Result, name: str) -> Side:
    """What a run says of one clause, or of another decision that is yes or no.

    Raises:
        DecisionError: the decision has another type of result.
    """
    if name in result.verdicts:
        verdicts, amounts = result.verdicts[name], result.amounts.get(name)
        if amounts is None:
            return Side(verdicts, NO_MONEY)
        return Side(verdicts, amounts, int(np.count_nonzero(verdicts == 1)) - len(amounts.rows))
    values = result.values.get(name)
    if values is None or values.kind != "truth":
        raise DecisionError(f"decision {name} gives no yes or no, so nobody wins or loses by it")
    return Side(values.values.astype(np.int8), NO_MONEY)


@dataclass(frozen=True, slots=True)
class Tally:
    """All clauses together, by row; adding and taking away a clause is quick.

    Attributes:
        yes: how many clauses say yes.
        unknown: how many are unknown.
        priced: how many have a known amount.
        owed: how many say yes to money, known or not.
        fen: the sum of these amounts.
        reach: at least the size of any ``fen``; a guard against leaving 64 bits.
    """

    yes: npt.NDArray[np.int32]
    unknown: npt.NDArray[np.int32]
    priced: npt.NDArray[np.int32]
    owed: npt.NDArray[np.int32]
    fen: Fen
    reach: int

    @classmethod
    def of(cls, sides: Iterable[Side], rows: int) -> "Tally":
        """The sum of some sides."""
        none = np.zeros(rows, np.int32)
        empty = cls(none, none, none, none, np.zeros(rows, np.int64), 0)
        return empty.moved((), sides)

    def moved(self, gone: Iterable[Side], come: Iterable[Side]) -> "Tally":
        """Without the sides in ``gone`` and with those in ``come``.

        Raises:
            DecisionError: the money of one row may leave 64 bits.
        """
        yes, unknown = self.yes.copy(), self.unknown.copy()
        priced, owed = self.priced.copy(), self.owed.copy()
        fen, reach = self.fen.copy(), self.reach
        for sign, sides in ((-1, gone), (1, come)):
            for side in sides:
                says_yes = np.int32(sign) * (side.verdicts == 1)
                yes += says_yes
                unknown += np.int32(sign) * (side.verdicts == -1)
                priced[side.amounts.rows] += sign
                if side.unpriced or len(side.amounts.rows):
                    owed += says_yes
                fen[side.amounts.rows] += sign * side.amounts.fen
                reach += int(np.abs(side.amounts.fen).max(initial=0))
        if reach >= _FEN_LIMIT:
            raise DecisionError("the amounts of one enterprise are too large to add up (金额过大)")
        return Tally(yes, unknown, priced, owed, fen, reach)

    def side(self) -> Side:
        """Yes where any clause says yes, else unknown where any is, with the sum of the money."""
        verdicts = np.where(self.yes > 0, 1, np.where(self.unknown > 0, -1, 0)).astype(np.int8)
        rows = np.flatnonzero(self.priced).astype(np.int32)
        unpriced = int(np.count_nonzero(self.owed > self.priced))
        return Side(verdicts, Amounts(rows, self.fen[rows]), unpriced)
