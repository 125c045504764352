"""Districts, towns, enterprise communities and grids, over time (区划、企业社区、网格)."""

from django.db import models

from yanzhen.apps.periods import Dated, period_constraints


class District(Dated):
    """A county, district, county-level city or functional zone (区县、功能区)."""

    kind = models.CharField("类别", max_length=16)
    parent = models.CharField("上级", max_length=32, blank=True)
    successor = models.CharField("后继", max_length=32, blank=True)
    hex_q = models.IntegerField("示意图列", default=0)
    hex_r = models.IntegerField("示意图行", default=0)

    class Meta:
        verbose_name = "区划"
        ordering = ["code", "pk"]
        constraints = period_constraints("district")


class Town(Dated):
    """A town, township or street (乡镇、街道)."""

    district = models.CharField("区划", max_length=32)

    class Meta:
        verbose_name = "乡镇街道"
        ordering = ["code", "pk"]
        constraints = period_constraints("town")


class Community(Dated):
    """An enterprise community, led by one unit (企业社区)."""

    district = models.CharField("区划", max_length=32)
    head_unit = models.CharField("牵头单位", max_length=64, blank=True)

    class Meta:
        verbose_name = "企业社区"
        ordering = ["code", "pk"]
        constraints = period_constraints("community")


class Grid(Dated):
    """A grid of a community and the rule that puts enterprises into it (网格).

    The three lists hold codes; an empty list admits all. An enterprise belongs to the grid of
    the highest priority that admits it.
    """

    community = models.CharField("企业社区", max_length=32)
    towns = models.JSONField("乡镇", default=list)
    zones = models.JSONField("功能区", default=list)
    industries = models.JSONField("行业", default=list)
    priority = models.IntegerField("优先级", default=0)

    class Meta:
        verbose_name = "网格"
        ordering = ["code", "pk"]
        constraints = period_constraints("grid")
