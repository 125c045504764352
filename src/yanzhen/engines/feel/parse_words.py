"""What begins with a word: ``if``, ``for``, ``some``, ``every``, ``function``; and ``in (…)``."""

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.names import match_entry_name
from yanzhen.engines.feel.parse_brackets import range_from
from yanzhen.engines.feel.parse_state import ADD, Grammar, found
from yanzhen.engines.feel.parse_types import parse_type
from yanzhen.engines.feel.tokens import Token
from yanzhen.kernel.errors import FeelError

_EXTERNAL = "external"


def cell_member(p: Grammar, level: int = 0) -> n.Node:
    """A member of a cell or of ``in (…)``: an expression, or ``= a`` and ``!= a``."""
    token = p.token
    if token.kind == "mark" and token.value in {"=", "!="}:
        p.advance()
        right = p.expression(ADD)
        op: n.CompareOp = "=" if token.value == "=" else "!="
        return n.Compare(op, n.Input(at=token.at, end=token.at), right, at=token.at, end=right.end)
    return p.expression(level)


def cell_members(p: Grammar) -> tuple[n.Node, ...]:
    """Members of a cell, with commas between them."""
    members = [cell_member(p)]
    while p.accept(","):
        members.append(cell_member(p))
    return tuple(members)


def membership(p: Grammar, left: n.Node) -> n.Node:
    """``left in test`` and ``left in (test, …)``."""
    p.advance()
    start = p.token
    if not p.accept("("):
        return n.In(left, (cell_member(p, ADD),), at=left.at, end=p.last_end)
    closes, p.closes_range = p.closes_range, False
    members: tuple[n.Node, ...]
    if p.at_mark(".."):
        members = (range_from(p, start, None),)
    else:
        members = cell_members(p)
        if len(members) == 1 and p.at_mark(".."):
            members = (range_from(p, start, members[0]),)
        else:
            p.expect(")", "a comma or ) after the tests of in (")
    p.closes_range = closes
    if len(members) == 1:
        # what stood in parentheses may be the first operand of the only test
        members = (p.expression(ADD, members[0]),)
    return n.In(left, members, at=left.at, end=p.last_end)


def between(p: Grammar, left: n.Node) -> n.Node:
    """``left between low and high``."""
    p.advance()
    low = p.expression(ADD)
    p.expect_word("and")
    high = p.expression(ADD)
    return n.Between(left, low, high, at=left.at, end=high.end)


def instance(p: Grammar, left: n.Node) -> n.Node:
    """``left instance of type``."""
    p.advance()
    if not (p.token.kind == "name" and p.token.value == "of"):
        raise FeelError(f"expected of after instance, found {found(p.token)}", p.token.at)
    p.advance()
    kind = parse_type(p)
    return n.InstanceOf(left, kind, at=left.at, end=p.last_end)


def choice(p: Grammar, start: Token) -> n.Node:
    """``if … then … else …``."""
    condition = p.expression()
    p.expect_word("then")
    yes = p.expression()
    p.expect_word("else")
    no = p.expression()
    return n.If(condition, yes, no, at=start.at, end=no.end)


def _iterators(p: Grammar) -> tuple[n.Iterator, ...]:
    """The iterators of a for, some or every; opens one scope, which the caller closes."""
    p.push(("partial",))
    iterators: list[n.Iterator] = []
    while True:
        at = p.token.at
        words: list[str] = []
        while p.token.kind == "name":
            words.append(p.token.value)
            p.advance()
        if not words:
            raise FeelError(f"expected a variable name, found {found(p.token)}", at)
        name = " ".join(words)
        p.expect_word("in")
        source = p.expression()
        to = p.expression() if p.accept("..") else None
        iterators.append(n.Iterator(name, source, to, at=at, end=p.last_end))
        p.add_name(name)
        if not p.accept(","):
            return tuple(iterators)


def iteration(p: Grammar, start: Token) -> n.Node:
    """``for … return …``."""
    iterators = _iterators(p)
    p.expect_word("return")
    result = p.expression()
    p.pop()
    return n.For(iterators, result, at=start.at, end=result.end)


def quantified(p: Grammar, start: Token) -> n.Node:
    """``some … satisfies …`` and ``every … satisfies …``."""
    iterators = _iterators(p)
    p.expect_word("satisfies")
    satisfies = p.expression()
    p.pop()
    every = start.value == "every"
    return n.Quantified(every, iterators, satisfies, at=start.at, end=satisfies.end)


def function(p: Grammar, start: Token) -> n.Node:
    """``function(parameters) body``."""
    p.expect("(", "( after function")
    p.push(())
    parameters = [_parameter(p) for _ in p.each(")")]
    for name, _ in parameters:
        p.add_name(name)
    p.expect(")", "a comma or ) after a parameter")
    external = p.token.kind == "name" and p.token.value == _EXTERNAL
    if external:
        p.advance()
    body = p.expression()
    p.pop()
    return n.Function(tuple(parameters), body, external=external, at=start.at, end=body.end)


def _parameter(p: Grammar) -> tuple[str, n.TypeName | None]:
    token = p.token
    if named := match_entry_name(p.text, token.at):
        p.jump(named[1])
        p.expect(":", "a colon")
        return named[0], parse_type(p)
    if token.kind != "name":
        raise FeelError(f"expected a parameter name, found {found(token)}", token.at)
    p.advance()
    return p.join_words(token.value)[0], None
