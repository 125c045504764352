"""Fusing: whatever depends on one scalar only becomes one table look-up.

A *source* is a text fact, a truth fact, or a numeric column that is only compared with constants.
A term with a single source, however large (a row of a table, a scale of points, an industry list),
has one value for each text or each cell between cut points; it is computed once for each of
those, by the exact reference, and looked up by row.
"""

from collections.abc import Iterable, Iterator, Sequence

from yanzhen.engines.columnar.cuts import CutPoints, boundaries_of
from yanzhen.engines.columnar.terms import NUMERIC, Pool, Term, walk

_ASKING = frozenset({"compare", "member", "missing"})


class Sources:
    """Finds the sources of terms.

    ``of(term)`` is the set of scalars that settle the value of ``term``, or None where it needs a
    numeric value itself.
    """

    def __init__(self, roots: Iterable[Term]) -> None:
        self._found: dict[Term, frozenset[Term] | None] = {}
        for term in walk(roots):
            self._found[term] = self._find(term)

    def of(self, term: Term) -> frozenset[Term] | None:
        """The sources of a term that the roots need."""
        return self._found[term]

    def _find(self, term: Term) -> frozenset[Term] | None:
        if term.op == "const":
            return frozenset()
        if term.op == "fact":
            return frozenset({term}) if term.kind in {"text", "truth"} else None
        asked = asked_scalar(term)
        if asked is not None:
            inner = self._found[asked]
            if inner is not None and len(inner) <= 1:
                return inner
            return frozenset({asked})
        together: set[Term] = set()
        for arg in term.args:
            inner = self._found[arg]
            if inner is None:
                return None
            together |= inner
        return frozenset(together)


def _is_plain(term: Term) -> bool:
    """Whether a term is logic of truths: byte operations, which no look-up would beat."""
    return term.kind == "truth" and all(arg.kind == "truth" for arg in term.args)


def asked_scalar(term: Term) -> Term | None:
    """The numeric column that ``term`` asks about only by comparing it with constants."""
    if term.op not in _ASKING or term.args[0].kind not in NUMERIC:
        return None
    return term.args[0]


class Fusion:
    """Rewrites terms so that every single-source part is a ``lookup``.

    Args:
        pool: where the new terms are made.
        roots: everything that is asked for; cut points are shared among all of them.
    """

    def __init__(self, pool: Pool, roots: Sequence[Term]) -> None:
        self._pool = pool
        self._sources = Sources(roots)
        self.cuts = CutPoints.collected(self._asked(roots))
        self._done: dict[Term, Term] = {}
        for term in walk(roots):
            self._done[term] = self._rewrite(term)

    def _asked(self, roots: Sequence[Term]) -> Iterator[tuple[Term, set]]:  # type: ignore[type-arg]
        for term in walk(roots):
            scalar = asked_scalar(term)
            if scalar is not None:
                inner = self._sources.of(scalar)
                if inner is None or len(inner) > 1:
                    data = (
                        ()
                        if term.op == "missing"
                        else boundaries_of(
                            str(term.data) if term.op == "compare" else term.op,
                            term.args[1].data if term.op == "compare" else term.data,
                        )
                    )
                    yield scalar, set(data)

    def rewrite(self, term: Term) -> Term:
        """The fused form of a root or of any term below one."""
        return self._done[term]

    def _rewrite(self, term: Term) -> Term:
        if term.op in {"const", "fact"}:
            return term
        sources = self._sources.of(term)
        if sources is not None and len(sources) == 1:
            (source,) = sources
            if source.kind != "truth" or not _is_plain(term):
                return self._lookup(term, source)
        if term.op in {"and", "or"}:
            return self._junction(term)
        args = tuple(self.rewrite(arg) for arg in term.args)
        return self._pool.make(term.op, term.kind, args, term.data)

    def _junction(self, term: Term) -> Term:
        """``and`` or ``or`` of several sources: members of the same source become one look-up."""
        groups: dict[Term, list[Term]] = {}
        args: list[Term] = []
        for arg in term.args:
            sources = self._sources.of(arg)
            if sources is not None and len(sources) == 1:
                (source,) = sources
                if source.kind != "truth":
                    groups.setdefault(source, []).append(arg)
                    continue
            args.append(self.rewrite(arg))
        for source, members in groups.items():
            if len(members) == 1:
                args.append(self.rewrite(members[0]))
            else:
                together = self._pool.make(term.op, "truth", tuple(members))
                args.append(self._lookup(together, source))
        return self._pool.make(term.op, "truth", tuple(args))

    def _lookup(self, term: Term, source: Term) -> Term:
        return self._pool.make("lookup", term.kind, (self.coded(source),), (term, source))

    def coded(self, source: Term) -> Term:
        """The column of small integers by which a source is looked up."""
        if source.kind not in NUMERIC:
            return source
        return self._pool.make(
            "cells", "code", (self.rewrite(source),), (self.cuts.of[source], source)
        )
