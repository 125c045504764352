"""Taking a list out of the house (导出)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yanzhen.apps.accounts.models import User
from yanzhen.apps.insight.selectors import EnterpriseFilter, enterprises
from yanzhen.apps.journal.services import record
from yanzhen.apps.organizations.city import current_city
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.industries import words_of
from yanzhen.web.excel import Heading, workbook

EXPORT_MOST = 5000
HEADINGS = (
    Heading("统一社会信用代码", 22), Heading("企业名称", 36), Heading("主体类别", 12),
    Heading("登记状态", 10), Heading("成立日期", 12), Heading("区县", 10), Heading("行业代码", 10),
    Heading("行业", 24), Heading("企业社区", 18),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """A workbook and its name."""

    name: str
    content: bytes


@transaction.atomic
def export_enterprises(user: User, asked: EnterpriseFilter, *, now: datetime) -> Export:
    """The list under a filter as a workbook; what was taken is journalled.

    Raises:
        DomainError: more rows than may be taken out without approval.
    """
    rows = enterprises(user, asked)
    count = rows.count()
    if count > EXPORT_MOST:
        raise DomainError(
            f"这次筛选有 {count:,} 家，超过可直接导出的 {EXPORT_MOST:,} 家。请再加一个条件。"
        )
    city = current_city()
    names = {d.code: d.name for d in city.districts}
    communities = {c.id: c.name for c in city.communities}
    content = workbook(
        f"{city.label.zh}企业名单",
        HEADINGS,
        (
            (
                e.uscc, e.name, e.kind, e.status, e.founded_on, names.get(e.district, e.district),
                e.industry, words_of(e.industry), communities.get(e.community, e.community),
            )
            for e in rows.iterator(chunk_size=2000)
        ),
        unit=user.unit or city.label.zh,
        made_on=now.date(),
        watermark=f"{user} {now:%Y-%m-%d %H:%M}",
    )  # fmt: skip
    record("enterprises.exported", ("enterprise_list", ""), by=user, rows=count)
    return Export(f"{city.label.zh}企业名单{now:%Y%m%d}", content)
