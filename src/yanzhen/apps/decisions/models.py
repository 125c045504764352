"""Runs of every rule over everyone (全员计算)."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse

from yanzhen.apps.decisions.enums import OPEN, RunStatus
from yanzhen.apps.facts.models import Snapshot


class Run(models.Model):
    """One run of all clauses over one snapshot; its result never changes once done.

    ``versions`` holds the version of each rule that was used and ``rules_hash`` the content of
    the city folder, ``snapshot`` the data: with these three the run can be repeated to the bit,
    and ``result_hash`` proves it. ``summary`` holds the counts and sums that screens show.
    """

    day = models.DateField("评估日")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="runs")
    status = models.CharField(
        "状态", max_length=12, choices=RunStatus, default=RunStatus.QUEUED, db_index=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    queued_at = models.DateTimeField("发起时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    beat_at = models.DateTimeField("最近进展", null=True, blank=True)
    done = models.PositiveIntegerField("已算", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    cancel_requested = models.BooleanField("要求取消", default=False)
    error = models.TextField("原因", blank=True)
    executor = models.CharField("执行器", max_length=16, default="vector")
    rules_hash = models.CharField("规则摘要", max_length=64)
    versions = models.JSONField("规则版本", default=dict)
    result_path = models.CharField("结果文件", max_length=200, blank=True)
    result_hash = models.CharField("结果摘要", max_length=64, blank=True)
    summary = models.JSONField("汇总", default=dict)

    class Meta:
        verbose_name = "全员计算"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                # 1 for an open run, nothing for an ended one
                Case(When(status__in=OPEN, then=Value(1))),
                name="run_one_open",
            ),
            models.CheckConstraint(
                name="run_done_has_result",
                condition=~Q(status=RunStatus.DONE) | ~Q(result_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"全员计算 {self.pk}（{self.day}）"

    def get_absolute_url(self) -> str:
        """Its page in the workshop."""
        return reverse("policies:run_detail", args=[self.pk])

    def is_open(self) -> bool:
        """Whether it is queued or running."""
        return self.status in OPEN

    def seconds(self) -> float | None:
        """How long it ran, or None if it has not ended."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()

    def result_file(self) -> Path:
        """Where the result lies."""
        return settings.YANZHEN_DATA_DIR / self.result_path
