"""States of loads, reviews and corrections, and the moves between them."""

from typing import Final

from django.db.models import TextChoices


class LoadState(TextChoices):
    """Where a load of a source file stands (数据接收状态)."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    FAILED = "failed", "失败"
    DONE = "done", "完成"
    CANCELLED = "cancelled", "已取消"


class Decision(TextChoices):
    """What a person said about a proposed link (关联核对)."""

    OPEN = "open", "待核对"
    ACCEPTED = "accepted", "确认关联"
    REJECTED = "rejected", "不是同一家"


class CorrectionState(TextChoices):
    """Where a correction stands (数据更正)."""

    PROPOSED = "proposed", "待核实"
    VERIFIED = "verified", "已核实"
    REJECTED = "rejected", "不予采纳"
    WITHDRAWN = "withdrawn", "已撤回"


CORRECTION_MOVES: Final = {
    CorrectionState.PROPOSED: frozenset(
        {CorrectionState.VERIFIED, CorrectionState.REJECTED, CorrectionState.WITHDRAWN}
    ),
    CorrectionState.VERIFIED: frozenset({CorrectionState.WITHDRAWN}),
    CorrectionState.REJECTED: frozenset[CorrectionState](),
    CorrectionState.WITHDRAWN: frozenset[CorrectionState](),
}
