"""The nearest change (差一步): what little would have to be different for a no to become a yes.

``nearest`` gives the cheapest changes of one fact or two that make a decision yes, each one
verified by deciding again; ``needed`` gives, fact by fact, all values that would do; ``describe``
says a change in Chinese. The costs of changes are the caller's (``Costs``); nothing is sampled.
"""

from yanzhen.engines.dmn.nearest.change import Change, Effect, Move, Need, Span
from yanzhen.engines.dmn.nearest.costs import TODAY, Costs, Price, usual_costs
from yanzhen.engines.dmn.nearest.search import Found, Unsolved, nearest, needed, search
from yanzhen.engines.dmn.nearest.words import describe, describe_need

__all__ = [
    "TODAY",
    "Change",
    "Costs",
    "Effect",
    "Found",
    "Move",
    "Need",
    "Price",
    "Span",
    "Unsolved",
    "describe",
    "describe_need",
    "nearest",
    "needed",
    "search",
    "usual_costs",
]
