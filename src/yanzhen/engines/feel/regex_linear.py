"""Matching in time proportional to text times pattern, whatever the pattern (no backtracking).

All ways through the pattern are followed at once, in order of preference, one character of the text
after the other (R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009).
"""

from bisect import bisect_right
from dataclasses import dataclass

from yanzhen.engines.feel.regex_sets import Ranges
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
)
from yanzhen.kernel.errors import FeelError

MAX_PROGRAM = 20_000
MAX_WORK = 2_000_000
"""The most (characters of the text) × (instructions of the pattern)."""

Slots = tuple[int | None, ...]


@dataclass(slots=True)
class Step:
    """One instruction: char, edge, save, split (``to`` is preferred), jump or end."""

    kind: str
    ranges: Ranges = ()
    starts: tuple[int, ...] = ()
    edge: Edge | None = None
    slot: int = 0
    to: int = 0
    other: int = 0


class Program:
    """A pattern without back references, ready to run."""

    def __init__(self, pattern: Pattern) -> None:
        self.steps: list[Step] = []
        self.slots = 2 * (pattern.groups + 1)
        self._emit(pattern.tree)
        self._add(Step("end"))

    def _add(self, step: Step) -> int:
        if len(self.steps) >= MAX_PROGRAM:
            raise FeelError("the pattern repeats too much")
        self.steps.append(step)
        return len(self.steps) - 1

    def _emit(self, node: Regex) -> None:
        match node:
            case Chars():
                starts = tuple(low for low, _ in node.ranges)
                self._add(Step("char", ranges=node.ranges, starts=starts))
            case Edge():
                self._add(Step("edge", edge=node))
            case Group():
                self._add(Step("save", slot=2 * node.index))
                self._emit(node.of)
                self._add(Step("save", slot=2 * node.index + 1))
            case Seq():
                for item in node.items:
                    self._emit(item)
            case Alt():
                self._alternatives(node)
            case Repeat():
                self._repeat(node)
            case Ref():
                raise FeelError("a pattern with back references is too costly for this text")

    def _alternatives(self, node: Alt) -> None:
        ends: list[int] = []
        for option in node.options[:-1]:
            split = self._add(Step("split"))
            self.steps[split].to = len(self.steps)
            self._emit(option)
            ends.append(self._add(Step("jump")))
            self.steps[split].other = len(self.steps)
        self._emit(node.options[-1])
        for end in ends:
            self.steps[end].to = len(self.steps)

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self._emit(node.of)
        splits: list[int] = []
        if node.most is None:
            splits.append(self._add(Step("split")))
            self.steps[splits[0]].to = len(self.steps)
            self._emit(node.of)
            self._add(Step("jump", to=splits[0]))
        else:
            for _ in range(node.most - node.least):
                splits.append(self._add(Step("split")))
                self.steps[splits[-1]].to = len(self.steps)
                self._emit(node.of)
        for split in splits:
            step = self.steps[split]
            step.other = len(self.steps)
            if not node.greedy:
                step.to, step.other = step.other, step.to

    def search(self, text: str, start: int) -> Slots | None:
        """The first match at or after ``start``: start and end of the whole, then of each group.

        Raises:
            FeelError: text and pattern together are too large.
        """
        if (len(text) - start + 1) * len(self.steps) > MAX_WORK:
            raise FeelError("the text is too long for this pattern")
        found: Slots | None = None
        threads: list[tuple[int, Slots]] = []
        for at in range(start, len(text) + 1):
            seen: set[int] = set()
            current: list[tuple[int, Slots]] = []
            for counter, slots in threads:
                self._follow(counter, slots, at, text, seen, current)
            if found is None:
                self._follow(0, (at, *[None] * (self.slots - 1)), at, text, seen, current)
            threads = []
            for counter, slots in current:
                step = self.steps[counter]
                if step.kind == "end":
                    found = (slots[0], at, *slots[2:])
                    break
                if at < len(text) and _within(step, text[at]):
                    threads.append((counter + 1, slots))
            if not threads and found is not None:
                break
        return found

    def _follow(
        self,
        counter: int,
        slots: Slots,
        at: int,
        text: str,
        seen: set[int],
        into: list[tuple[int, Slots]],
    ) -> None:
        """Add the instructions that read a character, in order of preference."""
        stack = [(counter, slots)]
        while stack:
            counter, slots = stack.pop()
            if counter in seen:
                continue
            seen.add(counter)
            step = self.steps[counter]
            match step.kind:
                case "jump":
                    stack.append((step.to, slots))
                case "split":
                    stack += [(step.other, slots), (step.to, slots)]
                case "save":
                    changed = (*slots[: step.slot], at, *slots[step.slot + 1 :])
                    stack.append((counter + 1, changed))
                case "edge":
                    if step.edge is not None and _at_edge(step.edge, text, at):
                        stack.append((counter + 1, slots))
                case _:
                    into.append((counter, slots))


def _within(step: Step, character: str) -> bool:
    code = ord(character)
    index = bisect_right(step.starts, code) - 1
    return index >= 0 and code <= step.ranges[index][1]


def _at_edge(edge: Edge, text: str, at: int) -> bool:
    if edge.start:
        return at == 0 or (edge.lines and text[at - 1] == "\n" and at < len(text))
    return at == len(text) or (edge.lines and text[at] == "\n")
