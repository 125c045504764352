"""Loads of source files, links to check, corrections, snapshots (数据接收、更正、快照).

Bulk values live in Parquet files beside the database; these tables say what each file is.
"""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.enums import CorrectionState, Decision, LoadState


class DataLoad(models.Model):
    """One source file taken in, for one data set and one day (一次数据接收).

    ``as_of`` is the last day of the period that the values speak of, ``received_on`` the day on
    which they came. ``path`` is the Parquet file inside the data folder, written whole or not
    at all. A load that ``supplements`` another adds mended rows to it.
    """

    dataset = models.CharField("数据集", max_length=64)
    as_of = models.DateField("数据日期")
    received_on = models.DateField("接收日期")
    file_name = models.CharField("文件名", max_length=240)
    sha256 = models.CharField("文件摘要", max_length=64)
    state = models.CharField("状态", max_length=12, choices=LoadState, default=LoadState.QUEUED)
    supplements = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supplemented_by"
    )
    rows = models.PositiveIntegerField("行数", default=0)
    accepted = models.PositiveIntegerField("接收", default=0)
    rejected = models.PositiveIntegerField("退回", default=0)
    linked = models.PositiveIntegerField("已关联", default=0)
    unlinked = models.PositiveIntegerField("未关联", default=0)
    in_review = models.PositiveIntegerField("待核对", default=0)
    progress = models.PositiveSmallIntegerField("进度（%）", default=0)
    step = models.CharField("步骤", max_length=40, blank=True)
    applied = models.PositiveIntegerField("已写入登记库的行数", default=0)
    report = models.JSONField("接收报告", default=dict)
    message = models.TextField("失败原因", blank=True)
    path = models.CharField("数据文件", max_length=240, blank=True)
    errors_path = models.CharField("退回文件", max_length=240, blank=True)
    started_at = models.DateTimeField("开始", null=True, blank=True)
    finished_at = models.DateTimeField("结束", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "数据接收"
        ordering = ["-as_of", "-received_on", "-pk"]
        indexes = [models.Index(fields=["dataset", "as_of"], name="load_by_dataset")]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "as_of", "sha256"], name="load_same_file_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=LoadState.DONE) | ~Q(path=""), name="load_done_has_file"
            ),
            models.CheckConstraint(
                condition=~Q(state=LoadState.DONE) | Q(finished_at__isnull=False),
                name="load_done_has_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.as_of}"

    @property
    def file(self) -> Path:
        """The Parquet file with the accepted rows."""
        return Path(settings.YANZHEN_DATA_DIR) / self.path

    @property
    def errors_file(self) -> Path | None:
        """The file given back with 错误说明, or None where no row was refused."""
        return Path(settings.YANZHEN_DATA_DIR) / self.errors_path if self.errors_path else None


class LinkReview(models.Model):
    """A row that may belong to an enterprise, for a person to decide (关联核对).

    The decision holds for the same code and name in every later file of the data set.
    """

    load = models.ForeignKey(DataLoad, on_delete=models.CASCADE, related_name="reviews")
    dataset = models.CharField("数据集", max_length=64)
    row = models.PositiveIntegerField("行号")
    given_code = models.CharField("文件中的代码", max_length=18)
    given_name = models.CharField("文件中的名称", max_length=200, blank=True)
    candidate = models.CharField("可能的企业", max_length=18)
    score = models.PositiveSmallIntegerField("相符程度")
    evidence = models.JSONField("依据", default=list)
    decision = models.CharField("结论", max_length=12, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("核对时间", null=True, blank=True)

    class Meta:
        verbose_name = "关联核对"
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "given_code", "given_name", "candidate"],
                name="link_review_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN, decided_at__isnull=True)
                | (~Q(decision=Decision.OPEN) & Q(decided_at__isnull=False)),
                name="link_review_decided_and_when",
            ),
            models.UniqueConstraint(
                fields=["dataset", "given_code", "given_name"],
                condition=Q(decision=Decision.ACCEPTED),
                name="link_review_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_code} ? {self.candidate}"


class Correction(models.Model):
    """One value of one fact said to be otherwise (数据更正); it counts once verified.

    ``value`` is canonical text by the fact's type: true/false, digits with a point, a day as
    YYYY-MM-DD, or the text itself; empty says that the value is unknown.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="corrections")
    fact = models.CharField("事实", max_length=64)
    value = models.TextField("更正为", blank=True)
    as_of = models.DateField("数据日期")
    received_on = models.DateField("提出日期")
    source = models.CharField("依据", max_length=240)
    state = models.CharField(
        "状态", max_length=12, choices=CorrectionState, default=CorrectionState.PROPOSED
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("核实日期", null=True, blank=True)

    class Meta:
        verbose_name = "数据更正"
        ordering = ["-as_of", "-pk"]
        indexes = [models.Index(fields=["enterprise", "fact"], name="correction_by_fact")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CorrectionState.PROPOSED, decided_on__isnull=True)
                | (~Q(state=CorrectionState.PROPOSED) & Q(decided_on__isnull=False)),
                name="correction_decided_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.fact}"


class Snapshot(models.Model):
    """Everything known of everyone as of one day, in one file that never changes (快照).

    ``hash`` covers the values, not the file; ``meta`` names each data set with the load used,
    its age, and whether it was late or missing.
    """

    day = models.DateField("截至日期")
    hash = models.CharField("内容摘要", max_length=64)
    path = models.CharField("文件", max_length=240)
    rows = models.PositiveIntegerField("企业数")
    columns = models.PositiveSmallIntegerField("列数")
    city_hash = models.CharField("城市文件夹摘要", max_length=64)
    meta = models.JSONField("来源", default=dict)
    created_at = models.DateTimeField("生成时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "快照"
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["day", "hash"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.hash[:12]}"

    @property
    def file(self) -> Path:
        """The wide Parquet file."""
        return Path(settings.YANZHEN_DATA_DIR) / self.path
