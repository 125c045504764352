"""Built-in functions that make lists of lists (DMN 1.5, 10.3.4.4)."""

from decimal import Decimal

from yanzhen.engines.feel.builtins.signature import Builtin, Signature, invoke, param, simple
from yanzhen.engines.feel.equality import any_of, equal, key
from yanzhen.engines.feel.numerals import as_int
from yanzhen.engines.feel.runtime import DEFAULT_BUDGET, Run
from yanzhen.engines.feel.values import FunctionValue, Value
from yanzhen.kernel.errors import FeelError

MAX_ITEMS = DEFAULT_BUDGET
"""The longest list, in items."""


def _index(items: list[Value], position: Decimal) -> int:
    """The place from 0 of a position from 1, or from the end if negative."""
    whole = as_int(position.to_integral_value("ROUND_DOWN"))
    if whole is None or whole == 0 or abs(whole) > len(items):
        raise FeelError(f"there is no position {position} in a list of {len(items)}")
    return whole - 1 if whole > 0 else len(items) + whole


def _limited(items: list[Value]) -> list[Value]:
    if len(items) > MAX_ITEMS:
        raise FeelError(f"the list would be longer than {MAX_ITEMS} items")
    return items


def contains(run: Run, items: list[Value], element: Value) -> bool | None:
    """Whether an item equals ``element``; null is an item like others, unless it means unknown."""
    if run.unknown:
        return any_of([equal(item, element, unknown=True) for item in items])
    return any(equal(item, element) is True for item in items)


def sublist(items: list[Value], start: Decimal, length: Decimal | None) -> list[Value]:
    """``length`` items from the position ``start``, or all from there."""
    first = _index(items, start)
    if length is None:
        return items[first:]
    count = as_int(length.to_integral_value("ROUND_DOWN"))
    if count is None or count < 1 or first + count > len(items):
        raise FeelError(f"there are no {length} items from position {start}")
    return items[first : first + count]


def append(items: list[Value], added: list[Value]) -> list[Value]:
    """The list with ``added`` at its end."""
    return _limited([*items, *added])


def concatenate(lists: list[list[Value]]) -> list[Value]:
    """The lists one after the other."""
    return _limited([item for items in lists for item in items])


def insert_before(items: list[Value], position: Decimal, item: Value) -> list[Value]:
    """The list with ``item`` put in before the position."""
    index = _index(items, position)
    return _limited([*items[:index], item, *items[index:]])


def remove(items: list[Value], position: Decimal) -> list[Value]:
    """The list without the item at the position."""
    index = _index(items, position)
    return items[:index] + items[index + 1 :]


def replace_at(_: Run, items: list[Value], position: Decimal, item: Value) -> list[Value]:
    """The list with ``item`` at the position instead of what stood there."""
    index = _index(items, position)
    return [*items[:index], item, *items[index + 1 :]]


def replace_where(run: Run, items: list[Value], match: FunctionValue, item: Value) -> list[Value]:
    """The list with ``item`` instead of each of which ``match(old, item)`` is true."""
    if len(match.parameters) != 2:  # noqa: PLR2004
        raise FeelError("match must take two arguments: the old item and the new one")
    result: list[Value] = []
    for old in items:
        verdict = invoke(run, match, [old, item])
        if type(verdict) is not bool:
            raise FeelError("match must be true or false of each item")
        result.append(item if verdict else old)
    return result


def reverse(items: list[Value]) -> list[Value]:
    """The list from its end."""
    return items[::-1]


def index_of(items: list[Value], match: Value) -> list[Decimal]:
    """The positions of all items that equal ``match``."""
    return [Decimal(at) for at, item in enumerate(items, 1) if equal(item, match) is True]


def distinct(items: list[Value]) -> list[Value]:
    """The list without what equals an earlier item."""
    seen: dict[object, Value] = {}
    for item in items:
        seen.setdefault(key(item), item)
    return list(seen.values())


def union(lists: list[list[Value]]) -> list[Value]:
    """The distinct items of all lists."""
    return distinct(concatenate(lists))


def flatten(items: list[Value]) -> list[Value]:
    """All items that are no lists, from lists within lists too."""
    result: list[Value] = []
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            if type(item) is list:
                stack.append(iter(item))
                break
            result.append(item)
        else:
            stack.pop()
    return result


_LIST = param("list", "list")
_POSITION = param("position", "number")
_NEW = param("newItem")

FUNCTIONS: tuple[Builtin, ...] = (
    simple("list contains", contains, _LIST, param("element"), result="boolean", needs_run=True),
    simple(
        "sublist",
        sublist,
        _LIST,
        param("start position", "number"),
        param("length", "number", optional=True),
        result="list",
    ),
    Builtin("append", (Signature((_LIST, param("item")), append, repeated=True),), "list"),
    Builtin("concatenate", (Signature((_LIST,), concatenate, repeated=True),), "list"),
    simple("insert before", insert_before, _LIST, _POSITION, _NEW, result="list"),
    simple("remove", remove, _LIST, _POSITION, result="list"),
    Builtin(
        "list replace",
        (
            Signature((_LIST, _POSITION, _NEW), replace_at),
            Signature((_LIST, param("match", "function"), _NEW), replace_where),
        ),
        "list",
        needs_run=True,
    ),
    simple("reverse", reverse, _LIST, result="list"),
    simple("index of", index_of, _LIST, param("match"), result="list"),
    Builtin("union", (Signature((_LIST,), union, repeated=True),), "list"),
    simple("distinct values", distinct, _LIST, result="list"),
    simple("flatten", flatten, _LIST, result="list"),
)
