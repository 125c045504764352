"""The parser: from text to tree, by recursive descent with binding powers.

Names are known in three ways: ``names`` given by the caller, local names (entries, iterators,
parameters), and the built-in functions. A run of words that is no known name is taken as one name.
"""

from collections.abc import Callable, Collection
from decimal import Decimal
from functools import lru_cache
from typing import cast

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.names import match_entry_name, normalize
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.engines.feel.parse_state import MAX_TEXT, ParseState, found
from yanzhen.engines.feel.parse_types import parse_type
from yanzhen.engines.feel.tokens import Token
from yanzhen.engines.feel.walk import MAX_DEPTH, check_depth
from yanzhen.kernel.errors import FeelError

OR, AND, COMPARE, ADD, MULTIPLY, POWER, NEGATE, INSTANCE, POSTFIX = range(1, 10)

_INFIX = {
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
    ".": POSTFIX,
    "[": POSTFIX,
    "(": POSTFIX,
}
_INFIX_WORDS = {"or": OR, "and": AND, "between": COMPARE, "in": COMPARE, "instance": INSTANCE}
_ENDS_AFTER_BRACKET = frozenset({")", "]", ",", "}", ".", "=", "!=", "<", "<=", ">", ">="})
_EXTERNAL = "external"


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
    return cast("n.Node", _cached(text, frozenset(names), tests=False))


def parse_unary_tests(text: str, names: Collection[str] = ()) -> n.UnaryTests:
    """Read a cell of a decision table: ``-``, ``"a", "b"``, ``< 5``, ``[1..3]``, ``not(…)``.

    Args:
        text: the cell; empty counts as ``-``.
        names: as in ``parse``.

    Raises:
        FeelError: the text is no cell; says what was expected and where.
    """
    return cast("n.UnaryTests", _cached(text, frozenset(names), tests=True))


@lru_cache(maxsize=8192)
def _cached(text: str, names: frozenset[str], *, tests: bool) -> n.Node:
    if len(text.encode("utf-8", "surrogatepass")) > MAX_TEXT:
        raise FeelError(f"the text is longer than {MAX_TEXT} bytes", MAX_TEXT)
    try:
        parser = Parser(text, names)
        node = parser.unary_tests() if tests else parser.whole()
    except RecursionError:
        raise FeelError(f"the expression is nested deeper than {MAX_DEPTH} levels", 0) from None
    check_depth(node, len(text))
    return node


