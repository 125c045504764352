"""The registry as look-up tables, kept in memory until the registry changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db import connection
from django.db.models import Q

from yanzhen.apps.arrow import Values, pa
from yanzhen.apps.enterprises.enums import IdentifierKind
from yanzhen.apps.enterprises.models import (
    Enterprise,
    EnterpriseName,
    Identifier,
    RegistryState,
)

_ORGANIZATION_CODE = slice(8, 17)
INDIVIDUAL = "92"
"""How the codes of individual businesses begin (个体工商户)."""


@dataclass(frozen=True)
class RegistryIndex:
    """Every enterprise by code and name.

    Attributes:
        usccs: shape (n,), present unified codes in order.
        names: shape (n,), present names.
        keys: shape (n,), keys of the present names.
        former: former names and their keys, by row.
        owners: present owner of each individual business, by row.
        numbers: row by old registration number, organization code outside the unified code,
            and former unified code.
    """

    usccs: Values
    names: Values
    keys: Values
    former: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, int]:
        """Row by unified code."""
        return {code: row for row, code in enumerate(self.usccs.to_pylist())}

    @cached_property
    def by_organization_code(self) -> dict[str, list[int]]:
        """Rows by the organization code inside the unified code."""
        return _grouped((code[_ORGANIZATION_CODE], i) for i, code in enumerate(self._codes))

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Rows by present or former name, letter for letter."""
        pairs = [(name, row) for row, name in enumerate(self.names.to_pylist())]
        pairs += [(name, row) for row, old in self.former.items() for name, _ in old]
        return _grouped(pairs)

    @cached_property
    def _codes(self) -> list[str]:
        codes: list[str] = self.usccs.to_pylist()
        return codes

    def names_of(self, row: int) -> list[tuple[str, str]]:
        """Present name and key of an enterprise, then former ones."""
        present = (self.names[row].as_py(), self.keys[row].as_py())
        return [present, *self.former.get(row, ())]


def registry_index() -> RegistryIndex:
    """The registry as it is now; read again only when its revision changed."""
    state = RegistryState.objects.filter(pk=1).first()
    database = str(connection.settings_dict["NAME"])
    return _read(database, "" if state is None else state.revision)


@lru_cache(maxsize=1)
def _read(_database: str, _revision: str) -> RegistryIndex:
    rows = Enterprise.objects.order_by("uscc").values_list("pk", "uscc", "name", "name_key")
    found = list(zip(*rows.iterator(chunk_size=20_000), strict=True)) or [(), (), (), ()]
    row_of = {pk: row for row, pk in enumerate(found[0])}
    usccs, names, keys = (pa.array(texts, pa.string()) for texts in found[1:])
    return RegistryIndex(
        usccs, names, keys, _former_names(row_of), _old_numbers(row_of), _owners(row_of)
    )


def _former_names(row_of: dict[int, int]) -> dict[int, list[tuple[str, str]]]:
    rows = EnterpriseName.objects.filter(end__isnull=False).order_by("-start")
    found: dict[int, list[tuple[str, str]]] = {}
    for key, name, name_key in rows.values_list("enterprise_id", "name", "name_key"):
        found.setdefault(row_of[key], []).append((name, name_key))
    return found


def _old_numbers(row_of: dict[int, int]) -> dict[str, list[int]]:
    old = ~Q(kind=IdentifierKind.USCC) | Q(end__isnull=False)
    rows = Identifier.objects.filter(old).values_list("code", "enterprise_id")
    return _grouped((code, row_of[key]) for code, key in rows)


def _owners(row_of: dict[int, int]) -> dict[int, str]:
    rows = Enterprise.objects.filter(uscc__startswith=INDIVIDUAL).exclude(representative="")
    return {row_of[key]: name for key, name in rows.values_list("pk", "representative")}


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for text, row in pairs:
        rows = found.setdefault(text, [])
        if row not in rows:
            rows.append(row)
    return found
