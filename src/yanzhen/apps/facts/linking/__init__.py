"""Which enterprise a row speaks of (记录关联): a code needs a name that agrees with it."""

from yanzhen.apps.facts.linking.link import Linked, Proposal, link_rows
from yanzhen.apps.facts.linking.registry import RegistryIndex, registry_index

__all__ = ["Linked", "Proposal", "RegistryIndex", "link_rows", "registry_index"]
