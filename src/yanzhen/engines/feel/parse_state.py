"""Where a parser stands: the current token, the names in scope, the depth."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builtin_names import BUILTIN_NAMES
from yanzhen.engines.feel.names import NameIndex, add_to_index, index_names, normalize
from yanzhen.engines.feel.tokens import Token, token_at
from yanzhen.engines.feel.walk import MAX_DEPTH, too_deep
from yanzhen.kernel.errors import FeelError

OR, AND, COMPARE, ADD, MULTIPLY, POWER, NEGATE, INSTANCE, POSTFIX = range(1, 10)
"""How tightly the operators bind, from weak to tight (DMN 1.5, 10.3.1.3)."""

MAX_TEXT = 64 * 1024
"""The longest text, in bytes of UTF-8."""

LONGEST_KEPT = 4_096
"""Texts longer than this, in characters, are read and compiled anew each time."""

_BUILTIN_INDEX = index_names(BUILTIN_NAMES)


def found(token: Token) -> str:
    """How an error message names a token."""
    if token.kind == "end":
        return "the end"
    if token.kind == "string":
        return "a string"
    return f"{'the name ' if token.kind == 'name' else ''}{token.value!r}"


class Grammar(ABC):
    """The moving parts of a parser, and the one rule that all other rules use.

    The current token is read ahead, so a scope must be opened before stepping onto the first token
    that may use its names (``push``, then ``advance``), or the token read again (``add_name``).
    """

    def __init__(self, text: str, names: frozenset[str]) -> None:
        self.text = text
        self.indexes: list[NameIndex] = [_BUILTIN_INDEX, index_names(names)]
        self.known: list[set[str]] = [{normalize(name) for name in names}]
        self.members: set[str] = set()
        self.member_index: NameIndex = {}
        self.filters = 0
        self.closes_range = False
        self.depth = 0
        self.last_end = 0
        self.token = token_at(text, 0, self.indexes)

    def deeper(self) -> None:
        """Count one level of nesting.

        Raises:
            FeelError: there are too many.
        """
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_deep(self.token.at)

    def advance(self) -> None:
        """Step to the next token."""
        self.advance_over(self.token)

    def advance_over(self, token: Token) -> None:
        """Step to the token after ``token``."""
        self.last_end = token.end
        self.token = token_at(self.text, token.end, self.indexes)

    def back_to(self, token: Token) -> None:
        """Make ``token`` the current one again."""
        self.last_end = token.at
        self.token = token

    def jump(self, end: int) -> None:
        """Step to the first token at or after the offset ``end``."""
        self.last_end = end
        self.token = token_at(self.text, end, self.indexes)

    def peek(self) -> Token:
        """The token after the current one."""
        return token_at(self.text, self.token.end, self.indexes)

    def at_mark(self, mark: str) -> bool:
        """Whether the current token is this mark."""
        return self.token.kind == "mark" and self.token.value == mark

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.token.kind == "end"

    def accept(self, mark: str) -> bool:
        """Step over ``mark`` if it is the current token."""
        if self.at_mark(mark):
            self.advance()
            return True
        return False

    def each(self, closing: str) -> Iterator[None]:
        """Turn once for each member of a list with commas; none if ``closing`` stands here."""
        if not self.at_mark(closing):
            yield
            while self.accept(","):
                yield

    def expect(self, mark: str, expected: str) -> None:
        """Step over ``mark``.

        Raises:
            FeelError: another token stands here; says what was ``expected``.
        """
        if not self.accept(mark):
            raise FeelError(f"expected {expected}, found {found(self.token)}", self.token.at)

    def expect_word(self, word: str) -> None:
        """Step over the keyword ``word``.

        Raises:
            FeelError: another token stands here.
        """
        if not (self.token.kind == "keyword" and self.token.value == word):
            raise FeelError(f"expected {word}, found {found(self.token)}", self.token.at)
        self.advance()

    def push(self, names: Iterable[str]) -> None:
        """Open a scope of local names."""
        self.known.append(set(names))
        self.indexes.append(index_names(self.known[-1]))

    def add_name(self, name: str) -> None:
        """Add a name to the innermost scope; the current token is not read again."""
        self.known[-1].add(normalize(name))
        add_to_index(self.indexes[-1], name)

    def push_members(self) -> None:
        """Open a scope of the names that entries of contexts have had so far."""
        self.known.append(self.members)
        self.indexes.append(self.member_index)

    def add_member(self, name: str) -> None:
        """Remember the name of an entry, for paths and filters."""
        self.members.add(normalize(name))
        add_to_index(self.member_index, name)

    def pop(self) -> None:
        """Close the innermost scope."""
        self.known.pop()
        self.indexes.pop()

    def joins(self, first: Token) -> bool:
        """Whether words after the name ``first`` belong to it though the whole is not known."""
        if self.filters:
            return True
        return not any(first.value in scope for scope in self.known)

    def join_words(self, name: str) -> tuple[str, int]:
        """``name`` with all names that follow it joined by spaces, and where the whole ends."""
        while self.token.kind == "name":
            name = f"{name} {self.token.value}"
            self.advance()
        return name, self.last_end

    def member_name(self) -> tuple[str, int]:
        """The member name after the dot that is the current token, and where it ends.

        Raises:
            FeelError: no name stands there.
        """
        self.push_members()
        self.advance()
        token = self.token
        self.pop()
        if token.kind not in {"name", "keyword"}:
            raise FeelError(f"expected a member name after the dot, found {found(token)}", token.at)
        self.advance_over(token)
        return self.join_words(token.value)

    @abstractmethod
    def expression(self, level: int = 0, left: n.Node | None = None) -> n.Node:
        """An expression whose operators bind at least as tightly as ``level``."""
