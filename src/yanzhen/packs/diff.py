"""What changed between two readings of a city, in words (两个版本的差异).

A version of a city folder is read by people who must tell others what is new: which value holds
from which day, which clause was added, which fact changed its unit. Order of files, comments and
spacing make no difference here; only what the folder says does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from yanzhen.engines.dmn.model import Decision
from yanzhen.kernel.labels import Label
from yanzhen.packs.examples import shown
from yanzhen.packs.model import City, Clause, Policy

ChangeKind = Literal["added", "removed", "changed"]
VERBS: dict[ChangeKind, Label] = {
    "added": Label("新增", "added"),
    "removed": Label("删除", "removed"),
    "changed": Label("修改", "changed"),
}
NOUNS: dict[str, Label] = {
    "city": Label("城市", "city"),
    "source": Label("来源", "source"),
    "fact": Label("事实", "fact"),
    "dataset": Label("数据集", "data set"),
    "parameter": Label("参数", "parameter"),
    "value": Label("参数值", "value of"),
    "decision": Label("决策", "decision"),
    "version": Label("决策版本", "version of"),
    "policy": Label("政策", "policy"),
    "clause": Label("条款", "clause"),
    "district": Label("区县", "district"),
    "community": Label("企业社区", "community"),
    "grid": Label("网格", "grid"),
    "squad": Label("小分队", "squad"),
    "organization": Label("机构", "organization"),
    "calendar": Label("日历", "calendar"),
    "glossary": Label("术语", "term"),
}
FIELD_WORDS: dict[str, Label] = {
    "label": Label("名称", "label"),
    "logic": Label("规则内容", "logic"),
    "end": Label("截止日", "last day"),
    "text": Label("条文", "text"),
    "unit": Label("单位", "unit"),
    "value": Label("数值", "value"),
    "examples": Label("样例", "examples"),
    "columns": Label("字段", "columns"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: added, removed or changed.
        what: the kind of thing, a key of ``NOUNS``.
        id: its id; a clause's is ``<policy>/<clause>``.
        words: one sentence for people, in both languages.
        on: the first day it concerns, if it has one.
    """

    kind: ChangeKind
    what: str
    id: str
    words: Label
    on: date | None = None


def diff_cities(old: City, new: City) -> list[Change]:
    """Every difference between two cities, in the order of a city folder.

    Args:
        old: the earlier reading.
        new: the later one.
    """
    return [
        *_head(old, new),
        *_things("source", old.sources, new.sources, lambda source: source.title),
        *_things("fact", old.facts, new.facts, lambda fact: fact.spec.label.zh, skip=("area",)),
        *_things("dataset", old.datasets, new.datasets, lambda dataset: dataset.label.zh),
        *_parameters(old, new),
        *_decisions(old, new),
        *_policies(old, new),
        *_rows(old, new),
    ]


