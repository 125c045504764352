"""Identifiers out of spreadsheet cells, where a number format may have eaten digits."""

import re
from decimal import Decimal

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize import Normalized, normalize_code
from yanzhen.kernel.normalize.quantity import EXCEL_DIGITS

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
_WHOLE = re.compile(r"(\d+)\.0+")
_MEND = "请把该列设为“文本”后重新填写"


def read_identifier_cell(value: object, *, length: int | None = None) -> Normalized[str]:
    """The normalized text of an identifier cell, or the news that its digits are gone.

    Args:
        value: text, int, float, Decimal or None (an empty text).
        length: how long the identifier should be; zeros lost at the front of a number are
            put back up to it.

    Raises:
        CellError: the cell holds, or held, a number that could not keep all digits: 1.23E+17,
            a float beyond 15 digits, or a whole number with only zeros after the fifteenth.

    >>> read_identifier_cell(2618904, length=9)
    Normalized(value='002618904', notes=('数值转文本', '补回前导零'))
    """
    if value is None:
        return Normalized("")
    if isinstance(value, bool):
        raise CellError("此处应为代码，实际为是/否：请填代码")
    if isinstance(value, int | float | Decimal):
        return _from_number(value, length)
    code = normalize_code(str(value))
    if _SCIENTIFIC.fullmatch(code.value):
        raise CellError(f"“{value}”被表格存成了数值，后面的数字已丢失：{_MEND}")
    whole = _WHOLE.fullmatch(code.value)
    if whole is not None:
        return Normalized(_kept(whole[1], f"“{value}”"), (*code.notes, "去掉小数点"))
    return code


def _from_number(value: float | Decimal, length: int | None) -> Normalized[str]:
    number = Decimal(float.__repr__(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or number < 0 or number != number.to_integral_value():
        raise CellError(f"“{value}”不是代码：{_MEND}")
    if isinstance(value, float) and number >= Decimal(10) ** EXCEL_DIGITS:
        raise CellError(f"“{value}”被表格存成了数值，后面的数字已丢失：{_MEND}")
    text = _kept(f"{number:.0f}", f"“{number:.0f}”")
    notes = ["数值转文本"]
    if length is not None and len(text) < length:
        text = text.zfill(length)
        notes.append("补回前导零")
    return Normalized(text, tuple(notes))


def _kept(digits: str, shown: str) -> str:
    """The digits, unless only zeros follow the fifteenth, as a spreadsheet leaves them."""
    rest = digits[EXCEL_DIGITS:]
    if rest and not rest.strip("0"):
        raise CellError(f"{shown}第 15 位以后全为 0，应是被表格按数值保存而丢失：{_MEND}")
    return digits
