"""What enterprises really get where clauses overlap and money is short (叠加、上限与预算).

::

    bundle = best_bundle(offers, year=2026, history=receipts, caps=caps)    # one enterprise
    bundle.total, bundle.lines, bundle.rejected                             # with reasons

    chosen = choose_columns(amounts, cliques_of(groups))    # a population, fen, row an enterprise
    for line in allocate(amounts * chosen, lines, keys=codes, moments=applied_at):
        line.paid, line.waiting, line.factor, line.left
"""

from yanzhen.engines.benefits.budget import Allocation, BudgetLine, Edge, Method, allocate
from yanzhen.engines.benefits.bundle import best_bundle, receipts_of
from yanzhen.engines.benefits.columns import cap_rows, choose_columns
from yanzhen.engines.benefits.meet import cliques_of
from yanzhen.engines.benefits.model import (
    Bundle,
    Cap,
    Cut,
    Group,
    Line,
    Offer,
    Reason,
    Receipt,
    Rejected,
    Rule,
    Veto,
)
from yanzhen.engines.benefits.tell import tell

__all__ = [
    "Allocation",
    "BudgetLine",
    "Bundle",
    "Cap",
    "Cut",
    "Edge",
    "Group",
    "Line",
    "Method",
    "Offer",
    "Reason",
    "Receipt",
    "Rejected",
    "Rule",
    "Veto",
    "allocate",
    "best_bundle",
    "cap_rows",
    "choose_columns",
    "cliques_of",
    "receipts_of",
    "tell",
]
