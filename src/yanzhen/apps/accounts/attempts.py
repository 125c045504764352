"""Guessing passwords is made slow (登录失败限制): counted by account and address, in the cache."""

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest

LIMIT = 5
"""Failures after which an account is closed to an address for a while."""
PAUSE = timedelta(minutes=15)
"""How long, from the first failure on."""


def is_locked(request: HttpRequest, username: str) -> bool:
    """Whether this address must wait before it may try this account again.

    An account that does not exist is locked as well: the answer tells nothing about it.
    """
    return int(cache.get(_key(request, username), 0)) >= LIMIT


def count_failure(request: HttpRequest, username: str) -> None:
    """Remember one wrong pair."""
    key = _key(request, username)
    # a counter that is there keeps its end: failing again does not prolong the pause
    if not cache.add(key, 1, PAUSE.total_seconds()):
        try:
            cache.incr(key)
        except ValueError:
            # it ended between the two calls
            cache.set(key, 1, PAUSE.total_seconds())


def forget_failures(request: HttpRequest, username: str) -> None:
    """Begin anew after a right pair."""
    cache.delete(_key(request, username))


def _key(request: HttpRequest, username: str) -> str:
    address = request.META.get("REMOTE_ADDR", "")
    # hashed: a key may hold any text that somebody types, at one length
    named = hashlib.sha256(f"{address}\n{username.casefold()}".encode()).hexdigest()
    return f"sign-in-failures:{named}"
