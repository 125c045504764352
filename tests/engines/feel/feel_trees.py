"""Hypothesis strategies for FEEL trees and values, and a short way to evaluate."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from yanzhen.engines.feel import (
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    evaluate,
    parse,
)
from yanzhen.engines.feel import nodes as n

NAMES = ("a", "b", "营业收入", "x1", "月 收入", "a+b", "don't", "2023年税额")


def feel(text, mode="spec", notes=None, **scope):
    """The value of an expression over the given facts."""
    return evaluate(parse(text, scope.keys()), scope, mode=mode, notes=notes)


numbers = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4
)
days = st.dates()
times = st.builds(
    Time,
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.integers(0, 999_999_999),
    st.one_of(
        st.none(),
        st.integers(-18 * 60, 18 * 60).map(lambda minutes: minutes * 60),
        st.sampled_from(["Asia/Shanghai", "Europe/Paris", "Etc/UTC"]),
    ),
)
moments = st.builds(DateTime, st.dates(date(1900, 1, 2), date(2100, 12, 30)), times)
month_durations = st.integers(-5000, 5000).map(YearMonthDuration)
time_durations = st.integers(-(10**18), 10**18).map(DayTimeDuration)
texts = st.text(st.characters(codec="utf-8"), max_size=8)
scalars = st.one_of(
    st.none(), st.booleans(), numbers, texts, days, times, moments, month_durations, time_durations
)


def _nested(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=3)
        ),
        max_leaves=8,
    )


values = _nested(scalars)
plain_values = _nested(st.one_of(st.none(), st.booleans(), numbers, texts))

_plain = st.sampled_from(["a", "b", "营业收入", "x1"])
_types = st.recursive(
    st.sampled_from(["number", "date and time", "tPerson", "Any", "list", "range"]).map(n.TypeName),
    lambda inner: st.one_of(
        inner.map(lambda kind: n.TypeName("list", (kind,))),
        st.builds(lambda kind: n.TypeName("context", (), (("a b", kind),)), inner),
        st.builds(lambda a, b: n.TypeName("function", (a,), (), b), inner, inner),
    ),
    max_leaves=3,
)
_leaves = st.one_of(
    st.just(n.Null()),
    st.booleans().map(n.Bool),
    numbers.map(abs).map(n.Number),
    texts.map(n.String),
    st.sampled_from(["2020-01-31", "P1D", "no date"]).map(n.Temporal),
    st.sampled_from(NAMES).map(n.Name),
    st.just(n.Input()),
)


def _pairs(keys, inner):
    return st.dictionaries(keys, inner, max_size=3).map(lambda held: tuple(held.items()))


def _grow(inner):
    many = st.lists(inner, min_size=2, max_size=3).map(tuple)
    few = st.lists(inner, max_size=3).map(tuple)
    iterators = st.lists(
        st.builds(n.Iterator, _plain, inner, st.one_of(st.none(), inner)), min_size=1, max_size=2
    ).map(tuple)
    parameters = st.lists(st.tuples(_plain, st.one_of(st.none(), _types)), max_size=2).map(tuple)
    flags = st.booleans()
    return st.one_of(
        st.builds(n.Path, inner, st.sampled_from(["year", "time offset", "单价"])),
        st.builds(n.Negate, inner),
        st.builds(n.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(n.Compare, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(n.And, many),
        st.builds(n.Or, many),
        st.builds(n.Between, inner, inner, inner),
        st.builds(n.In, inner, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(n.Range, inner, inner, flags, flags),
        st.builds(lambda low, closed: n.Range(low, None, closed, False), inner, flags),
        st.builds(lambda high, closed: n.Range(None, high, False, closed), inner, flags),
        st.builds(n.If, inner, inner, inner),
        st.builds(n.ListOf, few),
        st.builds(n.ContextOf, _pairs(st.sampled_from(["a", "b c", "+/(", "税+额", ""]), inner)),
        st.builds(n.Filter, inner, inner),
        st.builds(n.For, iterators, inner),
        st.builds(n.Quantified, flags, iterators, inner),
        st.builds(n.InstanceOf, inner, _types),
        st.builds(n.Function, parameters, inner),
        st.builds(n.Call, inner, few),
        st.builds(
            lambda f, given: n.Call(f, (), given), inner, _pairs(st.just("start position"), inner)
        ),
    )


trees = st.recursive(_leaves, _grow, max_leaves=12)
cells = st.builds(
    n.UnaryTests, st.lists(trees, min_size=1, max_size=3).map(tuple), st.booleans()
) | st.just(n.UnaryTests(()))

ZERO = Decimal(0)