class Parser(ParseState):
    """One run over one text."""

    def whole(self) -> n.Node:
        """The expression that fills the text."""
        node = self.expression()
        self._expect_end()
        return node

    def _expect_end(self) -> None:
        if self.token.kind != "end":
            raise FeelError(
                f"expected an operator or the end, found {found(self.token)}", self.token.at
            )

    def unary_tests(self) -> n.UnaryTests:
        """The cell that fills the text."""
        if self.token.kind == "end":
            return n.UnaryTests(())
        start = self.token
        if start.value == "-" and start.kind == "mark":
            self.advance()
            if cast("Token", self.token).kind == "end":
                return n.UnaryTests((), at=start.at, end=start.end)
            self.back_to(start)
        if start.kind == "name" and start.value == "not":
            self.advance()
            if self.at_mark("("):
                self.advance()
                tests = self._tests()
                self.expect(")", "a comma or ) after the tests of not(")
                if self.token.kind == "end":
                    return n.UnaryTests(tests, negated=True, at=start.at, end=self.last_end)
            self.back_to(start)
        tests = self._tests()
        self._expect_end()
        return n.UnaryTests(tests, at=start.at, end=self.last_end)

    def _tests(self) -> tuple[n.Node, ...]:
        tests = [self._test()]
        while self.accept(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self, level: int = 0) -> n.Node:
        token = self.token
        if token.kind == "mark" and token.value in {"=", "!="}:
            self.advance()
            right = self.expression(ADD)
            op: n.CompareOp = "=" if token.value == "=" else "!="
            return n.Compare(
                op, n.Input(at=token.at, end=token.at), right, at=token.at, end=right.end
            )
        return self.expression(level)

    def expression(self, level: int = 0, left: n.Node | None = None) -> n.Node:
        """An expression whose operators all bind at least as tightly as ``level``.

        Args:
            level: the weakest binding power accepted.
            left: a first operand that has been read already.
        """
        self.deeper()
        if left is None:
            token = self.token
            if token.kind == "mark" and token.value == "(":
                self.advance()
                left = self._parenthesis(token)
            else:
                prefix = _PREFIX.get(token.kind if token.kind not in _BY_VALUE else token.value)
                if prefix is None:
                    raise FeelError(f"expected an expression, found {found(token)}", token.at)
                self.advance_over(token)
                left = prefix(self, token)
        while True:
            token = self.token
            if token.kind == "mark":
                power = _INFIX.get(token.value, 0)
            elif token.kind == "keyword":
                power = _INFIX_WORDS.get(token.value, 0)
            else:
                break
            if power == 0 or power < level:
                break
            if token.value == "[" and self.closes_range and self._bracket_closes():
                break
            if power in {ADD, MULTIPLY, POWER}:
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

    def _bracket_closes(self) -> bool:
        """Whether the ``[`` here ends a range (``]1..3[``) instead of opening a filter."""
        following = self.peek()
        if following.kind == "keyword":
            return following.value in _INFIX_WORDS or following.value in {
                "then",
                "else",
                "return",
                "satisfies",
            }
        return following.kind == "end" or following.value in _ENDS_AFTER_BRACKET

    def _parenthesis(self, start: Token) -> n.Node:
        if self.at_mark(".."):
            return self._range_from(start, None)
        closes, self.closes_range = self.closes_range, False
        inner = self.expression()
        self.closes_range = closes
        if self.at_mark(".."):
            return self._range_from(start, inner)
        self.expect(")", "an operator or )")
        return inner

    def _range_from(self, start: Token, low: n.Node | None) -> n.Range:
        """The rest of a range whose opening ``start`` and low end have been read."""
        self.advance()
        high: n.Node | None = None
        if not (self.token.kind == "mark" and self.token.value in {")", "]", "["}):
            closes, self.closes_range = self.closes_range, True
            high = self.expression()
            self.closes_range = closes
        token = self.token
        if token.kind != "mark" or token.value not in {")", "]", "["}:
            raise FeelError(f"expected ) or ] to close the range, found {found(token)}", token.at)
        if low is None and high is None:
            raise FeelError("a range needs at least one end", start.at)
        self.advance()
        return n.Range(
            low,
            high,
            low_closed=start.value == "[" and low is not None,
            high_closed=token.value == "]" and high is not None,
            at=start.at,
            end=token.end,
        )

    def _list(self, start: Token) -> n.Node:
        closes, self.closes_range = self.closes_range, False
        items: list[n.Node] = []
        if self.at_mark(".."):
            return self._range_from(start, None)
        while not self.at_mark("]"):
            items.append(self.expression())
            if len(items) == 1 and self.at_mark(".."):
                self.closes_range = closes
                return self._range_from(start, items[0])
            if not self.accept(","):
                break
        self.closes_range = closes
        self.expect("]", "a comma or ] after a list item")
        return n.ListOf(tuple(items), at=start.at, end=self.last_end)

    def _open_range(self, start: Token) -> n.Node:
        low = None if self.at_mark("..") else self.expression()
        if not self.at_mark(".."):
            raise FeelError(
                f"expected .. inside the range, found {found(self.token)}", self.token.at
            )
        return self._range_from(start, low)

    def _one_sided(self, start: Token) -> n.Node:
        bound = self.expression(ADD)
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

    def _context(self, start: Token) -> n.Node:
        entries: list[tuple[str, n.Node]] = []
        closes, self.closes_range = self.closes_range, False
        self.push(())
        while not self.at_mark("}"):
            key = self._entry_key()
            self.expect(":", "a colon after the entry name")
            value = self.expression()
            if any(key == known for known, _ in entries):
                raise FeelError(f"the entry {key!r} stands twice in this context", value.at)
            entries.append((key, value))
            self.members.add(normalize(key))
            self.add_name(key)
            if not self.accept(","):
                break
        self.pop()
        self.closes_range = closes
        self.expect("}", "a comma or } after a context entry")
        return n.ContextOf(tuple(entries), at=start.at, end=self.last_end)

    def _entry_key(self) -> str:
        token = self.token
        if token.kind == "string":
            self.advance()
            return token.value
        key = match_entry_name(self.text, token.at)
        if key is None:
            raise FeelError(f"expected an entry name and a colon, found {found(token)}", token.at)
        self.jump(key[1])
        return key[0]

    def _name(self, start: Token) -> n.Node:
        name, end = start.value, start.end
        if self.token.kind == "name" and self.joins(start):
            name, end = self.join_words(name)
        return n.Name(name, at=start.at, end=end)

    def _negate(self, start: Token) -> n.Node:
        of = self.expression(NEGATE)
        return n.Negate(of, at=start.at, end=of.end)

    def _temporal(self, start: Token) -> n.Node:
        token = self.token
        if token.kind != "string" or token.at != start.end:
            raise FeelError(
                f'expected a string right after @, as in @"2020-01-31", found {found(token)}',
                token.at,
            )
        self.advance()
        return n.Temporal(token.value, at=start.at, end=token.end)

    def _if(self, start: Token) -> n.Node:
        condition = self.expression()
        self.expect_word("then")
        yes = self.expression()
        self.expect_word("else")
        no = self.expression()
        return n.If(condition, yes, no, at=start.at, end=no.end)

    def _iterators(self) -> tuple[n.Iterator, ...]:
        """The iterators of a for, some or every; opens one scope, which the caller closes."""
        self.push(("partial",))
        iterators: list[n.Iterator] = []
        while True:
            at = self.token.at
            words: list[str] = []
            while self.token.kind == "name":
                words.append(self.token.value)
                self.advance()
            if not words:
                raise FeelError(f"expected a variable name, found {found(self.token)}", at)
            name = " ".join(words)
            self.expect_word("in")
            source = self.expression()
            to = self.expression() if self.accept("..") else None
            iterators.append(n.Iterator(name, source, to, at=at, end=self.last_end))
            self.add_name(name)
            if not self.accept(","):
                return tuple(iterators)

    def _for(self, start: Token) -> n.Node:
        iterators = self._iterators()
        self.expect_word("return")
        result = self.expression()
        self.pop()
        return n.For(iterators, result, at=start.at, end=result.end)

    def _quantified(self, start: Token) -> n.Node:
        iterators = self._iterators()
        self.expect_word("satisfies")
        satisfies = self.expression()
        self.pop()
        return n.Quantified(
            start.value == "every", iterators, satisfies, at=start.at, end=satisfies.end
        )

    def _function(self, start: Token) -> n.Node:
        self.expect("(", "( after function")
        self.push(())
        parameters: list[tuple[str, n.TypeName | None]] = []
        while not self.at_mark(")"):
            parameters.append(self._parameter())
            if not self.accept(","):
                break
        for name, _ in parameters:
            self.add_name(name)
        self.expect(")", "a comma or ) after a parameter")
        external = self.token.kind == "name" and self.token.value == _EXTERNAL
        if external:
            self.advance()
        body = self.expression()
        self.pop()
        return n.Function(tuple(parameters), body, external=external, at=start.at, end=body.end)

    def _parameter(self) -> tuple[str, n.TypeName | None]:
        token = self.token
        if named := match_entry_name(self.text, token.at):
            self.jump(named[1])
            self.expect(":", "a colon")
            return named[0], parse_type(self)
        if token.kind != "name":
            raise FeelError(f"expected a parameter name, found {found(token)}", token.at)
        self.advance()
        return self.join_words(token.value)[0], None

    def _members(self, left: n.Node, join: Callable[..., n.Node], level: int) -> n.Node:
        members = [left]
        word = self.token.value
        while self.token.kind == "keyword" and self.token.value == word:
            self.advance()
            members.append(self.expression(level + 1))
        return join(tuple(members), at=left.at, end=self.last_end)

    def _and(self, left: n.Node) -> n.Node:
        return self._members(left, n.And, AND)

    def _or(self, left: n.Node) -> n.Node:
        return self._members(left, n.Or, OR)

    def _between(self, left: n.Node) -> n.Node:
        self.advance()
        low = self.expression(ADD)
        self.expect_word("and")
        high = self.expression(ADD)
        return n.Between(left, low, high, at=left.at, end=high.end)

    def _in(self, left: n.Node) -> n.Node:
        self.advance()
        start = self.token
        if not self.accept("("):
            return n.In(left, (self._test(ADD),), at=left.at, end=self.last_end)
        closes, self.closes_range = self.closes_range, False
        tests: list[n.Node] = []
        if self.at_mark(".."):
            tests.append(self._range_from(start, None))
        else:
            tests.append(self._test())
            while self.accept(","):
                tests.append(self._test())
            if len(tests) == 1 and self.at_mark(".."):
                tests[0] = self._range_from(start, tests[0])
            else:
                self.expect(")", "a comma or ) after the tests of in (")
        self.closes_range = closes
        if len(tests) == 1:
            # what stood in parentheses may be the first operand of the only test
            tests[0] = self.expression(ADD, tests[0])
        return n.In(left, tuple(tests), at=left.at, end=self.last_end)

    def _instance(self, left: n.Node) -> n.Node:
        self.advance()
        if not (self.token.kind == "name" and self.token.value == "of"):
            raise FeelError(f"expected of after instance, found {found(self.token)}", self.token.at)
        self.advance()
        kind = parse_type(self)
        return n.InstanceOf(left, kind, at=left.at, end=self.last_end)

    def _path(self, left: n.Node) -> n.Node:
        name, end = self.member_name()
        return n.Path(left, name, at=left.at, end=end)

    def _filter(self, left: n.Node) -> n.Node:
        closes, self.closes_range = self.closes_range, False
        self.filters += 1
        self.push(self.members)
        self.advance()
        test = self.expression()
        self.pop()
        self.filters -= 1
        self.closes_range = closes
        self.expect("]", "an operator or ] after the filter")
        return n.Filter(left, test, at=left.at, end=self.last_end)

    def _call(self, left: n.Node) -> n.Node:
        closes, self.closes_range = self.closes_range, False
        self.advance()
        positional: list[n.Node] = []
        named: list[tuple[str, n.Node]] = []
        while not self.at_mark(")"):
            if name := match_entry_name(self.text, self.token.at):
                at = self.token.at
                self.jump(name[1])
                self.expect(":", "a colon")
                if any(name[0] == known for known, _ in named):
                    raise FeelError(f"the argument {name[0]!r} is given twice", at)
                named.append((name[0], self.expression()))
            else:
                positional.append(self.expression())
            if positional and named:
                raise FeelError("arguments are either all named or all by position", self.last_end)
            if not self.accept(","):
                break
        self.closes_range = closes
        self.expect(")", "a comma or ) after an argument")
        return n.Call(left, tuple(positional), tuple(named), at=left.at, end=self.last_end)


