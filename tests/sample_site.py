"""A small site on the sample city: eight enterprises, their data loaded, a snapshot of a day."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import EnterpriseLink, User
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.facts.services import load_file, make_snapshot
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.organizations.services import load_organizations
from yanzhen.apps.territory.services import load_territory
from yanzhen.kernel.identifiers import make_uscc

DAY = date(2026, 11, 23)
NAMES = ("精工", "轴承", "门业", "电器", "针织", "新材", "纸业", "小吃店")


@dataclass(frozen=True)
class SampleSite:
    """What the tests need to know of the site."""

    usccs: tuple[str, ...]
    snapshot: Snapshot
    owner: User
    analyst: User


def build_site(folder: Path) -> SampleSite:
    """Load the sample city, eight enterprises and five data sets, and make the snapshot.

    The first enterprise is an industrial one listed in 2024 with 30 million yuan of revenue; the
    second is like it but with no tax return; the third is small; the last a snack bar.
    """
    city = current_city()
    load_organizations(city, on=date(2020, 1, 1))
    load_territory(city, on=date(2020, 1, 1))
    usccs = tuple(
        make_uscc("9", "2" if name == "小吃店" else "1", "999901", f"MA00000{n}")
        for n, name in enumerate(NAMES)
    )
    folder.mkdir(parents=True, exist_ok=True)
    _load(folder, "registration", date(2026, 11, 22), _register(usccs))
    _load(folder, "tax_annual", date(2025, 12, 31), _taxes(usccs))
    _load(folder, "statistics", date(2026, 10, 31), _statistics(usccs))
    sixth = {"统一社会信用代码": usccs[5], "企业名称": _full_name(NAMES[5])}
    _load(folder, "credit_list", date(2026, 11, 20), [{**sixth, "严重失信": "是"}])
    _load(folder, "support", date(2026, 11, 20), [{**sixth, "已获小升规奖励": "是"}])
    snapshot = make_snapshot(DAY, by=None)
    owner = User.objects.create_user("owner", role=Role.OWNER, password="x")
    analyst = User.objects.create_user(
        "analyst", role=Role.ANALYST, password="x", unit="sample-economy"
    )
    EnterpriseLink.objects.create(user=owner, uscc=usccs[0])
    return SampleSite(usccs, snapshot, owner, analyst)


def _full_name(name: str) -> str:
    return f"样例市东湖区{name}" if name == "小吃店" else f"样例市样例{name}有限公司"


def _register(usccs: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {
            "统一社会信用代码": uscc,
            "企业名称": _full_name(name),
            "主体类别": "个体工商户" if name == "小吃店" else "企业",
            "成立日期": "2015-03-01",
            "登记状态": "存续",
            "注册资本": "500",
            "行业门类": "H" if name == "小吃店" else "C",
            "行业大类": "62" if name == "小吃店" else "34",
            "行业代码": "6241" if name == "小吃店" else "3451",
            "所在区县": "999901",
            "功能区": "",
            "所在乡镇": "999901001" if n % 2 else "999901002",
            "法定代表人": "甲某某",
            "登记地址": "湖滨路 1 号",
            "联系电话": "13800001234",
        }
        for n, (uscc, name) in enumerate(zip(usccs, NAMES, strict=True))
    ]


def _taxes(usccs: tuple[str, ...]) -> list[dict[str, str]]:
    revenues = ("30000000", None, "900000", "150000000", "21000000", "8000000", "40000000", None)
    return [
        {
            "统一社会信用代码": uscc,
            "企业名称": _full_name(name),
            "营业收入": revenue,
            "上年营业收入": "15000000",
            "资产总额": "1000",
            "研发费用": "1000000",
        }
        for uscc, name, revenue in zip(usccs, NAMES, revenues, strict=True)
        if revenue
    ]


def _statistics(usccs: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {
            "统一社会信用代码": uscc,
            "企业名称": _full_name(name),
            "从业人员": "60",
            "规上": "是",
            "首次入库日期": "2024-02-01",
        }
        for uscc, name in list(zip(usccs, NAMES, strict=True))[:5]
    ]


def _load(folder: Path, dataset: str, as_of: date, rows: list[dict[str, str]]) -> None:
    path = folder / f"{dataset}.csv"
    headings = [column.name for column in current_city().datasets[dataset].columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)
    load_file(path, dataset, as_of=as_of, received_on=date(2026, 11, 22), by=None)
