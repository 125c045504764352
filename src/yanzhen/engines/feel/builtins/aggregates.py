"""Built-in functions that make one value of a list (DMN 1.5, 10.3.4.4)."""

from collections import Counter
from decimal import Decimal

from yanzhen.engines.feel.builtins.signature import Builtin, over_list, param, simple
from yanzhen.engines.feel.equality import all_of, any_of, order
from yanzhen.engines.feel.numerals import NUMBERS, finite
from yanzhen.engines.feel.values import DayTimeDuration, Value, YearMonthDuration, type_name
from yanzhen.kernel.errors import FeelError


def _numbers(items: list[Value]) -> list[Decimal]:
    for item in items:
        if type(item) is not Decimal:
            raise FeelError(f"every item must be a number, not {type_name(item)}")
    return items


def _extreme(items: list[Value], sign: int) -> Value:
    best: Value = None
    for index, item in enumerate(items):
        if index == 0:
            best = item
            if order(item, item) is None:
                raise FeelError(f"a {type_name(item)} has no order")
            continue
        compared = order(item, best)
        if compared is None:
            raise FeelError(f"a {type_name(item)} cannot be compared with a {type_name(best)}")
        if compared == sign:
            best = item
    return best


def least(items: list[Value]) -> Value:
    """The least item; null of nothing."""
    return _extreme(items, -1)


def greatest(items: list[Value]) -> Value:
    """The greatest item; null of nothing."""
    return _extreme(items, 1)


def total(items: list[Value]) -> Value:
    """The sum of numbers, or of durations of one kind; null of nothing."""
    if not items:
        return None
    if isinstance(items[0], DayTimeDuration | YearMonthDuration):
        kind = type(items[0])
        if any(type(item) is not kind for item in items):
            raise FeelError("durations of different kinds have no sum")
        if kind is DayTimeDuration:
            return DayTimeDuration(sum(item.nanos for item in items))
        return YearMonthDuration(sum(item.months for item in items))
    result = Decimal(0)
    for number in _numbers(items):
        result = NUMBERS.add(result, number)
    return finite(result)


def product(items: list[Value]) -> Value:
    """The product of numbers; null of nothing."""
    if not items:
        return None
    result = Decimal(1)
    for number in _numbers(items):
        result = NUMBERS.multiply(result, number)
    return finite(result)


def mean(items: list[Value]) -> Value:
    """The arithmetic mean of numbers; null of nothing."""
    if not items:
        return None
    summed = total(_numbers(items))
    return None if summed is None else finite(NUMBERS.divide(summed, Decimal(len(items))))


def median(items: list[Value]) -> Value:
    """The middle number, or the mean of the two in the middle; null of nothing."""
    numbers = sorted(_numbers(items))
    if not numbers:
        return None
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else mean(numbers[middle - 1 : middle + 1])


def deviation(items: list[Value]) -> Value:
    """The standard deviation of a sample; null of fewer than two numbers."""
    numbers = _numbers(items)
    if len(numbers) < 2:  # noqa: PLR2004
        return None
    center = mean(numbers)
    if center is None:
        return None
    squares = [NUMBERS.power(NUMBERS.subtract(number, center), 2) for number in numbers]
    summed = total(squares)
    if summed is None:
        return None
    return finite(NUMBERS.sqrt(NUMBERS.divide(summed, Decimal(len(numbers) - 1))))


def mode(items: list[Value]) -> list[Value]:
    """The numbers that stand most often, in ascending order."""
    counts = Counter(_numbers(items))
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


def _truths(items: list[Value]) -> list[bool | None]:
    return [item if type(item) is bool else None for item in items]


def every(items: list[Value]) -> bool | None:
    """Conjunction; what is no boolean counts as unknown."""
    return all_of(_truths(items))


def some(items: list[Value]) -> bool | None:
    """Disjunction; what is no boolean counts as unknown."""
    return any_of(_truths(items))


def count(items: list[Value]) -> Decimal:
    """How many items there are, nulls included."""
    return Decimal(len(items))


FUNCTIONS: tuple[Builtin, ...] = (
    simple("count", count, param("list", "list"), result="number"),
    over_list("min", least),
    over_list("max", greatest),
    over_list("sum", total),
    over_list("mean", mean, "number"),
    over_list("all", every, "boolean"),
    over_list("any", some, "boolean"),
    over_list("product", product, "number"),
    over_list("median", median, "number"),
    over_list("stddev", deviation, "number"),
    over_list("mode", mode, "list"),
)
