"""What can be told of a rule only when the whole city is read (规则内容检查).

Tables whose rows leave gaps or overlap, operands that can never fit, results of another type than
declared: the decision engine finds them; here they get their place in the folder.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from yanzhen.engines.dmn.model import Book, Decision
from yanzhen.engines.dmn.validate import check_decision
from yanzhen.packs.book import book_on, clause_decision
from yanzhen.packs.model import City
from yanzhen.packs.reading import Reading
from yanzhen.packs.yaml_node import Node


def check_rules(
    reading: Reading, city: City, places: Mapping[tuple[str, date | None], Node]
) -> None:
    """Check every version of every decision and clause on its first day.

    Args:
        reading: takes the faults.
        city: read without other faults.
        places: where each version stands, by name and first day.
    """
    books: dict[date, Book] = {}
    for decision in _versions(city):
        if decision.start is None:
            continue
        if decision.start not in books:
            books[decision.start] = _whole_book(city, decision.start)
        node = places[decision.name, decision.start]
        for fault in check_decision(decision, books[decision.start]):
            reading.add(node, f"the rule {decision.name}: {fault}", "correct the rule")


def _versions(city: City) -> Iterator[Decision]:
    for family in city.decisions.values():
        yield from family.versions
    for policy in city.policies.values():
        for clause in policy.clauses:
            yield clause_decision(policy, clause)


def _whole_book(city: City, day: date) -> Book:
    """The book of a day in which what is not in force yet, or no longer, is still known.

    A rule older than a decision that it names is no mistake: before that day it gives unknown.
    """
    book = book_on(city, day)
    constants = {name: value for name, value in book.constants.items() if value is not None}
    for name, parameter in city.parameters.items():
        constants.setdefault(name, parameter.values[0].value)
    decisions = {name: family.versions[0] for name, family in city.decisions.items()}
    return replace(book, constants=constants, decisions={**decisions, **book.decisions})
