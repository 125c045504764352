"""Default-deny: a view says which permission it needs, or nobody gets in (访问控制)."""

from collections.abc import Callable
from typing import Any, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
PUBLIC_PREFIX = "public:"
ATTRIBUTE = "permission"


class Person(Protocol):
    """What the shell knows of a signed-in person."""

    is_authenticated: bool

    def may(self, permission: str) -> bool:
        """Whether this person may do what ``permission`` names."""


class Request(HttpRequest):
    """A request whose user answers ``may``."""

    user: Any
    htmx: Any


def permit(permission: str) -> Callable[[View], View]:
    """Declare the permission that a view needs.

    A permission that begins with ``public:`` is open to visitors without an account, such as
    ``public:catalogue``; it stands in the code so that a test can list what is open.
    """

    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, permission)
        return view

    return mark


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission declared by a view, or None if it declares none."""
    return cast("str | None", getattr(view, ATTRIBUTE, None))


class AccessMiddleware:
    """Refuses every view that the person has no declared permission for.

    Visitors are sent to sign in; signed-in people get 403 with a page that says whom to ask.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check happens once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: Request, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let in, send to sign in, or refuse."""
        permission = permission_of(view)
        if permission is not None and permission.startswith(PUBLIC_PREFIX):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if permission is None or not request.user.may(permission):
            raise PermissionDenied
        return None
