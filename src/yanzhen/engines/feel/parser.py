"""The parser: from text to tree, by recursive descent with binding powers.

Names are known in three ways: ``names`` given by the caller, local names (entries, iterators,
parameters), and the built-in functions. A run of words that is no known name is taken as one name.
"""

from collections.abc import Callable, Collection
from decimal import Decimal
from functools import lru_cache
from typing import cast

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel import parse_brackets as brackets
from yanzhen.engines.feel import parse_words as words
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.engines.feel.parse_state import (
    ADD,
    AND,
    COMPARE,
    INSTANCE,
    LONGEST_KEPT,
    MAX_TEXT,
    MULTIPLY,
    NEGATE,
    OR,
    POSTFIX,
    POWER,
    Grammar,
    found,
)
from yanzhen.engines.feel.tokens import Token
from yanzhen.engines.feel.walk import check_depth, too_deep
from yanzhen.kernel.errors import FeelError


def parse(text: str, names: Collection[str] = ()) -> n.Node:
    """Read one expression.

    Args:
        text: the expression, at most 64 KiB.
        names: the names in scope; those of several words or with operator characters
            (``a+b``, ``don't``) can be told only if they are given here.

    Returns:
        The tree. Repeated calls with the same text and names share it.

    Raises:
        FeelError: the text is no expression; says what was expected and where.

    >>> parse("单价 * 2").op
    '*'
    """
    return _read(text, frozenset(names), tests=False)


def parse_unary_tests(text: str, names: Collection[str] = ()) -> n.UnaryTests:
    """Read a cell of a decision table: ``-``, ``"a", "b"``, ``< 5``, ``[1..3]``, ``not(…)``.

    Args:
        text: the cell; empty counts as ``-``.
        names: as in ``parse``.

    Raises:
        FeelError: the text is no cell; says what was expected and where.
    """
    return cast("n.UnaryTests", _read(text, frozenset(names), tests=True))


def _read(text: str, names: frozenset[str], *, tests: bool) -> n.Node:
    fresh = _cached if len(text) <= LONGEST_KEPT else _cached.__wrapped__
    return fresh(text, names, tests=tests)


@lru_cache(maxsize=8192)
def _cached(text: str, names: frozenset[str], *, tests: bool) -> n.Node:
    if len(text) > MAX_TEXT or len(text.encode("utf-8", "surrogatepass")) > MAX_TEXT:
        raise FeelError(f"the text is longer than {MAX_TEXT} bytes; split it", None)
    try:
        parser = Parser(text, names)
        node: n.Node = parser.unary_tests() if tests else parser.whole()
    except RecursionError:
        raise too_deep(0) from None
    check_depth(node, len(text))
    return node


class Parser(Grammar):
    """One run over one text."""

    def whole(self) -> n.Node:
        """The expression that fills the text."""
        node = self.expression()
        self._expect_end()
        return node

    def _expect_end(self) -> None:
        if not self.at_end():
            raise FeelError(
                f"expected an operator or the end, found {found(self.token)}", self.token.at
            )

    def unary_tests(self) -> n.UnaryTests:
        """The cell that fills the text."""
        start = self.token
        if self.at_end():
            return n.UnaryTests(())
        if self.at_mark("-") and self.peek().kind == "end":
            return n.UnaryTests((), at=start.at, end=start.end)
        if start.kind == "name" and start.value == "not":
            self.advance()
            if self.accept("("):
                tests = words.cell_members(self)
                self.expect(")", "a comma or ) after the tests of not(")
                if self.at_end():
                    return n.UnaryTests(tests, negated=True, at=start.at, end=self.last_end)
            self.back_to(start)
        tests = words.cell_members(self)
        self._expect_end()
        return n.UnaryTests(tests, at=start.at, end=self.last_end)

    def expression(self, level: int = 0, left: n.Node | None = None) -> n.Node:
        """An expression whose operators all bind at least as tightly as ``level``.

        Args:
            level: the weakest binding power accepted.
            left: a first operand that has been read already.
        """
        self.deeper()
        if left is None:
            token = self.token
            word = token.value if token.kind in _BY_VALUE else token.kind
            prefix = _PREFIX.get(word)
            if prefix is None:
                raise FeelError(f"expected an expression, found {found(token)}", token.at)
            self.advance_over(token)
            left = prefix(self, token)
        while True:
            token = self.token
            power = _INFIX.get(token.value, 0) if token.kind in _BY_VALUE else 0
            if (
                power == 0
                or power < level
                or (token.value == "[" and brackets.bracket_closes(self))
            ):
                break
            if power in _ARITHMETIC:
                self.advance()
                right = self.expression(power + 1)
                op = cast("n.ArithmeticOp", token.value)
                left = n.Arithmetic(op, left, right, at=left.at, end=right.end)
            elif power == COMPARE and token.kind == "mark":
                self.advance()
                right = self.expression(ADD)
                compare = cast("n.CompareOp", token.value)
                left = n.Compare(compare, left, right, at=left.at, end=right.end)
            else:
                left = _INFIX_RULES[token.value](self, left)
        self.depth -= 1
        return left