def _number(_: Parser, token: Token) -> n.Node:
    value = Decimal(token.value)
    if not NUMBERS.plus(value).is_finite():
        raise FeelError("this number is beyond the range of FEEL numbers", token.at)
    return n.Number(value, at=token.at, end=token.end)


def _string(_: Parser, token: Token) -> n.Node:
    return n.String(token.value, at=token.at, end=token.end)


def _bool(_: Parser, token: Token) -> n.Node:
    return n.Bool(token.value == "true", at=token.at, end=token.end)


def _null(_: Parser, token: Token) -> n.Node:
    return n.Null(at=token.at, end=token.end)


def _input(_: Parser, token: Token) -> n.Node:
    return n.Input(at=token.at, end=token.end)


# the rules of a class belong to it: they are its methods, only looked up by token
# ruff: noqa: SLF001
_BY_VALUE = frozenset({"mark", "keyword"})
_PREFIX: dict[str, Callable[[Parser, Token], n.Node]] = {
    "number": _number,
    "string": _string,
    "name": Parser._name,
    "true": _bool,
    "false": _bool,
    "null": _null,
    "?": _input,
    "@": Parser._temporal,
    "-": Parser._negate,
    "[": Parser._list,
    "]": Parser._open_range,
    "{": Parser._context,
    "<": Parser._one_sided,
    "<=": Parser._one_sided,
    ">": Parser._one_sided,
    ">=": Parser._one_sided,
    "=": Parser._one_sided,
    "if": Parser._if,
    "for": Parser._for,
    "some": Parser._quantified,
    "every": Parser._quantified,
    "function": Parser._function,
}
_INFIX_RULES: dict[str, Callable[[Parser, n.Node], n.Node]] = {
    "or": Parser._or,
    "and": Parser._and,
    "between": Parser._between,
    "in": Parser._in,
    "instance": Parser._instance,
    ".": Parser._path,
    "[": Parser._filter,
    "(": Parser._call,
}
