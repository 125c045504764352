"""Reading the registry: first what the reader may see, then what is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.enterprises.models import (
    Enterprise,
    EnterpriseAddress,
    EnterpriseName,
    GridMembership,
    Identifier,
    Representative,
    Succession,
)
from yanzhen.apps.enterprises.register import GONE
from yanzhen.apps.enterprises.words import plain, postgresql_query, sqlite_query
from yanzhen.apps.organizations.selectors import district_of_unit
from yanzhen.apps.periods import holding_on
from yanzhen.kernel.normalize import normalize_text

_OWN = frozenset({Role.OWNER, Role.FINANCE})
_EVERYWHERE = frozenset({Role.LEADER})
_BY_UNIT = frozenset({Role.HANDLER, Role.ANALYST})


def enterprises_for(user: User) -> QuerySet[Enterprise]:
    """Enterprises that ``user`` may see, in order of code.

    Owners and finance officers see those they act for, a grid officer the grid, a community head
    the community, departments their county or the whole city, leaders everyone; others nobody.
    """
    everyone = Enterprise.objects.order_by("uscc")
    if user.role in _OWN:
        return everyone.filter(uscc__in=user.enterprise_usccs())
    if user.role == Role.GRID and user.grid:
        return everyone.filter(grid=user.grid)
    if user.role == Role.COMMUNITY and user.community:
        return everyone.filter(community=user.community)
    if user.role in _BY_UNIT and user.unit:
        return _of_department(everyone, district_of_unit(user.unit))
    if user.role in _EVERYWHERE:
        return everyone
    return everyone.none()


def _of_department(everyone: QuerySet[Enterprise], district: str) -> QuerySet[Enterprise]:
    """A county's department sees its county, a zone's its zone, the city's everyone."""
    if not district:
        return everyone.none()
    if district.endswith("00"):
        return everyone
    return everyone.filter(Q(district=district) | Q(zone=district))


def search_enterprises(text: str, within: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """Enterprises of ``within`` whose present or former name or code holds ``text``.

    Names are found by any piece of one character and more, codes (unified, organization code,
    old number) by their beginning. First come equal codes and names, then names that begin with
    the text; those that are gone come last. An empty text finds everyone.
    """
    words = plain(text)
    if not words:
        return within
    if connection.vendor == "postgresql":
        hits = RawSQL(
            "SELECT id FROM enterprises_search WHERE words @@ to_tsquery('simple', %s)",
            [postgresql_query(words)],
        )
    else:
        hits = RawSQL(
            "SELECT rowid FROM enterprises_search WHERE enterprises_search MATCH %s",
            [sqlite_query(words)],
        )
    given = normalize_text(text).value
    nearness = Case(
        When(uscc=given.upper(), then=Value(0)),
        When(name=given, then=Value(1)),
        When(status__in=GONE, then=Value(4)),
        When(name__startswith=given, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return within.filter(pk__in=hits).order_by(nearness, "name", "uscc")


def enterprise_for(user: User, code: str) -> Enterprise | None:
    """The enterprise with the present or former ``code`` (18, 15 or 9 characters), if visible."""
    visible = enterprises_for(user)
    wanted = plain(code).upper()
    found = visible.filter(uscc=wanted).first()
    return found or visible.filter(identifiers__code=wanted).order_by("uscc").first()


def unassigned_enterprises(user: User, day: date) -> QuerySet[Enterprise]:
    """Enterprises that stood on ``day`` and belonged to no grid (未归属网格).

    With those that belong to one they are everybody: the database lets nobody be in two.
    """
    members = GridMembership.objects.filter(holding_on(day), enterprise=OuterRef("pk"))
    return enterprises_for(user).filter(standing_on(day), ~Exists(members))


def standing_on(day: date) -> Q:
    """The filter for enterprises founded by ``day`` and not gone on it."""
    founded = Q(founded_on__isnull=True) | Q(founded_on__lte=day)
    still = Q(closed_on__gt=day) | (Q(closed_on__isnull=True) & ~Q(status__in=GONE))
    return founded & still


@dataclass(frozen=True, slots=True)
class EnterpriseOn:
    """What the registry held of an enterprise on one day; None where it held nothing."""

    enterprise: Enterprise
    day: date
    name: EnterpriseName | None
    address: EnterpriseAddress | None
    representative: Representative | None
    grid: GridMembership | None
    identifiers: tuple[Identifier, ...]


def enterprise_on(enterprise: Enterprise, day: date) -> EnterpriseOn:
    """The enterprise as it was on ``day``; ``enterprise`` comes from a selector: five queries."""
    when = holding_on(day)
    return EnterpriseOn(
        enterprise,
        day,
        enterprise.names.filter(when).first(),
        enterprise.addresses.filter(when).first(),
        enterprise.representatives.filter(when).first(),
        enterprise.grids.filter(when).first(),
        tuple(enterprise.identifiers.filter(when).order_by("kind")),
    )


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that changed in an enterprise, oldest first (沿革)."""

    names: tuple[EnterpriseName, ...]
    addresses: tuple[EnterpriseAddress, ...]
    representatives: tuple[Representative, ...]
    grids: tuple[GridMembership, ...]
    identifiers: tuple[Identifier, ...]
    predecessors: tuple[Succession, ...]
    successors: tuple[Succession, ...]


def story_of(enterprise: Enterprise) -> Story:
    """All periods of an enterprise, and whom it came from and went to: seven queries."""
    after = Succession.objects.filter(predecessor=enterprise.uscc).select_related("successor")
    return Story(
        tuple(enterprise.names.order_by("start")),
        tuple(enterprise.addresses.order_by("start")),
        tuple(enterprise.representatives.order_by("start")),
        tuple(enterprise.grids.order_by("start")),
        tuple(enterprise.identifiers.order_by("start", "kind")),
        tuple(enterprise.predecessors.select_related("successor")),
        tuple(after),
    )


def count_by(enterprises: QuerySet[Enterprise], field: str) -> dict[str, int]:
    """How many of ``enterprises`` have each value of ``field``, in order of value."""
    rows: Iterable[tuple[str, int]] = (
        enterprises.order_by(field).values_list(field).annotate(n=Count("pk"))
    )
    return dict(rows)
