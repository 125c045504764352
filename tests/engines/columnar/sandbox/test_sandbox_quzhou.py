"""Every clause of Quzhou: a changed book compared is what a full run of it gives.

The population is that of the examples: whoever a rule is for, and whoever just misses it.
"""

import re
from datetime import date
from functools import cache

import numpy as np
from tests.packs.packs_help import QUZHOU

from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.sandbox.edits import with_amount, with_constant, with_threshold
from yanzhen.engines.columnar.sandbox.sandbox import Sandbox
from yanzhen.engines.columnar.vector import run
from yanzhen.packs.book import book_on
from yanzhen.packs.examples import run_examples
from yanzhen.packs.reader import read_city

DAY = date(2026, 11, 23)


@cache
def quzhou():
    city = read_city(QUZHOU)
    book = book_on(city, DAY)
    clauses = [name for name in book.decisions if "/" in name]
    plan = compile_plan(book, clauses)
    rows = [
        {name: value for name, value in example.given.items() if name in plan.facts}
        for example in (result.example for result in run_examples(city))
    ]
    frame = Frame.from_rows(rows, plan.facts.values())
    return book, clauses, frame, Sandbox(book, frame)


def numbers_of(book, clause):
    """Conditions of a clause that hold one number: name and the number."""
    logic = book.decisions[clause].logic
    for one in getattr(logic, "conditions", ()):
        found = re.findall(r"(?<![\w.])\d+(?![\w.])", one.expression.text)
        if len(found) == 1:
            yield one.name, found[0]


def assert_as_full_run(comparison, book, clauses, frame):
    result = run(compile_plan(book, clauses), frame)
    assert comparison.refused == {}
    for name in clauses:
        after = comparison.clauses[name].after
        assert np.array_equal(after.verdicts, result.verdicts[name]), name
        if name in result.amounts:
            assert np.array_equal(after.amounts.rows, result.amounts[name].rows), name
            assert np.array_equal(after.amounts.fen, result.amounts[name].fen), name
    total = sum(amounts.total() for amounts in result.amounts.values())
    assert comparison.total.cost.after == total


def test_every_threshold_changed_is_what_a_full_run_gives():
    book, clauses, frame, sandbox = quzhou()
    changes = [(name, *found) for name in clauses for found in numbers_of(book, name)]

    for name, condition, number in changes:
        changed = with_threshold(book, name, condition, number, str(int(number) // 2))
        comparison = sandbox.compare(changed, clauses)

        assert set(comparison.touched) <= {name}
        after = run(compile_plan(changed, [name]), frame).verdicts[name]
        assert np.array_equal(comparison.clauses[name].after.verdicts, after)

    assert len(changes) > 20


def test_every_clause_kept_says_what_a_full_run_says():
    book, clauses, frame, sandbox = quzhou()

    comparison = sandbox.compare(book, clauses)

    assert_as_full_run(comparison, book, clauses, frame)
    assert comparison.touched == ()


def test_every_amount_changed_is_what_a_full_run_gives():
    book, clauses, frame, sandbox = quzhou()
    changed = book
    for name in sandbox.compare(book, clauses).clauses:
        logic = book.decisions[name].logic
        if getattr(logic, "amount", None) is not None:
            changed = with_amount(changed, name, f"({logic.amount.text}) / 3")

    comparison = sandbox.compare(changed, clauses)

    assert_as_full_run(comparison, changed, clauses, frame)
    assert len(comparison.touched) > 50


def test_a_parameter_behind_many_clauses_is_what_a_full_run_gives():
    book, clauses, frame, sandbox = quzhou()
    changed = with_constant(book, "万", 9000)

    comparison = sandbox.compare(changed, clauses)

    assert_as_full_run(comparison, changed, clauses, frame)
    assert len(comparison.touched) > 5
    assert comparison.total.cost.difference != 0
