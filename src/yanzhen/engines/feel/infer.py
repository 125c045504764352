"""The type of a function's result, where the text alone tells it."""

from collections.abc import Mapping

from yanzhen.engines.feel import nodes as n

_NUMBER, _STRING, _BOOLEAN = n.TypeName("number"), n.TypeName("string"), n.TypeName("boolean")


def infer(node: n.Node, names: Mapping[str, n.TypeName | None]) -> n.TypeName | None:
    """The type that ``node`` gives whenever it does not give null; None where it is not plain.

    Args:
        node: an expression.
        names: the declared types of the names in it.
    """
    match node:
        case n.Number():
            return _NUMBER
        case n.String():
            return _STRING
        case n.Bool() | n.Compare() | n.And() | n.Or() | n.Between() | n.In() | n.InstanceOf():
            return _BOOLEAN
        case n.Name():
            return names.get(node.value)
        case n.Negate():
            return infer(node.of, names)
        case n.Arithmetic():
            left, right = infer(node.left, names), infer(node.right, names)
            return left if left == right and left in (_NUMBER, _STRING) else None
        case _:
            return None
