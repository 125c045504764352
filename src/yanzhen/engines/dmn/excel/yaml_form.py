"""A decision as a file of a city folder: ``decisions/<name>/<from>.yaml`` (城市文件夹格式)."""

import json
import re
from collections.abc import Sequence

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel.parts import form_of, test_text, text_of
from yanzhen.kernel.errors import DecisionError
from yanzhen.kernel.explanation import Citation

_UNSAFE = re.compile("[\x7f-\x84\x85\x86-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")


def to_yaml(decision: m.Decision) -> str:
    """The YAML text of one version of a decision, in the format of city folders.

    Names of conditions are not written: a city folder numbers them.

    Raises:
        DecisionError: the decision has something for which the format has no place; says what.
    """
    form_of(decision)
    return "\n".join(_Writer(decision).lines()) + "\n"


class _Writer:
    def __init__(self, decision: m.Decision) -> None:
        self.decision = decision
        self.source = decision.citation.source if decision.citation else ""

    def _refuse(self, what: str) -> DecisionError:
        return DecisionError(f"{self.decision.name}: a city folder has no place for {what}")

    def lines(self) -> list[str]:
        d = self.decision
        if not self.source or (d.citation and d.citation.note):
            raise self._refuse("a decision without a source, or with a note on its source")
        if d.type == "date and time":
            raise self._refuse("a result of type date and time")
        found = [
            f"label: {{zh: {_text(d.label.zh)}, en: {_text(d.label.en)}}}",
            f"type: {d.type}",
        ]
        if d.end is not None:
            found.append(f"until: {d.end.isoformat()}")
        found.append(f"source: {_text(self.source)}")
        if d.citation and d.citation.article:
            found.append(f"article: {_text(d.citation.article)}")
        found.append(f"status: {'official' if d.official else 'typical'}")
        if d.doc:
            found.append(f"doc: {_text(d.doc)}")
        if isinstance(d.logic, m.Context):
            return found + self._steps(d.logic)
        return found + self._logic(d.logic)

    def _steps(self, context: m.Context) -> list[str]:
        if not isinstance(context.result, m.Expression):
            raise self._refuse("steps whose result is no expression; add it as a step")
        found = ["steps:"]
        for entry in context.entries:
            found.append(f"  - name: {_text(entry.name)}")
            if entry.label != entry.name:
                found.append(f"    label: {_text(entry.label)}")
            found += [f"    {line}" for line in self._logic(entry.logic)]
            found += [f"    {line}" for line in self._cited(entry.citation)]
        return [*found, f"result: {_text(text_of(context.result))}"]

    def _cited(self, citation: Citation | None) -> list[str]:
        if citation is None:
            return []
        if citation.source != self.source or not citation.article:
            raise self._refuse(f"a part that cites {citation.source}, not {self.source}")
        note = [f"note: {_text(citation.note)}"] if citation.note else []
        return [f"article: {_text(citation.article)}", *note]

    def _logic(self, logic: m.Logic) -> list[str]:
        match logic:
            case m.Expression():
                return [f"expr: {_text(text_of(logic))}"]
            case m.Table():
                return self._table(logic)
            case m.Conditions():
                return self._conditions(logic)
            case other:
                raise self._refuse(f"a boxed {type(other).__name__}")

    def _conditions(self, logic: m.Conditions) -> list[str]:
        if logic.amount is not None or not logic.conditions:
            raise self._refuse("conditions with an amount (write a policy clause), or without any")
        found = ["conditions:", *map(self._condition, logic.conditions)]
        if logic.exclusions:
            found += ["exclude:", *map(self._condition, logic.exclusions)]
        return found

    def _condition(self, one: m.Condition) -> str:
        parts = [f"text: {_text(one.label)}", f"when: {_text(text_of(one.expression))}"]
        if one.citation is not None and one.citation.note:
            raise self._refuse("a note on the source of a condition")
        return f"  - {{{', '.join([*parts, *self._cited(one.citation)])}}}"

    def _table(self, table: m.Table) -> list[str]:
        if not table.inputs or not table.rules:
            raise self._refuse("a table without inputs or rows")
        return [
            "table:",
            f'  hit: "{table.hit}"',
            "  inputs:",
            *(f"    - {self._input(clause)}" for clause in table.inputs),
            "  outputs:",
            *(f"    - {_output(clause)}" for clause in table.outputs),
            "  rows:",
            *(f"    - {self._row(rule, len(table.inputs))}" for rule in table.rules),
        ]

    def _input(self, clause: m.InputClause) -> str:
        if clause.allowed is not None:
            raise self._refuse("allowed values of an input; limit the fact by its codes")
        text = text_of(clause.expression)
        if clause.label == text:
            return _text(text)
        return f"{{expr: {_text(text)}, label: {_text(clause.label)}}}"

    def _row(self, rule: m.Rule, width: int) -> str:
        cells = [test_text(rule, at) for at in range(width)] + [text_of(o) for o in rule.outputs]
        written = f"[{', '.join(map(_cell, cells))}]"
        citation = rule.citation
        if citation is not None and citation.note != rule.note:
            raise self._refuse("a note of its own on the source of a row")
        article = [] if citation is None else self._cited(citation)[:1]
        note = [f"note: {_text(rule.note)}"] if rule.note else []
        if not article and not note:
            return written
        return f"{{{', '.join([f'cells: {written}', *note, *article])}}}"


def _output(clause: m.OutputClause) -> str:
    if clause == m.OutputClause(clause.name, clause.name):
        return _text(clause.name)
    parts = [f"name: {_text(clause.name)}"]
    if clause.label != clause.name:
        parts.append(f"label: {_text(clause.label)}")
    if clause.type != "any":
        parts.append(f"type: {clause.type}")
    if clause.allowed:
        parts.append(f"values: {_cells(clause.allowed)}")
    if clause.default is not None:
        parts.append(f"default: {_cell(text_of(clause.default))}")
    return f"{{{', '.join(parts)}}}"


def _cells(values: Sequence[m.Expression]) -> str:
    return f"[{', '.join(_cell(text_of(value)) for value in values)}]"


def _cell(text: str) -> str:
    """A cell of FEEL: whole numbers bare, everything else between quotes."""
    return text if _WHOLE.fullmatch(text) and text != "-0" else _text(text)


def _text(text: str) -> str:
    """A text between double quotes, every character that YAML refuses escaped."""
    return _UNSAFE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
