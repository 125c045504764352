"""What one enterprise is told about a budget line (预算兑付说明)."""

from yanzhen.engines.benefits import words
from yanzhen.engines.benefits.budget import Allocation


def tell(allocation: Allocation, row: int, column: int = 0) -> str:
    """Why one cell of an allocation is paid as it is, in Chinese.

    Args:
        allocation: a budget line shared out.
        row: the enterprise.
        column: place in ``allocation.line.columns``.
    """
    paid = int(allocation.paid[row, column])
    waiting = int(allocation.waiting[row, column])
    if allocation.budget is None:
        return f"不设预算上限，兑付 {words.money(paid)}"
    place = int(allocation.places[row, column])
    if allocation.factor is not None:
        told = f"预算 {words.money(allocation.budget)}，应付合计 {words.money(allocation.asked)}"
        if allocation.factor < 1:
            told += f"，统一按 {words.share(allocation.factor)} 折算"
        told += f"，兑付 {words.money(paid)}"
    elif place == 0:
        return "本项没有应付金额"
    else:
        told = f"预算 {words.money(allocation.budget)}，{allocation.line.method}第 {place} 位"
        told += f"，兑付 {words.money(paid)}" if paid else "，预算余额不足，本年不兑付"
    if waiting:
        told += f"，{words.money(waiting)}递延到下年"
    return told
