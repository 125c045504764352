"""One node of a YAML file that remembers where it stands (带行号的节点)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from yanzhen.kernel.errors import Fault

Scalar = str | int | bool | None
Style = Literal["plain", "quoted", "literal", "folded", "block"]


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, list or mapping of a YAML file, with its place.

    Attributes:
        value: text, whole number, truth value or None; or the list of items; or the members.
            There are no floats and no dates: a day is the text ``YYYY-MM-DD``.
        file: path inside the city folder, as faults show it.
        line: 1-based line where the node starts.
        key: dotted path, such as ``clauses[2].amount``; empty at the top.
        style: how a scalar was written; ``block`` for lists and mappings.
        key_lines: for a mapping, the line of each of its keys.
    """

    value: "Scalar | list[Node] | dict[str, Node]"
    file: str
    line: int
    key: str
    style: Style = "plain"
    key_lines: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def fault(self, message: str, mend: str, *, line: int | None = None) -> Fault:
        """A fault at this place."""
        return Fault(self.file, line or self.line, self.key, message, mend)

    def child_key(self, name: str) -> str:
        """The dotted path of a member called ``name``."""
        return f"{self.key}.{name}" if self.key else name

    @property
    def members(self) -> "dict[str, Node]":
        """The members of a mapping; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Node]":
        """The items of a list; empty for anything else."""
        return self.value if isinstance(self.value, list) else []

    def get(self, name: str) -> "Node | None":
        """The member called ``name``, or None where there is none or it is ``null``."""
        member = self.members.get(name)
        return None if member is None or member.value is None else member

    def text(self, name: str = "", default: str = "") -> str:
        """This scalar, or the member called ``name``, as text; ``default`` where absent."""
        node = self.get(name) if name else self
        return default if node is None or node.value is None else str(node.value)

    def whole(self, name: str) -> int | None:
        """The member called ``name`` as a whole number; None where absent."""
        node = self.get(name)
        return None if node is None else int(str(node.value))

    def day(self, name: str) -> date | None:
        """The member called ``name`` as a day; None where absent."""
        node = self.get(name)
        return None if node is None else date.fromisoformat(str(node.value))

    def texts(self, name: str) -> tuple[str, ...]:
        """The items of the list called ``name``, as texts."""
        node = self.get(name)
        return () if node is None else tuple(item.text() for item in node.items)

    def children(self, name: str) -> "list[Node]":
        """The items of the list called ``name``."""
        node = self.get(name)
        return [] if node is None else node.items

    def plain(self) -> Any:
        """The same data without places: dictionaries, lists and scalars."""
        if isinstance(self.value, dict):
            return {name: member.plain() for name, member in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def line_at(self, offset: int | None) -> int:
        """The line of the character at ``offset`` of this text.

        A literal block (``|``) keeps its line breaks, so the line is exact. A folded block starts
        on the line after its key; in all other styles the text's own line is the best answer.
        """
        if self.style == "literal" and isinstance(self.value, str):
            return self.line + 1 + self.value[: offset or 0].count("\n")
        return self.line + 1 if self.style == "folded" else self.line
