"""Units of source columns and the factor to a fact's unit (单位换算)."""

from decimal import Decimal

SCALES: dict[str, dict[str, Decimal]] = {
    "money": {
        "元": Decimal(1),
        "千元": Decimal(1_000),
        "万元": Decimal(10_000),
        "亿元": Decimal(100_000_000),
    }
}


def unit_factor(unit: str, to: str) -> Decimal | None:
    """What one ``unit`` is in units of ``to``; None where they do not convert.

    >>> unit_factor("万元", "元")
    Decimal('10000')
    """
    if unit == to:
        return Decimal(1)
    for scale in SCALES.values():
        if unit in scale and to in scale:
            return scale[unit] / scale[to]
    return None
