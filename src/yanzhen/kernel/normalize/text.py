"""Text as offices type it: full-width digits, stray spaces, invisible characters."""

import re
from dataclasses import dataclass

_WIDE_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE_WORD_CHARACTERS = {
    wide: narrow for wide, narrow in _WIDE_TO_NARROW.items() if chr(narrow).isalnum()
}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\u0000-\u0008\u000e-\u001f]")
_SPACES = re.compile(r"\s+")
_HYPHENS = re.compile("[-\u2010-\u2015\u2212\u30fc\uff0d]")

BLANKS = frozenset(("", "-", "--", "—", "——", "/", "\\", "N/A", "不详", "未知"))
"""What offices write, in upper case, where they have nothing to write."""

FROM_WIDE = "全角转半角"
NO_INVISIBLE = "去掉不可见字符"
NO_SPACES = "去掉空格"
NO_HYPHENS = "去掉连字符"
TO_UPPER = "小写转大写"


@dataclass(frozen=True, slots=True)
class Normalized[T]:
    """A value read from text, with what was changed on the way.

    Attributes:
        value: what was read.
        notes: Chinese words for each change, in order; empty where nothing was changed.
    """

    value: T
    notes: tuple[str, ...] = ()


def to_half_width(text: str) -> str:
    """Full-width forms to half-width ones (全角转半角), all of ASCII and the wide space.

    >>> to_half_width("９１３３（Ａ）")
    '9133(A)'
    """
    return text.translate(_WIDE_TO_NARROW)


def normalize_text(text: str) -> Normalized[str]:
    """A name or free text: trimmed, single spaces, half-width letters and digits.

    Chinese punctuation stays, as names are registered with full-width brackets.

    >>> normalize_text(" 样例（２０２１）  公司 ").value
    '样例（2021） 公司'
    """
    notes: list[str] = []
    text = _step(_INVISIBLE.sub("", text), text, NO_INVISIBLE, notes)
    text = _step(text.translate(_WIDE_WORD_CHARACTERS), text, FROM_WIDE, notes)
    text = _step(_SPACES.sub(" ", text).strip(), text, NO_SPACES, notes)
    return Normalized(text, tuple(notes))


def normalize_code(text: str) -> Normalized[str]:
    """A code: upper case, half-width, without spaces, hyphens and invisible characters.

    >>> normalize_code("913300 00-704204554c")
    Normalized(value='91330000704204554C', notes=('去掉空格', '去掉连字符', '小写转大写'))
    """
    notes: list[str] = []
    text = _step(_INVISIBLE.sub("", text), text, NO_INVISIBLE, notes)
    text = _step(to_half_width(text), text, FROM_WIDE, notes)
    text = _step(_SPACES.sub("", text), text, NO_SPACES, notes)
    text = _step(_HYPHENS.sub("", text), text, NO_HYPHENS, notes)
    text = _step(text.upper(), text, TO_UPPER, notes)
    return Normalized(text, tuple(notes))


def _step(after: str, before: str, note: str, notes: list[str]) -> str:
    if after != before:
        notes.append(note)
    return after
