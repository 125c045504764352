"""The best of what excludes each other: exact, by branch and bound over conflicts."""

from collections.abc import Iterable, Iterator, Sequence


def choose_best(weights: Sequence[int], cliques: Sequence[Sequence[int]]) -> frozenset[int]:
    """The items of the greatest total weight of which no two share a clique.

    Between choices of the same weight the one with fewer items wins, then the one with the
    earlier items: of the first place in which two choices differ, the one that has it. So the
    answer is always a single one. Items of no weight are never chosen.

    Args:
        weights: whole numbers of 0 or more, in the order that settles ties.
        cliques: places of items that exclude each other; an item may stand in several.

    Raises:
        ValueError: a weight is negative.

    >>> sorted(choose_best([15, 20, 8], [[0, 1]]))
    [1, 2]
    >>> sorted(choose_best([10, 4, 6], [[0, 1], [0, 2]]))
    [0]
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight must be 0 or more")
    count = len(weights)
    # the ties are folded into the weight: total first, then count, then a bit for each place
    folded = [
        ((weight * (count + 1) - 1) << count) + (1 << (count - 1 - place)) if weight else 0
        for place, weight in enumerate(weights)
    ]
    masks = [_mask(place for place in clique if weights[place]) for clique in cliques]
    conflicts = _conflicts(count, masks)
    free = _mask(place for place in range(count) if weights[place])
    search = _Search(folded, conflicts, masks)
    chosen = 0
    for component in _components(free, conflicts):
        chosen |= search.best(component)
    return frozenset(_places(chosen))


def components(count: int, cliques: Sequence[Sequence[int]]) -> list[list[int]]:
    """The places 0 to ``count`` - 1 in sets that hang together through cliques.

    >>> components(4, [[0, 2], [2, 3]])
    [[0, 2, 3], [1]]
    """
    conflicts = _conflicts(count, [_mask(clique) for clique in cliques])
    return [list(_places(mask)) for mask in _components((1 << count) - 1, conflicts)]


def maximal_choices(count: int, cliques: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """All choices among ``count`` places without conflict to which nothing can be added.

    Source: C. Bron, J. Kerbosch, Algorithm 457 (CACM 16, 1973), with a pivot, on the places that
    do *not* exclude each other.

    >>> sorted(maximal_choices(3, [[0, 1], [1, 2]]))
    [[0, 2], [1]]
    """
    conflicts = _conflicts(count, [_mask(clique) for clique in cliques])
    near = [conflicts[place] | 1 << place for place in range(count)]
    open_ = [(0, (1 << count) - 1, 0)]
    while open_:
        chosen, free, done = open_.pop()
        if not free | done:
            yield list(_places(chosen))
            continue
        # of any place and its neighbors one belongs to each maximal choice: take the fewest
        pivot = min(_places(free | done), key=lambda place: (near[place] & free).bit_count())
        for place in _places(near[pivot] & free):
            open_.append((chosen | 1 << place, free & ~near[place], done & ~near[place]))
            free &= ~(1 << place)
            done |= 1 << place


class _Search:
    """Branch and bound in one component; sets of places are the bits of whole numbers."""

    def __init__(self, weights: list[int], conflicts: list[int], cliques: list[int]) -> None:
        self.weights = weights
        self.conflicts = conflicts
        self.cliques = sorted(cliques, key=lambda mask: (-mask.bit_count(), mask))
        self.found = 0
        self.worth = -1

    def best(self, component: int) -> int:
        """The best choice in ``component``, whatever is being searched around it."""
        around = self.found, self.worth
        self.found, self.worth = 0, -1
        self._branch(component, 0, 0)
        found = self.found
        self.found, self.worth = around
        return found

    def _branch(self, free: int, chosen: int, worth: int) -> None:
        if worth + self._bound(free) <= self.worth:
            return
        most, pivot = 0, -1
        for place in _places(free):
            degree = (self.conflicts[place] & free).bit_count()
            if degree == 0:
                free ^= 1 << place
                chosen |= 1 << place
                worth += self.weights[place]
            elif degree > most:
                most, pivot = degree, place
        parts = list(_components(free, self.conflicts))
        if len(parts) > 1:
            for part in parts:
                chosen |= self.best(part)
            worth = sum(self.weights[place] for place in _places(chosen))
        if len(parts) != 1:
            if worth > self.worth:
                self.found, self.worth = chosen, worth
            return
        bit = 1 << pivot
        self._branch(
            free & ~self.conflicts[pivot] & ~bit, chosen | bit, worth + self.weights[pivot]
        )
        self._branch(free & ~bit, chosen, worth)

    def _bound(self, free: int) -> int:
        """No choice in ``free`` is worth more: one item of each clique that covers it."""
        bound = 0
        for clique in self.cliques:
            if here := clique & free:
                bound += max(self.weights[place] for place in _places(here))
                free &= ~clique
        return bound + sum(self.weights[place] for place in _places(free))


def _conflicts(count: int, cliques: Sequence[int]) -> list[int]:
    """For each place the places it excludes."""
    conflicts = [0] * count
    for mask in cliques:
        for place in _places(mask):
            conflicts[place] |= mask & ~(1 << place)
    return conflicts


def _components(rest: int, conflicts: Sequence[int]) -> Iterator[int]:
    """The sets in ``rest`` that hang together, that with the first place first."""
    while rest:
        component, border = 0, rest & -rest
        while border:
            component |= border
            reached = 0
            for place in _places(border):
                reached |= conflicts[place]
            border = reached & rest & ~component
        rest &= ~component
        yield component


def _mask(places: Iterable[int]) -> int:
    """The set of ``places`` as bits."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


def _places(mask: int) -> Iterator[int]:
    """The places of the bits of ``mask``, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
