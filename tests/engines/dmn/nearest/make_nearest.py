"""Small books and an enumeration of every change, to hold the search against."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from tests.engines.dmn.make_rules import book as make_book
from tests.engines.dmn.make_rules import decision

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.nearest import Costs, Price
from yanzhen.engines.dmn.nearest.costs import variable

HIGH = 12
NUMBERS = ("staff", "revenue")


def small_book(*decisions: m.Decision, **constants) -> m.Book:
    return make_book(*decisions, constants=constants)


def rule(logic: m.Logic, *more: m.Decision) -> m.Book:
    return small_book(decision("d", logic), *more)


def small_costs(**more: Price) -> Costs:
    """Whole numbers from 0 to 12, three sectors and a truth value; every pair counts."""
    grid = {"low": Decimal(0), "high": Decimal(HIGH), "step": Decimal(1)}
    prices = {
        "staff": Price(up=Decimal(3), down=Decimal(2), **grid),
        "revenue": Price(up=Decimal(1), down=Decimal(4), base=Decimal(1), **grid),
        "sector": Price(values={"A": Decimal(5), "B": Decimal(7), "C": Decimal(2)}),
        "discredited": Price(values={False: Decimal(6), True: Decimal(1)}),
    }
    return Costs({**prices, **more}, gain=Decimal(0))


def enumerated(book: m.Book, facts, costs: Costs, most_facts: int) -> Fraction | None:
    """The least cost of any change whatever, by trying all; None if none makes it yes."""
    options = {name: list(_options(book, facts, costs, name)) for name in costs.prices}
    best: Fraction | None = None
    for size in range(1, most_facts + 1):
        for names in combinations(options, size):
            for chosen in product(*(options[name] for name in names)):
                cost = sum((one for one, _ in chosen), Fraction(0))
                if best is not None and cost >= best:
                    continue
                given = {**facts, **dict(zip(names, (value for _, value in chosen), strict=True))}
                if decide(book, "d", given, explain=False).value is True:
                    best = cost
    return best


def _options(book, facts, costs, name):
    price, old = costs.prices[name], facts.get(name)
    if price.values:
        for value, cost in price.values.items():
            if value != old:
                yield (Fraction(price.base + cost) if old is not None else Fraction(1)), value
        return
    counted = variable(book, name, old, costs)
    for at in range(counted.low, counted.high + 1):
        if counted.allows(at):
            yield counted.cost(at), counted.value(at)


def days(first: date, last: date) -> Price:
    return Price(low=first, high=last)
