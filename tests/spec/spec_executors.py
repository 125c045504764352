"""The executors that every example is put to, and when two values are the same."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from tests.spec.spec_files import NOW, Example

from yanzhen.engines.columnar.agree import answer
from yanzhen.engines.columnar.exact import round_number
from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import NUMBER_PLACES, compile_plan
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import (
    Book,
    Decision,
    Expression,
    FactSpec,
    InputClause,
    Logic,
    OutputClause,
    Rule,
    Table,
    ValueType,
)
from yanzhen.engines.feel import FunctionValue, evaluate, parse, type_name
from yanzhen.engines.feel.equality import equal
from yanzhen.engines.feel.nodes import Bool, UnaryTests
from yanzhen.engines.feel.text import to_text
from yanzhen.kernel.errors import LoweringError
from yanzhen.kernel.labels import Label

Mode = Literal["spec", "three_valued"]
MODES: tuple[Mode, ...] = ("spec", "three_valued")
TESTED = "tested value"
_COLUMN_TYPES: dict[str, ValueType] = {
    "boolean": "boolean",
    "number": "number",
    "string": "text",
    "date": "date",
}


def interpret(example: Example, mode: Mode) -> Any:
    """What the interpreter says."""
    if example.table is not None:
        book = _book(example, example.table)
        return decide(book, "answer", example.facts, mode=mode, explain=False).value
    return evaluate(example.node, example.facts, mode=mode, now=NOW)


def in_columns(example: Example, mode: Mode) -> Any:
    """What the columns say.

    Raises:
        LoweringError: the example has no column form; says why.
    """
    node = example.node if example.table is None else None
    if example.table is not None:
        logic: Logic = example.table
    elif example.cell:
        logic = _one_row(cast("UnaryTests", node))
    else:
        logic = Expression(example.text, cast("Any", node))
    book = _book(example, logic)
    plan = compile_plan(book, ["answer"], mode=mode)
    if plan.refused:
        raise LoweringError("; ".join(plan.refused.values()))
    (target,) = plan.targets.values()
    if not target.outputs:
        raise LoweringError("an empty context is no column")
    row = {TESTED if name == "?" else name: value for name, value in example.facts.items()}
    result = run(plan, Frame.from_rows([row], plan.facts.values()))
    return answer(result, target, 0)[0]


def _one_row(tests: UnaryTests) -> Table:
    """A table that says true where the cell holds, else false."""
    said = {flag: Expression(str(flag).lower(), Bool(flag)) for flag in (True, False)}
    return Table(
        "U",
        (InputClause(Expression(TESTED, parse(TESTED, {TESTED})), TESTED),),
        (OutputClause("result", "result", default=said[False]),),
        (Rule((tests,), (said[True],)),),
    )


def _book(example: Example, logic: Logic) -> Book:
    facts = {}
    for given, value in example.facts.items():
        name = TESTED if given == "?" else given
        kind = example.types[given] if value is None else type_name(value)
        if kind not in {*_COLUMN_TYPES, "text"}:
            raise LoweringError(f"{name} is a {kind}, which no column holds")
        facts[name] = FactSpec(
            name, Label(name, name), _COLUMN_TYPES.get(kind, "text"), NUMBER_PLACES
        )
    decision = Decision("answer", Label("答案", "Answer"), logic)
    return Book(date(2026, 11, 23), facts, {"answer": decision})


def same(actual: Any, expected: Any) -> bool:
    """Whether two values are of one type and equal, members and all."""
    if isinstance(actual, FunctionValue) or isinstance(expected, FunctionValue):
        return to_text(actual) == to_text(expected)
    if actual is None or expected is None or type_name(actual) != type_name(expected):
        return actual is expected
    if isinstance(actual, list):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    if isinstance(actual, dict):
        return list(actual) == list(expected) and all(
            same(actual[name], expected[name]) for name in actual
        )
    return equal(actual, expected) is True


def as_columns_have_it(example: Example, mode: Mode) -> Any:
    """The expected value as a column holds it: rounded; a cell in spec mode only hits or not."""
    expected = example.expected(mode)
    if example.cell and mode == "spec":
        return expected is True
    return _rounded(expected)


def _rounded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return round_number(value, "half up", NUMBER_PLACES)
    if isinstance(value, dict):
        return {name: _rounded(member) for name, member in value.items()}
    return value


def executors_of(example: Example) -> list[str]:
    """The names of the executors that have the example, for the manual."""
    return ["interpreter", *(["columns"] if has_columns(example) else [])]


def has_columns(example: Example) -> bool:
    """Whether the columns take the example, in both modes."""
    try:
        for mode in MODES:
            in_columns(example, mode)
    except LoweringError:
        return False
    return True
