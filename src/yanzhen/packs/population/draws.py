"""Chance that repeats itself (可重复的随机数): one stream of numbers for each named purpose.

A stream depends on the seed and its name alone, so that one more draw for one purpose changes
nothing elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]
type Flags = NDArray[np.bool_]

PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Draws:
    """All chance of one population.

    Attributes:
        seed: the same seed gives the same population, byte for byte.
    """

    seed: int

    def of(self, name: str) -> np.random.Generator:
        """The stream for one purpose, from its beginning."""
        key = np.random.SeedSequence([self.seed, crc32(name.encode())])
        return np.random.Generator(np.random.PCG64(key))

    def uniform(self, name: str, n: int) -> Floats:
        """Shape (n,), in [0, 1)."""
        return self.of(name).random(n)

    def normal(self, name: str, n: int) -> Floats:
        """Shape (n,), mean 0, deviation 1."""
        return self.of(name).standard_normal(n)

    def chance(self, name: str, per_mille: ArrayLike, n: int) -> Flags:
        """Shape (n,), true with so many chances in a thousand, one for all or one each."""
        return self.uniform(name, n) * PER_MILLE < np.asarray(per_mille)

    def choose(self, name: str, weights: ArrayLike, n: int) -> Integers:
        """Shape (n,), indexes drawn by weight."""
        return by_weight(self.uniform(name, n), weights)

    def spread(self, name: str, median: ArrayLike, percent: ArrayLike, n: int) -> Floats:
        """Shape (n,), log-normal around ``median`` with a spread in percent of a logarithm."""
        sigma = np.asarray(percent, dtype=np.float64) / 100
        return np.asarray(median, dtype=np.float64) * np.exp(sigma * self.normal(name, n))

    def pick(self, name: str, count: int, among: Flags, weights: ArrayLike = 1.0) -> Integers:
        """``count`` rows (or all there are) of those where ``among`` is true, without repeats.

        Args:
            name: the purpose.
            count: how many rows.
            among: shape (n,), who may be drawn.
            weights: one for all or shape (n,); a row of weight 0 is never drawn.
        """
        n = len(among)
        weight = np.where(among, np.broadcast_to(np.asarray(weights, dtype=np.float64), (n,)), 0)
        # the smallest of exponential waits: drawing without repeats by weight
        wait = np.full(n, np.inf)
        sure = weight > 0
        wait[sure] = -np.log1p(-self.uniform(name, n))[sure] / weight[sure]
        count = min(max(count, 0), int(sure.sum()))
        order = np.argsort(wait, kind="stable")[:count]
        chosen: Integers = np.sort(order)
        return chosen


def by_weight(uniform: Floats, weights: ArrayLike) -> Integers:
    """Indexes for numbers in [0, 1), each with its share of the weights.

    >>> by_weight(np.array([0.0, 0.24, 0.26, 0.99]), [1, 3]).tolist()
    [0, 0, 1, 1]
    """
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    found = np.searchsorted(edges, uniform * edges[-1], side="right")
    chosen: Integers = np.minimum(found, len(edges) - 1).astype(np.int64)
    return chosen


def quotas(total: int, shares: Sequence[int]) -> list[int]:
    """``total`` cut up by ``shares``, to the last one (最大余数法).

    >>> quotas(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(shares)
    parts = [total * share // whole for share in shares]
    rest = sorted(range(len(shares)), key=lambda i: (-(total * shares[i] % whole), i))
    for i in rest[: total - sum(parts)]:
        parts[i] += 1
    return parts
