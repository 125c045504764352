"""What is offered, what was had, what is in the way, and what comes out."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from yanzhen.kernel.errors import DecisionError
from yanzhen.kernel.money import to_fen

Rule = Literal["就高", "补差", "叠加", "限次", "首次"]
"""How the clauses of one group meet, for one enterprise and one matter (事项):

- ``就高`` the best of the year only; what the group already paid this year is taken off;
- ``补差`` a ladder: the level less all that the group ever paid;
- ``叠加`` side by side;
- ``限次`` as 就高, in at most ``limit`` years;
- ``首次`` once in history.
"""

EXCLUSIVE: frozenset[Rule] = frozenset(("就高", "补差", "限次", "首次"))
"""The rules under which one decision takes at most one clause of a group and matter."""

Cut = Literal["proportional", "priority"]
"""How a cap is kept: everyone by the same share (按比例), or in order until it is full (按顺序)."""

Scope = Literal["enterprise", "matter", "clause"]


class Reason(StrEnum):
    """Why an offer is not paid; the values are what people read."""

    VETO = "负面清单"
    ONCE = "已享受过"
    TIMES = "已满年限"
    PAID = "已得抵扣完"
    BETTER = "就高"
    CAP = "上限已满"
    NOTHING = "金额为零"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of clauses that meet (互斥组), with its rule.

    Attributes:
        id: such as ``kecheng-step``; everyone who names it means the same rule and limit.
        rule: see :data:`Rule`.
        limit: in how many years a 限次 group may pay.
        label: what people call it.
    """

    id: str
    rule: Rule
    limit: int = 1
    label: str = ""

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise DecisionError(f"group {self.id}: the limit must be 1 year or more")

    @property
    def name(self) -> str:
        """The label, or the id where there is none."""
        return self.label or self.id


@dataclass(frozen=True, slots=True)
class Offer:
    """What one clause would give, looked at alone (可享条款).

    Attributes:
        clause: id of the clause.
        amount: in yuan, whole fen. For a 补差 clause the level reached, not the difference.
        label: what people call the clause; by default its id.
        groups: all groups it stands in, also across levels of government.
        matter: the project, title or loan it is for; offers on different matters never meet.
        priority: order where a cap is filled in order and between bundles of the same worth;
            the lower comes first.
        includes_higher: the amount contains what a higher level pays (上级已含).
    """

    clause: str
    amount: Decimal
    label: str = ""
    groups: tuple[Group, ...] = ()
    matter: str = ""
    priority: int = 0
    includes_higher: bool = False

    @property
    def name(self) -> str:
        """The label, or the id where there is none."""
        return self.label or self.clause

    @property
    def order(self) -> tuple[int, str, str]:
        """Its place among offers, the same however they were handed in."""
        return (self.priority, self.clause, self.matter)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money already had (已兑现), by the enterprise or one it descends from.

    Attributes:
        clause: id of the clause.
        amount: in yuan, whole fen.
        year: the year (年度) it was paid for.
        groups: ids of the groups that count it.
        matter: as in the offer.
        higher: paid by a higher level of government.
        predecessor: name of the earlier enterprise (前身企业), empty for the enterprise itself.
        label: what people call the clause.
    """

    clause: str
    amount: Decimal
    year: int
    groups: tuple[str, ...] = ()
    matter: str = ""
    higher: bool = False
    predecessor: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The label, or the id where there is none."""
        return self.label or self.clause


@dataclass(frozen=True, slots=True)
class Veto:
    """An entry of a negative list (负面清单).

    Attributes:
        name: what it is, such as 严重失信.
        evidence: source and date, as people read it.
        clauses: ids of the clauses it shuts; empty shuts all.
    """

    name: str
    evidence: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """A yearly ceiling for one enterprise (年度上限).

    Attributes:
        scope: over all that it gets, over one matter, or over one clause in one matter.
        of: id of the matter or clause; empty for ``enterprise``.
        amount: a fixed amount in yuan, or None.
        share: a share of ``base``, or None. With both, the lower counts.
        base: what the share is of (such as 地方贡献), in yuan.
    """

    scope: Scope = "enterprise"
    of: str = ""
    amount: Decimal | None = None
    share: Decimal | None = None
    base: Decimal | None = None

    def fen(self) -> int:
        """The ceiling in whole fen, a part of a fen dropped.

        Raises:
            DecisionError: it has no amount and no share, is negative, or its base is unknown.
        """
        limits = [] if self.amount is None else [self.amount]
        if self.share is not None:
            if self.base is None:
                raise DecisionError(
                    f"cap on {self.of or self.scope}: the base of its share is unknown; "
                    "obtain it, or decide without this cap and say so"
                )
            limits.append(self.share * self.base)
        if not limits or min(limits) < 0:
            raise DecisionError(f"cap on {self.of or self.scope} needs an amount of 0 or more")
        return to_fen(min(limits), "down")


@dataclass(frozen=True, slots=True)
class Line:
    """One clause that is paid.

    Attributes:
        clause: id of the clause.
        label: what people call it.
        matter: as in the offer.
        offered: the clause looked at alone, in yuan.
        entitled: after all that was had before, before caps over several clauses.
        amount: what is paid.
        why: in Chinese, what moved the amount; empty where nothing did.
    """

    clause: str
    label: str
    matter: str
    offered: Decimal
    entitled: Decimal
    amount: Decimal
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """One clause that is not paid.

    Attributes:
        clause: id of the clause.
        label: what people call it.
        matter: as in the offer.
        amount: what it would have given, in yuan.
        reason: the kind of reason.
        why: the reason in Chinese.
        covered_by: ids of the clauses, chosen now or had before, that stand in its place.
    """

    clause: str
    label: str
    matter: str
    amount: Decimal
    reason: Reason
    why: str
    covered_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one enterprise gets for one year (政策礼包).

    Attributes:
        year: the year decided.
        total: Σ of what is paid, in yuan.
        entitled: Σ before caps over several clauses; more than ``total`` where one cut.
        lines: what is paid, in order of priority and id.
        rejected: what is not, in the same order.
    """

    year: int
    total: Decimal
    entitled: Decimal
    lines: tuple[Line, ...]
    rejected: tuple[Rejected, ...]
