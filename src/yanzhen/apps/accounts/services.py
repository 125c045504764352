"""Accounts of the demonstration (演示账号)."""

from dataclasses import dataclass

from django.db import transaction

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import EnterpriseLink, User

DEMO_PASSWORD = "yanzhen-demo-2026"  # noqa: S105 -- printed on the sign-in page of a demonstration


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demonstration; ``title`` names a post, never a person."""

    username: str
    role: Role
    title: str


DEMO_ACCOUNTS = (
    DemoAccount("owner", Role.OWNER, "小微企业主"),
    DemoAccount("finance", Role.FINANCE, "企业财务"),
    DemoAccount("grid", Role.GRID, "网格员"),
    DemoAccount("community", Role.COMMUNITY, "社区长"),
    DemoAccount("handler", Role.HANDLER, "经信局经办"),
    DemoAccount("analyst", Role.ANALYST, "经信局分析员"),
    DemoAccount("bank", Role.BANK, "银行客户经理"),
    DemoAccount("guarantee", Role.GUARANTEE, "担保机构经办"),
    DemoAccount("park", Role.PARK, "园区运营"),
    DemoAccount("leader", Role.LEADER, "市领导"),
    DemoAccount("system", Role.SYSTEM, "系统管理员"),
    DemoAccount("security", Role.SECURITY, "安全管理员"),
    DemoAccount("audit", Role.AUDIT, "审计管理员"),
)


@transaction.atomic
def make_demo_accounts(*, unit: str, community: str, grid: str, usccs: list[str]) -> list[User]:
    """Make or renew the accounts of the demonstration; running it again changes nothing.

    Args:
        unit: id of the department of the handler and the analyst.
        community: id of the community head's community.
        grid: id of the grid officer's grid.
        usccs: enterprises that the owner (the first) and the finance officer (all) act for.
    """
    users = []
    for account in DEMO_ACCOUNTS:
        user = User.objects.filter(username=account.username).first() or User(
            username=account.username
        )
        user.role, user.title = account.role, account.title
        if account.role in {Role.HANDLER, Role.ANALYST}:
            user.unit = unit
        if account.role == Role.COMMUNITY:
            user.community = community
        if account.role == Role.GRID:
            user.community, user.grid = community, grid
        if not user.has_usable_password() or not user.check_password(DEMO_PASSWORD):
            user.set_password(DEMO_PASSWORD)
        user.save()
        users.append(user)
        acts_for = {Role.OWNER: usccs[:1], Role.FINANCE: usccs}.get(account.role, [])
        EnterpriseLink.objects.filter(user=user).exclude(uscc__in=acts_for).delete()
        for uscc in acts_for:
            EnterpriseLink.objects.get_or_create(user=user, uscc=uscc)
    return users
