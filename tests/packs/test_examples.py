from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packs.packs_help import QUZHOU, SAMPLE

from yanzhen.engines.dmn.evaluate import Outcome
from yanzhen.kernel.errors import DecisionError
from yanzhen.packs.examples import agree, run_examples, shown
from yanzhen.packs.reader import read_city


@pytest.mark.parametrize("city", [SAMPLE, QUZHOU], ids=lambda path: path.name)
def test_every_example_of_both_cities_holds(city):
    results = run_examples(read_city(city))

    wrong = [
        (f"{result.example.file}:{result.example.line}", result.example.name, result.problems)
        for result in results
        if not result.holds
    ]
    assert wrong == []
    assert results


def test_every_policy_of_the_sample_has_three_yes_three_no_and_an_unknown_or_none_to_have():
    city = read_city(SAMPLE)

    for policy in city.policies.values():
        expected = [example.expect for example in policy.examples]
        assert expected.count(True) >= 3, policy.id
        assert expected.count(False) >= 3, policy.id
        assert None in expected, policy.id


def test_every_decision_and_clause_of_the_sample_has_an_example():
    city = read_city(SAMPLE)

    run = {result.decision for result in run_examples(city)}

    clauses = {f"{p.id}/{clause.id}" for p in city.policies.values() for clause in p.clauses}
    assert run == {*city.decisions, *clauses}


def test_a_wrong_answer_is_told_with_what_was_expected():
    city = read_city(SAMPLE)
    family = city.decisions["size"]
    spoiled = replace(family.examples[0], expect="微型", missing=("employees",))
    city = replace(
        city,
        decisions={"size": replace(family, examples=(spoiled,))} | {},
        policies={},
        books={},
    )

    (result,) = run_examples(city)

    assert not result.holds
    assert result.problems == (
        "expected 微型, got 大型",
        "expected missing [employees], got []",
    )


def test_any_executor_can_run_the_examples_and_gets_those_of_a_day_together():
    city = read_city(SAMPLE)
    calls = []

    def unknown(book, name, facts):
        calls.append((book.day, name, len(facts)))
        return [Outcome(None, None, None, ())] * len(facts)

    progress = []

    results = run_examples(city, unknown, lambda done, of: progress.append((done, of)))

    assert sum(count for _, _, count in calls) == len(results)
    assert len({(day, name) for day, name, _ in calls}) == len(calls)
    assert progress[-1] == (len(results), len(results))
    assert {r.holds for r in results if r.example.expect is not None} == {False}


def test_an_executor_that_fails_leaves_its_reason_with_the_example():
    city = read_city(SAMPLE)

    def failing(book, name, facts):
        raise DecisionError("no column form")

    results = run_examples(city, failing)

    assert {result.problems for result in results} == {("not decided: no column form",)}


decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
values = st.none() | st.booleans() | decimals | st.text() | st.dates()
nested = st.recursive(
    values,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(nested)
def test_a_value_agrees_with_itself(value):
    assert agree(value, value)


@given(decimals, st.dates())
def test_text_agrees_with_the_number_or_day_it_writes(number, day):
    assert agree(shown(number), number)
    assert agree(day.isoformat(), day)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (False, None),
        (None, False),
        (True, Decimal(1)),
        (Decimal(1), True),
        ("1", True),
        ("x", Decimal(1)),
        ({"a": "1"}, {"a": Decimal(1), "b": None}),
        (["1"], [Decimal(1), Decimal(2)]),
        ("2026-01-01", date(2026, 1, 2)),
        (None, Decimal(0)),
    ],
)
def test_unlike_values_do_not_agree(expected, actual):
    assert not agree(expected, actual)
