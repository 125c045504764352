"""Compiling of lists, contexts, filters and iterations."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builder import Builder, Code
from yanzhen.engines.feel.civil import day_from_number, day_number
from yanzhen.engines.feel.equality import is_date
from yanzhen.engines.feel.names import normalize
from yanzhen.engines.feel.numerals import as_int
from yanzhen.engines.feel.runtime import Env, Run
from yanzhen.engines.feel.values import RangeValue, Value, type_name
from yanzhen.engines.feel.walk import children, steps_for

_PARTIAL = "partial"


def listing(node: n.ListOf, build: Builder) -> Code:
    """``[a, b, c]``."""
    items = [build.code(item) for item in node.items]
    return lambda env: [item(env) for item in items]


def context(node: n.ContextOf, build: Builder) -> Code:
    """``{name: value, …}``; later entries see earlier ones."""
    entries = [(name, normalize(name), build.code(value)) for name, value in node.entries]

    def run(env: Env) -> Value:
        inner = Env(env.run, {}, env)
        result: dict[str, Value] = {}
        for name, known_as, code in entries:
            result[name] = inner.names[known_as] = code(inner)
        return result

    return run


def selection(node: n.Filter, build: Builder) -> Code:
    """``of[test]``: by position where the test is a number, by condition otherwise.

    In the mode ``three_valued`` an item of which the condition is unknown makes the whole unknown.
    """
    of, test, unknown, at = build.code(node.of), build.code(node.test), build.unknown, node.test.at
    cost = steps_for(node.test)

    def run(env: Env) -> Value:
        items = of(env)
        if items is None:
            return None
        if type(items) is not list:
            items = [items]
        first = test(_inside(env, items[0]) if items else env)
        if type(first) is Decimal:
            return _pick(items, first, env.run, at)
        chosen: list[Value] = []
        for index, item in enumerate(items):
            env.run.spend(cost)
            verdict = test(_inside(env, item)) if index else first
            if verdict is True:
                chosen.append(item)
            elif unknown and verdict is not False:
                return None
        return chosen

    return run


def _inside(env: Env, item: Value) -> Env:
    names = {"item": item}
    if type(item) is dict:
        names.update((normalize(name), value) for name, value in item.items())
    return Env(env.run, names, env)


def _pick(items: list[Value], position: Decimal, run: Run, at: int) -> Value:
    index = as_int(position)
    if index is None or index == 0 or abs(index) > len(items):
        run.note(f"there is no item {position} in a list of {len(items)}", at)
        return None
    return items[index - 1 if index > 0 else index]


def _uses_partial(node: n.Node) -> bool:
    stack: list[n.Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, n.Name) and current.value == _PARTIAL:
            return True
        stack.extend(children(current))
    return False


def _steps(first: Value, last: Value) -> list[Value] | range | None:
    """The numbers or day numbers from ``first`` to ``last``, up or down; None of other types."""
    if type(first) is Decimal and type(last) is Decimal:
        low, high = as_int(first), as_int(last)
    elif is_date(first) and is_date(last):
        low, high = day_number(first), day_number(last)
    else:
        return None
    if low is None or high is None:
        return None
    return range(low, high + 1) if low <= high else range(low, high - 1, -1)


def _span(first: Value, last: Value, run: Run, at: int) -> Iterator[Value] | None:
    steps = _steps(first, last)
    if steps is None:
        run.note(
            f"an iteration goes from one whole number or date to another, "
            f"not from {type_name(first)} to {type_name(last)}",
            at,
        )
        return None
    make: Callable[[int], Value] = day_from_number if is_date(first) else Decimal
    return (make(step) for step in steps)


def _range_items(held: RangeValue, run: Run, at: int) -> Iterator[Value] | None:
    steps = _steps(held.low, held.high)
    if not isinstance(steps, range):
        run.note("only a range between two whole numbers or dates can be gone through", at)
        return None
    make: Callable[[int], Value] = day_from_number if is_date(held.low) else Decimal
    ends = set() if held.low_closed else {steps.start}
    ends |= set() if held.high_closed else {steps[-1]}
    return (make(step) for step in steps if step not in ends)


Source = Callable[[Env], Iterator[Value] | None]


def _source(iterator: n.Iterator, build: Builder) -> Source:
    source, at = build.code(iterator.source), iterator.source.at
    to = None if iterator.to is None else build.code(iterator.to)

    def items(env: Env) -> Iterator[Value] | None:
        value = source(env)
        if to is not None:
            return _span(value, to(env), env.run, at)
        if value is None:
            env.run.note("there is nothing to go through: the list is null", at)
            return None
        if type(value) is RangeValue:
            return _range_items(value, env.run, at)
        return iter(value if type(value) is list else [value])

    return items


class _NothingToIterateError(Exception):
    """One of the lists of an iteration is null."""


def _turns(env: Env, iterators: list[tuple[str, Source]], cost: int) -> Iterator[Env]:
    """A scope for each combination, the last iterator turning fastest; each turn has its cost."""
    (name, source), rest = iterators[0], iterators[1:]
    items = source(env)
    if items is None:
        raise _NothingToIterateError
    for item in items:
        env.run.spend(cost)
        inner = Env(env.run, {name: item}, env)
        if rest:
            yield from _turns(inner, rest, cost)
        else:
            yield inner


def iteration(node: n.For, build: Builder) -> Code:
    """``for … return …``; ``partial`` is the list of the results so far."""
    iterators = [(each.name, _source(each, build)) for each in node.iterators]
    result = build.code(node.result)
    partial, cost = _uses_partial(node), steps_for(node.result)

    def run(env: Env) -> Value:
        results: list[Value] = []
        base = Env(env.run, {_PARTIAL: []}, env) if partial else env
        try:
            for turn in _turns(base, iterators, cost):
                if partial:
                    # a copy: a result may keep it, and must not see what comes after
                    env.run.spend(len(results))
                    base.names[_PARTIAL] = list(results)
                results.append(result(turn))
        except _NothingToIterateError:
            return None
        return results

    return run


def quantified(node: n.Quantified, build: Builder) -> Code:
    """``some`` and ``every``: disjunction and conjunction after Kleene."""
    iterators = [(each.name, _source(each, build)) for each in node.iterators]
    satisfies, decisive = build.code(node.satisfies), not node.every
    cost = steps_for(node.satisfies)

    def run(env: Env) -> Value:
        result: bool | None = not decisive
        try:
            for turn in _turns(env, iterators, cost):
                verdict = satisfies(turn)
                if verdict is decisive:
                    return decisive
                if verdict is not True and verdict is not False:
                    result = None
        except _NothingToIterateError:
            return None
        return result

    return run
