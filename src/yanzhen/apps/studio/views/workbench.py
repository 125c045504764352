"""A3: the city folder, its check, versions and differences; A2: data sets and their freshness."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from yanzhen.apps.facts.selectors import freshness
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.studio import selectors
from yanzhen.apps.studio.models import CityVersion
from yanzhen.kernel.errors import PackError
from yanzhen.web.access import Request, permit
from yanzhen.web.screen import screen


@permit("city.read")
@require_GET
def city(request: Request) -> HttpResponse:
    """What the folder holds and whether it is sound; every version this site has run on."""
    check = selectors.check_current()
    context = {
        "check": check,
        "contents": selectors.contents(check.city) if check.city else [],
        "versions": selectors.versions(),
    }
    return screen(request, "studio/city.html", context)


@permit("city.read")
@require_GET
def city_diff(request: Request, old: int, new: int) -> HttpResponse:
    """What changed between two versions, in words."""
    before, after = get_object_or_404(CityVersion, pk=old), get_object_or_404(CityVersion, pk=new)
    try:
        changes, faults = selectors.changes_between(before, after), []
    except PackError as error:
        changes, faults = [], error.faults
    context = {"old": before, "new": after, "changes": changes, "faults": faults}
    return screen(request, "studio/city_diff.html", context)


@permit("data.read")
@require_GET
def data(request: Request) -> HttpResponse:
    """Every source data set: owner, last load, how old, whether it is late, what was refused."""
    board = freshness(current_city(), timezone.localdate())
    return screen(request, "studio/data.html", {"board": board})
