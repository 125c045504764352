"""E2: what one enterprise may have, and why."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yanzhen.apps.facts.own import own_enterprise
from yanzhen.apps.policies import selectors
from yanzhen.apps.policies.steps import steps_of
from yanzhen.web.access import Request, permit
from yanzhen.web.screen import screen


@permit("own.policies")
@require_GET
def mine(request: Request) -> HttpResponse:
    """Every policy in force with a verdict: may have, waits for a fact, may not."""
    own = own_enterprise(request.user, request.GET.get("e", ""))
    if own is None:
        return screen(request, "web/no_enterprise.html", {}, status=200)
    today = timezone.localdate()
    verdicts = selectors.verdicts_for(own.values(today), today)
    context = {
        "own": own,
        "enterprise": own.enterprise,
        "groups": selectors.grouped(verdicts),
        "total": sum((v.amount or 0 for v in verdicts if v.holds), start=0),
        "today": today,
    }
    return screen(request, "policies/mine.html", context)


@permit("own.policies")
@require_GET
def mine_detail(request: Request, policy_id: str, clause_id: str) -> HttpResponse:
    """One clause: verdict, amount, and the table of conditions with value, source and article."""
    own = own_enterprise(request.user, request.GET.get("e", ""))
    today = timezone.localdate()
    offer = selectors.offer_named(policy_id, clause_id, today)
    if own is None or offer is None:
        raise Http404
    verdict = selectors.judge(offer, own.values(today), today)
    context = {
        "own": own,
        "enterprise": own.enterprise,
        "verdict": verdict,
        "near": selectors.is_near(verdict),
        "steps": steps_of(offer.clause),
        "today": today,
    }
    return screen(request, "policies/mine_detail.html", context)
