"""Text cut into words for the search box (检索分词): pairs of characters, whole codes.

Chinese has no spaces, and dictionaries miss names; every two neighbors make a word, so that a
phrase of such words is exactly a substring. The same words serve SQLite and PostgreSQL.
"""

import re
from collections.abc import Iterable

from yanzhen.kernel.normalize import to_half_width

_MARKS = re.compile(r"[\W_]+")
_CODE = re.compile(r"[0-9a-z]{4,18}")


def plain(text: str) -> str:
    """Lower case, half width, without marks and spaces.

    >>> plain("样例（Ａ）  厂")
    '样例a厂'
    """
    return _MARKS.sub("", to_half_width(text).lower())


def pairs(text: str) -> list[str]:
    """Every two neighboring characters of a plain text; a single character is its own word.

    >>> pairs("样例厂")
    ['样例', '例厂']
    """
    return [text[i : i + 2] for i in range(len(text) - 1)] or [text]


def document(names: Iterable[str], codes: Iterable[str]) -> str:
    """What the index holds of one enterprise: pairs of each name, then whole codes."""
    words = [word for name in names for word in pairs(plain(name))]
    words.extend(code.lower() for code in codes)
    return " ".join(words)


def is_code(text: str) -> bool:
    """Whether a plain text reads as the beginning of a code: four letters or digits and more."""
    return _CODE.fullmatch(text) is not None and any(map(str.isdigit, text))


def sqlite_query(text: str) -> str:
    """The FTS5 query for a plain text: a code by its beginning, other text as a phrase."""
    prefix = f'"{text}"*'
    if len(text) == 1:
        return prefix
    phrase = '"' + " ".join(pairs(text)) + '"'
    return f"{phrase} OR {prefix}" if is_code(text) else phrase


def postgresql_query(text: str) -> str:
    """The ``tsquery`` for a plain text; the same meaning as :func:`sqlite_query`."""
    prefix = f"'{text}':*"
    if len(text) == 1:
        return prefix
    phrase = " <-> ".join(f"'{pair}'" for pair in pairs(text))
    return f"({phrase}) | {prefix}" if is_code(text) else phrase
