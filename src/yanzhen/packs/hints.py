"""Guesses at what a writer meant, for the mend of a fault."""

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 12
"""How many allowed words a message lists before it says how many more there are."""


SHORT = 4
"""Up to so many characters, half of them alike are near enough; longer words must be nearer."""


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A mend that names the nearest known word, or ``otherwise`` where none is near.

    >>> did_you_mean("revenu", ["revenue", "employees"])
    'did you mean “revenue”?'
    >>> did_you_mean("city-dataset-tax", ["city-startup"], otherwise="add it")
    'add it'
    """
    cutoff = 0.45 if len(word) <= SHORT else 0.75
    near = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f"did you mean “{near[0]}”?" if near else otherwise


def listed(words: Iterable[str]) -> str:
    """Words in a row for a message, cut after a dozen.

    >>> listed(["off", "work"])
    'off, work'
    """
    all_words = list(words)
    shown = ", ".join(all_words[:SHOWN])
    more = len(all_words) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
