"""Who uses yanzhen (十二类使用者; the security and audit administrators are two people)."""

from django.db.models import TextChoices


class Role(TextChoices):
    """One role a person; what each may do stands in ``rules.MAY``."""

    OWNER = "owner", "小微企业主"
    FINANCE = "finance", "企业财务"
    GRID = "grid", "网格员"
    COMMUNITY = "community", "社区长"
    HANDLER = "handler", "部门经办"
    ANALYST = "analyst", "部门分析员"
    BANK = "bank", "银行客户经理"
    GUARANTEE = "guarantee", "担保机构经办"
    PARK = "park", "园区运营"
    LEADER = "leader", "市领导"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"
