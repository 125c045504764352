"""Errors say what is wrong, where, and what to do."""

import pytest

from yanzhen.kernel.errors import (
    CellError,
    DataError,
    DecisionError,
    DomainError,
    Fault,
    FeelError,
    LoweringError,
    NotAllowedError,
    PackError,
    TransitionError,
    YanzhenError,
)


def test_a_pack_error_tells_all_faults_in_order_of_file_and_line():
    error = PackError(
        [
            Fault("facts/tax.yaml", 9, "facts[1].unit", "no unit", "write unit: 元"),
            Fault("city.yaml", None, "", "the file is missing", ""),
            Fault("facts/tax.yaml", 2, "", "tab in indentation", "use spaces"),
        ]
    )

    assert str(error).splitlines() == [
        "city.yaml: the file is missing",
        "facts/tax.yaml:2: tab in indentation → use spaces",
        "facts/tax.yaml:9 [facts[1].unit]: no unit → write unit: 元",
    ]


@pytest.mark.parametrize(
    ("position", "text"),
    [(None, "expected a number"), (0, "expected a number (at character 1)")],
)
def test_a_feel_error_counts_characters_from_one(position, text):
    error = FeelError("expected a number", position)

    assert (str(error), error.position) == (text, position)


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (PackError, YanzhenError),
        (FeelError, YanzhenError),
        (DecisionError, YanzhenError),
        (LoweringError, DecisionError),
        (DataError, YanzhenError),
        (CellError, DataError),
        (DomainError, YanzhenError),
        (NotAllowedError, DomainError),
        (TransitionError, DomainError),
    ],
)
def test_every_error_stands_in_the_tree(error, parent):
    assert error.__bases__ == (parent,)
