"""What stands in brackets: parentheses, ranges, lists, contexts, filters, calls."""

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.names import match_entry_name
from yanzhen.engines.feel.parse_state import ADD, Grammar, found
from yanzhen.engines.feel.tokens import Token
from yanzhen.kernel.errors import FeelError

_INFIX_WORDS = frozenset({"or", "and", "between", "in", "instance"})
_WORDS_AFTER = _INFIX_WORDS | {"then", "else", "return", "satisfies"}
_MARKS_AFTER = frozenset({")", "]", ",", "}", ".", "=", "!=", "<", "<=", ">", ">="})
_CLOSING = frozenset({")", "]", "["})


def bracket_closes(p: Grammar) -> bool:
    """Whether the ``[`` here ends a range (``]1..3[``) instead of opening a filter."""
    if not p.closes_range:
        return False
    following = p.peek()
    if following.kind == "keyword":
        return following.value in _WORDS_AFTER
    return following.kind == "end" or (following.kind == "mark" and following.value in _MARKS_AFTER)


def parenthesis(p: Grammar, start: Token) -> n.Node:
    """``(a)``, or a range with an open start."""
    if p.at_mark(".."):
        return range_from(p, start, None)
    closes, p.closes_range = p.closes_range, False
    inner = p.expression()
    p.closes_range = closes
    if p.at_mark(".."):
        return range_from(p, start, inner)
    p.expect(")", "an operator or )")
    return inner


def range_from(p: Grammar, start: Token, low: n.Node | None) -> n.Range:
    """The rest of a range whose opening ``start`` and low end have been read."""
    p.advance()
    high: n.Node | None = None
    if not (p.at_mark(")") or p.at_mark("]")):
        closes, p.closes_range = p.closes_range, True
        high = p.expression()
        p.closes_range = closes
    token = p.token
    if token.kind != "mark" or token.value not in _CLOSING:
        raise FeelError(f"expected ) or ] to close the range, found {found(token)}", token.at)
    if low is None and high is None:
        raise FeelError("a range needs at least one end", start.at)
    p.advance()
    return n.Range(
        low,
        high,
        low_closed=start.value == "[" and low is not None,
        high_closed=token.value == "]" and high is not None,
        at=start.at,
        end=token.end,
    )


def open_range(p: Grammar, start: Token) -> n.Node:
    """``]a..b[``."""
    low = None if p.at_mark("..") else p.expression()
    if not p.at_mark(".."):
        raise FeelError(f"expected .. inside the range, found {found(p.token)}", p.token.at)
    return range_from(p, start, low)


def one_sided(p: Grammar, start: Token) -> n.Node:
    """``< 5`` and its like."""
    bound = p.expression(ADD)
    closed = start.value in {"<=", ">=", "="}
    low = None if start.value in {"<", "<="} else bound
    high = None if start.value in {">", ">="} else bound
    return n.Range(
        low,
        high,
        low_closed=closed and low is not None,
        high_closed=closed and high is not None,
        at=start.at,
        end=bound.end,
    )


def listing(p: Grammar, start: Token) -> n.Node:
    """``[a, b]``, or a range with a closed start."""
    closes, p.closes_range = p.closes_range, False
    items: list[n.Node] = []
    if p.at_mark(".."):
        p.closes_range = closes
        return range_from(p, start, None)
    for _ in p.each("]"):
        items.append(p.expression())
        if len(items) == 1 and p.at_mark(".."):
            p.closes_range = closes
            return range_from(p, start, items[0])
    p.closes_range = closes
    p.expect("]", "a comma or ] after a list item")
    return n.ListOf(tuple(items), at=start.at, end=p.last_end)


def context(p: Grammar, start: Token) -> n.Node:
    """``{name: value, …}``."""
    entries: dict[str, n.Node] = {}
    closes, p.closes_range = p.closes_range, False
    p.push(())
    for _ in p.each("}"):
        at = p.token.at
        key = _entry_key(p)
        p.expect(":", "a colon after the entry name")
        if key in entries:
            raise FeelError(f"the entry {key!r} stands twice in this context", at)
        entries[key] = p.expression()
        p.add_member(key)
        p.add_name(key)
    p.pop()
    p.closes_range = closes
    p.expect("}", "a comma or } after a context entry")
    return n.ContextOf(tuple(entries.items()), at=start.at, end=p.last_end)


def _entry_key(p: Grammar) -> str:
    token = p.token
    if token.kind == "string":
        p.advance()
        return token.value
    key = match_entry_name(p.text, token.at)
    if key is None:
        raise FeelError(f"expected an entry name and a colon, found {found(token)}", token.at)
    p.jump(key[1])
    return key[0]


def selection(p: Grammar, left: n.Node) -> n.Node:
    """``left[test]``; inside, words may be members of the items and need not be known."""
    closes, p.closes_range = p.closes_range, False
    p.filters += 1
    p.push_members()
    p.advance()
    test = p.expression()
    p.pop()
    p.filters -= 1
    p.closes_range = closes
    p.expect("]", "an operator or ] after the filter")
    return n.Filter(left, test, at=left.at, end=p.last_end)


def call(p: Grammar, left: n.Node) -> n.Node:
    """``left(arguments)``."""
    closes, p.closes_range = p.closes_range, False
    p.advance()
    positional: list[n.Node] = []
    named: dict[str, n.Node] = {}
    for _ in p.each(")"):
        at = p.token.at
        if name := match_entry_name(p.text, at):
            p.jump(name[1])
            p.expect(":", "a colon")
            if name[0] in named:
                raise FeelError(f"the argument {name[0]!r} is given twice", at)
            named[name[0]] = p.expression()
        else:
            positional.append(p.expression())
        if positional and named:
            raise FeelError("arguments are either all named or all by position", at)
    p.closes_range = closes
    p.expect(")", "a comma or ) after an argument")
    return n.Call(left, tuple(positional), tuple(named.items()), at=left.at, end=p.last_end)
