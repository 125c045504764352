"""How to get what a clause gives, step by step in words (怎么拿)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yanzhen.packs.model import Clause

PAID = frozenset({"奖励", "补助", "贴息"})
"""Kinds of clauses that end with money on an account."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what happens, and who does what."""

    title: str
    words: str


def steps_of(clause: Clause) -> list[Step]:
    """The steps from here to what the clause gives.

    They follow its way of payment (兑现方式). What is given as a reduction, a place or a service
    is not paid out: there is no account to confirm and nothing arrives on it.
    """
    if clause.kind not in PAID and clause.mode == "免申即享":
        return [
            Step(_("自动适用"), _("条件符合就直接适用，您不用申报。")),
            Step(_("留存资料"), _("相关资料自己留好，备查时用。")),
        ]
    first = _first(clause)
    if clause.kind not in PAID:
        return [*first, *_publicity(clause), Step(_("享受"), _("通过后按政策享受。"))]
    return [*first, *_publicity(clause), _paid(clause), *_checked_later(clause)]


def _first(clause: Clause) -> list[Step]:
    """What happens before publicity, by the way of payment."""
    match clause.mode:
        case "免申即享":
            return [
                Step(_("数据比对"), _("部门用已有数据逐条核对，您不用申报、不用交材料。")),
                Step(_("确认账户"), _("收到通知后，确认收款账户；不想领取也可以放弃。")),
            ]
        case "即申即享":
            return [
                Step(_("提出申请"), _("符合条件后提出申请，已有数据不用重复填写。")),
                Step(_("当场核验"), _("系统按条件核验，通过就进入兑付。")),
            ]
        case "承诺兑现":
            return [Step(_("签订承诺"), _("承诺达到约定的条件，先拿钱、后核查。"))]
        case "评审":
            return [
                Step(_("提交材料"), _window(clause)),
                Step(_("专家评审"), _("由主管部门组织评审；条件符合不等于一定入选。")),
            ]
        case _:
            return [
                Step(_("提交申报"), _window(clause)),
                Step(_("部门审核"), _("一次告诉您缺什么，补齐后继续，不用从头再来。")),
            ]


def _window(clause: Clause) -> str:
    if clause.window:
        return _("申报期：%s。过期要等下一次。") % clause.window
    return _("申报期以主管部门通知为准。")


def _publicity(clause: Clause) -> list[Step]:
    if not clause.publicity_days:
        return []
    return [Step(_("公示"), _("公示 %d 个工作日，有异议可以提出。") % clause.publicity_days)]


def _paid(clause: Clause) -> Step:
    if clause.redeem_days:
        return Step(_("到账"), _("%d 个工作日内兑付。") % clause.redeem_days)
    return Step(_("到账"), _("兑付时间以主管部门通知为准。"))


def _checked_later(clause: Clause) -> list[Step]:
    """Only a commitment is paid before it is checked."""
    if clause.mode != "承诺兑现":
        return []
    return [Step(_("到期核查"), _("到约定日期按数据核查；没有做到的部分要退回。"))]
