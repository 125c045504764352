"""Signing in and out, and the way from ``/`` to one's own first page."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yanzhen.apps.accounts.forms import SignInForm
from yanzhen.apps.accounts.services import DEMO_ACCOUNTS, DEMO_PASSWORD
from yanzhen.web import nav
from yanzhen.web.access import Request, permit
from yanzhen.web.screen import screen


@permit("public:sign-in")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Account and password; a demonstration also offers its accounts as buttons."""
    form = SignInForm(request, request.POST or None)
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if request.method == "POST" and form.is_valid() and form.user is not None:
        login(request, form.user)
        safe = url_has_allowed_host_and_scheme(
            target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return HttpResponseRedirect(target if safe else "/")
    context = {
        "form": form,
        "next": target,
        "accounts": DEMO_ACCOUNTS if settings.YANZHEN_DEMO else (),
        "password": DEMO_PASSWORD if settings.YANZHEN_DEMO else "",
    }
    status = 422 if form.is_bound else 200
    return screen(request, "accounts/sign_in.html", context, status=status)


@permit("account.sign_out")
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("accounts:sign_in")


@permit("public:home")
@require_GET
def home(request: Request) -> HttpResponse:
    """A visitor sees the catalogue; everyone else the first page of their navigation."""
    mine = nav.links(request, "bottom") or nav.links(request, "rail")
    return redirect(mine[0].url if mine else "policies:catalogue")
