"""The reasons in Chinese, one small function each."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from yanzhen.engines.benefits.model import Group, Receipt, Veto
from yanzhen.kernel.money import WAN, YI, YUAN, round_to, show_money, to_fen, to_yuan


def quoted(names: Sequence[str]) -> str:
    """Names in Chinese quotation marks, each once.

    >>> quoted(["上台阶奖励", "增长奖励"])
    '“上台阶奖励”“增长奖励”'
    """
    return "".join(f"“{name}”" for name in dict.fromkeys(names))


def money(fen: int) -> str:
    """Whole fen as people read it, in the largest unit that drops no digit.

    >>> money(15000000), money(1234567)
    ('15 万元', '12,345.67 元')
    """
    for unit in (YI, WAN):
        if fen >= unit.yuan * 100 and fen % unit.yuan == 0:
            return show_money(to_yuan(fen), unit)
    return show_money(to_yuan(fen), YUAN)


def receipt(had: Receipt) -> str:
    """One earlier receipt: year, name, amount, and whose it was."""
    whose = f"前身企业“{had.predecessor}”" if had.predecessor else ""
    level = "上级" if had.higher else ""
    return f"{whose}{had.year}年度{level}“{had.name}” {money(to_fen(had.amount))}"


def receipts(had: Sequence[Receipt]) -> str:
    """Several receipts in one phrase."""
    return "、".join(receipt(one) for one in had)


def vetoed(by: Veto) -> str:
    """Shut out by a negative list."""
    return f"负面清单：{by.name}" + (f"（{by.evidence}）" if by.evidence else "")


def once(group: Group, had: Sequence[Receipt]) -> str:
    """Had before, and it may be had once only."""
    return f"仅限首次，已享受（{group.name}）：{receipts(had)}"


def times(group: Group, years: Sequence[int]) -> str:
    """Had in as many years as it may be."""
    listed = "、".join(str(year) for year in years)
    return f"最多享受{group.limit}年（{group.name}），已享受：{listed}年度"


def topped_up(level: int, had: Sequence[Receipt], due: int) -> str:
    """The level less what was paid."""
    return f"标准 {money(level)}，抵扣已得：{receipts(had)}，应补 {money(due)}"


def used_up(level: int, had: Sequence[Receipt]) -> str:
    """What was paid leaves nothing."""
    return f"标准 {money(level)}，已得不低于标准：{receipts(had)}"


def clause_capped(amount: int, cap: int) -> str:
    """Cut by the clause's own ceiling."""
    return f"测算 {money(amount)}，条款年度上限 {money(cap)}"


def covered(names: Sequence[str], *, is_tie: bool) -> str:
    """Left out for a better clause, or better ones.

    >>> covered(["上台阶奖励"], is_tie=False)
    '被“上台阶奖励”覆盖：就高'
    """
    together = "合计" if len(set(names)) > 1 else ""
    tie = "（金额相同，条款少者、顺序在前者优先）" if is_tie else ""
    return f"被{quoted(names)}{together}覆盖：就高{tie}"


def kept(names: Sequence[str]) -> str:
    """Chosen over others."""
    return f"就高不重复：不再享受{quoted(names)}"


def capped(before: int, after: int, limit: int, what: str, how: str) -> str:
    """Cut by a ceiling over several clauses."""
    return f"{what}年度上限尚余 {money(limit)}，{how}由 {money(before)}减为 {money(after)}"


def cap_full(limit: int, what: str) -> str:
    """Nothing left under a ceiling."""
    return (
        f"{what}年度上限尚余 {money(limit)}，已由其他条款用完" if limit else f"{what}年度上限已满"
    )


def share(factor: Fraction) -> str:
    """A factor in percent, cut after four decimals so that it is never shown too high.

    >>> share(Fraction(2, 3)), share(Fraction(1))
    ('66.6666%', '100%')
    """
    shown = round_to(factor * 100, 4, "truncate")
    return f"{shown.normalize() if shown != shown.to_integral() else Decimal(int(shown)):f}%"
