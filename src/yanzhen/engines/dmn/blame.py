"""Which missing facts keep an expression from being known (未知的缘由)."""

from collections.abc import Callable, Iterable
from typing import Any

from yanzhen.engines.dmn.uses import Uses, missing_of, union
from yanzhen.engines.feel import nodes as n

Look = Callable[[n.Node], tuple[Any, Uses]]
"""Evaluates a part of the expression: its value and what it read."""


def blame(node: n.Node, look: Look) -> tuple[str, ...]:
    """The missing facts behind an expression that is not known.

    Of a conjunction or disjunction only the unknown members count, of a conditional only its
    unknown part: what is settled elsewhere cannot change the result.
    """
    match node:
        case n.And(members=members) | n.Or(members=members):
            return _blame_unknown(members, look)
        case n.If():
            condition, _ = look(node.condition)
            if condition is None:
                return blame(node.condition, look)
            return blame(node.yes if condition is True else node.no, look)
        case n.Call(function=n.Name(value="not"), positional=(argument,)):
            return blame(argument, look)
        case _:
            return missing_of(look(node)[1])


def _blame_unknown(members: Iterable[n.Node], look: Look) -> tuple[str, ...]:
    return union(blame(member, look) for member in members if look(member)[0] is None)
