"""What may change and what it costs (变动代价): one table, declared by the caller.

A fact without a price never changes. The cost of a move is ``base + rate * |new - old| / unit``,
with one rate for up and one for down; a direction without a rate is closed. Facts without an order
(texts, truth values) cost what each new value costs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yanzhen.engines.dmn.model import Book, Expression, ValueType
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.engines.feel.parser import parse
from yanzhen.kernel.errors import DecisionError

TODAY = "评估日"
"""The day of evaluation; a price for it says what waiting costs, by the day."""

_ONE = Decimal(1)
_ORDERED = frozenset({"integer", "number", "money", "date"})


@dataclass(frozen=True, slots=True)
class Price:
    """What changing one fact costs.

    Attributes:
        up: cost of one ``unit`` more (later, for dates); None if it cannot grow.
        down: cost of one ``unit`` less; None if it cannot shrink.
        unit: how much counts as one; None is the present value itself, so that ``up`` is the cost
            of doubling (where the present value is zero or missing: one).
        base: cost of changing it at all.
        low: least value; None is no limit. A date needs both limits.
        high: greatest value; None is no limit.
        step: what its values are multiples of; None is by the fact's scale (dates: one day).
        values: for texts and truth values, the values that can be reached and the cost of each.
    """

    up: Decimal | None = _ONE
    down: Decimal | None = _ONE
    unit: Decimal | None = _ONE
    base: Decimal = Decimal(0)
    low: Any = None
    high: Any = None
    step: Decimal | None = None
    values: Mapping[Any, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Costs:
    """The table of costs.

    Attributes:
        prices: by id of the fact (or of a decision whose value is given).
        supply: cost of supplying a missing fact, whatever its value; None keeps them missing.
        gain: how much cheaper a change of two facts must be than either alone, where one alone
            does it, as a share of that cost. Without it a pair could save a cent and be told first.
        keep: statements that no change may make false, such as ``主营业务收入 <= 营业收入``.
    """

    prices: Mapping[str, Price]
    supply: Decimal | None = _ONE
    gain: Decimal = Decimal("0.01")
    keep: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact that may change, with its values counted: value ``k`` is ``k * step`` or a day.

    Attributes:
        name: id of the fact.
        price: its price.
        old: the present value, None if missing.
        step: distance of two values; 1 for days.
        day: whether it is a date; ``k`` is then the ordinal of the day.
        low: least ``k``; None is no limit.
        high: greatest ``k``; None is no limit.
        supply: cost of supplying it if it is missing.
    """

    name: str
    price: Price
    old: Any
    step: Fraction
    day: bool
    low: int | None
    high: int | None
    supply: Decimal

    @property
    def origin(self) -> Fraction:
        """Where costs count from, in steps: the present value, or zero where it is missing."""
        if self.old is None:
            return Fraction(self.low if self.day and self.low is not None else 0)
        return Fraction(self.old.toordinal()) if self.day else Fraction(self.old) / self.step

    def value(self, at: int) -> Any:
        """The value with number ``at``."""
        if self.day:
            return date.fromordinal(at)
        number = self.step * at
        return NUMBERS.divide(Decimal(number.numerator), Decimal(number.denominator))

    def allows(self, at: int) -> bool:
        """Whether the fact may move there."""
        if (self.low is not None and at < self.low) or (self.high is not None and at > self.high):
            return False
        if self.old is None:
            return True
        rate = self.price.up if at > self.origin else self.price.down
        return at != self.origin and rate is not None

    def rate(self, *, up: bool) -> Fraction:
        """The cost of one step in a direction that is open."""
        rate = self.price.up if up else self.price.down
        if self.old is None or rate is None:
            return Fraction(0)
        unit = self.price.unit
        if unit is None:
            unit = abs(self.old) if not self.day and self.old else _ONE
        return Fraction(rate) * self.step / Fraction(unit)

    def cost(self, at: int) -> Fraction:
        """The cost of moving to value ``at``."""
        if self.old is None:
            return Fraction(self.supply)
        gap = at - self.origin
        return Fraction(self.price.base) + self.rate(up=gap > 0) * abs(gap)


def variable(book: Book, name: str, old: Any, costs: Costs) -> Variable | None:
    """The fact as something that can be counted; None if its values have no order.

    Raises:
        DecisionError: the price does not fit the fact.
    """
    kind = kind_of(book, name)
    price = costs.prices[name]
    if kind not in _ORDERED or price.values:
        return None
    if kind == "date":
        low, high = price.low, price.high
        if name == TODAY and low is None:
            low = book.day
        if not isinstance(low, date) or not isinstance(high, date):
            raise DecisionError(f"the price of {name} needs a first and a last day (缺日期上下限)")
        step, low, high = Fraction(1), low.toordinal(), high.toordinal()
    else:
        scale = book.facts[name].scale if name in book.facts else 0
        if kind == "money":
            scale = max(scale, 2)
        step = Fraction(price.step) if price.step is not None else Fraction(1, 10**scale)
        if step <= 0:
            raise DecisionError(f"the price of {name}: step must be positive (步长须为正)")
        low = None if price.low is None else -(-Fraction(price.low) // step)
        high = None if price.high is None else Fraction(price.high) // step
    if price.unit is not None and price.unit <= 0:
        raise DecisionError(f"the price of {name}: unit must be positive (单位须为正)")
    supply = costs.supply if costs.supply is not None else Decimal(0)
    return Variable(name, price, old, step, kind == "date", low, high, supply)


def kind_of(book: Book, name: str) -> ValueType:
    """The type of a fact, of a decision whose value is given, or of the day of evaluation.

    Raises:
        DecisionError: the book has no such name.
    """
    if name in book.facts:
        return book.facts[name].type
    if name in book.decisions:
        return book.decisions[name].type
    if name == TODAY:
        return "date"
    raise DecisionError(f"there is a price for {name}, which is no fact (未知事实)")


def usual_costs(
    book: Book,
    *,
    fixed: Collection[str] = (),
    growing: Collection[str] = (),
    codes: Mapping[str, Collection[str]] | None = None,
    last_day: date | None = None,
    keep: Collection[str] = (),
) -> Costs:
    """A plain table: numbers by their relative change, everything else by one for a change.

    Numbers, whole numbers and money may go from zero up; doubling costs 1. Truth values and the
    ``codes`` cost 1. Dates stay as they are.

    Args:
        book: gives the facts.
        fixed: ids of facts that nobody can change (district, trade).
        growing: ids of facts that only go up: those that only time changes (years in a trade), and
            those that nobody would shrink for the sake of a rule (revenue).
        codes: the values of text facts by id; a text without codes stays as it is.
        last_day: how far one is ready to wait; a year of waiting then costs 1. The rules stay
            those of the day of the book.
        keep: statements that no change may make false, as FEEL texts.

    Raises:
        FeelError: a statement cannot be read.
    """
    prices: dict[str, Price] = {}
    for name, spec in book.facts.items():
        if name in fixed:
            continue
        if spec.type in {"integer", "number", "money"}:
            down = None if name in growing else _ONE
            prices[name] = Price(up=_ONE, down=down, unit=None, low=0)
        elif spec.type == "boolean":
            prices[name] = Price(values={True: _ONE, False: _ONE})
        elif spec.type == "text" and codes and codes.get(name):
            prices[name] = Price(values=dict.fromkeys(codes[name], _ONE))
    if last_day is not None:
        prices[TODAY] = Price(down=None, unit=Decimal(365), high=last_day)
    return Costs(prices, keep=tuple(Expression(text, parse(text)) for text in keep))
