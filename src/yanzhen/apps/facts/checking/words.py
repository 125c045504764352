"""Texts, days, truth values and codes by the column."""

from collections.abc import Sequence
from datetime import date

from yanzhen.apps.arrow import Values, pa, pc
from yanzhen.apps.facts.checking.result import ColumnResult, overlay, read_odd, true_rows
from yanzhen.kernel.days import parse_day
from yanzhen.kernel.errors import CellError
from yanzhen.kernel.identifiers import check_usccs, parse_identifier, read_identifier_cell
from yanzhen.kernel.normalize import Normalized, normalize_text, parse_yes_no

LONGEST_TEXT = 500
_UNTIDY = (
    r"[\s\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{200B}-\x{200F}\x{202A}-\x{202E}"
    r"\x{2060}\x{FEFF}\x{00AD}\x{3000}\x{00A0}\x{0000}-\x{001F}]"
)
"""Characters that ``normalize_text`` might change, in the syntax of RE2."""


def read_texts(given: Values, *, codes: Sequence[str] = ()) -> ColumnResult:
    """Texts, trimmed and half-width where that is letters and digits; from a closed list if any."""
    text = given if pa.types.is_string(given.type) else given.cast(pa.string())
    untidy = pc.match_substring_regex(text, _UNTIDY)
    result = ColumnResult(text)
    result.values = overlay(text, *read_odd(result, text, true_rows(untidy), _tidy))
    too_long = pc.greater(pc.utf8_length(result.values), LONGEST_TEXT)
    result.refuse(too_long, lambda _: f"超过 {LONGEST_TEXT} 个字：请缩短")
    if codes:
        known = pc.is_in(result.values, pa.array(codes, pa.string()))
        listed = "、".join(codes)
        wrong = pc.and_(pc.is_valid(result.values), pc.invert(known))
        result.refuse(wrong, lambda row: f"“{result.values[row]}”不在可选值中：请填 {listed}")
    return result


def _tidy(text: str) -> Normalized[str | None]:
    found = normalize_text(text)
    return Normalized(found.value or None, found.notes)


def read_days(given: Values) -> ColumnResult:
    """Days in any of the ways offices write them; each distinct one is read once."""
    if pa.types.is_date(given.type):
        return ColumnResult(given.cast(pa.date32()))
    if pa.types.is_timestamp(given.type):
        return ColumnResult(given.cast(pa.date32()))
    text = given if pa.types.is_string(given.type) else given.cast(pa.string())
    result = ColumnResult(pa.nulls(len(text), pa.date32()))
    rows, days = read_odd(result, text, true_rows(pc.is_valid(text)), _day)
    result.values = overlay(result.values, rows, days)
    return result


def _day(text: str) -> Normalized[date | None]:
    if len(text) == _ISO and text[4] == text[7] == "-":
        try:
            return Normalized(date.fromisoformat(text))
        except ValueError:
            pass
    return parse_day(text)


_ISO = 10


def read_truths(given: Values) -> ColumnResult:
    """Yes and no in any of the ways offices tick them."""
    if pa.types.is_boolean(given.type):
        return ColumnResult(given)
    text = given if pa.types.is_string(given.type) else given.cast(pa.string())
    result = ColumnResult(pa.nulls(len(text), pa.bool_()))
    rows, values = read_odd(result, text, true_rows(pc.is_valid(text)), parse_yes_no)
    result.values = overlay(result.values, rows, values)
    return result


def read_codes(given: Values, *, only_unified: bool) -> ColumnResult:
    """Identifiers of enterprises: 18 characters, or old ones of 15 and 9.

    A failing check digit is noted and kept; lost digits and wrong shapes are faults.

    Args:
        given: shape (n,), text or whole numbers.
        only_unified: refuse all but 18 characters, as a register must have them.
    """
    text = given if pa.types.is_string(given.type) else given.cast(pa.string())
    unified = text.to_numpy(zero_copy_only=False)
    found = check_usccs([value or "" for value in unified])
    result = ColumnResult(pc.if_else(pa.array(found.shape_ok), text, pa.scalar(None, pa.string())))
    failing = int((found.shape_ok & ~found.check_ok).sum())
    if failing:
        first = unified[(found.shape_ok & ~found.check_ok).argmax()]
        result.note(("校验码不符，记录予以保留",), first, failing)

    def read(value: str) -> Normalized[str | None]:
        cell = read_identifier_cell(value)
        if not cell.value:
            return Normalized(None, cell.notes)
        code = parse_identifier(cell.value)
        if only_unified and len(code.code) != _UNIFIED:
            raise CellError(f"“{code.code}”不是 18 位统一社会信用代码：请填写新代码")
        return Normalized(code.code, (*cell.notes, *code.notes, *code.warnings))

    odd = true_rows(pc.and_(pc.is_valid(text), pa.array(~found.shape_ok)))
    result.values = overlay(result.values, *read_odd(result, text, odd, read))
    return result


_UNIFIED = 18
