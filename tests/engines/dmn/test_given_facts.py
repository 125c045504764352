"""Taking in given facts by id or label, values by declared type."""

from datetime import date
from decimal import Decimal

import pytest
from tests.engines.dmn.make_rules import book, clause, decision

from yanzhen.engines.dmn.evaluate import read_facts
from yanzhen.engines.dmn.facts import read_value
from yanzhen.kernel.errors import DecisionError

BOOK = book(decision("size", clause(), "企业规模", type="text"), constants={"基数": Decimal(1)})


def test_labels_and_texts_become_ids_and_values():
    given = {
        "从业人员": "20",
        "revenue": "2000000.50",
        "入库日期": "2026-01-31",
        "严重失信": "否",
        "企业规模": "小型",
        "基数": "3",
        "行业": None,
    }

    assert read_facts(BOOK, given) == {
        "staff": Decimal(20),
        "revenue": Decimal("2000000.50"),
        "listed_on": date(2026, 1, 31),
        "discredited": False,
        "size": "小型",
        "基数": Decimal(3),
        "sector": None,
    }


def test_all_faults_are_told_at_once():
    given = {
        "从业人员": "2.5",
        "staff": 3,
        "nonsense": 1,
        "严重失信": "maybe",
        "入库日期": "2026-02-30",
    }

    with pytest.raises(DecisionError) as told:
        read_facts(BOOK, given)

    lines = str(told.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "从业人员",
        "nonsense",
        "严重失信",
        "入库日期",
    ]
    assert lines[0] == "从业人员: '2.5' is not a whole number (应为整数)"


def test_a_fact_under_two_names_is_refused():
    with pytest.raises(DecisionError, match="given twice"):
        read_facts(BOOK, {"从业人员": 1, "staff": 1})


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "number"),
        ("NaN", "number"),
        ("Infinity", "money"),
        (1, "boolean"),
        (True, "text"),
        (20260131, "date"),
        ("soon", "date and time"),
        ([1], "context"),
        (object(), "any"),
    ],
)
def test_values_of_another_type_are_refused(value, kind):
    with pytest.raises(ValueError, match=r"."):
        read_value(value, kind)


def test_floats_are_taken_by_their_shortest_text():
    assert read_value(0.1, "number") == Decimal("0.1")
