"""Numbers and amounts as offices write them: 1,234.5、3.2亿元、(120)、12.5%."""

import math
import re
from decimal import Decimal

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize.text import BLANKS, FROM_WIDE, Normalized, to_half_width
from yanzhen.kernel.normalize.units import PERCENT, SCALES, is_same_kind, scale_of

EXCEL_DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number."""

_EXCEL_LIMIT = Decimal(10) ** EXCEL_DIGITS

_NUMBER = re.compile(
    r"""[¥￥]?(?P<sign>[-+−])?[¥￥]?(?P<digits>\d[\d,]*)?(?P<fraction>\.\d+)?
        (?:[Ee](?P<exponent>[-+]?\d{1,3}))?
        (?P<scale>十万|百万|千万|万亿|[十百千万亿])?
        (?P<unit>元|人|亩|吨标准煤|吨|个|家|户|项|件|台|次|年|天|位|平方米|千瓦时)?
        (?P<percent>%)?""",
    re.VERBOSE,
)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")


def parse_number(value: object, *, column_unit: str = "") -> Normalized[Decimal | None]:
    """Read a number exactly, with thousands marks, Chinese scales, brackets and percent.

    Args:
        value: a cell: text, int, float, Decimal or None.
        column_unit: unit in the heading of the column, such as ``万元``; a cell with a scale
            of its own is read by its own.

    Returns:
        The value in the base unit of the column: 元 for 万元, percent for ``%``. A cell with a
        percent sign in a column without a unit is a share of 1. None for a blank, never 0.

    Raises:
        CellError: the text is no number, its digits were already lost (1.23E+17), or its unit
            is not that of the column.

    >>> parse_number("３.2亿元").value
    Decimal('320000000.0')
    >>> parse_number("1,200.50", column_unit="万元")
    Normalized(value=Decimal('12005000.00'), notes=('去掉千分位', '按列单位“万元”换算'))
    """
    if value is None:
        return Normalized(None)
    if isinstance(value, bool):
        raise CellError("此处应为数字，实际为是/否：请填数字")
    if isinstance(value, int | float | Decimal):
        notes: list[str] = []
        return _scaled(_exact(value, notes), "", column_unit, notes)
    if not isinstance(value, str):
        raise CellError(f"“{value}”不是数字：请填数字")
    return _parse_text(value, column_unit)


def _parse_text(given: str, column_unit: str) -> Normalized[Decimal | None]:
    notes: list[str] = []
    text = to_half_width(given)
    if text != given:
        notes.append(FROM_WIDE)
    packed = "".join(text.split())
    if packed != text.strip():
        notes.append("去掉空格")
    if packed.upper() in BLANKS:
        return Normalized(None, (f"“{given}”读作未填",) if packed else ())
    negative = packed.startswith("(") and packed.endswith(")")
    if negative:
        packed = packed[1:-1]
        notes.append("括号读作负数")
    found = _NUMBER.fullmatch(packed)
    if found is None or not (found["digits"] or found["fraction"]) or (negative and found["sign"]):
        raise CellError(f"“{given}”不是数字：请只填一个数字，不清楚的请留空")
    digits = found["digits"] or "0"
    if "," in digits:
        if not _GROUPED.fullmatch(digits):
            raise CellError(f"“{given}”的逗号不在千分位上：请去掉逗号或改为小数点")
        digits = digits.replace(",", "")
        notes.append("去掉千分位")
    fraction = found["fraction"] or ""
    number = Decimal(digits + fraction)
    if found["exponent"]:
        number = _expanded(given, number, int(found["exponent"]), len(fraction) - 1)
        notes.append("科学计数法展开")
    if found["percent"]:
        if found["scale"] or found["unit"]:
            raise CellError(f"“{given}”既有单位又有百分号：请只留一种")
        _require_unit(given, PERCENT, column_unit)
        if column_unit != PERCENT:
            number = _shifted(number, -2)
            notes.append("百分数换算为小数")
        column_unit = ""
    _require_unit(given, found["unit"] or "", column_unit)
    if negative or (found["sign"] or "+") in "-−":
        number = number.copy_negate()  # unary minus would round to the context
    return _scaled(number, found["scale"] or "", column_unit, notes, own_unit=found["unit"] or "")


def _expanded(given: str, mantissa: Decimal, exponent: int, places: int) -> Decimal:
    """Undo scientific notation where no digit is hidden behind it."""
    if exponent > max(places, 0):
        raise CellError(
            f"“{given}”是科学计数法，后面的数字可能已丢失：请把该列设为“文本”或“数值”后重新填写"
        )
    return _shifted(mantissa, exponent)


def _exact(value: float | Decimal, notes: list[str]) -> Decimal:
    """The number as its writer saw it, without the noise of binary fractions."""
    if not isinstance(value, float):
        number = Decimal(value)
    elif math.isfinite(value):
        number = Decimal(float.__repr__(value))
        if len(number.as_tuple().digits) > EXCEL_DIGITS and abs(number) < _EXCEL_LIMIT:
            number = Decimal(f"{value:.{EXCEL_DIGITS}g}")
            notes.append(f"按表格精度取 {EXCEL_DIGITS} 位有效数字")
    else:
        number = Decimal("NaN")
    if not number.is_finite():
        raise CellError("单元格是错误值（如 #DIV/0!）：请改为数字或留空")
    if isinstance(value, float) and abs(number) >= _EXCEL_LIMIT:
        raise CellError(
            f"数值超过 {EXCEL_DIGITS} 位，后面的数字已丢失：请把该列设为“文本”后重新填写"
        )
    return number


def _scaled(
    number: Decimal, scale: str, column_unit: str, notes: list[str], *, own_unit: str = ""
) -> Normalized[Decimal | None]:
    if scale or own_unit:
        factor = SCALES[scale]
        if factor != 1:
            notes.append(f"“{scale}{own_unit}”换算为基本单位")
        elif scale_of(column_unit) != 1:
            notes.append(f"按单元格的单位“{own_unit}”读取")
    else:
        factor = scale_of(column_unit)
        if factor != 1:
            notes.append(f"按列单位“{column_unit}”换算")
    return Normalized(_times(number, factor), tuple(notes))


def _require_unit(given: str, own: str, column_unit: str) -> None:
    if own and not is_same_kind(own, column_unit):
        raise CellError(f"“{given}”的单位“{own}”与本列单位“{column_unit}”不符：请按列单位填写")


def _shifted(number: Decimal, places: int) -> Decimal:
    """The number times a power of ten, without the rounding that ``scaleb`` does."""
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def _times(number: Decimal, factor: Decimal) -> Decimal:
    """The exact product, however many digits it has."""
    if factor == 1:
        return number
    sign, digits, exponent = number.as_tuple()
    product = int("".join(map(str, digits))) * int(factor)
    return Decimal((sign, tuple(map(int, str(product))), int(exponent)))
