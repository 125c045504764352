"""Sorting (DMN 1.5, 10.3.4.10)."""

from functools import cmp_to_key

from yanzhen.engines.feel.builtins.signature import Builtin, invoke, param, simple
from yanzhen.engines.feel.runtime import Run
from yanzhen.engines.feel.values import FunctionValue, Value
from yanzhen.kernel.errors import FeelError


def sort(run: Run, items: list[Value], precedes: FunctionValue) -> list[Value]:
    """The list in the order of ``precedes(a, b)``; items of which neither precedes keep theirs."""

    def goes_first(left: Value, right: Value) -> bool:
        verdict = invoke(run, precedes, [left, right])
        if type(verdict) is not bool:
            raise FeelError("precedes must be true or false of any two items")
        return verdict

    def compare(left: Value, right: Value) -> int:
        if goes_first(left, right):
            return -1
        return 1 if goes_first(right, left) else 0

    if len(precedes.parameters) != 2:  # noqa: PLR2004
        raise FeelError("precedes must take two arguments")
    return sorted(items, key=cmp_to_key(compare))


FUNCTIONS: tuple[Builtin, ...] = (
    simple(
        "sort",
        sort,
        param("list", "list"),
        param("precedes", "function"),
        result="list",
        needs_run=True,
    ),
)
