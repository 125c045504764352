"""Yes and no (是否) as offices tick them."""

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize.text import BLANKS, Normalized, normalize_text

_YES = frozenset(("是", "有", "√", "✓", "✔", "☑", "对", "Y", "YES", "T", "TRUE", "1", "1.0"))
_NO = frozenset(
    ("否", "无", "没有", "不是", "×", "✗", "✘", "☒", "错", "N", "NO", "F", "FALSE", "0", "0.0")
)


def parse_yes_no(value: object) -> Normalized[bool | None]:
    """Read 是/否, 有/无, √/×, Y/N and their kin; a blank is unknown, never no.

    Args:
        value: a cell: text, bool, number or None.

    Raises:
        CellError: the text is none of the known words; an empty box (□) is one such, as it
            may mean no or not filled in.

    >>> parse_yes_no("√")
    Normalized(value=True, notes=('“√”读作“是”',))
    >>> parse_yes_no("")
    Normalized(value=None, notes=())
    """
    if value is None or isinstance(value, bool):
        return Normalized(value)
    given = str(value)
    word = normalize_text(given).value.upper()
    if word in BLANKS:
        return Normalized(None, (f"“{given}”读作未填",) if word else ())
    if word in _YES:
        return Normalized(True, () if given == "是" else (f"“{given}”读作“是”",))
    if word in _NO:
        return Normalized(False, () if given == "否" else (f"“{given}”读作“否”",))
    raise CellError(f"“{given}”无法判断是或否：请填“是”或“否”，不清楚的请留空")
