"""Going through a tree: the children of each node, and the limit on depth."""

from collections.abc import Iterator

from yanzhen.engines.feel import nodes as n
from yanzhen.kernel.errors import FeelError

MAX_DEPTH = 200
"""The deepest nesting of a tree; chains such as ``a + b + c`` nest by one level an operator."""

_NODES_A_STEP = 8


def children(node: n.Node) -> Iterator[n.Node]:
    """The nodes directly below ``node``, in the order of the text."""
    match node:
        case n.Arithmetic() | n.Compare():
            yield node.left
            yield node.right
        case n.And() | n.Or():
            yield from node.members
        case n.Path() | n.Negate() | n.InstanceOf():
            yield node.of
        case n.Call():
            yield node.function
            yield from node.positional
            for _, argument in node.named:
                yield argument
        case n.Between():
            yield from (node.of, node.low, node.high)
        case n.In():
            yield node.of
            yield from node.tests
        case n.Range():
            yield from (end for end in (node.low, node.high) if end is not None)
        case n.UnaryTests():
            yield from node.tests
        case n.If():
            yield from (node.condition, node.yes, node.no)
        case n.ListOf():
            yield from node.items
        case n.ContextOf():
            for _, value in node.entries:
                yield value
        case n.Filter():
            yield from (node.of, node.test)
        case n.For() | n.Quantified():
            for iterator in node.iterators:
                yield iterator.source
                if iterator.to is not None:
                    yield iterator.to
            yield node.result if isinstance(node, n.For) else node.satisfies
        case n.Function():
            yield node.body
        case n.Null() | n.Bool() | n.Number() | n.String() | n.Temporal() | n.Name() | n.Input():
            return


def check_depth(root: n.Node, length: int) -> None:
    """Refuse a tree deeper than ``MAX_DEPTH``.

    Args:
        root: the tree.
        length: of its text; a text of at most ``MAX_DEPTH`` characters cannot be too deep.

    Raises:
        FeelError: the tree is too deep; the position is that of the first node too deep.
    """
    if length <= MAX_DEPTH:
        return
    stack = [(root, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise too_deep(node.at)
        stack.extend((child, depth + 1) for child in children(node))


def steps_for(node: n.Node) -> int:
    """The steps that one turn of a loop over ``node`` takes from the budget: by its size."""
    count, stack = 0, [node]
    while stack:
        count += 1
        stack.extend(children(stack.pop()))
    return 1 + count // _NODES_A_STEP


def too_deep(at: int) -> FeelError:
    """The error for a tree deeper than ``MAX_DEPTH``."""
    return FeelError(
        f"the expression is nested deeper than {MAX_DEPTH} levels; give parts of it names", at
    )
