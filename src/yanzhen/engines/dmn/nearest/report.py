"""From values that do it to a change: verified again, with its worth and what it carries along."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.nearest.change import Change, Effect, Move, Span
from yanzhen.engines.dmn.nearest.frames import Frame
from yanzhen.engines.dmn.nearest.oracle import Oracle, SpentError
from yanzhen.engines.dmn.nearest.reach import Reach
from yanzhen.engines.dmn.nearest.solve import Mover, Solution
from yanzhen.engines.dmn.nearest.spans import spans_of
from yanzhen.engines.dmn.run import Run
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.kernel.errors import DecisionError
from yanzhen.kernel.explanation import Step


def change_of(oracle: Oracle, solution: Solution, movers: Mapping[str, Mover]) -> Change:
    """The change with these values, decided once more with its explanation.

    Raises:
        DecisionError: it does not come out yes; then the search itself is at fault.
    """
    values = dict(sorted(solution.moves))
    after_facts = {**oracle.facts, **values}
    before = decide(oracle.book, oracle.name, oracle.facts)
    after = decide(oracle.book, oracle.name, after_facts)
    if after.value is not True:
        raise DecisionError(f"a change of {', '.join(values)} did not hold when decided again")
    old = {name: oracle.facts.get(name, oracle.book.constants.get(name)) for name in values}
    moves = tuple(
        Move(name, old[name], new, _delta(old[name], new), _would_do(oracle, movers[name], values))
        for name, new in values.items()
    )
    open_before = {label for label, fine in _conditions(before.step) if not fine}
    fine_after = [label for label, fine in _conditions(after.step) if fine]
    return Change(
        moves,
        NUMBERS.divide(Decimal(solution.cost.numerator), Decimal(solution.cost.denominator)),
        after.amount if isinstance(after.amount, Decimal) else None,
        tuple(dict.fromkeys(label for label in fine_after if label in open_before)),
        tuple(_effects(oracle, values)),
    )


def _would_do(oracle: Oracle, mover: Mover, values: Mapping[str, Any]) -> tuple[Span, ...]:
    """For a missing fact, the values that would do beside the other moves."""
    if mover.old is not None:
        return ()
    beside = tuple((name, value) for name, value in values.items() if name != mover.name)
    value = values[mover.name]
    try:
        return spans_of(oracle, mover, beside)
    except SpentError:
        return (Span(value, value),)


def _delta(old: Any, new: Any) -> Decimal | None:
    if isinstance(old, Decimal) and isinstance(new, Decimal):
        return NUMBERS.subtract(new, old)
    if old is None or not hasattr(old, "toordinal"):
        return None
    return Decimal(new.toordinal() - old.toordinal())


def _conditions(step: Step | None) -> Iterator[tuple[str, bool]]:
    """The outermost conditions and exclusions, and whether each is as it should be."""
    waiting = [] if step is None else [step]
    while waiting:
        one = waiting.pop(0)
        if one.kind in {"condition", "exclusion"}:
            yield one.label, one.value is (one.kind == "condition")
        else:
            waiting.extend(one.children)


def _effects(oracle: Oracle, values: dict[str, Any]) -> Iterator[Effect]:
    """The derived numbers among the decisions that the moves reach."""
    book = oracle.book
    runs = [
        Run(book, facts, "three_valued", explain=False)
        for facts in (oracle.facts, {**oracle.facts, **values})
    ]
    given = frozenset(oracle.facts) - values.keys()
    reach = Reach(book, given, tuple(values))
    reached = reach.decisions_behind(book.decisions[oracle.name].logic, Frame())
    for name in sorted(reached):
        if book.decisions[name].type not in {"number", "integer", "money"}:
            continue
        before, after = (run.lookup(name) for run in runs)
        if isinstance(after, Decimal) and before != after:
            yield Effect(name, before if isinstance(before, Decimal) else None, after)
