"""Evaluating expressions and cells, in one of two modes.

``spec`` is DMN 1.5 to the letter. In ``three_valued`` null means *unknown* and never turns into a
silent no: ``=``, ``!=``, ``in`` and tests with a null operand give null instead of false, an ``if``
with a null condition gives null, and so does a filter with an item that it cannot judge. The
literal ``null`` still asks whether a value is missing: ``x = null`` is true or false.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from yanzhen.engines.feel import build_basic, build_calls, build_lists, build_tests
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builder import Builder, Code, Rule
from yanzhen.engines.feel.nodes import TypeName
from yanzhen.engines.feel.parse_state import LONGEST_KEPT
from yanzhen.engines.feel.runtime import Env, LimitError, Mode, Run, convert
from yanzhen.engines.feel.values import DateTime, Value
from yanzhen.kernel.errors import FeelError

_RULES: dict[type, Rule] = {
    n.Null: build_basic.null,
    n.Bool: build_basic.boolean,
    n.Number: build_basic.number,
    n.String: build_basic.string,
    n.Temporal: build_basic.temporal,
    n.Name: build_basic.name,
    n.Input: build_basic.under_test,
    n.Path: build_basic.path,
    n.Negate: build_basic.minus,
    n.Arithmetic: build_basic.arithmetic,
    n.Compare: build_basic.compare,
    n.And: build_basic.conjunction,
    n.Or: build_basic.disjunction,
    n.Between: build_basic.between,
    n.If: build_basic.choice,
    n.Range: build_tests.interval,
    n.In: build_tests.membership,
    n.UnaryTests: build_tests.unary_tests,
    n.ListOf: build_lists.listing,
    n.ContextOf: build_lists.context,
    n.Filter: build_lists.selection,
    n.For: build_lists.iteration,
    n.Quantified: build_lists.quantified,
    n.Function: build_calls.function,
    n.Call: build_calls.call,
    n.InstanceOf: build_calls.instance,
}
_BUILDERS = {
    "spec": Builder(_RULES, unknown=False),
    "three_valued": Builder(_RULES, unknown=True),
}
_KEPT = 8_192
# Trees are looked up by identity, since hashing one costs more than evaluating it; the tree is
# kept with its code, so that the identity stays its own.
_compiled: dict[tuple[int, str], tuple[n.Node, Code | build_tests.Test]] = {}


def _code(node: n.Node, mode: Mode, *, as_cell: bool) -> Code | build_tests.Test:
    kept = _compiled.get((id(node), mode))
    if kept is not None:
        return kept[1]
    builder = _BUILDERS[mode]
    code: Code | build_tests.Test = (
        build_tests.cell(cast("n.UnaryTests", node), builder) if as_cell else builder.code(node)
    )
    if node.end - node.at <= LONGEST_KEPT:
        if len(_compiled) >= _KEPT:
            _compiled.clear()
        _compiled[id(node), mode] = node, code
    return code


def evaluate(
    node: n.Node,
    scope: Mapping[str, Any],
    *,
    mode: Mode = "spec",
    budget: int | None = None,
    on_name: Callable[[str, Any], None] | None = None,
    notes: list[FeelError] | None = None,
    types: Callable[[str], TypeName | None] | None = None,
    now: DateTime | None = None,
) -> Value:
    """The value of an expression.

    Args:
        node: the expression, as ``parse`` gives it.
        scope: the facts by name; Python numbers, lists and dates are converted.
        mode: ``spec`` or ``three_valued``.
        budget: steps allowed, one million if None.
        on_name: called with name and value for each fact read (once for each reading).
        notes: a list that takes every fault that gave null, with its position.
        types: finds a type of the model by name, for ``instance of`` and parameters.
        now: what ``now()`` and ``today()`` tell; without it they are null.

    Returns:
        The value. Faults give null, as FEEL wants it, and never raise; so does an evaluation that
        is given up because it takes too many steps or grows too large.

    Raises:
        TypeError: a fact is a Python value that FEEL has nothing for.

    >>> from yanzhen.engines.feel.parser import parse
    >>> evaluate(parse("营业收入 >= 2000 * 万"), {"营业收入": 30_000_000, "万": 10_000})
    True
    """
    if isinstance(node, n.UnaryTests):
        return evaluate_tests(
            node, scope.get("?"), scope, mode=mode, budget=budget, on_name=on_name, notes=notes,
            types=types, now=now,
        )  # fmt: skip
    run = Run(
        scope,
        budget=budget,
        on_name=on_name,
        notes=notes,
        types=types,
        now=now,
        unknown=mode == "three_valued",
    )
    try:
        value = cast("Code", _code(node, mode, as_cell=False))(Env(run, {}, None))
        run.weigh(value)
    except LimitError as error:
        run.note(error.message, error.position)
        return None
    except RecursionError:
        run.note("the evaluation nests too deeply and was given up")
        return None
    return value


def evaluate_tests(
    tests: n.UnaryTests,
    value: Any,
    scope: Mapping[str, Any],
    *,
    mode: Mode = "spec",
    budget: int | None = None,
    on_name: Callable[[str, Any], None] | None = None,
    notes: list[FeelError] | None = None,
    types: Callable[[str], TypeName | None] | None = None,
    now: DateTime | None = None,
) -> bool | None:
    """Whether a cell of a decision table holds for ``value``.

    Args:
        tests: the cell, as ``parse_unary_tests`` gives it.
        value: the value under test, ``?`` in the cell.
        scope: the facts by name.
        mode: as in ``evaluate``, like all other arguments.
        budget: steps allowed.
        on_name: told of each fact read.
        notes: takes the faults.
        types: finds types by name.
        now: what ``now()`` and ``today()`` tell.

    Returns:
        True, False, or None where it cannot be told (for a decision table: no match).
    """
    run = Run(
        scope,
        budget=budget,
        on_name=on_name,
        notes=notes,
        types=types,
        now=now,
        unknown=mode == "three_valued",
    )
    given = convert(value)
    try:
        test = cast("build_tests.Test", _code(tests, mode, as_cell=True))
        return test(Env(run, {"?": given}, None), given)
    except LimitError as error:
        run.note(error.message, error.position)
        return None
    except RecursionError:
        run.note("the evaluation nests too deeply and was given up")
        return None
