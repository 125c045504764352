"""Who may do what (权限): one table, default-deny.

A permission is a plain name. Every view declares one with ``web.access.permit``; a view that
declares none answers 403 to everybody. Names that begin with ``public:`` are open to
visitors without an account; ``PUBLIC`` lists them.
"""

from typing import Final

from yanzhen.apps.accounts.enums import Role

PUBLIC: Final = frozenset(
    {"public:catalogue", "public:sign-in", "public:health", "public:preferences", "public:home"}
)

_EVERYBODY: Final = PUBLIC | {"account.sign_out", "home.read"}
_OWN_ENTERPRISE: Final = _EVERYBODY | {"own.policies", "own.facts"}
_STAFF: Final = _EVERYBODY | {"enterprise.list", "enterprise.read", "enterprise.export"}
_DEPARTMENT: Final = _STAFF | {"policy.read", "city.read", "data.read"}

MAY: Final[dict[Role, frozenset[str]]] = {
    Role.OWNER: _OWN_ENTERPRISE,
    Role.FINANCE: _OWN_ENTERPRISE,
    Role.GRID: _STAFF,
    Role.COMMUNITY: _STAFF | {"policy.read"},
    Role.HANDLER: _DEPARTMENT,
    Role.ANALYST: _DEPARTMENT | {"policy.run", "data.load"},
    Role.BANK: _EVERYBODY,
    Role.GUARANTEE: _EVERYBODY,
    Role.PARK: _EVERYBODY,
    Role.LEADER: _STAFF | {"policy.read"},
    Role.SYSTEM: _EVERYBODY | {"city.read", "data.read"},
    Role.SECURITY: _EVERYBODY,
    Role.AUDIT: _EVERYBODY | {"journal.read"},
}


def permissions_of(role: str) -> frozenset[str]:
    """Everything that a holder of ``role`` may do; nothing for an unknown role."""
    return MAY.get(Role(role), frozenset()) if role in Role.values else frozenset()
