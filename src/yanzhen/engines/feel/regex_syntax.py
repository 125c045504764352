"""Regular expressions as XPath and XQuery write them, read into a tree.

Source: XML Schema Part 2, appendix F, with what XPath Functions and Operators 3.1, 5.6, adds:
``^ $``, lazy quantifiers, groups that are not counted, back references, and the flags s m i x q.
"""

from collections.abc import Callable
from dataclasses import dataclass

from yanzhen.engines.feel import regex_sets as sets
from yanzhen.engines.feel.regex_sets import Ranges
from yanzhen.kernel.errors import FeelError

MAX_PATTERN = 2_000
"""The longest pattern, in characters."""

_MAX_NESTING = 40
_MAX_COUNT = 1_000
_FLAGS = frozenset("smixq")
_ESCAPABLE = frozenset("\\|.?*+(){}$-[]^")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
_NOT_PLAIN = frozenset("?*+){}]")


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Edge:
    """A place: the start (``^``) or the end (``$``) of the text, or of a line."""

    start: bool
    lines: bool


@dataclass(frozen=True, slots=True)
class Ref:
    """What a group matched, once more."""

    group: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group that is counted."""

    index: int
    of: "Regex"


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other."""

    items: tuple["Regex", ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """The first of the options that leads to a match."""

    options: tuple["Regex", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Several times; ``most`` is None where there is no limit."""

    of: "Regex"
    least: int
    most: int | None
    greedy: bool


Regex = Chars | Edge | Ref | Group | Seq | Alt | Repeat


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression: its tree, how many groups it has, whether case counts."""

    tree: Regex
    groups: int
    ignore_case: bool
    has_refs: bool


def parse_pattern(text: str, flags: str) -> Pattern:
    """Read a pattern.

    Raises:
        FeelError: the pattern or the flags are wrong; says what and where in the pattern.
    """
    stray = set(flags) - _FLAGS
    if stray:
        raise FeelError(f"the flag {min(stray)!r} is none of s, m, i, x and q")
    if len(text) > MAX_PATTERN:
        raise FeelError(f"the pattern is longer than {MAX_PATTERN} characters")
    if "q" in flags:
        fold = sets.with_case_variants if "i" in flags else sets.merge
        tree: Regex = Seq(tuple(Chars(fold(sets.of_text(character))) for character in text))
        return Pattern(tree, 0, "i" in flags, has_refs=False)
    reader = _Reader(_strip(text) if "x" in flags else text, flags)
    tree = reader.alternatives()
    if reader.at < len(reader.text):
        raise reader.wrong("a closing parenthesis without an opening one")
    return Pattern(tree, reader.groups, "i" in flags, reader.has_refs)


def _strip(text: str) -> str:
    """The pattern without the white space outside character classes (flag x)."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for character in text:
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        if depth or character not in " \t\n\r":
            kept.append(character)
        escaped = character == "\\" and not escaped
    return "".join(kept)


class _Reader:
    """One run over one pattern."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.at = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.nesting = 0
        self.has_refs = False
        self.lines = "m" in flags
        self.ignore_case = "i" in flags
        self.dot = sets.complement(() if "s" in flags else sets.of_text("\n\r"))

    def wrong(self, what: str) -> FeelError:
        return FeelError(f"the pattern has {what} at its character {self.at + 1}")

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise self.wrong("no end to something begun")
        self.at += 1
        return character

    def alternatives(self) -> Regex:
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise FeelError(f"the pattern nests deeper than {_MAX_NESTING} levels")
        options = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            options.append(self.sequence())
        self.nesting -= 1
        return options[0] if len(options) == 1 else Alt(tuple(options))

    def sequence(self) -> Regex:
        items: list[Regex] = []
        while self.peek() not in {"", "|", ")"}:
            items.append(self.quantified(self.atom()))
        return items[0] if len(items) == 1 else Seq(tuple(items))

    def quantified(self, atom: Regex) -> Regex:
        mark = self.peek()
        if mark == "" or mark not in "?*+{":
            return atom
        self.at += 1
        most: int | None
        if mark == "{":
            least, most = self.counts()
        else:
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[mark]
        lazy = self.peek() == "?"
        self.at += lazy
        return Repeat(atom, least, most, greedy=not lazy)

    def counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at : max(end, self.at)].partition(",")
        plain = (
            low.isascii() and low.isdigit() and (high == "" or (high.isascii() and high.isdigit()))
        )
        if end < 0 or not plain:
            raise self.wrong("a { that begins no count such as {2} or {2,5}")
        least, most = int(low), int(high) if high else None if comma else int(low)
        if max(least, most or 0) > _MAX_COUNT:
            raise FeelError(f"the pattern counts beyond {_MAX_COUNT}")
        if most is not None and most < least:
            raise self.wrong("a count whose end is below its start")
        self.at = end + 1
        return least, most

    def atom(self) -> Regex:
        character = self.take()
        if character == ".":
            return Chars(self.dot)
        if character in "^$":
            return Edge(start=character == "^", lines=self.lines)
        if character == "(":
            return self.group()
        if character == "[":
            return Chars(self.char_class())
        if character == "\\":
            if self.peek() in set("123456789"):
                return self.reference()
            return Chars(self.escape())
        if character in _NOT_PLAIN:
            self.at -= 1
            raise self.wrong(f"a {character!r} that stands for nothing")
        return Chars(self.plain(sets.of_text(character)))

    def plain(self, ranges: Ranges) -> Ranges:
        """Characters written as such, with their variants where case does not count."""
        return sets.with_case_variants(ranges) if self.ignore_case else ranges

    def group(self) -> Regex:
        if self.peek() == "?":
            if self.peek(1) != ":":
                raise self.wrong("a (? that is no (?:")
            self.at += 2
            inner = self.alternatives()
            self.close()
            return inner
        self.groups += 1
        index = self.groups
        inner = self.alternatives()
        self.close()
        self.closed.add(index)
        return Group(index, inner)

    def close(self) -> None:
        if self.peek() != ")":
            raise self.wrong("a parenthesis that is not closed")
        self.at += 1

    def reference(self) -> Regex:
        number = int(self.take())
        while self.peek().isascii() and self.peek().isdigit():
            longer = number * 10 + int(self.peek())
            if longer > self.groups:
                break
            number = longer
            self.at += 1
        if number not in self.closed:
            raise self.wrong(f"a reference to group {number}, which does not end before it")
        self.has_refs = True
        return Ref(number)

    def escape(self) -> Ranges:
        """The set that stands behind a backslash."""
        character = self.take()
        if character in _CONTROL:
            return sets.of_text(_CONTROL[character])
        if character in _ESCAPABLE:
            return sets.of_text(character)
        if character in "pP":
            found = self.property()
            return sets.complement(found) if character == "P" else found
        kinds: dict[str, Callable[[], Ranges]] = {
            "s": lambda: sets.SPACES,
            "d": lambda: sets.category(sets.DIGITS) or (),
            "w": sets.word_characters,
            "i": lambda: sets.NAME_START,
            "c": lambda: sets.NAME_PART,
        }
        if character.lower() not in kinds:
            raise self.wrong(f"an unknown escape \\{character}")
        ranges = kinds[character.lower()]()
        return sets.complement(ranges) if character.isupper() else ranges

    def property(self) -> Ranges:
        end = self.text.find("}", self.at)
        if self.peek() != "{" or end < 0:
            raise self.wrong("a \\p without {…}")
        name = self.text[self.at + 1 : end]
        found = sets.block(name[2:]) if name.startswith("Is") else sets.category(name)
        if found is None:
            raise self.wrong(f"an unknown property {name!r}")
        self.at = end + 1
        return found

    def char_class(self) -> Ranges:
        """The set of a class whose opening bracket has been taken."""
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise FeelError(f"the pattern nests deeper than {_MAX_NESTING} levels")
        negated = self.peek() == "^"
        self.at += negated
        ranges: list[tuple[int, int]] = []
        removed: Ranges = ()
        first = True
        while first or self.peek() != "]":
            if not first and self.peek() == "-" and self.peek(1) == "[":
                self.at += 2
                removed = self.char_class()
                if self.peek() != "]":
                    raise self.wrong("something behind the part that is taken out of a class")
                break
            ranges += self.class_member()
            first = False
        self.at += 1
        self.nesting -= 1
        whole = merge_or_complement(ranges, negated=negated)
        return sets.without(whole, removed) if removed else whole

    def class_member(self) -> Ranges:
        one = self.peek() != "\\"
        start = self.class_character()
        if not (self.peek() == "-" and self.peek(1) not in {"]", "[", ""}):
            return self.plain(start) if one else start
        self.at += 1
        end = self.class_character()
        if len(start) != 1 or len(end) != 1 or start[0][0] != start[0][1] or end[0][0] != end[0][1]:
            raise self.wrong("a range between sets")
        if start[0][0] > end[0][0]:
            raise self.wrong("a range that runs backward")
        return self.plain(((start[0][0], end[0][0]),))

    def class_character(self) -> Ranges:
        character = self.take()
        if character == "\\":
            return self.escape()
        if character in "[]":
            self.at -= 1
            raise self.wrong(f"a bare {character} in a class")
        return sets.of_text(character)


def merge_or_complement(ranges: list[tuple[int, int]], *, negated: bool) -> Ranges:
    """The ranges in order, or all characters outside them."""
    merged = sets.merge(ranges)
    return sets.complement(merged) if negated else merged
