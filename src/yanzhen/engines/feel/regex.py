"""``matches``, ``replace`` and ``split`` on regular expressions of XPath, without danger.

Python's ``re`` is fast but may take exponential time. So a pattern runs there only where a bound on
its work shows that it is harmless; every other pattern runs on the linear matcher. Patterns with
back references have no linear matcher and are refused where they could be costly.
"""

import re
from collections.abc import Callable, Iterator

from yanzhen.engines.feel.arithmetic import MAX_STRING
from yanzhen.engines.feel.regex_linear import Program, Slots
from yanzhen.engines.feel.regex_sets import LAST
from yanzhen.engines.feel.regex_syntax import (
    Alt,
    Chars,
    Edge,
    Group,
    Pattern,
    Ref,
    Regex,
    Repeat,
    Seq,
    parse_pattern,
)
from yanzhen.kernel.errors import FeelError

_HARMLESS = 100_000
"""The most steps of backtracking that are let happen, about 2 ms."""

Charge = Callable[[int], None]
"""Takes the work of a search, in characters looked at, from the budget of the evaluation."""

_REPLACEMENT = re.compile(r"\\(.?)|\$([0-9]*)", re.DOTALL)
_NESTED = 99
_SLOWER = 100
_CHARACTERS_AT_ONCE = 20
_READING = 500
_KEPT = 1_000


class Compiled:
    """A pattern and the two ways to run it."""

    def __init__(self, text: str, flags: str) -> None:
        self.pattern: Pattern = parse_pattern(text, flags)
        self.order = _choices(self.pattern.tree)
        self.widest = _widest(self.pattern.tree)
        self.weight = 1 + _length(self.pattern.tree) // _CHARACTERS_AT_ONCE
        self.size = 1 + len(text)
        source = _python(self.pattern.tree)
        # sets of characters hold their variants in case already, back references do not
        refs_ignore_case = self.pattern.ignore_case and self.pattern.has_refs
        options = re.IGNORECASE if refs_ignore_case else re.NOFLAG
        try:
            self.python = re.compile(source, options) if self.order < _NESTED else None
        except (re.error, OverflowError, RecursionError):
            self.python = None
        self._program: Program | None = None

    def search(self, text: str, start: int, charge: Charge) -> Slots | None:
        """The first match at or after ``start``: start and end of the whole and of each group."""
        work = (len(text) - start + 2 + self.widest) ** (self.order + 1) * self.weight
        if self.python is not None and work <= _HARMLESS:
            found = self.python.search(text, start)
            if found is not None and self.order == 0:
                work = (found.end() - start) * self.weight
            charge(min(work, (len(text) - start + 1) * self.size * _SLOWER))
            if found is None:
                return None
            spans = [found.span(group) for group in range(self.pattern.groups + 1)]
            return tuple(None if at < 0 else at for span in spans for at in span)
        if self._program is None:
            self._program = Program(self.pattern)
        charge((len(text) - start + 1) * len(self._program.steps) * _SLOWER)
        return self._program.search(text, start)


_compiled: dict[tuple[str, str], Compiled] = {}


def compiled(pattern: str, flags: str, charge: Charge) -> Compiled:
    """The pattern, read once; only the first reading is charged."""
    known = _compiled.get((pattern, flags))
    if known is None:
        known = Compiled(pattern, flags)
        charge(_size(known.pattern.tree) * _READING)
        if len(_compiled) >= _KEPT:
            _compiled.clear()
        _compiled[pattern, flags] = known
    return known


def _size(node: Regex) -> int:
    """How many characters and ranges of characters the pattern names."""
    match node:
        case Chars():
            return len(node.ranges)
        case Seq():
            return 1 + sum(map(_size, node.items))
        case Alt():
            return 1 + sum(map(_size, node.options))
        case Group() | Repeat():
            return 1 + _size(node.of)
        case _:
            return 1


def find(text: str, pattern: str, flags: str, charge: Charge) -> bool:
    """Whether the pattern matches somewhere in the text.

    Raises:
        FeelError: the pattern or the flags are wrong, or the search would cost too much.
    """
    return compiled(pattern, flags, charge).search(text, 0, charge) is not None


def _all_matches(text: str, regex: Compiled, charge: Charge) -> Iterator[Slots]:
    if regex.search("", 0, charge) is not None:
        raise FeelError("the pattern matches the empty string")
    at = 0
    while (found := regex.search(text, at, charge)) is not None:
        start, end = found[0], found[1]
        if start is None or end is None or end == start:
            return
        yield found
        at = end


