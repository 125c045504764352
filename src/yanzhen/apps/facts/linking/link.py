"""Linking rows to enterprises by code, with the name as witness.

Every wrong link by a bare code is a valid code of somebody else. So a code links only where the
name agrees: equal letter by letter, equal without region, brackets and legal form, a former name,
one slip of the pen away, or the owner of an individual business. A branch is never its parent.
Whatever falls short of that is proposed to a person with its evidence, or left unlinked; nothing
is merged by a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from yanzhen.apps.arrow import Values, pa, pc
from yanzhen.apps.enterprises.names import NameReader, are_alike, is_branch, likeness
from yanzhen.apps.facts.linking.registry import RegistryIndex

NOBODY = -1
PROPOSED_FROM = 40
"""Points from which a candidate is shown to a person."""

_UNIFIED, _ORGANIZATION = 18, 9
_CODE_POINTS, _SLIP_POINTS, _NAME_POINTS = 50, 20, 50

type Given = tuple[str, str]
"""Code and name as they stand in a row, normalized."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One enterprise that a row may speak of.

    Attributes:
        row: 0-based row.
        candidate: unified code of the enterprise.
        score: 0 to 100.
        evidence: for each thing compared: what it is, both sides, the outcome, points.
    """

    row: int
    candidate: str
    score: int
    evidence: tuple[dict[str, str | int], ...]


@dataclass(slots=True)
class Linked:
    """The outcome for a whole table.

    Attributes:
        uscc: shape (n,), the enterprise's unified code, null where not linked.
        proposals: what a person must decide.
        methods: rows linked by each method, in Chinese.
    """

    uscc: Values
    proposals: list[Proposal] = field(default_factory=list)
    methods: dict[str, int] = field(default_factory=dict)

    @property
    def linked(self) -> int:
        """Rows linked."""
        return len(self.uscc) - int(self.uscc.null_count)


def link_rows(
    codes: Values,
    names: Values | None,
    registry: RegistryIndex,
    reader: NameReader,
    *,
    decided: Mapping[Given, str] | None = None,
) -> Linked:
    """Link every row.

    Args:
        codes: shape (n,), identifiers of 18, 15 or 9 characters, normalized.
        names: shape (n,), names, or None where the data set has none: then a unified code
            alone must do.
        registry: the registry.
        reader: takes names apart.
        decided: what persons decided before: unified code by code and name.
    """
    found = pc.fill_null(pc.index_in(codes, value_set=registry.usccs), NOBODY)
    rows = found.to_numpy(zero_copy_only=False).astype(np.int64)
    if names is None:
        linked = Linked(_taken(registry, rows))
        linked.methods = _counted({"代码相同（无名称可核对）": int((rows != NOBODY).sum())})
        return linked
    same = pc.equal(registry.names.take(pa.array(rows, mask=rows == NOBODY)), names)
    certain = pc.fill_null(same, False).to_numpy(zero_copy_only=False)
    linked = Linked(pa.nulls(0, pa.string()), methods={"代码与名称相同": int(certain.sum())})
    matcher = _Matcher(registry, reader, decided or {})
    rows = np.where(certain, rows, NOBODY)
    for row in np.flatnonzero(~certain).tolist():
        rows[row] = matcher.match(row, (codes[row].as_py() or "", names[row].as_py() or ""), linked)
    linked.uscc = _taken(registry, rows)
    linked.methods = _counted(linked.methods)
    return linked


def _taken(registry: RegistryIndex, rows: NDArray[np.int64]) -> Values:
    return registry.usccs.take(pa.array(rows, mask=rows == NOBODY))


def _counted(methods: dict[str, int]) -> dict[str, int]:
    return {method: count for method, count in methods.items() if count}


@dataclass(slots=True)
class _Matcher:
    """Decides the rows that are not plain."""

    registry: RegistryIndex
    reader: NameReader
    decided: Mapping[Given, str]
    seen: dict[Given, tuple[int, str, tuple[tuple[int, int], ...]]] = field(default_factory=dict)

    def match(self, row: int, given: Given, linked: Linked) -> int:
        """The registry row for ``given``, or ``NOBODY`` with proposals added to ``linked``."""
        if given not in self.seen:
            self.seen[given] = self._match(given)
        found, method, proposed = self.seen[given]
        if found != NOBODY:
            linked.methods[method] = linked.methods.get(method, 0) + 1
        for candidate, score in proposed:
            code = self.registry.usccs[candidate].as_py()
            linked.proposals.append(Proposal(row, code, score, self._evidence(given, candidate)))
        return found

    def _match(self, given: Given) -> tuple[int, str, tuple[tuple[int, int], ...]]:
        code, name = given
        earlier = self.registry.by_code.get(self.decided.get(given, ""))
        if earlier is not None:
            return earlier, "人工确认", ()
        key = self.reader.key(name) if name else ""
        for method, candidates in self._by_code(code):
            agreeing = [c for c in candidates if self._agrees(c, name, key)]
            if len(agreeing) == 1:
                return agreeing[0], method, ()
        return NOBODY, "", self._proposed(given, key)

    def _by_code(self, code: str) -> list[tuple[str, list[int]]]:
        """Candidates by each kind of code, the surest first."""
        found = []
        if code in self.registry.by_code:
            found.append(("代码相同、名称相符", [self.registry.by_code[code]]))
        found.append(("旧代码、名称相符", self.registry.numbers.get(code, [])))
        inner = code[8:17] if len(code) == _UNIFIED else code if len(code) == _ORGANIZATION else ""
        found.append(("组织机构代码、名称相符", self.registry.by_organization_code.get(inner, [])))
        return found

    def _agrees(self, candidate: int, name: str, key: str) -> bool:
        """Whether a name agrees with one that the candidate has or had."""
        if not name:
            return False
        known = self.registry.names_of(candidate)
        if any(name == other for other, _ in known) or name == self.registry.owners.get(candidate):
            return True
        return any(
            is_branch(name) == is_branch(other) and are_alike(key, other_key)
            for other, other_key in known
        )

    def _proposed(self, given: Given, key: str) -> tuple[tuple[int, int], ...]:
        """The candidates worth a person's look: who has the code, and who has the name."""
        code, name = given
        candidates = {row for _, rows in self._by_code(code) for row in rows}
        candidates.update(self.registry.by_name.get(name, ())[:_MOST])
        scored = sorted((-self._score(given, key, row), row) for row in candidates)
        return tuple((row, -score) for score, row in scored[:_MOST] if -score >= PROPOSED_FROM)

    def _score(self, given: Given, key: str, candidate: int) -> int:
        return self._code_points(given[0], candidate) + self._name_points(given[1], key, candidate)

    def _code_points(self, code: str, candidate: int) -> int:
        """Points for a code: the enterprise's in any form, or one character off."""
        if any(candidate in rows for _, rows in self._by_code(code)):
            return _CODE_POINTS
        uscc = self.registry.usccs[candidate].as_py()
        if len(code) == _UNIFIED and sum(a != b for a, b in zip(code, uscc, strict=True)) == 1:
            return _SLIP_POINTS
        return 0

    def _name_points(self, name: str, key: str, candidate: int) -> int:
        known = self.registry.names_of(candidate)
        if any(name == other for other, _ in known):
            return _NAME_POINTS
        alike = max(likeness(key, other_key) for _, other_key in known)
        if not any(is_branch(name) == is_branch(other) for other, _ in known):
            alike /= 2
        return round(alike * (_NAME_POINTS - 10))

    def _evidence(self, given: Given, candidate: int) -> tuple[dict[str, str | int], ...]:
        code, name = given
        theirs = self.registry.usccs[candidate].as_py()
        points = self._code_points(code, candidate)
        words = {_CODE_POINTS: "相同或为其旧代码", _SLIP_POINTS: "只差一位"}
        known = self.registry.names_of(candidate)
        name_points = self._name_points(name, self.reader.key(name), candidate)
        present = known[0][0]
        if name == present:
            said = "相同"
        elif any(name == other for other, _ in known[1:]):
            said = "为其曾用名"
        elif name == self.registry.owners.get(candidate):
            said = "为其经营者"
        elif is_branch(name) != is_branch(present):
            said = "一方是分支机构"
        else:
            said = "不同"
        return (
            _line("代码", code, theirs, words.get(points, "不同"), points),
            _line("名称", name, present, said, name_points),
        )


_MOST = 2


def _line(what: str, given: str, registry: str, outcome: str, points: int) -> dict[str, str | int]:
    return {
        "what": what,
        "given": given,
        "registry": registry,
        "outcome": outcome,
        "points": points,
    }
