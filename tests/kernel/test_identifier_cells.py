"""Identifiers in number cells: keep every digit or say that they are gone."""

from decimal import Decimal

import pytest

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.identifiers import read_identifier_cell
from yanzhen.kernel.normalize import Normalized


@pytest.mark.parametrize(
    "value",
    ["1.23E+17", "9.13308E+17", "9E17", "１.２３Ｅ＋１７", 9.13308245972095e17, 913308245972095000],
)
def test_a_number_that_lost_digits_is_told(value):
    with pytest.raises(CellError, match="丢失"):
        read_identifier_cell(value)


def test_the_message_says_what_to_do():
    with pytest.raises(CellError) as raised:
        read_identifier_cell("1.23E+17")

    assert str(raised.value) == (
        "“1.23E+17”被表格存成了数值，后面的数字已丢失：请把该列设为“文本”后重新填写"
    )


@pytest.mark.parametrize(
    ("value", "length", "text", "notes"),
    [
        (None, None, "", ()),
        ("91330000704204554C", None, "91330000704204554C", ()),
        (330802, 6, "330802", ("数值转文本",)),
        (330802.0, 6, "330802", ("数值转文本",)),
        ("330802.0", 6, "330802", ("去掉小数点",)),
        (Decimal(2618904), 9, "002618904", ("数值转文本", "补回前导零")),
        (913308245972094984, 18, "913308245972094984", ("数值转文本",)),
        (110108000000016, 15, "110108000000016", ("数值转文本",)),
    ],
)
def test_a_cell_that_kept_its_digits_is_read(value, length, text, notes):
    assert read_identifier_cell(value, length=length) == Normalized(text, notes)


@pytest.mark.parametrize("value", [True, -5, 1.5, float("nan"), float("inf")])
def test_what_is_no_code_is_refused(value):
    with pytest.raises(CellError, match="代码"):
        read_identifier_cell(value)
