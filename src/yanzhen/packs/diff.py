"""What changed between two readings of a city, in words (两个版本的差异).

A version of a city folder is read by people who must tell others what is new: which value holds
from which day, which clause was added, which fact changed its unit. Order of files, comments and
spacing make no difference here; only what the folder says does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from yanzhen.kernel.labels import Label
from yanzhen.packs.diff_words import Change, change, field_changes, kind_of, moved
from yanzhen.packs.model import City, Clause, DecisionFamily, Policy

__all__ = ["Change", "diff_cities"]


def diff_cities(old: City, new: City) -> list[Change]:
    """Every difference between two cities, in the order of a city folder.

    Args:
        old: the earlier reading.
        new: the later one.
    """
    return [
        *_head(old, new),
        *_things("source", old.sources, new.sources, lambda it: Label(it.title, "")),
        *_things("fact", _specs(old), _specs(new), lambda it: it.label, _fact_details(old, new)),
        *_things("dataset", old.datasets, new.datasets, _label),
        *_parameters(old, new),
        *_decisions(old, new),
        *_policies(old, new),
        *_rows(old, new),
    ]


def _label(thing: Any) -> Label:
    label: Label = thing.label
    return label


def _keys(old: Iterable[Any], new: Iterable[Any]) -> list[Any]:
    """Keys of both: those of the new one in its order, then those that are gone."""
    return list(dict.fromkeys([*new, *old]))


def _head(old: City, new: City) -> Iterator[Change]:
    for name in ("id", "label", "code", "version", "brands", "apps"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            words = Label(f"{name} {moved(was, now)}", f"{name} {moved(was, now)}")
            yield change("changed", "city", new.id, new.label, words)


def _things(
    what: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    label: Callable[[Any], Label],
    details: Callable[[str], Label] | None = None,
    skip: tuple[str, ...] = (),
) -> Iterator[Change]:
    """Compare things with an id: added, removed, or changed in which fields."""
    for key in _keys(old, new):
        was, now = old.get(key), new.get(key)
        words = Label("", "")
        if was is not None and now is not None:
            words = details(key) if details is not None else field_changes(was, now, skip)
            if not words.zh:
                continue
        yield change(kind_of(was, now), what, key, label(now or was), words)


def _specs(city: City) -> dict[str, Any]:
    return {key: fact.spec for key, fact in city.facts.items()}


def _fact_details(old: City, new: City) -> Callable[[str], Label]:
    """What changed in a fact: in its definition and in where it comes from.

    The file in which a fact stands (its area) says nothing about it.
    """

    def details(key: str) -> Label:
        was, now = old.facts[key], new.facts[key]
        parts = (
            field_changes(was.spec, now.spec),
            field_changes(was, now, skip=("spec", "area")),
        )
        told = [part for part in parts if part.zh]
        return Label("；".join(part.zh for part in told), "; ".join(part.en for part in told))

    return details


def _parameters(old: City, new: City) -> Iterator[Change]:
    yield from _things("parameter", old.parameters, new.parameters, _label, skip=("values",))
    for key, parameter in new.parameters.items():
        if key not in old.parameters:
            continue
        before = {value.start: value for value in old.parameters[key].values}
        after = {value.start: value for value in parameter.values}
        for day in sorted({*before, *after}):
            was, now = before.get(day), after.get(day)
            if was == now:
                continue
            move = moved(was and was.value, now and now.value)
            if was and now and was.value == now.value:
                move = moved(was.source, now.source)
            words = Label(move, move)
            yield change(kind_of(was, now), "value", key, parameter.label, words, day)


def _decisions(old: City, new: City) -> Iterator[Change]:
    for key in _keys(old.decisions, new.decisions):
        was, now = old.decisions.get(key), new.decisions.get(key)
        before, after = _versions(was), _versions(now)
        if not before or not after:
            for first in list((after or before).values())[:1]:
                kind = kind_of(before or None, after or None)
                yield change(kind, "decision", key, first.label, None, first.start)
            continue
        for day in _keys(before, after):
            one, other = before.get(day), after.get(day)
            if one == other:
                continue
            words = field_changes(one, other) if one and other else None
            label = (other or one).label  # type: ignore[union-attr]
            yield change(kind_of(one, other), "version", key, label, words, day)
        if was and now and _told(was.examples) != _told(now.examples):
            count = f"{len(was.examples)} → {len(now.examples)}"
            words = Label(f"样例 {count}", f"examples {count}")
            yield change("changed", "decision", key, now.versions[-1].label, words)


def _versions(family: DecisionFamily | None) -> dict[date | None, Any]:
    return {} if family is None else {version.start: version for version in family.versions}


def _told(examples: Iterable[Any]) -> list[Any]:
    """Examples without their place in the file."""
    return [(e.clause, e.name, e.on, e.given, e.expect, e.amount, e.missing) for e in examples]


def _policies(old: City, new: City) -> Iterator[Change]:
    skip = ("clauses", "examples")
    yield from _things("policy", old.policies, new.policies, _label, skip=skip)
    for key in _keys(old.policies, new.policies):
        was, now = old.policies.get(key), new.policies.get(key)
        before, after = _clauses(was), _clauses(now)
        for place in _keys(before, after):
            one, other = before.get(place), after.get(place)
            clause = other or one
            if one == other or clause is None:
                continue
            words = field_changes(one, other) if one and other else None
            name = f"{key}/{clause.id}"
            kind = kind_of(one, other)
            yield change(kind, "clause", name, clause.label, words, clause.start)
        if was and now and _told(was.examples) != _told(now.examples):
            count = f"{len(was.examples)} → {len(now.examples)}"
            words = Label(f"样例 {count}", f"examples {count}")
            yield change("changed", "policy", key, now.label, words)


def _clauses(policy: Policy | None) -> dict[tuple[str, date | None], Clause]:
    return {} if policy is None else {(item.id, item.start): item for item in policy.clauses}


def _rows(old: City, new: City) -> Iterator[Change]:
    """Territory, organizations, calendar and glossary."""

    def label(row: Any) -> Label:
        return Label(row.name, "")

    yield from _things("district", _districts(old), _districts(new), label)
    for what, attribute in (
        ("community", "communities"),
        ("grid", "grids"),
        ("squad", "squads"),
        ("organization", "organizations"),
    ):
        before = {row.id: row for row in getattr(old, attribute)}
        after = {row.id: row for row in getattr(new, attribute)}
        yield from _things(what, before, after, label)
    yield from _lines("calendar", _calendar(old), _calendar(new))
    yield from _lines("glossary", _glossary(old), _glossary(new))


def _districts(city: City) -> dict[str, Any]:
    """A code may belong to two districts, one after the other."""
    return {f"{row.code} {row.start}" if row.end else row.code: row for row in city.districts}


def _lines(
    what: str, old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]
) -> Iterator[Change]:
    for key in _keys(old, new):
        was, now = old.get(key), new.get(key)
        if was != now:
            row = now or was or {}
            label = Label(row.get("name", ""), row.get("en", ""))
            day = date.fromisoformat(row["date"]) if "date" in row else None
            yield replace(change(kind_of(was, now), what, key, label), on=day)


def _calendar(city: City) -> dict[str, Mapping[str, str]]:
    return {f"{row['date']} ({row['known_from']})": row for row in city.calendar}


def _glossary(city: City) -> dict[str, Mapping[str, str]]:
    return {row["zh"]: row for row in city.glossary}