def _head(old: City, new: City) -> Iterator[Change]:
    for name in ("id", "label", "code", "version", "brands", "apps"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            detail = Label(f"{name}：{_words(before)} → {_words(after)}", "")
            yield _change("changed", "city", new.id, new.label.zh, detail.zh, detail.zh)


def _change(
    kind: ChangeKind,
    what: str,
    key: str,
    name: str,
    zh: str = "",
    en: str = "",
    on: date | None = None,
) -> Change:
    title = f"“{name}”" if name and name != key else ""
    words = Label(
        f"{VERBS[kind].zh}{NOUNS[what].zh}{title}（{key}）" + (f"：{zh}" if zh else ""),
        f"{VERBS[kind].en} {NOUNS[what].en} {key}" + (f": {en}" if en else ""),
    )
    return Change(kind, what, key, words, on)


def _things(
    what: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    name: Callable[[Any], str],
    skip: tuple[str, ...] = (),
) -> Iterator[Change]:
    """Compare things with an id: added, removed, or changed in which fields."""
    for key in _keys(old, new):
        if key not in old:
            yield _change("added", what, key, name(new[key]))
        elif key not in new:
            yield _change("removed", what, key, name(old[key]))
        elif old[key] != new[key]:
            details = _details(old[key], new[key], skip)
            if details.zh:
                yield _change("changed", what, key, name(new[key]), details.zh, details.en)


def _keys(old: Iterable[Any], new: Iterable[Any]) -> list[Any]:
    """Keys of both: those of the new one in its order, then those that are gone."""
    return [*new, *(key for key in old if key not in new)]


def _details(old: Any, new: Any, skip: tuple[str, ...] = ()) -> Label:
    """Which fields differ; short values are shown, long ones only named."""
    zh: list[str] = []
    en: list[str] = []
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after or field.name in skip:
            continue
        word = FIELD_WORDS.get(field.name, Label(field.name, field.name))
        move = f" {_words(before)} → {_words(after)}" if _is_short(before, after) else ""
        zh.append(word.zh + move)
        en.append(word.en + move)
    return Label("；".join(zh), "; ".join(en))


def _is_short(before: Any, after: Any) -> bool:
    longest = 40
    plain = (str, int, bool, date, Label, tuple, type(None))
    both = isinstance(before, plain) and isinstance(after, plain)
    return both and max(len(_words(before)), len(_words(after))) <= longest


def _words(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Label):
        return value.zh
    return shown(value)


def _parameters(old: City, new: City) -> Iterator[Change]:
    yield from _things(
        "parameter",
        old.parameters,
        new.parameters,
        lambda parameter: parameter.label.zh,
        skip=("values",),
    )
    for key, parameter in new.parameters.items():
        if key not in old.parameters:
            continue
        before = {value.start: value for value in old.parameters[key].values}
        after = {value.start: value for value in parameter.values}
        for day in sorted({*before, *after}):
            was, now = before.get(day), after.get(day)
            if was == now:
                continue
            kind: ChangeKind = "changed" if was and now else "added" if now else "removed"
            shown_was, shown_now = (
                shown(was.value if was else None),
                shown(now.value if now else None),
            )
            move = shown_now if was is None else f"{shown_was} → {shown_now}"
            zh, en = f"自 {day} 起，{move}", f"from {day}, {move}"
            yield _change(kind, "value", key, parameter.label.zh, zh, en, on=day)


def _decisions(old: City, new: City) -> Iterator[Change]:
    for key in _keys(old.decisions, new.decisions):
        was, now = old.decisions.get(key), new.decisions.get(key)
        before = {version.start: version for version in was.versions} if was else {}
        after = {version.start: version for version in now.versions} if now else {}
        if not before or not after:
            versions = after or before
            kind: ChangeKind = "added" if after else "removed"
            if versions:
                first = next(iter(versions.values()))
                since = f"自 {first.start} 起", f"from {first.start}"
                yield _change(kind, "decision", key, first.label.zh, *since, on=first.start)
            continue
        for day in _keys(before, after):
            yield from _version(key, day, before.get(day), after.get(day))
        if was and now and len(was.examples) != len(now.examples):
            move = f"{len(was.examples)} → {len(now.examples)}"
            label = now.versions[-1].label.zh
            yield _change("changed", "decision", key, label, f"样例 {move}", f"examples {move}")


def _version(
    key: str, day: date | None, was: Decision | None, now: Decision | None
) -> Iterator[Change]:
    if was == now:
        return
    kind: ChangeKind = "changed" if was and now else "added" if now else "removed"
    details = _details(was, now) if was and now else Label("", "")
    zh = f"自 {day} 起" + (f"，{details.zh}" if details.zh else "")
    en = f"from {day}" + (f", {details.en}" if details.en else "")
    label = (now or was).label.zh  # type: ignore[union-attr]
    yield _change(kind, "version", key, label, zh, en, on=day)


def _policies(old: City, new: City) -> Iterator[Change]:
    yield from _things(
        "policy",
        old.policies,
        new.policies,
        lambda policy: policy.label.zh,
        skip=("clauses", "examples"),
    )
    for key in _keys(old.policies, new.policies):
        before = _clauses(old.policies.get(key))
        after = _clauses(new.policies.get(key))
        for place in _keys(before, after):
            was, now = before.get(place), after.get(place)
            if was == now:
                continue
            kind: ChangeKind = "changed" if was and now else "added" if now else "removed"
            clause = now or was
            if clause is None:
                continue
            details = _details(was, now) if was and now else Label("", "")
            zh = f"自 {clause.start} 起" + (f"，{details.zh}" if details.zh else "")
            en = f"from {clause.start}" + (f", {details.en}" if details.en else "")
            name = f"{key}/{clause.id}"
            yield _change(kind, "clause", name, clause.label.zh, zh, en, on=clause.start)


def _clauses(policy: Policy | None) -> dict[tuple[str, date | None], Clause]:
    return {} if policy is None else {(item.id, item.start): item for item in policy.clauses}


def _rows(old: City, new: City) -> Iterator[Change]:
    """Territory, organizations, calendar and glossary."""
    for what, attribute, key in (
        ("district", "districts", "code"),
        ("community", "communities", "id"),
        ("grid", "grids", "id"),
        ("squad", "squads", "id"),
        ("organization", "organizations", "id"),
    ):
        before = {getattr(row, key): row for row in getattr(old, attribute)}
        after = {getattr(row, key): row for row in getattr(new, attribute)}
        yield from _things(what, before, after, lambda row: str(row.name))
    for what, attribute, column in (
        ("calendar", "calendar", "date"),
        ("glossary", "glossary", "zh"),
    ):
        before = {row[column]: row for row in getattr(old, attribute)}
        after = {row[column]: row for row in getattr(new, attribute)}
        for name in _keys(before, after):
            if before.get(name) != after.get(name):
                kind: ChangeKind
                kind = "changed" if name in before and name in after else "added"
                kind = kind if name in after else "removed"
                day = date.fromisoformat(name) if what == "calendar" else None
                yield _change(kind, what, name, "", on=day)
