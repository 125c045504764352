"""Strict YAML with line numbers (严格 YAML).

The whole of YAML 1.1 is more than a city folder needs and holds traps: ``no`` is false, ``012``
is ten, ``1:30`` is ninety. Here a plain scalar is true, false, null, a whole number, or text;
everything that another reader could take otherwise is refused with what to write instead.
Reading goes on after a fault, so that a writer sees all of them at once.
"""

import re
from datetime import date
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from yanzhen.kernel.errors import Fault
from yanzhen.packs.yaml_node import Node, Scalar, Style

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24
MAX_NODES = 100_000
MAX_DIGITS = 15

WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
STYLES: dict[str, Style] = {"'": "quoted", '"': "quoted", "|": "literal", ">": "folded"}
TRAPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"(?i:yes|no|on|off)|True|TRUE|False|FALSE"),
        "some readers take the bare word “{0}” for true or false",
        'write true or false, or quote it as text: "{0}"',
    ),
    (
        re.compile(r"~|Null|NULL"),
        "“{0}” is an old spelling of null",
        'write null, or quote it as text: "{0}"',
    ),
    (
        re.compile(r"[-+]?0[0-9_]+|0[xob][0-9a-fA-F_]+|\+[0-9]+|[-+]?[0-9][0-9_]*_[0-9_]*"),
        "“{0}” is read as different numbers by different readers",
        'quote a code as text: "{0}"; write a whole number without leading zero, sign or _',
    ),
    (
        re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"),
        "“{0}” is a number to base 60 for some readers",
        'quote it as text: "{0}"',
    ),
    (
        re.compile(
            r"[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9]+)([eE][-+]?[0-9]+)?"
            r"|[-+]?[0-9]+[eE][-+]?[0-9]+|[-+]?\.(?i:inf)|\.(?i:nan)"
        ),
        "the bare decimal “{0}” would lose digits",
        'write it as text: "{0}"',
    ),
    (
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"),
        "“{0}” is not a day written YYYY-MM-DD",
        "write the day as 2026-01-31",
    ),
    (
        re.compile(r"<<|="),
        "“{0}” has a special meaning in YAML 1.1",
        'quote it as text: "{0}"',
    ),
)


