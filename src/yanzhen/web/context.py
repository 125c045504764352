"""What every page needs (外壳上下文)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from yanzhen.web import nav


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation of this person, and whether this is a demonstration."""
    if not hasattr(request, "user"):
        return {}
    return {
        "rail": nav.links(request, "rail"),
        "bottom": nav.links(request, "bottom"),
        "demo": settings.YANZHEN_DEMO,
        "elder": request.COOKIES.get("elder") == "1",
    }
