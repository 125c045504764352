"""Every example of both cities through the column executor, beside the interpreter."""

from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest
from tests.packs.packs_help import QUZHOU, SAMPLE

from yanzhen.engines.columnar.agree import compare
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.packs.book import book_on
from yanzhen.packs.examples import run_examples
from yanzhen.packs.reader import read_city


@cache
def groups_of(path):
    """Examples of one rule on one day that give the same decisions, with the book for them."""
    city = read_city(path)
    groups = defaultdict(list)
    for result in run_examples(city):
        book = book_on(city, result.example.on)
        given = tuple(sorted(name for name in result.example.given if name not in book.facts))
        groups[result.decision, result.example.on, given].append(result.example)
    return [
        (_book_with(book_on(city, day), given), name, examples)
        for (name, day, given), examples in groups.items()
    ]


def _book_with(book, given):
    """A book in which decisions that an example gives are facts."""
    facts = {
        name: FactSpec(name, book.decisions[name].label, book.decisions[name].type, scale=6)
        for name in given
        if name in book.decisions
    }
    decisions = {name: it for name, it in book.decisions.items() if name not in facts}
    return replace(book, facts={**book.facts, **facts}, decisions=decisions)


@pytest.mark.parametrize("path", [SAMPLE, QUZHOU], ids=lambda path: path.name)
def test_columns_and_interpreter_agree_on_every_example(path):
    disagreements = []
    checked = 0
    for book, name, examples in groups_of(path):
        plan = compile_plan(book, [name])
        rows = [example.given for example in examples]
        frame = Frame.from_rows(rows, plan.facts.values())

        disagreements += compare(book, [name], frame, range(len(rows)), plan=plan)
        checked += len(rows) if name in plan.targets else 0

    assert [str(one) for one in disagreements] == []
    assert checked > 0


def test_every_rule_of_the_sample_city_has_a_column_form():
    refused = {
        name: compile_plan(book, [name]).refused
        for book, name, _ in groups_of(SAMPLE)
        if compile_plan(book, [name]).refused
    }

    assert refused == {}
