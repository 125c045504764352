"""Names of FEEL: which characters they have, and how the longest known name is found.

A name may hold spaces, Chinese, digits and the characters ``. / - ' + *``. A plain name (one word)
needs no help; every other name can be told from an expression only if it is known, so the parser
carries an index of such names and takes the longest that fits (DMN 1.5, 10.3.1.2 and 10.3.1.5).
"""

import re
from bisect import insort
from collections.abc import Iterable
from functools import lru_cache

SPACE_CHARS = (
    "\\t\\n\\x0b\\x0c\\r \\x85\\xa0\\u1680\\u180e\\u2000-\\u200b\\u2028\\u2029"
    "\\u202f\\u205f\\u3000\\ufeff"
)
START_CHARS = (
    "A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u167f"
    "\\u1681-\\u180d\\u180f-\\u1fff\\u200c-\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff"
    "\\uf900-\\ufdcf\\ufdf0-\\ufefe\\uff00-\\ufffd\\U00010000-\\U000effff"
)
PART_CHARS = START_CHARS + "0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040"
EXTRA_CHARS = "./\\-'+*"

KEYWORDS = frozenset(
    {
        "and",
        "or",
        "in",
        "between",
        "instance",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "function",
        "true",
        "false",
        "null",
    }
)

WORD = re.compile(f"[{START_CHARS}][{PART_CHARS}]*")
SPACES = re.compile(f"[{SPACE_CHARS}]+")
_PART = re.compile(f"[{PART_CHARS}]")
# possessive, so that a long run of words or spaces is gone through only once
_ENTRY_NAME = re.compile(
    f"[{START_CHARS}?][{PART_CHARS}{EXTRA_CHARS}]*+"
    f"(?:[{SPACE_CHARS}]++[{PART_CHARS}{EXTRA_CHARS}]++)*+(?=[{SPACE_CHARS}]*+:)"
)

_LOCAL = re.compile(f"[{START_CHARS}][{PART_CHARS}{EXTRA_CHARS}{SPACE_CHARS}]*")
_GIVEN = re.compile(f"[0-9]*[{START_CHARS}]")
_EXPONENT = re.compile("[0-9]+[eE][0-9]*")

NameIndex = dict[str, list[str]]


def normalize(name: str) -> str:
    r"""The name with every run of white space as one space, none at the ends.

    >>> normalize("  Monthly \n Salary ")
    'Monthly Salary'
    """
    return SPACES.sub(" ", name).strip()


def is_plain(name: str) -> bool:
    """Whether the name is one word that no keyword takes, so that it needs no index.

    >>> is_plain("营业收入"), is_plain("a+b"), is_plain("in"), is_plain("two words")
    (True, False, False, False)
    """
    return name not in KEYWORDS and WORD.fullmatch(name) is not None


def index_names(names: Iterable[str]) -> NameIndex:
    """Those names that are not plain, by first character, the longest first.

    A name given to the parser may hold any characters (``收入(万元)``) and begin with digits
    (``2023年税额``), as long as it could not be taken for a number or a mark.
    """
    index: NameIndex = {}
    for name in names:
        if _GIVEN.match(name.strip()) and not _EXPONENT.fullmatch(name.strip()):
            _insert(index, name)
    return index


def add_to_index(index: NameIndex, name: str) -> None:
    """Put one more name into an index, if it is a name of FEEL and not plain."""
    if _LOCAL.fullmatch(name):
        _insert(index, name)


def _insert(index: NameIndex, name: str) -> None:
    name = normalize(name)
    if name not in KEYWORDS and not is_plain(name):
        group = index.setdefault(name[0], [])
        if name not in group:
            insort(group, name, key=lambda known: (-len(known), known))


@lru_cache(maxsize=4096)
def _spaced(name: str) -> re.Pattern[str]:
    """A pattern for ``name`` in which each space stands for any run of white space."""
    return re.compile(f"[{SPACE_CHARS}]+".join(map(re.escape, name.split(" "))))


def match_name(index: NameIndex, text: str, at: int) -> tuple[str, int] | None:
    """The longest name of ``index`` that stands in ``text`` at ``at``, and where it ends."""
    for name in index.get(text[at : at + 1], ()):
        if text.startswith(name, at):
            end = at + len(name)
        elif " " in name and (found := _spaced(name).match(text, at)):
            end = found.end()
        else:
            continue
        if end < len(text) and _PART.match(text[end]) and _PART.match(name[-1]):
            continue
        return name, end
    return None


def match_entry_name(text: str, at: int) -> tuple[str, int] | None:
    """A name of any characters just before a colon (an entry, a named argument), and its end."""
    found = _ENTRY_NAME.match(text, at)
    return (normalize(found.group()), found.end()) if found else None
