"""Pages of a list (分页)."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from yanzhen.web.access import Request


def page_of(request: Request, rows: "Sequence[Any] | QuerySet[Any]", size: int) -> "Page[Any]":
    """The page that ``?page=`` asks for; a page that does not exist becomes the nearest one."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
