"""Two things a visitor may choose without an account: language and elder mode (语言、长者版)."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yanzhen.web.access import Request, permit

A_YEAR = 365 * 24 * 3600


def _back(request: Request) -> HttpResponseRedirect:
    """To where the form was, never to another host."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")


@permit("public:preferences")
@require_POST
def language(request: Request) -> HttpResponse:
    """Choose the language of the interface; an unknown one changes nothing."""
    response = _back(request)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=A_YEAR, samesite="Lax", httponly=True
        )
    return response


@permit("public:preferences")
@require_POST
def elder(request: Request) -> HttpResponse:
    """Turn elder mode on or off: larger text, larger targets."""
    response = _back(request)
    on = "1" if request.POST.get("elder") == "1" else "0"
    response.set_cookie("elder", on, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response
