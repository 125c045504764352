"""Seconds for a changed rule over a population, beside deciding everything twice.

    python bench/sandbox/run.py SNAPSHOT.parquet --city cities/quzhou --day 2026-11-23

The snapshot has one row an enterprise and a column for each fact. Each change is compared for all
clauses of the city, by county, size and section; medians of five.
"""

# ruff: noqa: E402 -- the source folder must be on the path first
import argparse
import re
import statistics
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.sandbox.edits import with_amount, with_constant, with_threshold
from yanzhen.engines.columnar.sandbox.groups import group_values
from yanzhen.engines.columnar.sandbox.sandbox import Sandbox
from yanzhen.engines.columnar.vector import run
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

ROUNDS = 5
GROUPS = ("district", "sector")


def seconds(work):
    """The median of some rounds, and the last result."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), result


def thresholds(book, clauses):
    """Every condition of a clause that holds a number: clause, condition, the number."""
    for name in clauses:
        logic = book.decisions[name].logic
        for one in getattr(logic, "conditions", ()):
            found = re.findall(r"(?<![\w.])\d+(?![\w.])", one.expression.text)
            if len(found) == 1:
                yield name, one.name, found[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshot")
    parser.add_argument("--city", default=str(ROOT / "cities" / "quzhou"))
    parser.add_argument("--day", default="2026-11-23", type=date.fromisoformat)
    asked = parser.parse_args()
    book = book_on(read_city(Path(asked.city)), asked.day)
    clauses = [name for name in book.decisions if "/" in name]
    names = [*clauses, "sme_size"]
    plan = compile_plan(book, names)
    groups = [book.facts[name] for name in GROUPS if name in book.facts]
    frame = Frame.from_parquet(
        asked.snapshot, {f.name: f for f in [*plan.facts.values(), *groups]}.values()
    )
    twice, _ = seconds(lambda: [run(compile_plan(book, names), frame) for _ in range(2)])
    result = run(plan, frame)
    columns = {fact.name: frame.columns[fact.name] for fact in groups}
    columns["size"] = group_values(result.values["sme_size"])
    sandbox = Sandbox(book, frame, groups=columns)
    first, _ = seconds(lambda: Sandbox(book, frame, groups=columns).compare(book, clauses))
    sandbox.compare(book, clauses)
    print(f"{frame.rows:,} rows, {len(clauses)} clauses; medians of {ROUNDS}")
    print(f"two full runs                      {twice:.3f} s")
    print(f"first comparison, decides all      {first:.3f} s")

    def report(what, changed):
        taken, comparison = seconds(lambda: sandbox.compare(changed, clauses))
        figures, _ = seconds(lambda: [comparison.by(group) for group in columns])
        total = comparison.total
        print(
            f"{what:34} {taken:.3f} s  {taken / twice:5.2f} × two runs  "
            f"(+ {figures:.3f} s by {len(columns)} groups)  "
            f"{len(comparison.touched)} clauses, {total.counts.winners:,} win, "
            f"{total.counts.losers:,} lose, {total.cost.difference / 100:+,.2f} yuan"
        )

    choices = list(thresholds(book, clauses))
    each = []
    for name, condition, number in choices:
        changed = with_threshold(book, name, condition, number, str(int(number) * 2))
        start = time.perf_counter()
        sandbox.compare(changed, clauses)
        each.append((time.perf_counter() - start, name, condition, number))
    slow, median = max(each), sorted(each)[len(each) // 2]
    for word, (_, name, condition, number) in (("median", median), ("slowest", slow)):
        changed = with_threshold(book, name, condition, number, str(int(number) * 2))
        report(f"threshold, {word} of {len(each)}", changed)
    paid = [n for n in clauses if result.amounts.get(n) is not None]
    largest = max(paid, key=lambda n: len(result.amounts[n].rows))
    text = book.decisions[largest].logic
    text = getattr(text, "amount", None) or text.versions[-1].logic.amount
    report(f"amount of {largest}"[:34], with_amount(book, largest, f"({text.text}) / 2"))

    def reached(name):
        value = book.constants[name]
        return len(sandbox.compare(with_constant(book, name, value * 2), clauses).touched)

    numbers = {name: value for name, value in book.constants.items() if isinstance(value, Decimal)}
    widest, *rest = sorted(numbers, key=reached, reverse=True)
    for name in (widest, rest[0]):
        changed = with_constant(book, name, numbers[name] * Decimal("0.9"))
        report(f"parameter {name}"[:34], changed)
    for word, (_, name, condition, number) in (("median", median), ("slowest", slow)):
        values = [str(int(number) + step) for step in range(20)]
        taken, _ = seconds(
            lambda c=(name, condition, number), v=values: sandbox.sweep_threshold(*c, v, clauses)
        )
        print(f"20 values, {word:23} {taken:.3f} s  {taken / twice:5.2f} × two runs  {name}")
    series = [numbers[rest[0]] + step for step in range(20)]
    taken, _ = seconds(lambda: sandbox.sweep_constant(rest[0], series, clauses))
    print(f"20 values of {rest[0]:21} {taken:.3f} s  {taken / twice:5.2f} × two runs")


if __name__ == "__main__":
    main()
