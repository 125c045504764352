from datetime import date
from decimal import Decimal

import pytest
from tests.engines.columnar.column_books import book, clause, feel

from yanzhen.engines.columnar.rows import decide_rows
from yanzhen.engines.dmn.model import Context, Entry
from yanzhen.kernel.errors import DecisionError, LoweringError


def test_rows_are_answered_in_their_order():
    rules = book({"award": clause(["staff >= 10"], amount="tax / 3")})

    outcomes = decide_rows(rules, "award", [{"staff": 10, "tax": 1}, {"staff": 1}, {"tax": 1}])

    assert [(one.value, one.amount) for one in outcomes] == [
        (True, Decimal("0.33")),
        (False, None),
        (None, None),
    ]
    assert [one.missing for one in outcomes] == [(), (), ("staff",)]


def test_an_unknown_amount_names_what_is_missing():
    rules = book({"award": clause(["staff >= 10"], amount="tax / 3")})

    (outcome,) = decide_rows(rules, "award", [{"staff": 10}])

    assert (outcome.value, outcome.amount, outcome.missing) == (True, None, ("tax",))


def test_decisions_and_parameters_can_be_given_row_by_row():
    rules = book(
        {"size": 'if staff > 9 then "中型" else "小型"', "main": 'size = "小型" and staff < 万'}
    )
    rules = book(
        {name: decision.logic for name, decision in rules.decisions.items()}, {"size": "text"}
    )
    rows = [
        {"size": "小型", "staff": 50},
        {"staff": 50},
        {"staff": 5, "万": Decimal(3)},
        {"staff": 5},
    ]

    outcomes = decide_rows(rules, "main", rows)

    assert [one.value for one in outcomes] == [True, False, False, True]


def test_a_context_comes_back_in_its_shape():
    inner = Context((Entry("b", "", feel("staff + 1")), Entry("c", "", feel("founded"))))
    rules = book({"main": Context((Entry("a", "", feel("staff")), Entry("in", "", inner)))})

    (outcome,) = decide_rows(rules, "main", [{"staff": 1, "founded": date(2020, 1, 2)}])

    assert outcome.value == {"a": 1, "in": {"b": 2, "c": date(2020, 1, 2)}}


def test_a_decision_without_column_form_is_refused():
    with pytest.raises(LoweringError, match="the function string has no column form"):
        decide_rows(book({"main": "string(staff)"}), "main", [{}])


def test_a_value_that_fits_no_column_is_refused():
    with pytest.raises(DecisionError, match="fact revenue of type money"):
        decide_rows(book({"main": "revenue"}), "main", [{"revenue": Decimal("0.005")}])
