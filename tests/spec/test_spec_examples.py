"""Every example of the manual, on every executor that has the operation."""

import pytest
from tests.spec.spec_executors import (
    MODES,
    as_columns_have_it,
    has_columns,
    in_columns,
    interpret,
    same,
)
from tests.spec.spec_files import families

EXAMPLES = [
    pytest.param(example, id=f"{family.id}-{operation.name}-{number}")
    for family in families()
    for operation in family.operations
    for number, example in enumerate(operation.examples, 1)
]
IN_COLUMNS = [param for param in EXAMPLES if has_columns(param.values[0])]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_interpreter_gives_the_value(example, mode):
    value = interpret(example, mode)

    assert same(value, example.expected(mode)), f"{example.line}: {value!r} in {mode}"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("example", IN_COLUMNS)
def test_columns_give_the_value(example, mode):
    value = in_columns(example, mode)

    assert same(value, as_columns_have_it(example, mode)), f"{example.line}: {value!r} in {mode}"


def test_many_examples_have_columns():
    reading = [param for param in IN_COLUMNS if param.values[0].facts]

    assert len(reading) >= 150