def read_yaml(data: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """Read one YAML file with places.

    Args:
        data: the file's bytes, UTF-8.
        file: path inside the city folder, for the faults.

    Returns:
        The top node, or None where the file cannot be read as YAML at all; and every fault found.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data)} bytes, more than {MAX_BYTES}"
        return None, [Fault(file, None, "", message, "split it into smaller files")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [Fault(file, line, "", "the file is not UTF-8", "save it as UTF-8")]
    faults = [
        Fault(file, number, "", "a tab", "use spaces")
        for number, line_text in enumerate(text.splitlines(), start=1)
        if "\t" in line_text
    ]
    reader = _Reader(file)
    try:
        node = reader.read(text.replace("\t", "  "))
    except yaml.YAMLError as error:
        # Where tabs stand, they are the likely cause: one message for one mistake.
        return None, faults or [*reader.faults, _syntax_fault(error, file)]
    return node, faults + reader.faults


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    message = f"not readable as YAML: {problem}" + (f" ({context})" if context else "")
    mend = "check indentation, colons and quotes here; quote text that holds “: ”, “#”, “{” or “[”"
    return Fault(file, None if mark is None else mark.line + 1, "", message, mend)


class _TooLargeError(yaml.YAMLError):
    """The file nests too deep or holds too many values."""

    def __init__(self, problem: str, event: Any) -> None:
        super().__init__(problem)
        self.problem = problem
        self.problem_mark = event.start_mark


class _Reader:
    """Builds nodes from the event stream of libyaml."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.count = 0

    def read(self, text: str) -> Node | None:
        self.parser = CParser(text)
        self._next()
        start = self._next()
        if isinstance(start, StreamEndEvent):
            self._fault(1, "", "the file is empty", "write its keys, or remove the file")
            return None
        node = self._node(self._next(), "", 0)
        self._next()
        more = self._next()
        if isinstance(more, DocumentStartEvent):
            self._fault(_line(more), "", "a second document in one file", "remove the line “---”")
        return node

    def _next(self) -> Any:
        """The next event; its attributes depend on its kind."""
        return self.parser.get_event()

    def _fault(self, line: int, key: str, message: str, mend: str) -> None:
        self.faults.append(Fault(self.file, line, key, message, mend))

    def _node(self, event: Any, key: str, depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise _TooLargeError(f"values nest deeper than {MAX_DEPTH}", event)
        if self.count > MAX_NODES:
            raise _TooLargeError(f"the file holds more than {MAX_NODES} values", event)
        line = _line(event)
        if isinstance(event, AliasEvent):
            mend = "write the value out; a city folder repeats nothing by reference"
            self._fault(line, key, f"the alias *{event.anchor}", mend)
            return Node(None, self.file, line, key)
        if event.anchor is not None:
            mend = f"remove &{event.anchor}"
            self._fault(line, key, f"the anchor &{event.anchor}", mend)
        if event.tag is not None:
            mend = "remove it; quote a text that looks like a number"
            self._fault(line, key, f"the tag {event.tag}", mend)
        if isinstance(event, MappingStartEvent):
            return self._mapping(line, key, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(line, key, depth)
        return self._scalar(event, line, key)

    def _mapping(self, line: int, key: str, depth: int) -> Node:
        members: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        prefix = f"{key}." if key else ""
        while not isinstance(event := self._next(), MappingEndEvent):
            at = _line(event)
            name = str(event.value) if isinstance(event, ScalarEvent) else ""
            if not name or event.tag is not None or event.anchor is not None:
                self._skip(event, key, depth)
                self._fault(at, key, "a key that is not plain text", "write the key as one word")
            value = self._node(self._next(), f"{prefix}{name}", depth + 1)
            if name == "<<":
                self._fault(at, key, "the merge key <<", "write the merged keys out")
            elif name in members:
                message = f"the key “{name}” stands here twice (first on line {key_lines[name]})"
                self._fault(at, f"{prefix}{name}", message, "keep one of the two")
            elif name:
                members[name] = value
                key_lines[name] = at
        return Node(members, self.file, line, key, "block", key_lines)

    def _skip(self, event: Any, key: str, depth: int) -> None:
        """Read past a list or mapping that stands as a key."""
        if not isinstance(event, ScalarEvent):
            self._node(event, key, depth + 1)

    def _sequence(self, line: int, key: str, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, f"{key}[{len(items)}]", depth + 1))
        return Node(items, self.file, line, key, "block")

    def _scalar(self, event: Any, line: int, key: str) -> Node:
        text = str(event.value)
        if not event.implicit[0]:
            return Node(text, self.file, line, key, STYLES.get(str(event.style), "quoted"))
        return Node(self._plain(text, line, key), self.file, line, key)

    def _plain(self, text: str, line: int, key: str) -> Scalar:
        if text in {"true", "false"}:
            return text == "true"
        if text == "null":
            return None
        if text == "":
            self._fault(line, key, "no value", 'write a value, "" for empty text, or null')
            return None
        if WHOLE.fullmatch(text):
            if len(text.lstrip("-")) > MAX_DIGITS:
                self._fault(line, key, f"the number {text} is too long", f'quote it: "{text}"')
            return int(text)
        if DAY.fullmatch(text):
            if not _is_day(text):
                self._fault(line, key, f"there is no day {text}", "write a day of the calendar")
            return text
        for pattern, message, mend in TRAPS:
            if pattern.fullmatch(text):
                self._fault(line, key, message.format(text), mend.format(text))
                break
        return text


def _line(event: Any) -> int:
    """The 1-based line where an event starts."""
    return int(event.start_mark.line) + 1


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
