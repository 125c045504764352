"""One way to show a page, whole or in part (页面)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from yanzhen.web.access import Request


def screen(
    request: Request,
    template: str,
    context: dict[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``; for an htmx request only its partial ``part``, if it has one."""
    name = f"{template}#{part}" if part and request.htmx else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
