"""Compiling of tests: ranges, ``in``, and the cells of decision tables."""

from collections.abc import Callable

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builder import Builder, Code
from yanzhen.engines.feel.equality import any_of, equal, in_range, order
from yanzhen.engines.feel.runtime import Env
from yanzhen.engines.feel.values import RangeValue, Value
from yanzhen.engines.feel.walk import children

Test = Callable[[Env, Value], bool | None]
"""A compiled test: takes the scope and the value under test."""


def uses_input(node: n.Node) -> bool:
    """Whether ``?`` stands anywhere in the tree."""
    stack: list[n.Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, n.Input):
            return True
        stack.extend(children(current))
    return False


def interval(node: n.Range, build: Builder) -> Code:
    """A range as a value; null if an end is null or its ends do not fit each other."""
    low = None if node.low is None else build.code(node.low)
    high = None if node.high is None else build.code(node.high)
    low_closed, high_closed, at = node.low_closed, node.high_closed, node.at

    def run(env: Env) -> Value:
        start = None if low is None else low(env)
        end = None if high is None else high(env)
        first = end if low is None else start
        last = start if high is None else end
        if order(first, last) is None:
            env.run.note("a range needs two ends of one type that has an order", at)
            return None
        return RangeValue(start, end, low_closed, high_closed)

    return run


def _interval_test(node: n.Range, build: Builder) -> Test:
    """A value in a range, end by end: a null end leaves the other one to say no."""
    low = None if node.low is None else build.code(node.low)
    high = None if node.high is None else build.code(node.high)
    above = (0, 1) if node.low_closed else (1,)
    below = (-1, 0) if node.high_closed else (-1,)
    whole = interval(node, build)

    def test(env: Env, value: Value) -> bool | None:
        if type(value) is RangeValue:
            return equal(value, whole(env))
        result: bool | None = True
        for end, wanted in ((low, above), (high, below)):
            if end is None:
                continue
            compared = order(value, end(env))
            if compared is None:
                result = None
            elif compared not in wanted:
                return False
        return result

    return test


def member_test(node: n.Node, build: Builder) -> Test:
    """The test that one member of a cell, or of ``in (…)``, stands for."""
    if isinstance(node, n.Null):
        return lambda _, value: value is None
    if isinstance(node, n.Range):
        return _interval_test(node, build)
    if uses_input(node):
        return _condition(build.code(node))
    if build.unknown and isinstance(node, n.ListOf):
        return _members(node, build)
    code, unknown = build.code(node), build.unknown

    def test(env: Env, value: Value) -> bool | None:
        against = code(env)
        env.run.weigh(against)
        return matches(value, against, unknown=unknown)

    return test


def _condition(code: Code) -> Test:
    def test(env: Env, value: Value) -> bool | None:
        result = code(Env(env.run, {"?": value}, env))
        return result if result is True or result is False else None

    return test


def _members(node: n.ListOf, build: Builder) -> Test:
    """A list written out: each member is a test, so that a literal null there can be asked for."""
    tests = [member_test(item, build) for item in node.items]
    whole = build.code(node)

    def test(env: Env, value: Value) -> bool | None:
        if type(value) is list and equal(value, whole(env), unknown=True):
            return True
        return any_of([member(env, value) for member in tests])

    return test


def matches(value: Value, against: Value, *, unknown: bool) -> bool | None:
    """Whether ``value`` passes the test that the value ``against`` makes.

    Args:
        value: the value under test.
        against: equal to it, a range around it, a list with it, or the answer itself (a boolean
            where ``value`` is none).
        unknown: whether null means unknown.
    """
    kind = type(against)
    if kind is RangeValue:
        if type(value) is RangeValue:
            return equal(value, against)
        return in_range(value, against)
    if kind is list:
        found = [
            in_range(value, item)
            if type(item) is RangeValue and type(value) is not RangeValue
            else equal(value, item, unknown=unknown)
            for item in against
        ]
        if type(value) is list and equal(value, against, unknown=unknown):
            return True
        return any_of(found) if unknown else True in found
    if kind is bool and value is not None and type(value) is not bool:
        return bool(against)
    return equal(value, against, unknown=unknown)


def membership(node: n.In, build: Builder) -> Code:
    """``of in (test, …)``."""
    of = build.code(node.of)
    tests = [member_test(test, build) for test in node.tests]

    def run(env: Env) -> Value:
        value = of(env)
        return any_of([test(env, value) for test in tests])

    return run


def cell(node: n.UnaryTests, build: Builder) -> Test:
    """A cell of a decision table; no tests at all is true of everything."""
    tests = [member_test(test, build) for test in node.tests]
    negated = node.negated

    def test(env: Env, value: Value) -> bool | None:
        if not tests:
            return not negated
        result = any_of([test(env, value) for test in tests])
        return result if not negated or result is None else not result

    return test


def unary_tests(node: n.UnaryTests, build: Builder) -> Code:
    """A cell as an expression over ``?``."""
    test, read = cell(node, build), build.code(n.Input(at=node.at))
    return lambda env: test(env, read(env) if node.tests else None)
