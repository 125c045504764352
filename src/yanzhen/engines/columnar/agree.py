"""The same rows through columns and interpreter, value by value (一致性核对)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yanzhen.engines.columnar.exact import round_number
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.lower import Mode
from yanzhen.engines.columnar.plan import Output, Plan, Target, compile_plan
from yanzhen.engines.columnar.result import Result
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import Book
from yanzhen.engines.feel.civil import day_from_number

_TRUTHS = {1: True, 0: False, -1: None}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One answer that differs.

    Attributes:
        column: name of the output column.
        row: 0-based row of the frame.
        interpreter: what ``decide`` says, rounded as the column is.
        columns: what the executor says.
        facts: the facts of that row.
    """

    column: str
    row: int
    interpreter: Any
    columns: Any
    facts: Mapping[str, Any]

    def __str__(self) -> str:
        return (
            f"{self.column}, row {self.row}: interpreter {self.interpreter!r}, "
            f"columns {self.columns!r}, facts {dict(self.facts)!r}"
        )


def compare(
    book: Book,
    targets: Sequence[str],
    frame: Frame,
    rows: Sequence[int],
    *,
    plan: Plan | None = None,
    result: Result | None = None,
    mode: Mode = "three_valued",
) -> list[Disagreement]:
    """Decide chosen rows with the interpreter and list every answer that differs.

    Args:
        book: the rules.
        targets: ids of decisions; those that the plan refuses are passed over.
        frame: the facts.
        rows: 0-based rows to check.
        plan: the plan to check, compiled here by default.
        result: its result, computed here by default.
        mode: what null means.

    Returns:
        All disagreements in order of row and target; an empty list is full agreement.
    """
    plan = plan or compile_plan(book, targets, mode=mode)
    names = [book.resolve(name) for name in targets]
    chosen = [plan.targets[name] for name in names if name in plan.targets]
    result = result or run(plan, frame, targets=[target.name for target in chosen])
    found: list[Disagreement] = []
    for row in rows:
        facts = row_facts(frame, row, plan)
        for target in chosen:
            outcome = decide(book, target.name, facts, mode=mode, explain=False)
            for output in target.outputs:
                given = outcome.amount if output.only_if is not None else outcome.value
                expected = _expected(_member(given, target, output), output)
                actual = output_value(result, target, output, row)
                if type(expected) is not type(actual) or expected != actual:
                    found.append(Disagreement(output.name, row, expected, actual, facts))
    return found


def row_facts(frame: Frame, row: int, plan: Plan) -> dict[str, Any]:
    """The facts of one row as the interpreter takes them, those of the plan only."""
    facts: dict[str, Any] = {}
    for name, spec in plan.facts.items():
        value = frame.scalar(name, row)
        if spec.type == "date" and value is not None:
            value = day_from_number(int(value))
        facts[name] = value
    return facts


def _member(value: Any, target: Target, output: Output) -> Any:
    """The part of a context that an output column holds."""
    if output.name == target.name or output.only_if is not None:
        return value
    for name in output.name[len(target.name) + 1 :].split("."):
        value = None if value is None else value[name]
    return value


def _expected(value: Any, output: Output) -> Any:
    if output.kind == "truth" and not isinstance(value, bool):
        return None
    if isinstance(value, Decimal) and output.kind == "number":
        return round_number(value, "half up", output.places)
    return value


def answer(result: Result, target: Target, row: int) -> tuple[Any, Any]:
    """What the columns say of one row: the value as the interpreter would shape it, the amount."""
    value, amount = None, None
    for output in target.outputs:
        held = output_value(result, target, output, row)
        if output.only_if is not None:
            amount = held
        elif output.name == target.name:
            value = held
        else:
            value = _put(value or {}, output.name[len(target.name) + 1 :].split("."), held)
    return value, amount


def _put(context: dict[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    head, *rest = path
    context[head] = _put(context.get(head, {}), rest, value) if rest else value
    return context


def output_value(result: Result, target: Target, output: Output, row: int) -> Any:
    """The value of one output column in one row, as the interpreter has it; None if null."""
    if output.name in result.values:
        return result.values[output.name].value(row)
    if output.only_if is None:
        return _TRUTHS[int(result.verdicts[target.name][row])]
    return result.amounts[target.name].amount(row)
