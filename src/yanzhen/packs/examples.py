"""Run the examples of a city on any executor (运行样例)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yanzhen.engines.dmn.evaluate import Outcome, decide
from yanzhen.engines.dmn.model import Book
from yanzhen.kernel.errors import DecisionError, FeelError
from yanzhen.packs.book import book_on
from yanzhen.packs.model import City, Example

Executor = Callable[[Book, str, Sequence[Mapping[str, Any]]], Sequence[Outcome]]
"""Decides one decision of a book on many enterprises' facts: outcomes in the same order."""

Progress = Callable[[int, int], None]
"""Told how many examples are done, and of how many."""


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What one example gave.

    Attributes:
        decision: name of the decision; a clause's is ``<policy>/<clause>``.
        example: the example.
        outcome: the answer, or None where the executor failed.
        problems: how the answer departs from what is expected; empty if the example holds.
    """

    decision: str
    example: Example
    outcome: Outcome | None
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the rule answered as expected."""
        return not self.problems


def interpret(book: Book, name: str, facts: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """The executor that interprets each row by itself."""
    return [decide(book, name, row, explain=False) for row in facts]


def run_examples(
    city: City, executor: Executor = interpret, progress: Progress | None = None
) -> list[ExampleResult]:
    """Run every example of every decision and clause.

    Args:
        city: a city without faults.
        executor: what decides; examples of one rule on one day come to it together.
        progress: told after each group.

    Returns:
        One result for each example, by decision, day and place in the file.
    """
    groups: dict[tuple[str, date], list[Example]] = {}
    for name, example in _all_examples(city):
        groups.setdefault((name, example.on), []).append(example)
    total = sum(len(examples) for examples in groups.values())
    results: list[ExampleResult] = []
    for (name, day), examples in sorted(groups.items(), key=lambda group: group[0]):
        results += _run(book_on(city, day), name, examples, executor)
        if progress is not None:
            progress(len(results), total)
    return results


def _all_examples(city: City) -> list[tuple[str, Example]]:
    found = [
        (name, example) for name, family in city.decisions.items() for example in family.examples
    ]
    found += [
        (f"{policy.id}/{example.clause}", example)
        for policy in city.policies.values()
        for example in policy.examples
    ]
    return found


def _run(
    book: Book, name: str, examples: Sequence[Example], executor: Executor
) -> list[ExampleResult]:
    try:
        outcomes = executor(book, name, [example.given for example in examples])
    except (DecisionError, FeelError) as error:
        problem = (f"not decided: {error}",)
        return [ExampleResult(name, example, None, problem) for example in examples]
    return [
        ExampleResult(name, example, outcome, tuple(_problems(example, outcome)))
        for example, outcome in zip(examples, outcomes, strict=True)
    ]


def _problems(example: Example, outcome: Outcome) -> list[str]:
    problems: list[str] = []
    if not agree(example.expect, outcome.value):
        problems.append(f"expected {shown(example.expect)}, got {shown(outcome.value)}")
    if example.amount is not None and not agree(example.amount, outcome.amount):
        expected, got = shown(example.amount), shown(outcome.amount)
        problems.append(f"expected the amount {expected}, got {got}")
    if example.missing is not None and set(example.missing) != set(outcome.missing):
        expected, got = ", ".join(example.missing), ", ".join(outcome.missing)
        problems.append(f"expected missing [{expected}], got [{got}]")
    return problems


def agree(expected: Any, actual: Any) -> bool:
    """Whether a result is the expected one; decimals and days in ``expected`` may be text.

    >>> agree({"low": "0.50"}, {"low": Decimal("0.5")})
    True
    >>> agree(False, None)
    False
    """
    if isinstance(expected, bool) or isinstance(actual, bool) or expected is None:
        return expected is actual
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        same_names = expected.keys() == actual.keys()
        return same_names and all(agree(expected[name], actual[name]) for name in expected)
    if isinstance(expected, list | tuple) and isinstance(actual, list | tuple):
        pairs = zip(expected, actual, strict=False)
        return len(expected) == len(actual) and all(agree(one, other) for one, other in pairs)
    if isinstance(expected, str) and isinstance(actual, Decimal | int):
        try:
            return Decimal(expected) == actual
        except InvalidOperation:
            return False
    if isinstance(expected, str) and isinstance(actual, date):
        return expected == actual.isoformat()
    return bool(expected == actual)


def shown(value: Any) -> str:
    """A value as a person writes it in an example."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case Mapping():
            return "{" + ", ".join(f"{name}: {shown(item)}" for name, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(shown(item) for item in value) + "]"
        case _:
            return str(value)
