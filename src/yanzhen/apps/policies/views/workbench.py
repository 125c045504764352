"""S7: policies and decisions read as tables; everything run on everyone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yanzhen.apps.decisions.models import Run
from yanzhen.apps.decisions.selectors import latest_run, open_run, runs
from yanzhen.apps.decisions.services import cancel_run, queue_run
from yanzhen.apps.decisions.tasks import run_everyone
from yanzhen.apps.policies import boards, reading, selectors
from yanzhen.kernel.errors import DomainError
from yanzhen.web.access import Request, permit
from yanzhen.web.paging import page_of
from yanzhen.web.screen import screen

ROWS = 50


@permit("policy.read")
@require_GET
def workshop(request: Request) -> HttpResponse:
    """Every clause with how many may have it and what it costs, from the newest run."""
    today = timezone.localdate()
    asked = selectors.CatalogueFilter(
        text=request.GET.get("q", "").strip()[:80],
        level=request.GET.get("level", ""),
        theme=request.GET.get("theme", ""),
        mode=request.GET.get("mode", ""),
    )
    run = latest_run()
    lines = boards.clause_lines(selectors.catalogue(asked, today), run)
    context = {
        "asked": asked,
        "page": page_of(request, lines, ROWS),
        "choices": selectors.catalogue_choices(today),
        "run": run,
        "open_run": open_run(),
        "totals": boards.totals(lines),
        "decisions": reading.decision_list(),
        "may_run": request.user.may("policy.run"),
    }
    return screen(request, "policies/workshop.html", context, part="rows")


@permit("policy.read")
@require_GET
def clause_board(request: Request, policy_id: str, clause_id: str) -> HttpResponse:
    """One clause: its conditions and, from the newest run, winners and cost by group."""
    today = timezone.localdate()
    offer = selectors.offer_named(policy_id, clause_id, today)
    if offer is None:
        raise Http404
    run = latest_run()
    context = {
        "offer": offer,
        "versions": selectors.versions_of(policy_id, clause_id),
        "run": run,
        "boards": boards.boards_of(offer, run) if run else [],
        "line": boards.clause_lines([offer], run)[0],
    }
    return screen(request, "policies/clause_board.html", context)


@permit("policy.read")
@require_GET
def decision_detail(request: Request, name: str) -> HttpResponse:
    """One decision in all its versions, read as tables, with its examples."""
    found = reading.decision_page(name)
    if found is None:
        raise Http404
    return screen(request, "policies/decision_detail.html", {"found": found})


@permit("policy.read")
@require_GET
def run_list(request: Request) -> HttpResponse:
    """Runs over everyone, newest first."""
    context = {
        "page": page_of(request, runs(), ROWS),
        "open_run": open_run(),
        "may_run": request.user.may("policy.run"),
    }
    return screen(request, "policies/run_list.html", context)


@permit("policy.read")
@require_GET
def run_detail(request: Request, pk: int) -> HttpResponse:
    """One run: progress while it is open, then rules, data, result and hashes."""
    run = get_object_or_404(runs(), pk=pk)
    context = {"run": run, "may_run": request.user.may("policy.run")}
    return screen(request, "policies/run_detail.html", context, part="state")


@permit("policy.run")
@require_POST
def run_start(request: Request) -> HttpResponse:
    """Ask for a run of everything on everyone."""
    try:
        run = queue_run(day=timezone.localdate(), by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("policies:run_list")
    run_everyone.enqueue(run.pk)
    messages.info(request, _("已发起全员计算，可以离开本页，结果会保留。"))
    return redirect(run)


@permit("policy.run")
@require_POST
def run_cancel(request: Request, pk: int) -> HttpResponse:
    """Stop a run."""
    run = get_object_or_404(Run, pk=pk)
    try:
        cancel_run(run.pk, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(run)
