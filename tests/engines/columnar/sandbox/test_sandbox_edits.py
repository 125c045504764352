"""Changed books without files, and what is said where a change cannot be made."""

from decimal import Decimal

import pytest
from tests.engines.columnar.column_books import book, clause

from yanzhen.engines.columnar.sandbox.edits import with_amount, with_constant, with_threshold
from yanzhen.kernel.errors import DecisionError

RULES = book({"p/a": clause(["revenue >= 2000 * 万"], ["listed"], "tax * 2 + area * 2"), "n": "1"})


def test_a_threshold_is_replaced_and_the_first_book_stays():
    changed = with_threshold(RULES, "p/a", "c1", "2000", "1500")

    assert changed.decisions["p/a"].logic.conditions[0].expression.text == "revenue >= 1500 * 万"
    assert RULES.decisions["p/a"].logic.conditions[0].expression.text == "revenue >= 2000 * 万"


def test_an_amount_and_a_parameter_are_replaced():
    amount = with_amount(RULES, "p/a", "tax * 3").decisions["p/a"].logic.amount
    constants = with_constant(RULES, "万", 9000).constants

    assert amount.text == "tax * 3"
    assert constants["万"] == Decimal(9000)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("p/z", "c1", "2000", "1"), "no clause 'p/z'"),
        (("n", "c1", "2000", "1"), "no clause with conditions"),
        (("p/a", "c9", "2000", "1"), "no condition 'c9'; it has c1, x1, amount"),
        (("p/a", "c1", "200", "1"), "does not stand in “revenue >= 2000"),
        (("p/a", "amount", "2", "3"), "stands 2 times"),
        (("p/a", "c1", "2000", "1 +* 2"), "cannot be read"),
        (("p/a", "c1", "revenue", "profit"), "the name profit is not known"),
    ],
)
def test_a_change_that_cannot_be_made_says_why(arguments, message):
    with pytest.raises(DecisionError, match=message.replace("+", r"\+")):
        with_threshold(RULES, *arguments)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("亩", Decimal(1), "no parameter '亩'"),
        ("revenue", Decimal(1), "no parameter 'revenue'"),
        ("万", 1.5, "is a float"),
        ("万", "many", "of type Decimal"),
    ],
)
def test_a_parameter_takes_only_what_fits(name, value, message):
    with pytest.raises(DecisionError, match=message):
        with_constant(RULES, name, value)
