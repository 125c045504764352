"""Pieces of SQL text that know which columns they read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from yanzhen.kernel.errors import YanzhenError


class NotExactError(YanzhenError):
    """A dialect cannot say this with exactly the meaning of the rule; the text says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression.

    Attributes:
        text: SQL that stands as an operand, so with parentheses where it needs them.
        refs: the columns of the sheet that it reads.
        depth: how deep it nests; 0 for a column or a constant.
    """

    text: str
    refs: frozenset[str] = frozenset()
    depth: int = 0


def write(form: str, *parts: Piece) -> Piece:
    """The pieces put into the places ``{0}``, ``{1}``, … of a form."""
    return Piece(
        form.format(*(part.text for part in parts)),
        frozenset().union(*(part.refs for part in parts)),
        1 + max((part.depth for part in parts), default=0),
    )


def joined(word: str, parts: Iterable[Piece]) -> Piece:
    """The pieces with a word between them, in parentheses."""
    parts = tuple(parts)
    form = f" {word} ".join(f"{{{place}}}" for place in range(len(parts)))
    return write(f"({form})", *parts)


def quoted(name: str) -> str:
    """A name as an identifier.

    >>> quoted("规模/上")
    '"规模/上"'

    Raises:
        NotExactError: it is empty or holds a NUL, which no database takes.
    """
    if not name or "\0" in name:
        raise NotExactError(f"{name!r} cannot be the name of a column")
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as a string literal of standard SQL, where a backslash is a backslash.

    >>> literal("it's")
    "'it''s'"

    Raises:
        NotExactError: it holds a NUL.
    """
    if "\0" in text:
        raise NotExactError("a text with a NUL cannot be written in SQL")
    return "'" + text.replace("'", "''") + "'"


@dataclass(slots=True)
class Sheet:
    """Columns in the order in which they can be computed: each only needs columns of lower levels.

    Attributes:
        levels: 0 for the facts, else one more than the highest of what the column reads.
        pieces: how each column is computed.
    """

    levels: dict[str, int] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    _known: dict[str, Piece] = field(default_factory=dict)

    def fact(self, name: str, piece: Piece) -> Piece:
        """The column of a fact, read from the source by ``piece``."""
        self.levels[name], self.pieces[name] = 0, piece
        return Piece(quoted(name), frozenset({name}))

    def lift(self, piece: Piece) -> Piece:
        """A column of its own for a piece, so that it is computed once however often it is used."""
        if piece.depth == 0:
            return piece
        held = self._known.get(piece.text)
        if held is None:
            name = self._fresh()
            self.levels[name] = 1 + max((self.levels[ref] for ref in piece.refs), default=0)
            self.pieces[name] = piece
            held = self._known[piece.text] = Piece(quoted(name), frozenset({name}))
        return held

    def _fresh(self) -> str:
        number = len(self.pieces) + 1
        while f"_{number}" in self.pieces:
            number += 1
        return f"_{number}"

    def needed(self, roots: Iterable[Piece]) -> set[str]:
        """The columns that the roots read, directly or not."""
        found: set[str] = set()
        open_ = [ref for root in roots for ref in root.refs]
        while open_:
            name = open_.pop()
            if name not in found:
                found.add(name)
                open_ += self.pieces[name].refs
        return found
