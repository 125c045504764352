"""Units in headings and cells (计量单位): the scale in a name, and what may be compared."""

from decimal import Decimal
from functools import cache

PERCENT = "%"

SCALES = {
    "": Decimal(1),
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
"""Scales by name; the empty one is 1."""

_COUNTED = frozenset(("", "元", "人", "吨", "户", "家", "亩", "件", "台"))
"""Units that 十, 百 and 千 may stand before."""

_COUNTS = frozenset(("人", "个", "家", "户", "项", "件", "台", "次", "位"))


@cache
def scale_of(unit: str) -> Decimal:
    """The factor in a unit's name: 10,000 for 万元, 1 for 元, 人 or none.

    Small scales count only before counting words: 千瓦时 and 千克 are units of their own.

    >>> scale_of("亿元"), scale_of("万千瓦时"), scale_of("千元"), scale_of("千瓦时")
    (Decimal('100000000'), Decimal('10000'), Decimal('1000'), Decimal('1'))
    """
    for scale in sorted(SCALES, key=len, reverse=True):
        rest = unit.removeprefix(scale)
        if scale and rest != unit:
            is_scale = scale[-1] in "万亿" or rest in _COUNTED
            return SCALES[scale] if is_scale else Decimal(1)
    return Decimal(1)


@cache
def base_of(unit: str) -> str:
    """The unit without its scale.

    >>> base_of("万元"), base_of("万千瓦时"), base_of("千瓦时")
    ('元', '千瓦时', '千瓦时')
    """
    factor = scale_of(unit)
    fitting = (scale for scale, value in SCALES.items() if scale and value == factor)
    return next((unit.removeprefix(s) for s in fitting if unit.startswith(s)), unit)


def is_same_kind(own: str, column_unit: str) -> bool:
    """Whether a cell's unit fits its column: 5人 does not fit 万元; 家, 户 and 个 count alike.

    >>> is_same_kind("元", "万元"), is_same_kind("人", "万元"), is_same_kind("家", "个")
    (True, False, True)
    """
    column = base_of(column_unit)
    return not column or own == column or {own, column} <= _COUNTS
