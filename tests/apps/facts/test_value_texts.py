from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.apps.facts.values import read_canonical, read_value, write_value
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.kernel.errors import CellError
from yanzhen.kernel.labels import Label

LABEL = Label("样例", "Sample")
MONEY = FactSpec("a", LABEL, "money", 2, "元")
VALUES = {
    "boolean": st.booleans(),
    "integer": st.integers(-(10**16), 10**16),
    "money": st.decimals(-(10**12), 10**12, places=2),
    "date": st.dates(),
    "text": st.text("甲乙ab1", min_size=1),
}


@pytest.mark.parametrize("kind", sorted(VALUES))
@given(data=st.data())
def test_a_value_comes_back_from_its_canonical_text(kind, data):
    value = data.draw(st.one_of(st.none(), VALUES[kind]))

    assert read_canonical(write_value(value), FactSpec("a", LABEL, kind, 2)) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("boolean", "√", True),
        ("date", "2021.07.01", date(2021, 7, 1)),
        ("integer", "1,200", 1200),
        ("money", "3.2万元", Decimal("32000.00")),
        ("money", "", None),
        ("text", "  甲  ", "甲"),
        ("text", " ", None),
    ],
)
def test_read_value_reads_what_a_person_writes(kind, text, value):
    assert read_value(text, FactSpec("a", LABEL, kind, 2)) == value


@pytest.mark.parametrize("text", ["很多", "9" * 17])
def test_read_value_refuses_what_is_no_amount(text):
    with pytest.raises(CellError):
        read_value(text, MONEY)
