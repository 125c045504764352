"""The journal: what was done, by whom, to what; append-only and chained (日志)."""

from typing import Any

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One line of the journal.

    The subject is kept by label and id, not by key: a line outlives what it speaks of.
    ``digest`` covers this line and the digest of the one before it, so that a changed, missing
    or reordered line shows.
    """

    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_label = models.CharField("操作人", max_length=80)
    action = models.CharField("动作", max_length=64)
    subject_kind = models.CharField("对象类别", max_length=64)
    subject_id = models.CharField("对象", max_length=80)
    detail = models.JSONField("详情", default=dict)
    previous = models.CharField("上一行摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        verbose_name = "日志"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="journal_by_subject")]
        constraints = [models.UniqueConstraint(fields=["previous"], name="journal_one_chain")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.subject_kind} {self.subject_id}"

    def content(self) -> dict[str, Any]:
        """What the digest covers, in plain values."""
        return {
            "at": self.at.isoformat(),
            "actor": self.actor_id,
            "actor_label": self.actor_label,
            "action": self.action,
            "subject": [self.subject_kind, self.subject_id],
            "detail": self.detail,
            "previous": self.previous,
        }
