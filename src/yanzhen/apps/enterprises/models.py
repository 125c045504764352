"""Enterprises and what was true of them when (市场主体登记).

Periods are closed spans of days: ``start`` and ``end`` both belong to it, ``end`` is empty for
the present. The present values also stand in ``Enterprise`` itself, so that lists and filters
need no join.
"""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from yanzhen.apps.enterprises.enums import IdentifierKind, SuccessionKind
from yanzhen.kernel.money import to_yuan


class Enterprise(models.Model):
    """One market entity: enterprise, individual business or cooperative, as known at present.

    Texts that are codes (``district``, ``zone``, ``town``, ``grid``, ``community``) are codes of
    the city folder, empty where unknown. ``as_of`` is the day from which the present values are
    known to hold. ``fingerprint`` covers every delivered value, so that a daily file of the
    whole register costs only its changes.
    """

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("企业名称", max_length=200)
    kind = models.CharField("主体类别", max_length=20)
    legal_form = models.CharField("登记类型", max_length=60, blank=True)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)
    status = models.CharField("登记状态", max_length=20)
    private = models.BooleanField("民营", null=True)
    registered_capital = models.BigIntegerField("注册资本（分）", null=True, blank=True)
    sector = models.CharField("行业门类", max_length=40, blank=True)
    division = models.PositiveSmallIntegerField("行业大类", null=True, blank=True)
    industry = models.CharField("行业代码", max_length=8, blank=True)
    district = models.CharField("所在区县", max_length=32, blank=True)
    zone = models.CharField("功能区", max_length=32, blank=True)
    town = models.CharField("所在乡镇", max_length=32, blank=True)
    address = models.CharField("登记地址", max_length=240, blank=True)
    representative = models.CharField("法定代表人", max_length=80, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    grid = models.CharField("网格", max_length=32, blank=True)
    community = models.CharField("企业社区", max_length=32, blank=True)
    code_warning = models.BooleanField("代码校验位不符", default=False)
    name_key = models.CharField("名称核心", max_length=200, blank=True)
    first_seen = models.DateField("首次收到")
    as_of = models.DateField("登记信息日期")
    fingerprint = models.CharField("登记内容摘要", max_length=32)

    class Meta:
        verbose_name = "企业"
        ordering = ["uscc"]
        indexes = [
            models.Index(fields=["district", "uscc"], name="enterprise_by_district"),
            models.Index(fields=["grid", "uscc"], name="enterprise_by_grid"),
            models.Index(fields=["community", "uscc"], name="enterprise_by_community"),
            models.Index(fields=["division", "uscc"], name="enterprise_by_division"),
            models.Index(fields=["zone", "uscc"], name="enterprise_by_zone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(closed_on__gte=F("founded_on")),
                name="enterprise_closed_after_founded",
            ),
            models.CheckConstraint(
                condition=Q(grid="", community="") | ~Q(grid=""),
                name="enterprise_community_by_grid",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def registered_capital_yuan(self) -> Decimal | None:
        """Registered capital in yuan (注册资本), None where the register has none."""
        return None if self.registered_capital is None else to_yuan(self.registered_capital)


def _history_constraints(name: str, *, also: tuple[str, ...] = ()) -> list[models.BaseConstraint]:
    """One present row, one row per first day, no period upside down."""
    return [
        models.UniqueConstraint(
            fields=["enterprise", *also],
            condition=Q(end__isnull=True),
            name=f"{name}_one_current",
        ),
        models.UniqueConstraint(fields=["enterprise", *also, "start"], name=f"{name}_one_start"),
        models.CheckConstraint(
            condition=Q(end__isnull=True) | Q(end__gte=F("start")), name=f"{name}_period_forward"
        ),
    ]


class History(models.Model):
    """One value of one enterprise over one period."""

    start = models.DateField("起")
    end = models.DateField("止", null=True, blank=True)

    class Meta:
        abstract = True


class EnterpriseName(History):
    """A name it has or had (名称沿革); the key leaves out region, brackets and legal form."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("企业名称", max_length=200)
    name_key = models.CharField("名称核心", max_length=200)

    class Meta:
        verbose_name = "名称沿革"
        ordering = ["start"]
        constraints = _history_constraints("enterprise_name")

    def __str__(self) -> str:
        return self.name


class EnterpriseAddress(History):
    """A registered address with its district, zone and town (地址沿革)."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="addresses")
    address = models.CharField("登记地址", max_length=240, blank=True)
    district = models.CharField("所在区县", max_length=32, blank=True)
    zone = models.CharField("功能区", max_length=32, blank=True)
    town = models.CharField("所在乡镇", max_length=32, blank=True)

    class Meta:
        verbose_name = "地址沿革"
        ordering = ["start"]
        constraints = _history_constraints("enterprise_address")

    def __str__(self) -> str:
        return self.address


class GridMembership(History):
    """The grid that serves it (网格归属): at most one on any day, also held by a trigger."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="grids")
    grid = models.CharField("网格", max_length=32)
    community = models.CharField("企业社区", max_length=32)

    class Meta:
        verbose_name = "网格归属"
        ordering = ["start"]
        constraints = _history_constraints("grid_membership")

    def __str__(self) -> str:
        return self.grid


class Representative(History):
    """Its legal representative or owner (法定代表人、经营者)."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="representatives"
    )
    name = models.CharField("姓名", max_length=80)

    class Meta:
        verbose_name = "法定代表人"
        ordering = ["start"]
        constraints = _history_constraints("representative")

    def __str__(self) -> str:
        return self.name


class Identifier(History):
    """A code it has or had: unified code, 15-digit number, organization code (代码沿革)."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField("类别", max_length=16, choices=IdentifierKind)
    code = models.CharField("代码", max_length=18, db_index=True)

    class Meta:
        verbose_name = "代码沿革"
        ordering = ["start"]
        constraints = _history_constraints("identifier", also=("kind",))

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """One enterprise came after another (承继关系).

    The predecessor is kept by code: it may have been registered elsewhere or long ago.
    """

    predecessor = models.CharField("前身代码", max_length=18, db_index=True)
    successor = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="predecessors")
    kind = models.CharField("方式", max_length=16, choices=SuccessionKind)
    day = models.DateField("日期")

    class Meta:
        verbose_name = "承继关系"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor_id}"


class RegistryState(models.Model):
    """A mark that every change of the registry replaces: one row, also its writers' lock.

    The mark is random and no counter, so that a change that was rolled back and the next one
    never share it: whoever kept something by the mark never takes one for the other.
    """

    revision = models.CharField("修订标识", max_length=32, blank=True)

    class Meta:
        verbose_name = "登记库状态"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="registry_state_one_row"),
        ]

    def __str__(self) -> str:
        return self.revision
