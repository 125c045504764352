"""How fast the interpreter is: simple decisions a second, and a page of clauses for one enterprise.

python bench/interpreter.py [--seconds 3] [--rounds 20]
"""

import argparse
import statistics
import time
from datetime import date
from pathlib import Path

from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import (
    Book,
    Decision,
    Expression,
    FactSpec,
    InputClause,
    OutputClause,
    Rule,
    Table,
)
from yanzhen.engines.feel import evaluate, parse, parse_unary_tests
from yanzhen.kernel.labels import Label
from yanzhen.packs.book import book_on, clause_name
from yanzhen.packs.reader import read_city

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 23)
CONDITION = "revenue >= 2000 * 万 and staff < 300"
TABLE = [("< 300", "1"), ("[300..2000)", "2"), (">= 2000", "3")]


def simple_book():
    """A condition over two facts, and a table of one input and three rows."""
    facts = {
        "revenue": FactSpec("revenue", Label("营业收入", "Revenue"), "money", 2),
        "staff": FactSpec("staff", Label("人数", "Staff"), "integer"),
    }
    table = Table(
        "U",
        (InputClause(Expression("staff", parse("staff")), "staff"),),
        (OutputClause("grade", "grade"),),
        tuple(
            Rule((parse_unary_tests(cell),), (Expression(output, parse(output)),), (cell,))
            for cell, output in TABLE
        ),
    )
    logics = {"large": Expression(CONDITION, parse(CONDITION)), "grade": table}
    decisions = {name: Decision(name, Label(name, name), logic) for name, logic in logics.items()}
    return Book(DAY, facts, decisions, {"万": 10_000})


def a_second(work, seconds):
    """How often ``work`` is done in a second, the best of three stretches."""
    best = 0.0
    for _ in range(3):
        count, begun = 0, time.perf_counter()
        while (taken := time.perf_counter() - begun) < seconds / 3:
            for _ in range(200):
                work()
            count += 200
        best = max(best, count / taken)
    return best


def made_up_facts(book):
    """One enterprise that has a value for every fact."""
    values = {
        "boolean": True,
        "integer": 50,
        "number": 10,
        "money": 30_000_000,
        "text": "C",
        "date": date(2020, 1, 31),
    }
    return {name: values.get(fact.type) for name, fact in book.facts.items()}


def policy_page(city, rounds):
    """Milliseconds for every clause of the city, explained, for one enterprise: each round."""
    book = book_on(city, DAY)
    clauses = [
        name
        for policy in city.policies.values()
        for versions in policy.families().values()
        for name in [clause_name(policy, versions[-1])]
        if name in book.decisions
    ]
    facts = made_up_facts(book)
    times = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        for name in clauses:
            decide(book, name, facts, explain=True)
        times.append((time.perf_counter() - begun) * 1000)
    first, *others = times
    return len(clauses), first, others


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    book = simple_book()
    facts = {"revenue": 30_000_000, "staff": 120}
    tree = parse(CONDITION)
    scope = {**facts, "万": 10_000}
    rate = a_second(lambda: evaluate(tree, scope), options.seconds)
    print(f"{'evaluate, one condition:':<26}{rate:>9,.0f} a second")
    for name in ("large", "grade"):
        for explain in (False, True):
            rate = a_second(
                lambda name=name, explain=explain: decide(book, name, facts, explain=explain),
                options.seconds,
            )
            words = f"decide {name}{', explained' if explain else ''}:"
            print(f"{words:<26}{rate:>9,.0f} a second")
    count, first, others = policy_page(read_city(ROOT / "cities" / "quzhou"), options.rounds)
    print(
        f"{count} clauses of Quzhou, explained, one enterprise: first {first:.1f} ms, then median "
        f"{statistics.median(others):.1f} ms, longest {max(others):.1f} ms"
    )


if __name__ == "__main__":
    main()
