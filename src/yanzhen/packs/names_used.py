"""Which names an expression takes from its surroundings (表达式引用的名称)."""

from collections.abc import Iterator
from typing import NamedTuple

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builtin_names import BUILTIN_NAMES
from yanzhen.engines.feel.walk import children


class Use(NamedTuple):
    """One name in an expression.

    Attributes:
        name: as written.
        at: 0-based offset in the text.
        certain: False inside a filter, where the name may be a member of the items.
    """

    name: str
    at: int
    certain: bool = True


def names_used(node: n.Node) -> tuple[Use, ...]:
    """The free names of an expression in order of the text; built-in functions are left out.

    >>> from yanzhen.engines.feel.parser import parse
    >>> [use.name for use in names_used(parse("sum(for 月 in 明细 return 月 * 费率)"))]
    ['明细', '费率']
    """
    return tuple(_free(node, frozenset(), certain=True))


def _free(node: n.Node, local: frozenset[str], *, certain: bool) -> Iterator[Use]:
    match node:
        case n.Name():
            if node.value not in local and node.value not in BUILTIN_NAMES:
                yield Use(node.value, node.at, certain)
        case n.For() | n.Quantified():
            inner = local | ({"partial"} if isinstance(node, n.For) else set())
            for iterator in node.iterators:
                yield from _free(iterator.source, inner, certain=certain)
                if iterator.to is not None:
                    yield from _free(iterator.to, inner, certain=certain)
                inner |= {iterator.name}
            body = node.result if isinstance(node, n.For) else node.satisfies
            yield from _free(body, inner, certain=certain)
        case n.Function():
            names = {name for name, _ in node.parameters}
            yield from _free(node.body, local | names, certain=certain)
        case n.ContextOf():
            inner = local
            for name, value in node.entries:
                yield from _free(value, inner, certain=certain)
                inner |= {name}
        case n.Filter():
            yield from _free(node.of, local, certain=certain)
            yield from _free(node.test, local | {"item"}, certain=False)
        case _:
            for child in children(node):
                yield from _free(child, local, certain=certain)
