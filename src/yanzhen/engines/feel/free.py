"""The names that an expression reads from outside."""

from collections.abc import Iterable

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builtin_names import BUILTIN_NAMES
from yanzhen.engines.feel.names import normalize
from yanzhen.engines.feel.walk import children

_Bound = frozenset[str]
_Work = list[tuple[n.Node, _Bound]]


def free_names(node: n.Node) -> frozenset[str]:
    """The names that ``node`` may read from the scope it is evaluated in.

    Names bound inside (iterators, parameters, entries, ``partial``, ``item`` of a filter) are not
    free, nor are built-in functions. A name in a filter may mean a member of the items as well as a
    fact; it is counted.

    >>> from yanzhen.engines.feel.parser import parse
    >>> sorted(free_names(parse("sum(for i in 税额 return i * 税率)")))
    ['税率', '税额']
    """
    found: set[str] = set()
    work: _Work = [(node, frozenset())]
    while work:
        current, bound = work.pop()
        match current:
            case n.Name():
                if current.value not in bound and current.value not in BUILTIN_NAMES:
                    found.add(current.value)
            case n.ContextOf():
                _entries(current, bound, work)
            case n.For():
                inner = _iterators(current.iterators, bound | {"partial"}, work)
                work.append((current.result, inner))
            case n.Quantified():
                inner = _iterators(current.iterators, bound, work)
                work.append((current.satisfies, inner))
            case n.Filter():
                work += [(current.of, bound), (current.test, bound | {"item"})]
            case n.Function():
                names = (name for name, _ in current.parameters)
                if not current.external:
                    work.append((current.body, bound.union(names)))
            case _:
                work.extend((child, bound) for child in children(current))
    return frozenset(found)


def _entries(node: n.ContextOf, bound: _Bound, work: _Work) -> None:
    # every entry is in its own scope, so that a function in it may call itself
    for name, value in node.entries:
        before = bound
        bound |= {normalize(name)}
        work.append((value, bound if isinstance(value, n.Function) else before))


def _iterators(iterators: Iterable[n.Iterator], bound: _Bound, work: _Work) -> _Bound:
    for iterator in iterators:
        work.append((iterator.source, bound))
        if iterator.to is not None:
            work.append((iterator.to, bound))
        bound |= {iterator.name}
    return bound
