"""Departments, county governments, banks and guarantee institutions, over time (机构)."""

from django.db import models

from yanzhen.apps.periods import Dated, period_constraints


class Organization(Dated):
    """One organization as it was over one period (W3C ORG: organizational unit)."""

    short = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=16)
    parent = models.CharField("上级", max_length=64, blank=True)
    district = models.CharField("区划", max_length=32, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)

    class Meta:
        verbose_name = "机构"
        ordering = ["code", "pk"]
        constraints = period_constraints("organization")

    def __str__(self) -> str:
        return self.short or self.name
