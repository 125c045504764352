"""Sets of characters for regular expressions, as sorted ranges of code points."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

LAST = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]
"""Disjoint ranges of code points, ends included, in order."""


def merge(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same characters as disjoint ranges in order."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """All other characters.

    >>> complement(((0, 9), (11, 0x10FFFF)))
    ((10, 10),)
    """
    result: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if start < low:
            result.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        result.append((start, LAST))
    return tuple(result)


def without(ranges: Ranges, removed: Ranges) -> Ranges:
    """The characters of ``ranges`` that are not in ``removed``."""
    return complement(merge((*complement(ranges), *removed)))


def of_text(characters: str) -> Ranges:
    """The characters of a string."""
    return merge((ord(character), ord(character)) for character in characters)


@lru_cache(maxsize=1)
def _categories() -> dict[str, Ranges]:
    """Every general category of Unicode (``Lu``), and every group of them (``L``)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for name, codes in groupby(range(LAST + 1), lambda code: unicodedata.category(chr(code))):
        run = list(codes)
        found.setdefault(name, []).append((run[0], run[-1]))
        found.setdefault(name[0], []).append((run[0], run[-1]))
    return {name: merge(ranges) for name, ranges in found.items()}


def category(name: str) -> Ranges | None:
    """The characters of a general category or a group of them, or None if there is none so."""
    return _categories().get(name)


@lru_cache(maxsize=1)
def _case_classes() -> dict[int, tuple[int, ...]]:
    """For each character that has variants in case, all of them, itself included."""
    folded: dict[str, set[int]] = {}
    for code in range(LAST + 1):
        character = chr(code)
        variants = {character.lower(), character.upper(), character.casefold()}
        if variants != {character}:
            members = {code, *(ord(other) for other in variants if len(other) == 1)}
            folded.setdefault(character.casefold(), set()).update(members)
    return {code: tuple(sorted(group)) for group in folded.values() for code in group}


def with_case_variants(ranges: Ranges) -> Ranges:
    """The characters with those that differ from them only in case.

    >>> with_case_variants(of_text("k")) == of_text("Kk\u212a")
    True
    """
    classes = _case_classes()
    if sum(high - low for low, high in ranges) < len(classes):
        codes = [code for low, high in ranges for code in range(low, high + 1) if code in classes]
    else:
        codes = [code for code in classes if any(low <= code <= high for low, high in ranges)]
    added = ((other, other) for code in codes for other in classes[code])
    return merge((*ranges, *added))


DIGITS = "Nd"
SPACES = of_text(" \t\n\r")
NAME_START = merge(
    (
        (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6),
        (0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F),
        (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
    )
)  # fmt: skip
NAME_PART = merge(
    (*NAME_START, (0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
)


@lru_cache(maxsize=1)
def word_characters() -> Ranges:
    r"""``\w`` of XML Schema: all but punctuation, separators and what Unicode calls other."""
    groups = _categories()
    return complement(merge((*groups["P"], *groups["Z"], *groups["C"])))


_BLOCKS: dict[str, tuple[int, int]] = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Thai": (0x0E00, 0x0E7F),
    "HangulJamo": (0x1100, 0x11FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "EnclosedAlphanumerics": (0x2460, 0x24FF),
    "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF),
    "MiscellaneousSymbols": (0x2600, 0x26FF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
    "CJKUnifiedIdeographsExtensionB": (0x20000, 0x2A6DF),
}


def block(name: str) -> Ranges | None:
    """The characters of a Unicode block by the name XML Schema gives it (without ``Is``)."""
    found = _BLOCKS.get(name)
    return None if found is None else (found,)
