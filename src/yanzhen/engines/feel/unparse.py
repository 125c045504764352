"""Trees as text: ``parse(unparse(node)) == node`` for every tree that ``parse`` can give."""

from decimal import Decimal

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.names import match_entry_name
from yanzhen.engines.feel.parse_state import (
    ADD,
    AND,
    COMPARE,
    INSTANCE,
    MULTIPLY,
    NEGATE,
    OR,
    POSTFIX,
    POWER,
)
from yanzhen.engines.feel.parse_types import GENERIC
from yanzhen.engines.feel.text import quote
from yanzhen.engines.feel.walk import children

ATOM = POSTFIX + 1
_LEVELS = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}


def unparse(node: n.Node) -> str:
    """The expression or cell as text, with as few parentheses as can be.

    >>> from yanzhen.engines.feel.parser import parse
    >>> unparse(parse("(a+b)*  c"))
    '(a + b) * c'
    """
    return _write(node)[0]


def _at(node: n.Node, level: int) -> str:
    """The text of ``node`` where operators of at least ``level`` are wanted."""
    text, own = _write(node)
    return text if own >= level else f"({text})"


def _write(node: n.Node) -> tuple[str, int]:
    """The text, and how tightly it holds together."""
    match node:
        case n.Null():
            return "null", ATOM
        case n.Bool():
            return "true" if node.value else "false", ATOM
        case n.Number():
            return _number(node.value), ATOM
        case n.String():
            return quote(node.value), ATOM
        case n.Temporal():
            return f"@{quote(node.text)}", ATOM
        case n.Name():
            return node.value, ATOM
        case n.Input():
            return "?", ATOM
        case n.Path():
            return f"{_at(node.of, POSTFIX)}.{node.name}", POSTFIX
        case n.Filter():
            return f"{_at(node.of, POSTFIX)}[{unparse(node.test)}]", POSTFIX
        case n.Call():
            return f"{_at(node.function, POSTFIX)}({_arguments(node)})", POSTFIX
        case n.InstanceOf():
            # a bare generic type would take a < behind it for its own
            level = AND if node.type.name in GENERIC else INSTANCE
            return f"{_at(node.of, INSTANCE)} instance of {type_text(node.type)}", level
        case n.Negate():
            return f"-{_at(node.of, NEGATE)}", NEGATE
        case n.Range() if node.low is not None and node.high is not None:
            return _range(node, node.low, node.high), ATOM
        case n.ListOf():
            return f"[{', '.join(map(unparse, node.items))}]", ATOM
        case n.ContextOf():
            entries = (f"{_key(name)}: {unparse(value)}" for name, value in node.entries)
            return f"{{{', '.join(entries)}}}", ATOM
        case n.UnaryTests():
            return _cell(node), 0
        case n.If() | n.For() | n.Quantified() | n.Function() | n.Range():
            return _open_ended(node), 0
        case _:
            return _operator(node)


def _operator(node: n.Node) -> tuple[str, int]:
    match node:
        case n.Arithmetic():
            level = _LEVELS[node.op]
            left, right = _at(node.left, level), _at(node.right, level + 1)
            return f"{left} {node.op} {right}", level
        case n.Compare():
            return f"{_at(node.left, COMPARE)} {node.op} {_at(node.right, ADD)}", COMPARE
        case n.And():
            return " and ".join(_at(member, COMPARE) for member in node.members), AND
        case n.Or():
            return " or ".join(_at(member, AND) for member in node.members), OR
        case n.Between():
            low, high = _at(node.low, ADD), _at(node.high, ADD)
            return f"{_at(node.of, COMPARE)} between {low} and {high}", COMPARE
        case n.In():
            tests = ", ".join(map(unparse, node.tests))
            return f"{_at(node.of, COMPARE)} in ({tests})", COMPARE
    raise TypeError(f"{type(node).__name__} is no node")


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return text if len(text) <= 60 else str(value)  # noqa: PLR2004


def _range(node: n.Range, low: n.Node, high: n.Node) -> str:
    opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
    return f"{opening}{_end(low)}..{_end(high)}{closing}"


def _end(node: n.Node) -> str:
    """An end of a range; a bracket in it could be taken for the end of the range itself."""
    stack, filtered = [node], False
    while stack and not filtered:
        current = stack.pop()
        filtered = isinstance(current, n.Filter)
        stack.extend(children(current))
    return f"({unparse(node)})" if filtered else unparse(node)


def _key(name: str) -> str:
    found = match_entry_name(f"{name}:", 0)
    return name if found is not None and found == (name, len(name)) else quote(name)


def _arguments(node: n.Call) -> str:
    named = (f"{name}: {unparse(value)}" for name, value in node.named)
    return ", ".join([*map(unparse, node.positional), *named])


def _cell(node: n.UnaryTests) -> str:
    tests = ", ".join(map(unparse, node.tests))
    return f"not({tests})" if node.negated else tests or "-"


def _iterators(iterators: tuple[n.Iterator, ...]) -> str:
    return ", ".join(
        f"{each.name} in {unparse(each.source)}"
        + ("" if each.to is None else f"..{unparse(each.to)}")
        for each in iterators
    )


def _open_ended(node: n.If | n.For | n.Quantified | n.Function | n.Range) -> str:
    match node:
        case n.If():
            condition, yes = unparse(node.condition), unparse(node.yes)
            return f"if {condition} then {yes} else {unparse(node.no)}"
        case n.For():
            return f"for {_iterators(node.iterators)} return {unparse(node.result)}"
        case n.Quantified():
            word = "every" if node.every else "some"
            return f"{word} {_iterators(node.iterators)} satisfies {unparse(node.satisfies)}"
        case n.Function():
            parameters = ", ".join(
                name if kind is None else f"{name}: {type_text(kind)}"
                for name, kind in node.parameters
            )
            external = " external" if node.external else ""
            return f"function({parameters}){external} {unparse(node.body)}"
        case n.Range():
            if node.high is not None:
                return f"{'<=' if node.high_closed else '<'} {_at(node.high, ADD)}"
            low = node.low if node.low is not None else n.Null()
            return f"{'>=' if node.low_closed else '>'} {_at(low, ADD)}"


def type_text(kind: n.TypeName) -> str:
    """A type as it is written after ``instance of``.

    >>> type_text(n.TypeName("list", (n.TypeName("number"),)))
    'list<number>'
    """
    if kind.name == "context" and kind.members:
        members = (f"{name}: {type_text(member)}" for name, member in kind.members)
        return f"context<{', '.join(members)}>"
    arguments = ", ".join(map(type_text, kind.arguments))
    if kind.result is not None:
        return f"function<{arguments}> -> {type_text(kind.result)}"
    return f"{kind.name}<{arguments}>" if kind.arguments else kind.name