def _number(_: Grammar, token: Token) -> n.Node:
    if not NUMBERS.create_decimal(token.value).is_finite():
        raise FeelError("this number is beyond the range of FEEL numbers", token.at)
    return n.Number(Decimal(token.value), at=token.at, end=token.end)


def _string(_: Grammar, token: Token) -> n.Node:
    return n.String(token.value, at=token.at, end=token.end)


def _bool(_: Grammar, token: Token) -> n.Node:
    return n.Bool(token.value == "true", at=token.at, end=token.end)


def _null(_: Grammar, token: Token) -> n.Node:
    return n.Null(at=token.at, end=token.end)


def _input(_: Grammar, token: Token) -> n.Node:
    return n.Input(at=token.at, end=token.end)


def _name(p: Grammar, start: Token) -> n.Node:
    name, end = start.value, start.end
    if p.token.kind == "name" and p.joins(start):
        name, end = p.join_words(name)
    return n.Name(name, at=start.at, end=end)


def _negate(p: Grammar, start: Token) -> n.Node:
    of = p.expression(NEGATE)
    return n.Negate(of, at=start.at, end=of.end)


def _temporal(p: Grammar, start: Token) -> n.Node:
    token = p.token
    if token.kind != "string" or token.at != start.end:
        raise FeelError(
            f'expected a string right after @, as in @"2020-01-31", found {found(token)}', token.at
        )
    p.advance()
    return n.Temporal(token.value, at=start.at, end=token.end)


def _path(p: Grammar, left: n.Node) -> n.Node:
    name, end = p.member_name()
    return n.Path(left, name, at=left.at, end=end)


def _members(p: Grammar, level: int) -> tuple[n.Node, ...]:
    """The further members of a conjunction or disjunction."""
    word, members = p.token.value, []
    while p.token.kind == "keyword" and p.token.value == word:
        p.advance()
        members.append(p.expression(level + 1))
    return tuple(members)


def _and(p: Grammar, left: n.Node) -> n.Node:
    return n.And((left, *_members(p, AND)), at=left.at, end=p.last_end)


def _or(p: Grammar, left: n.Node) -> n.Node:
    return n.Or((left, *_members(p, OR)), at=left.at, end=p.last_end)


_BY_VALUE = frozenset({"mark", "keyword"})
_ARITHMETIC = frozenset({ADD, MULTIPLY, POWER})
_INFIX = {
    "or": OR,
    "and": AND,
    "between": COMPARE,
    "in": COMPARE,
    "=": COMPARE,
    "!=": COMPARE,
    "<": COMPARE,
    "<=": COMPARE,
    ">": COMPARE,
    ">=": COMPARE,
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
    "**": POWER,
    "instance": INSTANCE,
    ".": POSTFIX,
    "[": POSTFIX,
    "(": POSTFIX,
}
_PREFIX: dict[str, Callable[[Grammar, Token], n.Node]] = {
    "number": _number,
    "string": _string,
    "name": _name,
    "true": _bool,
    "false": _bool,
    "null": _null,
    "?": _input,
    "@": _temporal,
    "-": _negate,
    "(": brackets.parenthesis,
    "[": brackets.listing,
    "]": brackets.open_range,
    "{": brackets.context,
    "<": brackets.one_sided,
    "<=": brackets.one_sided,
    ">": brackets.one_sided,
    ">=": brackets.one_sided,
    "=": brackets.one_sided,
    "if": words.choice,
    "for": words.iteration,
    "some": words.quantified,
    "every": words.quantified,
    "function": words.function,
}
_INFIX_RULES: dict[str, Callable[[Grammar, n.Node], n.Node]] = {
    "or": _or,
    "and": _and,
    "between": words.between,
    "in": words.membership,
    "instance": words.instance,
    ".": _path,
    "[": brackets.selection,
    "(": brackets.call,
}
