"""E7: the facts that the city holds of one enterprise, with their sources."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yanzhen.apps.facts.own import own_enterprise
from yanzhen.apps.insight import selectors
from yanzhen.web.access import Request, permit
from yanzhen.web.screen import screen


@permit("own.facts")
@require_GET
def mine(request: Request) -> HttpResponse:
    """Every fact with value, source system and day; what is missing says which office has it."""
    own = own_enterprise(request.user, request.GET.get("e", ""))
    if own is None:
        return screen(request, "web/no_enterprise.html", {})
    values = selectors.facts_of(own.enterprise, timezone.localdate())
    context = {
        "own": own,
        "enterprise": own.enterprise,
        "blocks": selectors.fact_blocks(values),
        "gaps": selectors.gaps_of(values),
        "known": sum(v.known for v in values),
        "total": len(values),
    }
    return screen(request, "insight/mine.html", context)
