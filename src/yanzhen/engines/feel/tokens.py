"""Tokens of FEEL, cut from the text one at a time.

The parser asks for one token after the other because where a name ends depends on which names are
in scope there (``a-b`` is one name or a difference).
"""

import re
from dataclasses import dataclass
from typing import Literal

from yanzhen.engines.feel.names import KEYWORDS, SPACE_CHARS, WORD, NameIndex, match_name
from yanzhen.kernel.errors import FeelError

Kind = Literal["number", "string", "name", "keyword", "mark", "end"]

_SKIP = re.compile(f"(?:[{SPACE_CHARS}]+|//[^\\n\\r]*|/\\*.*?\\*/)*", re.DOTALL)
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_MARK = re.compile(r"\*\*|!=|<=|>=|\.\.|->|[-+*/=<>()\[\]{},:.?@]")
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))",
    re.DOTALL,
)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_LAST_CODE_POINT = 0x10FFFF
_HINTS = {
    "'": 'strings are written between double quotes, as in "text"',
    "“": 'write the plain double quote " instead of the typographic one',
    "”": 'write the plain double quote " instead of the typographic one',
    ";": "arguments and list items are parted by commas",
    "&": "write the word and",
    "|": "write the word or",
    "!": "write not(…) or !=",
    "%": "write a share as a decimal, as in 0.05",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its value (a name normalized, a string unescaped) and its place."""

    kind: Kind
    value: str
    at: int
    end: int


def _unescape(found: re.Match[str]) -> str:
    high, low, four, six, other = found.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if four is not None or six is not None:
        code = int(four or six, 16)
        return chr(code) if code <= _LAST_CODE_POINT else found.group()
    return _PLAIN_ESCAPES.get(other, found.group())


def unescape(raw: str) -> str:
    r"""The text meant between the quotes; an escape unknown to FEEL stays as written (``\d``)."""
    return _ESCAPE.sub(_unescape, raw) if "\\" in raw else raw


def skip(text: str, at: int) -> int:
    """The place of the next character that is neither white space nor in a comment."""
    found = _SKIP.match(text, at)
    return found.end() if found else at


def token_at(text: str, at: int, indexes: list[NameIndex]) -> Token:
    """The token that starts at or after ``at``; of several name indexes the longest match counts.

    Raises:
        FeelError: no token of FEEL starts there.
    """
    at = skip(text, at)
    if at >= len(text):
        return Token("end", "", at, at)
    best: tuple[str, int] | None = None
    for index in indexes:
        known = match_name(index, text, at)
        if known and (best is None or known[1] > best[1]):
            best = known
    if best:
        return Token("name", best[0], at, best[1])
    if found := WORD.match(text, at):
        word = found.group()
        return Token("keyword" if word in KEYWORDS else "name", word, at, found.end())
    if found := _NUMBER.match(text, at):
        return Token("number", found.group(), at, found.end())
    if found := _MARK.match(text, at):
        return Token("mark", found.group(), at, found.end())
    if found := _STRING.match(text, at):
        return Token("string", unescape(found.group(1)), at, found.end())
    character = text[at]
    if character == '"':
        raise FeelError('this string has no closing quote "', at)
    hint = _HINTS.get(character)
    raise FeelError(
        f"the character {character!r} has no meaning here" + (f"; {hint}" if hint else ""), at
    )
