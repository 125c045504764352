"""S5: enterprises as list, schematic map and table; S3: one enterprise from all sides."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yanzhen.apps.insight import selectors, services
from yanzhen.kernel.errors import DomainError
from yanzhen.web.access import Request, permit
from yanzhen.web.excel import download
from yanzhen.web.paging import page_of
from yanzhen.web.screen import screen

ROWS = 50


@permit("enterprise.list")
@require_GET
def enterprise_list(request: Request) -> HttpResponse:
    """Enterprises under one filter: as a map by district and as a list."""
    asked = selectors.EnterpriseFilter.of(request.GET)
    drawn, table = selectors.district_map(request.user, asked)
    total, counts = selectors.counts_of(request.user, asked)
    context = {
        "asked": asked,
        "page": page_of(request, selectors.enterprises(request.user, asked), ROWS, count=total),
        "map": drawn,
        "table": table,
        "counts": counts,
        "total": total,
        "may_export": request.user.may("enterprise.export"),
        "choices": selectors.filter_choices(),
        "most": services.EXPORT_MOST,
    }
    return screen(request, "insight/enterprise_list.html", context, part="rows")


@permit("enterprise.export")
@require_GET
def enterprise_export(request: Request) -> HttpResponse:
    """The list as a workbook, under the same filter and the same rights."""
    asked = selectors.EnterpriseFilter.of(request.GET)
    try:
        made = services.export_enterprises(request.user, asked, now=timezone.localtime())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('insight:enterprise_list')}?{request.GET.urlencode()}")
    return download(made.name, made.content)


@permit("enterprise.read")
@require_GET
def enterprise_detail(request: Request, uscc: str) -> HttpResponse:
    """One enterprise as of a day: registry over time, facts with sources, verdicts."""
    today = timezone.localdate()
    day, wrong = _day(request.GET.get("on", ""), today)
    page = selectors.page_360(request.user, uscc, day)
    if page is None:
        raise Http404
    context = {"page360": page, "today": today, "wrong_day": wrong}
    return screen(request, "insight/enterprise_detail.html", context)


@permit("enterprise.read")
@require_GET
def enterprise_verdict(request: Request, uscc: str, policy_id: str, clause_id: str) -> HttpResponse:
    """Why one enterprise may or may not have one clause, condition by condition."""
    today = timezone.localdate()
    day, wrong = _day(request.GET.get("on", ""), today)
    found = selectors.verdict_of(request.user, uscc, policy_id, clause_id, day)
    if found is None:
        raise Http404
    enterprise, verdict = found
    context = {
        "enterprise": enterprise,
        "verdict": verdict,
        "day": day,
        "today": today,
        "wrong_day": wrong,
        "may_policy": request.user.may("policy.read"),
    }
    return screen(request, "insight/enterprise_verdict.html", context)


def _day(text: str, today: date) -> tuple[date, str]:
    """The day asked for and, where it cannot be read or is still to come, what is wrong."""
    if not text:
        return today, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, _("“%s” 不是日期，请写成 2026-11-23 的样子；现按今天显示。") % text[:20]
    if day > today:
        return today, _("不能查看将来的日期；现按今天显示。")
    return day, ""
