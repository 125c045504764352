"""Pages of a list (分页)."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from yanzhen.web.access import Request


def page_of(
    request: Request,
    rows: "Sequence[Any] | QuerySet[Any]",
    size: int,
    *,
    count: int | None = None,
) -> "Page[Any]":
    """The page that ``?page=`` asks for; a page that does not exist becomes the nearest one.

    A caller that has counted the rows already says so with ``count``, which saves a query.
    """
    paginator = Paginator(rows, size)
    if count is not None:
        vars(paginator)["count"] = count
    return paginator.get_page(request.GET.get("page"))
