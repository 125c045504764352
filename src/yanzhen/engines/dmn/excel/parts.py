"""What of a decision goes where: tables to sheets of their own, everything else to steps."""

from dataclasses import dataclass
from typing import Literal, assert_never

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel.words import KIND_OF, RESULT_PART, Kind
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.unparse import unparse
from yanzhen.kernel.errors import DecisionError

Form = Literal["expression", "table", "conditions", "context"]
_LITERALS: tuple[tuple[type[n.Base], Kind], ...] = (
    (n.String, "text"),
    (n.Number, "number"),
    (n.Bool, "boolean"),
    (n.Temporal, "date"),
)


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table and the step it belongs to; both texts are empty where the decision is the table."""

    part: str
    label: str
    table: m.Table


def form_of(decision: m.Decision) -> Form:
    """The form of a decision's logic.

    Raises:
        DecisionError: it has a part that no sheet can show.
    """
    match decision.logic:
        case m.Expression():
            return "expression"
        case m.Table():
            return "table"
        case m.Conditions():
            return "conditions"
        case m.Context():
            _check_steps(decision, decision.logic)
            return "context"
        case other:
            raise _no_form(decision, "its logic", other)


def _check_steps(decision: m.Decision, context: m.Context) -> None:
    names = [entry.name for entry in context.entries]
    if not names or len(set(names)) < len(names) or "" in names or RESULT_PART in names:
        raise DecisionError(f"{decision.name}: its steps need names of their own; rename them")
    for entry in context.entries:
        if not isinstance(entry.logic, m.Expression | m.Table | m.Conditions):
            raise _no_form(decision, f"step {entry.name}", entry.logic)
    if not isinstance(context.result, m.Expression | m.Table | None):
        raise _no_form(decision, "its result", context.result)


def _no_form(decision: m.Decision, part: str, logic: m.Logic) -> DecisionError:
    kind = type(logic).__name__
    return DecisionError(
        f"{decision.name}: {part} is a boxed {kind}, which no sheet can show; "
        "exchange this decision as DMN XML"
    )


def tables_of(decision: m.Decision) -> list[TablePart]:
    """Every table of a decision, in order; the result's, if it is one, comes last."""
    match decision.logic:
        case m.Table() as table:
            return [TablePart("", "", table)]
        case m.Context() as context:
            found = [
                TablePart(entry.name, entry.label, entry.logic)
                for entry in context.entries
                if isinstance(entry.logic, m.Table)
            ]
            if isinstance(context.result, m.Table):
                found.append(TablePart(RESULT_PART, RESULT_PART, context.result))
            return found
        case _:
            return []


def text_of(expression: m.Expression) -> str:
    """The text of an expression as written, else as its tree gives it."""
    return expression.text if expression.text.strip() else unparse(expression.node)


def test_text(rule: m.Rule, column: int) -> str:
    """The text of one input cell of a row; a dash where any value is admitted."""
    text = rule.texts[column] if column < len(rule.texts) else ""
    return text if text.strip() else unparse(rule.tests[column])


def one_line(expression: m.Expression) -> str:
    """The text of an expression that stands in a list of one a line."""
    text = text_of(expression)
    return unparse(expression.node) if "\n" in text or "\r" in text else text


def input_kind(table: m.Table, column: int) -> Kind | None:
    """What the cells of an input column compare with; None where they do not agree."""
    return literal_kind([test for rule in table.rules for test in rule.tests[column].tests])


def output_kind(table: m.Table, column: int) -> Kind | None:
    """What an output column holds: its declared type, else what its cells are."""
    kind = KIND_OF.get(table.outputs[column].type)
    return kind or literal_kind([rule.outputs[column].node for rule in table.rules])


def literal_kind(nodes: list[n.Node]) -> Kind | None:
    """The one kind of literal among ``nodes``, ends of ranges included; None if there are several.

    >>> from yanzhen.engines.feel.parser import parse
    >>> literal_kind([parse('"甲"'), parse('营业收入'), parse('"乙"')])
    'text'
    """
    found: set[Kind] = set()
    for node in nodes:
        match node:
            case n.Range():
                found |= {k for end in (node.low, node.high) if (k := _literal(end))}
            case n.Compare(left=n.Input()):
                found |= {k for k in (_literal(node.right),) if k}
            case _:
                found |= {k for k in (_literal(node),) if k}
    return found.pop() if len(found) == 1 else None


def _literal(node: n.Node | None) -> Kind | None:
    match node:
        case n.Call(function=n.Name(value="date")):
            return "date"
        case n.Negate() | n.Arithmetic():
            return "number" if _literal(_first(node)) == "number" else None
    return next((kind for form, kind in _LITERALS if isinstance(node, form)), None)


def _first(node: n.Negate | n.Arithmetic) -> n.Node:
    match node:
        case n.Negate():
            return node.of
        case n.Arithmetic():
            return node.left
        case _:
            assert_never(node)
