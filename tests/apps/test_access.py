"""Default-deny: every address has a permission, and nobody gets where the table does not let."""

from itertools import product

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.accounts.rules import MAY, PUBLIC
from yanzhen.web.access import PUBLIC_PREFIX, permission_of

EXAMPLES = {
    "policy_id": "listing",
    "clause_id": "a",
    "name": "size",
    "pk": "1",
    "uscc": "91999900MA0000000X",
    "old": "1",
    "new": "2",
}


def _patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


def _address(route):
    for name, value in EXAMPLES.items():
        for kind in ("slug", "int", "str"):
            route = route.replace(f"<{kind}:{name}>", value)
    return "/" + route


ADDRESSES = [(_address(route), entry) for route, entry in _patterns(get_resolver())]


@pytest.mark.parametrize(("address", "entry"), ADDRESSES, ids=[a for a, _ in ADDRESSES])
def test_every_address_declares_a_known_permission(address, entry):
    permission = permission_of(entry.callback)

    assert permission is not None, f"{address} declares no permission and is closed to everybody"
    known = PUBLIC | frozenset().union(*MAY.values())
    assert permission in known
    assert "<" not in address, "give an example for the new parameter"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "entry"), ADDRESSES, ids=[a for a, _ in ADDRESSES])
def test_a_visitor_reaches_only_public_addresses(client, address, entry):
    answer = client.get(address)

    if permission_of(entry.callback).startswith(PUBLIC_PREFIX):
        assert answer.status_code != 403
        assert "/account/sign-in/?next=" not in answer.headers.get("Location", "")
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_what_the_table_lets_it_and_nothing_else(client, role):
    """Every address × role: 403 exactly where the permission is missing."""
    user = User.objects.create_user("someone", role=role, password="x")
    client.force_login(user)

    for address, entry in ADDRESSES:
        permission = permission_of(entry.callback)
        allowed = permission.startswith(PUBLIC_PREFIX) or permission in MAY[role]
        refused = client.get(address).status_code == 403
        assert refused is not allowed, (role, address, permission)


def test_the_table_is_walked_whole():
    assert len(list(product(ADDRESSES, Role))) >= 13 * 20
