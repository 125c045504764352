"""Where one can go: the entries that apps add to the rail and the bottom bar (导航)."""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Place = Literal["rail", "bottom"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: where it stands, its words, its address and the permission it needs."""

    place: Place
    order: int
    label: "str | Promise"
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as shown to one person."""

    label: "str | Promise"
    url: str
    current: bool


_items: dict[tuple[Place, str], Item] = {}


def register(item: Item) -> None:
    """Add an entry; called from an app's ``ready``."""
    _items[item.place, item.url_name] = item


def links(request: HttpRequest, place: Place) -> list[Link]:
    """The entries that this person may follow, in order; the longest matching one is current."""
    user = request.user
    may = getattr(user, "may", None)
    if may is None:
        return []
    mine = sorted(
        (i for i in _items.values() if i.place == place and may(i.permission)),
        key=lambda item: item.order,
    )
    urls = [reverse(item.url_name) for item in mine]
    here = max((u for u in urls if request.path.startswith(u)), key=len, default="")
    return [Link(i.label, u, u == here) for i, u in zip(mine, urls, strict=True)]
