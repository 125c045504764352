"""Identifiers of businesses (主体标识): unified, registration and organization codes.

A failing check digit is a warning and keeps the record, because some codes that registers
issued do fail; only a wrong shape (length, alphabet) is an error.
"""

from yanzhen.kernel.identifiers.cells import read_identifier_cell
from yanzhen.kernel.identifiers.columns import (
    UsccColumn,
    check_usccs,
    make_usccs,
    spell_organization_bodies,
)
from yanzhen.kernel.identifiers.organization import (
    OrganizationCode,
    make_organization_code,
    parse_organization_code,
)
from yanzhen.kernel.identifiers.registration import (
    RegistrationNumber,
    make_registration_number,
    parse_registration_number,
)
from yanzhen.kernel.identifiers.uscc import (
    Identifier,
    PrefixKind,
    Uscc,
    make_uscc,
    parse_identifier,
    parse_uscc,
    prefix_kind_of,
)

__all__ = [
    "Identifier",
    "OrganizationCode",
    "PrefixKind",
    "RegistrationNumber",
    "Uscc",
    "UsccColumn",
    "check_usccs",
    "make_organization_code",
    "make_registration_number",
    "make_uscc",
    "make_usccs",
    "parse_identifier",
    "parse_organization_code",
    "parse_registration_number",
    "parse_uscc",
    "prefix_kind_of",
    "read_identifier_cell",
    "spell_organization_bodies",
]