def replace_all(text: str, pattern: str, replacement: str, flags: str, charge: Charge) -> str:
    r"""The text with every match replaced.

    In the replacement ``$1`` stands for a group, ``$0`` for the match, ``\$`` and ``\\`` for
    themselves.

    Raises:
        FeelError: something is wrong with the pattern, the flags or the replacement.
    """
    regex = compiled(pattern, flags, charge)
    parts = [replacement] if "q" in flags else _template(replacement, regex.pattern.groups)
    result: list[str] = []
    at = size = 0
    for found in _all_matches(text, regex, charge):
        start, end = found[0] or 0, found[1] or 0
        made = [part if isinstance(part, str) else _group(text, found, part) for part in parts]
        result += [text[at:start], *made]
        size += start - at + sum(map(len, made))
        if size > MAX_STRING:
            raise FeelError(f"the string would be longer than {MAX_STRING} characters")
        at = end
    result.append(text[at:])
    return "".join(result)


def _group(text: str, found: Slots, group: int) -> str:
    start, end = found[2 * group], found[2 * group + 1]
    return "" if start is None or end is None else text[start:end]


def _template(replacement: str, groups: int) -> list[str | int]:
    """The replacement as texts and group numbers."""
    parts: list[str | int] = []
    at = 0
    for found in _REPLACEMENT.finditer(replacement):
        parts.append(replacement[at : found.start()])
        at = found.end()
        escaped, digits = found.groups()
        if digits is None:
            if escaped not in {"\\", "$"}:
                raise FeelError("in the replacement a backslash stands only before \\ and $")
            parts.append(escaped)
            continue
        if not digits:
            raise FeelError("in the replacement $ needs the number of a group")
        used = len(digits)
        while used > 1 and int(digits[:used]) > groups:
            used -= 1
        number = int(digits[:used])
        parts += [number if number <= groups else "", digits[used:]]
    parts.append(replacement[at:])
    return parts


def split_at(text: str, pattern: str, charge: Charge) -> Iterator[str]:
    """What stands between the matches.

    Raises:
        FeelError: the pattern is wrong.
    """
    at = 0
    for found in _all_matches(text, compiled(pattern, "", charge), charge):
        yield text[at : found[0]]
        at = found[1] or 0
    yield text[at:]


def _choices(node: Regex) -> int:
    """How many choices a match makes one after the other; ``_NESTED`` if within each other.

    A choice is a repetition of open length, something optional, or alternatives. A backtracking
    matcher takes at most about n to the power of this number plus one, n being the length of the
    text or the number of alternatives.
    """
    match node:
        case Seq():
            return min(_NESTED, sum(map(_choices, node.items)))
        case Alt():
            return min(_NESTED, 1 + sum(map(_choices, node.options)))
        case Group():
            return _choices(node.of)
        case Repeat():
            inner = _choices(node.of)
            if node.most == node.least:
                return min(_NESTED, inner * node.least)
            if node.most == 1:
                return min(_NESTED, inner + 1)
            return _NESTED if inner else 1
        case _:
            return 0


def _widest(node: Regex) -> int:
    """The most alternatives that stand side by side."""
    match node:
        case Seq():
            return max(map(_widest, node.items), default=0)
        case Alt():
            return max(len(node.options), *map(_widest, node.options))
        case Group() | Repeat():
            return _widest(node.of)
        case _:
            return 0


def _length(node: Regex) -> int:
    """The length of the shortest match, which is looked for at every place of the text."""
    match node:
        case Chars():
            return 1
        case Seq():
            return sum(map(_length, node.items))
        case Alt():
            return max(map(_length, node.options))
        case Group():
            return _length(node.of)
        case Repeat():
            return max(1, node.least) * _length(node.of)
        case _:
            return 0


def _python(node: Regex) -> str:
    """The same pattern as Python writes it."""
    match node:
        case Chars():
            return _class(node)
        case Edge():
            if node.lines:
                return r"(?:(?:\A|(?<=\n))(?!\Z)|\A)" if node.start else r"(?:\Z|(?=\n))"
            return r"\A" if node.start else r"\Z"
        case Ref():
            return f"(?:\\{node.group})"
        case Group():
            return f"({_python(node.of)})"
        case Seq():
            return "".join(map(_python, node.items))
        case Alt():
            return f"(?:{'|'.join(map(_python, node.options))})"
        case Repeat():
            most = "" if node.most is None else node.most
            return f"(?:{_python(node.of)}){{{node.least},{most}}}{'' if node.greedy else '?'}"


def _class(node: Chars) -> str:
    if not node.ranges:
        return "(?!)"
    if node.ranges == ((0, LAST),):
        return r"[\s\S]"
    parts = (
        _code(low) if low == high else f"{_code(low)}-{_code(high)}" for low, high in node.ranges
    )
    return f"[{''.join(parts)}]"


def _code(code: int) -> str:
    return f"\\U{code:08x}"
