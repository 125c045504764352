"""FEEL texts of a city folder: parsed, with every name and code checked (表达式的检查)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from yanzhen.engines.dmn.model import Expression
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.names import is_plain
from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.engines.feel.walk import children
from yanzhen.kernel.errors import FeelError
from yanzhen.packs.hints import did_you_mean, listed
from yanzhen.packs.model import Fact
from yanzhen.packs.names_used import names_used
from yanzhen.packs.reading import Reading
from yanzhen.packs.yaml_node import Node

Kind = Literal["fact", "parameter", "decision", "constant"]
NAMED_IN = ("facts/", "parameters/", "decisions/")
"""Where the names of rules come from."""
SHOWN_TEXT = 12
"""How many characters of an expression a fault shows where it cannot be read."""
LITERALS = {
    "text": (n.String,),
    "boolean": (n.Bool,),
    "integer": (n.Number,),
    "number": (n.Number,),
    "money": (n.Number,),
    "date": (n.Temporal,),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a name of the city stands for."""

    kind: Kind
    id: str


@dataclass(slots=True)
class Scope:
    """The names of one rule beside those of the city.

    Attributes:
        owner: the decision or clause being read.
        steps: names and labels of the steps that come earlier.
        later: names and labels of the steps still to come, for the message.
        decisions: ids of the decisions named so far, each with the place of its first use.
    """

    owner: str
    steps: dict[str, str] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)
    decisions: dict[str, Node] = field(default_factory=dict)


def feel_text(node: Node) -> str:
    """The FEEL text of a scalar; YAML's true, false and null are FEEL's."""
    match node.value:
        case None:
            return "null"
        case bool():
            return "true" if node.value else "false"
        case _:
            return node.text().rstrip("\n")


class Expressions:
    """Parses the expressions of one city and checks what they name."""

    def __init__(
        self, reading: Reading, names: Mapping[str, Known], facts: Mapping[str, Fact]
    ) -> None:
        """Prepare for one city.

        Args:
            reading: takes the faults.
            names: every id and Chinese label of the city.
            facts: the facts that could be read, for their types and codes.
        """
        self.reading = reading
        self.names = names
        self.facts = facts
        self.odd_names = frozenset(name for name in names if not is_plain(name))

    def expression(self, node: Node, scope: Scope) -> Expression | None:
        """The expression of a scalar; None, with a fault, where it cannot be read."""
        text = feel_text(node)
        try:
            tree = parse(text, self._odd(scope))
        except FeelError as error:
            self._syntax(node, text, error)
            return None
        self.check(node, tree, scope)
        return Expression(text, tree)

    def tests(
        self, node: Node, scope: Scope, tested: Expression | None
    ) -> tuple[str, n.UnaryTests] | None:
        """The unary tests of a table cell, with their text.

        Args:
            node: the cell.
            scope: names of the rule.
            tested: the expression of the cell's column, for its codes.
        """
        text = feel_text(node)
        try:
            tree = parse_unary_tests(text, self._odd(scope))
        except FeelError as error:
            self._syntax(node, text, error)
            return None
        self.check(node, tree, scope)
        if tested is not None:
            for test in tree.tests:
                self._compare(node, tested.node, test)
        return text, tree

    def _odd(self, scope: Scope) -> frozenset[str]:
        """Names that the parser cannot tell by itself."""
        odd = {name for name in scope.steps if not is_plain(name)}
        return self.odd_names | odd if odd else self.odd_names

    def _syntax(self, node: Node, text: str, error: FeelError) -> None:
        at = error.position
        where = ""
        if at is not None:
            rest = text[at:].strip()
            where = f", at “{rest.splitlines()[0][:SHOWN_TEXT]}”" if rest else ", at its end"
        fault = node.fault(
            f"not readable as FEEL: {error.message}{where}",
            "correct the expression",
            line=node.line_at(at),
        )
        self.reading.faults.append(fault)

    def check(self, node: Node, tree: n.Node, scope: Scope) -> None:
        """Check the names and literals of a tree; faults stand at ``node``."""
        seen: set[str] = set()
        for use in names_used(tree):
            if use.name in seen or use.name in scope.steps:
                continue
            seen.add(use.name)
            known = self.names.get(use.name)
            if known is None:
                if use.certain:
                    self._unknown(node, use.name, use.at, scope)
            elif known.kind == "decision":
                scope.decisions.setdefault(known.id, node)
        for part in _parts(tree):
            match part:
                case n.Compare(op="=" | "!="):
                    self._compare(node, part.left, part.right)
                    self._compare(node, part.right, part.left)
                case n.In():
                    for test in part.tests:
                        self._compare(node, part.of, test)

    def _unknown(self, node: Node, name: str, at: int, scope: Scope) -> None:
        if not self.reading.knows_all(*NAMED_IN):
            return
        line = node.line_at(at)
        if name in scope.later:
            message = f"“{name}” is a step further down"
            mend = "move that step above this one; a step sees only earlier steps"
        else:
            message = f"there is no fact, parameter, decision or earlier step “{name}”"
            mend = did_you_mean(
                name, [*scope.steps, *self.names], otherwise="add it to facts/ or correct the name"
            )
        self.reading.faults.append(node.fault(message, mend, line=line))

    def _compare(self, node: Node, left: n.Node, right: n.Node) -> None:
        """Check a literal against the codes and the type of the fact it is compared with."""
        if not isinstance(left, n.Name):
            return
        known = self.names.get(left.value)
        fact = self.facts.get(known.id) if known is not None and known.kind == "fact" else None
        if fact is None:
            return
        for literal in _literals(right):
            line = node.line_at(literal.at)
            if isinstance(literal, n.String) and fact.codes:
                if literal.value not in fact.codes:
                    codes = listed(fact.codes)
                    mend = did_you_mean(literal.value, fact.codes) + f" (codes: {codes})"
                    message = f"“{literal.value}” is no code of {left.value}"
                    self.reading.faults.append(node.fault(message, mend.lstrip(), line=line))
            elif not isinstance(literal, LITERALS.get(fact.spec.type, (object,))):
                kind = type(literal).__name__.lower()
                message = f"{left.value} is of type {fact.spec.type}, not {kind}"
                mend = f"compare it with a value of type {fact.spec.type}"
                self.reading.faults.append(node.fault(message, mend, line=line))


def _parts(node: n.Node) -> Iterator[n.Node]:
    yield node
    for child in children(node):
        yield from _parts(child)


def _literals(node: n.Node) -> Iterator[n.String | n.Bool | n.Number | n.Temporal]:
    """Literals that a test compares with directly: one, or those of a list."""
    match node:
        case n.String() | n.Bool() | n.Number() | n.Temporal():
            yield node
        case n.ListOf():
            for item in node.items:
                yield from _literals(item)
        case _:
            return
