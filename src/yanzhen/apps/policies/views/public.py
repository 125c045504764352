"""E0: the public catalogue of policies."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yanzhen.apps.policies import selectors
from yanzhen.web.access import Request, permit
from yanzhen.web.paging import page_of
from yanzhen.web.screen import screen

SHOWN = 24


@permit("public:catalogue")
@require_GET
def catalogue(request: Request) -> HttpResponse:
    """Every clause in force, searched by words and narrowed by level, theme and way of payment."""
    today = timezone.localdate()
    asked = selectors.CatalogueFilter(
        text=request.GET.get("q", "").strip()[:80],
        level=request.GET.get("level", ""),
        theme=request.GET.get("theme", ""),
        mode=request.GET.get("mode", ""),
        region=request.GET.get("region", ""),
    )
    offers = selectors.catalogue(asked, today)
    context = {
        "asked": asked,
        "page": page_of(request, offers, SHOWN),
        "choices": selectors.catalogue_choices(today),
        "today": today,
    }
    return screen(request, "policies/catalogue.html", context)


@permit("public:catalogue")
@require_GET
def policy_detail(request: Request, policy_id: str) -> HttpResponse:
    """One policy with its clauses, conditions, dates and source."""
    found = selectors.policy_page(policy_id, timezone.localdate())
    if found is None:
        raise Http404
    return screen(request, "policies/policy_detail.html", {"found": found})
