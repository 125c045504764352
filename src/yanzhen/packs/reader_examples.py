"""Examples of decisions and clauses (样例): every value by its declared type."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn.model import ValueType
from yanzhen.packs.expressions import NAMED_IN, Known
from yanzhen.packs.hints import did_you_mean, listed
from yanzhen.packs.model import DecisionFamily, Example, Parameter, Policy
from yanzhen.packs.reader_decisions import Builder
from yanzhen.packs.typed import typed
from yanzhen.packs.yaml_node import Node


class ExampleReader:
    """Reads the examples of one city."""

    def __init__(
        self,
        builder: Builder,
        parameters: dict[str, Parameter],
        families: dict[str, DecisionFamily],
    ) -> None:
        """Prepare for one city.

        Args:
            builder: what its rules were built with.
            parameters: for their types.
            families: its decisions without examples.
        """
        self.reading = builder.reading
        self.names = builder.expressions.names
        self.facts = builder.expressions.facts
        self.broken = builder.broken
        self.places = builder.places
        self.parameters = parameters
        self.families = families

    def decisions(self) -> dict[str, DecisionFamily]:
        """The decisions with their examples."""
        found = dict(self.families)
        for name, family in self.families.items():
            file = f"decisions/{name}/examples.yaml"
            document = self._document(file, "decision-examples")
            if document is None:
                if family.versions and file not in self.reading.folder.files:
                    place = self.places[name, family.versions[-1].start]
                    mend = f"write what it must answer in {file}"
                    self.reading.add(place, f"the decision “{name}” has no examples", mend)
                continue
            examples = [
                example
                for node in document.items
                if (example := self._example(node, self._expect_of(family))) is not None
            ]
            found[name] = replace(family, examples=tuple(examples))
        return found

    def policies(self, policies: dict[str, Policy], nodes: dict[str, Node]) -> dict[str, Policy]:
        """The policies with the examples of their clauses."""
        found = dict(policies)
        for name, node in nodes.items():
            file = f"policies/{name}/examples.yaml"
            document = self._document(file, "policy-examples")
            self._check_covered(name, node, document, file)
            if document is None:
                continue
            clauses = {item.text("id") for item in node.children("clauses")}
            examples = []
            for item in document.items:
                clause = item.get("clause")
                self.reading.refer(clause, clauses, "clause", f"{node.file}")
                example = self._example(item, lambda _on, raw: raw)
                if example is not None and name in policies:
                    self._check_in_force(policies[name], example, item)
                    examples.append(replace(example, clause=item.text("clause")))
            if name in policies:
                found[name] = replace(policies[name], examples=tuple(examples))
        return found

    def _check_covered(self, name: str, node: Node, document: Node | None, file: str) -> None:
        """Every clause has an example; a file that cannot be read is one fault by itself."""
        if document is None and file in self.reading.folder.files:
            return
        covered = {item.text("clause") for item in document.items} if document else set()
        for clause in node.children("clauses"):
            if clause.text("id") not in covered:
                covered.add(clause.text("id"))
                message = f"the clause “{name}/{clause.text('id')}” has no example"
                self.reading.add(clause, message, f"write what it must answer in {file}")

    def _document(self, name: str, kind: str) -> Node | None:
        layers = self.reading.folder.files.get(name)
        return self.reading.document(layers[-1], kind) if layers else None

    def _check_in_force(self, policy: Policy, example: Example, node: Node) -> None:
        """A clause chosen by no event must be in force on the example's day."""
        versions = [clause for clause in policy.clauses if clause.id == node.text("clause")]
        if not versions or versions[0].event is not None:
            return
        never = policy.end is not None and policy.end < policy.start
        if never or f"{policy.id}/{versions[0].id}" in self.broken:
            return  # One fault has been reported already.
        for version in versions:
            started = version.start is None or version.start <= example.on
            if started and (version.end is None or example.on <= version.end):
                return
        message = f"no version of the clause “{versions[0].id}” is in force on {example.on}"
        self.reading.add(node.get("on") or node, message, "choose a day in one of its periods")

    def _expect_of(self, family: DecisionFamily) -> Callable[[date, Any], Any]:
        def expect(on: date, raw: Any) -> Any:
            version = family.on(on)
            if version is not None:
                return typed(raw, version.type)
            if family.name not in self.broken:
                raise ValueError(f"choose a day on which “{family.name}” is in force")
            return raw

        return expect

    def _example(self, node: Node, expect: Callable[[date, Any], Any]) -> Example | None:
        if not self.reading.is_sound(node):
            return None
        on = node.day("on")
        if on is None:
            return None
        expected = node.members["expect"]
        try:
            value = expect(on, expected.plain())
        except ValueError as error:
            message = f"“{expected.text()}” cannot be the result on {on}"
            self.reading.add(expected, message, str(error))
            return None
        given = node.get("given")
        amount = node.get("amount")
        return Example(
            name=node.text("name"),
            on=on,
            given=self._given(given, on) if given is not None else {},
            expect=value,
            because=node.text("because"),
            amount=None if amount is None else Decimal(amount.text()),
            missing=self._missing(node.get("missing")),
            file=node.file,
            line=node.line,
        )

    def _given(self, node: Node, on: date) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for word, member in node.members.items():
            known = self.names.get(word)
            line = node.key_lines.get(word, member.line)
            if known is None and not self.reading.knows_all(*NAMED_IN):
                continue
            if known is None:
                mend = did_you_mean(
                    word, self.names, otherwise="name a fact, parameter or decision"
                )
                message = f"there is no fact, parameter or decision “{word}”"
                self.reading.faults.append(member.fault(message, mend, line=line))
                continue
            if known.id in values:
                message = f"“{word}” is given twice, by id and by name"
                self.reading.faults.append(member.fault(message, "keep one of them", line=line))
            try:
                values[known.id] = typed(member.plain(), self._type_of(known, on))
            except ValueError as error:
                message = f"“{member.text()}” is not of the type of {word}"
                self.reading.add(member, message, str(error))
                continue
            self._check_code(member, word, known, values[known.id])
        return values

    def _check_code(self, member: Node, word: str, known: Known, value: Any) -> None:
        codes = self.facts[known.id].codes if known.id in self.facts else ()
        if codes and value is not None and value not in codes:
            mend = did_you_mean(str(value), codes) + f" (codes: {listed(codes)})"
            self.reading.add(member, f"“{value}” is no code of {word}", mend.lstrip())

    def _type_of(self, known: Known, on: date) -> ValueType:
        if known.kind == "fact" and known.id in self.facts:
            return self.facts[known.id].spec.type
        if known.kind == "parameter" and known.id in self.parameters:
            return self.parameters[known.id].type
        if known.kind == "decision" and known.id in self.families:
            version = self.families[known.id].on(on)
            return "any" if version is None else version.type
        return "date" if known.id == "评估日" else "any"

    def _missing(self, node: Node | None) -> tuple[str, ...] | None:
        if node is None:
            return None
        facts = [word for word, known in self.names.items() if known.kind == "fact"]
        return tuple(
            self.names[item.text()].id
            for item in node.items
            if self.reading.refer(item, facts, "fact", "facts/<area>.yaml")
        )
