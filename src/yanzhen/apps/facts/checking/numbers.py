"""Whole numbers, amounts and rates by the column: exact, with a fast way for plain digits."""

from decimal import Decimal

from yanzhen.apps.arrow import Kind, Values, pa, pc
from yanzhen.apps.facts.checking.result import ColumnResult, overlay, read_odd, true_rows
from yanzhen.kernel.errors import CellError
from yanzhen.kernel.money import round_to
from yanzhen.kernel.normalize import Normalized, parse_number
from yanzhen.packs.units import unit_factor

PRECISION = 18
"""Digits kept of a decimal: amounts up to ten thousand trillion yuan."""

_SPARE = 6


def decimal_type(scale: int) -> Kind:
    """The column type for a decimal with ``scale`` places."""
    return pa.decimal128(PRECISION, scale)


def read_decimals(given: Values, *, scale: int, unit: str, to: str) -> ColumnResult:
    """Amounts and other decimals in the unit ``to``.

    Args:
        given: shape (n,), text or numbers.
        scale: decimal places kept; what is beyond is rounded half up, and that is noted.
        unit: the unit in the file, such as 万元.
        to: the unit wanted, such as 元.
    """
    factor = unit_factor(unit, to) or Decimal(1)
    if not pa.types.is_string(given.type):
        given = _as_text(given)
    zeros = factor.adjusted()
    places = f"{{1,{scale + zeros}}}" if scale + zeros else ""
    whole = PRECISION - scale - zeros
    pattern = rf"^-?[0-9]{{1,{whole}}}(\.[0-9]{places})?$" if places else rf"^-?[0-9]{{1,{whole}}}$"
    plain = pc.match_substring_regex(given, pattern)
    clean = pc.if_else(plain, given, pa.scalar(None, pa.string()))
    exact = clean.cast(pa.decimal128(PRECISION + _SPARE, scale + zeros))
    if zeros:
        scaled = pc.multiply(exact, pa.scalar(factor, pa.decimal128(zeros + 1, 0)))
        exact = scaled.cast(decimal_type(scale))
    result = ColumnResult(exact.cast(decimal_type(scale)))
    if zeros:
        shown = f"由“{unit}”换算为“{to}”"
        result.note((shown,), unit, len(given) - clean.null_count)
    odd = true_rows(pc.and_(pc.is_valid(given), pc.invert(plain)))
    limit = Decimal(10) ** (PRECISION - scale)

    def read(text: str) -> Normalized[Decimal | None]:
        found = parse_number(text, column_unit=unit if zeros else "")
        if found.value is None:
            return found
        if abs(found.value) >= limit:
            raise CellError(f"“{text}”过大：请核对数值和单位")
        rounded = round_to(found.value, scale)
        notes = (
            found.notes if rounded == found.value else (*found.notes, f"四舍五入到 {scale} 位小数")
        )
        return Normalized(rounded, notes)

    result.values = overlay(result.values, *read_odd(result, given, odd, read))
    return result


def read_integers(given: Values) -> ColumnResult:
    """Whole numbers; one with a part after the point is a fault."""
    if pa.types.is_integer(given.type):
        return ColumnResult(given.cast(pa.int64()))
    if not pa.types.is_string(given.type):
        given = _as_text(given)
    plain = pc.match_substring_regex(given, r"^-?[0-9]{1,17}$")
    result = ColumnResult(pc.if_else(plain, given, pa.scalar(None, pa.string())).cast(pa.int64()))
    odd = true_rows(pc.and_(pc.is_valid(given), pc.invert(plain)))
    result.values = overlay(result.values, *read_odd(result, given, odd, _whole))
    return result


def _whole(text: str) -> Normalized[int | None]:
    found = parse_number(text)
    if found.value is None:
        return Normalized(None, found.notes)
    if found.value != found.value.to_integral_value() or abs(found.value) >= Decimal(10) ** 17:
        raise CellError(f"“{text}”应为整数：请核对")
    return Normalized(int(found.value), found.notes)


def refuse_outside(
    result: ColumnResult,
    given: Values,
    *,
    minimum: Decimal | None,
    maximum: Decimal | None,
    factor: Decimal,
) -> None:
    """A fault for every value outside the limits, which are in the unit of the data set."""
    if minimum is not None:
        below = pc.less(result.values, _bound(minimum * factor, result.values.type))
        result.refuse(below, lambda row: f"“{given[row]}”不应小于 {minimum:f}：请核对")
    if maximum is not None:
        above = pc.greater(result.values, _bound(maximum * factor, result.values.type))
        result.refuse(above, lambda row: f"“{given[row]}”不应大于 {maximum:f}：请核对")


def _bound(limit: Decimal, kind: Kind) -> Values:
    if pa.types.is_integer(kind):
        return pa.scalar(int(limit), kind)
    places = -int(limit.normalize().as_tuple().exponent)
    return pa.scalar(limit, pa.decimal128(PRECISION + _SPARE * 2, max(kind.scale, places)))


def _as_text(values: Values) -> Values:
    """Numbers of any type as the shortest text that gives them back."""
    if pa.types.is_floating(values.type):
        texts = (None if v is None else f"{v:.15g}" for v in values.to_pylist())
        return pa.array(texts, pa.string())
    return values.cast(pa.string())
