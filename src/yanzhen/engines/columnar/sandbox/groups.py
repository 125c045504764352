"""Dividing the population: by county, size, industry section, grade (分组)."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

import numpy as np
import numpy.typing as npt

from yanzhen.engines.columnar.frame import (
    EXACT_LIMIT,
    UNKNOWN,
    Column,
    NumberColumn,
    TextColumn,
    TruthColumn,
)
from yanzhen.engines.columnar.result import Values
from yanzhen.kernel.errors import DecisionError

Label = str | bool | None


class Grouping:
    """Each row in one group; rows without a value form the group None.

    Args:
        name: of the column, for messages.
        column: texts or truths; numbers must be put into bands first (``banded``).

    Attributes:
        labels: of the groups, None first.
        codes: number of the group by row.

    Raises:
        DecisionError: the column holds numbers.
    """

    def __init__(self, name: str, column: Column) -> None:
        match column:
            case TextColumn():
                self.labels: tuple[Label, ...] = (None, *column.words)
                self.codes: npt.NDArray[np.intp] = (column.codes + 1).astype(np.intp)
            case TruthColumn():
                self.labels = (None, False, True)
                truths = np.where(column.levels == UNKNOWN, 0, 1 + (column.levels >> 1))
                self.codes = truths.astype(np.intp)
            case NumberColumn():
                raise DecisionError(
                    f"group {name} holds numbers; put them into bands with banded() (请先分档)"
                )


def group_values(values: Values) -> TextColumn:
    """The texts that a decision gives, such as the size of an enterprise, as a group column.

    Raises:
        DecisionError: the decision gives no texts.
    """
    if values.kind != "text":
        raise DecisionError(f"a decision that gives {values.kind} values makes no groups")
    return TextColumn(np.where(values.known, values.values, -1).astype(np.int32), values.words)


def banded(column: NumberColumn, bounds: Sequence[Decimal], words: Sequence[str]) -> TextColumn:
    """A column of numbers in bands.

    Args:
        column: the numbers; null stays null.
        bounds: ascending; a number equal to a bound belongs to the band above it.
        words: one more than bounds, from the lowest band up.

    Raises:
        DecisionError: bounds do not ascend or words do not fit them.
    """
    if list(bounds) != sorted(set(bounds)) or len(words) != len(bounds) + 1:
        raise DecisionError("bands need ascending bounds and one word more than there are bounds")
    if column.limit > EXACT_LIMIT:
        raise DecisionError("the numbers are too large to be put into bands exactly")
    units = np.array([float(_ceiling(bound.scaleb(column.scale))) for bound in bounds])
    codes = np.searchsorted(units, column.values, side="right").astype(np.int32)
    return TextColumn(np.where(np.isnan(column.values), -1, codes).astype(np.int32), tuple(words))


def _ceiling(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))
