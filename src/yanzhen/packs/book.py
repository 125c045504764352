"""The rules of a city in force on one day (某日有效的规则)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn.model import Book, Dated, Decision, Expression, Version
from yanzhen.engines.feel import nodes as n
from yanzhen.kernel.explanation import Citation
from yanzhen.packs.model import City, Clause, Policy

UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def book_on(city: City, day: date) -> Book:
    """Everything that a rule of the city may name on ``day``, and every rule in force.

    Args:
        city: a city without faults.
        day: the day of evaluation (评估日).

    Returns:
        Facts; parameters as constants, beside 万, 亿 and 评估日; decisions in force; every clause
        as the decision ``<policy>/<clause>``. A clause with an event is there in all its versions,
        since the event may lie in any of them; without one, in its version of that day. A decision
        that the city knows but that is not in force is the constant null: asking it gives unknown.
        The book is made once for a day and kept with the city.
    """
    book = city.books.get(day)
    if book is None:
        book = city.books[day] = _make_book(city, day)
    return book


def clause_name(policy: Policy, clause: Clause) -> str:
    """The name of the decision that a clause is in a book."""
    return f"{policy.id}/{clause.id}"


def _make_book(city: City, day: date) -> Book:
    constants: dict[str, Any] = {**UNITS, "评估日": day}
    aliases: dict[str, str] = {}
    for name, fact in city.facts.items():
        aliases[fact.spec.label.zh] = name
    for name, parameter in city.parameters.items():
        constants[name] = parameter.on(day)
        aliases[parameter.label.zh] = name
    decisions: dict[str, Decision] = {}
    for name, family in city.decisions.items():
        if family.versions:
            aliases[family.versions[-1].label.zh] = name
        version = family.on(day)
        if version is None:
            constants[name] = None
        else:
            decisions[name] = version
    for policy in city.policies.values():
        for versions in policy.families().values():
            decision = _clause_on(policy, versions, day)
            if decision is not None:
                decisions[decision.name] = decision
    facts = {name: fact.spec for name, fact in city.facts.items()}
    return Book(day, facts, decisions, constants, aliases)


def clause_decision(policy: Policy, clause: Clause) -> Decision:
    """One version of a clause as a decision, by its own conditions alone."""
    return Decision(
        name=clause_name(policy, clause),
        label=clause.label,
        logic=clause.logic,
        type="boolean",
        version="" if clause.start is None else clause.start.isoformat(),
        start=clause.start,
        end=clause.end,
        citation=Citation(clause.source, clause.article),
        official=clause.status == "official",
        doc=clause.text,
    )


def _clause_on(policy: Policy, versions: tuple[Clause, ...], day: date) -> Decision | None:
    """A clause as a decision on ``day``; None where it is not in force."""
    begun = [clause for clause in versions if clause.start is None or clause.start <= day]
    if not begun:
        return None
    clause = begun[-1]
    decision = clause_decision(policy, clause)
    if clause.event is None:
        return None if clause.end is not None and clause.end < day else decision
    event = Expression(clause.event, n.Name(clause.event, at=0, end=len(clause.event)))
    dated = Dated(event, tuple(_version(version) for version in versions))
    return replace(decision, logic=dated, start=versions[0].start, end=versions[-1].end)


def _version(clause: Clause) -> Version:
    name = "" if clause.start is None else clause.start.isoformat()
    return Version(name, clause.start, clause.end, clause.logic)
