"""The words in which changes of a city are told (差异的措辞)."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from yanzhen.kernel.labels import Label
from yanzhen.packs.examples import shown

ChangeKind = Literal["added", "removed", "changed"]
SHORT = 40
"""Values up to so many characters are shown; of longer ones only the name is told."""
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
    "squad": Label("金融服务小分队", "squad"),
    "organization": Label("机构", "organization"),
    "calendar": Label("日历", "calendar day"),
    "glossary": Label("术语", "term"),
}
FIELDS: dict[str, Label] = {
    "label": Label("名称", "label"),
    "name": Label("名称", "name"),
    "type": Label("类型", "type"),
    "unit": Label("单位", "unit"),
    "scale": Label("小数位", "decimal places"),
    "spec": Label("定义", "definition"),
    "dataset": Label("数据集", "data set"),
    "column": Label("字段", "column"),
    "columns": Label("字段", "columns"),
    "codes": Label("代码", "codes"),
    "absent": Label("缺省值", "value if absent"),
    "sensitivity": Label("敏感级别", "sensitivity"),
    "owner": Label("主管机构", "owner"),
    "freshness": Label("时效（天）", "freshness in days"),
    "cycle": Label("更新周期", "cycle"),
    "logic": Label("规则内容", "logic"),
    "start": Label("起始日", "first day"),
    "end": Label("截止日", "last day"),
    "text": Label("条文", "text"),
    "card": Label("卡片", "card"),
    "mode": Label("兑现方式", "mode"),
    "amount": Label("金额", "amount"),
    "budget": Label("预算", "budget"),
    "group": Label("叠加组", "stacking group"),
    "group_rule": Label("叠加规则", "stacking rule"),
    "redeem_days": Label("兑付时限", "days to pay"),
    "publicity_days": Label("公示天数", "days of publicity"),
    "window": Label("申报窗口", "window"),
    "event": Label("事件", "event"),
    "article": Label("条号", "article"),
    "citation": Label("依据", "citation"),
    "source": Label("来源", "source"),
    "status": Label("性质", "status"),
    "official": Label("官方", "official"),
    "doc": Label("说明", "description"),
    "version": Label("版本", "version"),
    "brands": Label("本地名称", "brands"),
    "apps": Label("应用", "apps"),
    "code": Label("代码", "code"),
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


def kind_of(was: object, now: object) -> ChangeKind:
    """Added where there was nothing, removed where nothing is left, else changed."""
    if was is None:
        return "added"
    return "removed" if now is None else "changed"


def change(
    kind: ChangeKind,
    what: str,
    key: str,
    label: Label,
    details: Label | None = None,
    on: date | None = None,
) -> Change:
    """A change in words: verb, noun, name and id, the day, and the details.

    >>> change("added", "fact", "revenue", Label("营业收入", "Revenue")).words.zh
    '新增事实“营业收入”（revenue）'
    """
    title = f"“{label.zh}”（{key}）" if label.zh and label.zh != key else f"“{key}”"
    since = Label("", "") if on is None else Label(f"自 {on} 起", f"from {on}")
    parts = [part for part in (since, details) if part is not None and part.zh]
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    words = Label(
        f"{VERBS[kind].zh}{NOUNS[what].zh}{title}" + (f"：{zh}" if zh else ""),
        f"{VERBS[kind].en} {NOUNS[what].en} {key}" + (f": {en}" if en else ""),
    )
    return Change(kind, what, key, words, on)


def moved(was: Any, now: Any) -> str:
    """Old and new value, or the new one alone where there was none."""
    return _words(now) if was is None else f"{_words(was)} → {_words(now)}"


def field_changes(old: Any, new: Any, skip: tuple[str, ...] = ()) -> Label:
    """Which fields of two records differ; short values are shown, long ones only named.

    Args:
        old: a dataclass.
        new: one of the same class.
        skip: fields that are told elsewhere.
    """
    zh: list[str] = []
    en: list[str] = []
    for field in fields(new):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was == now or field.name in skip:
            continue
        word = FIELDS.get(field.name, Label(field.name, field.name))
        values = f" {_words(was)} → {_words(now)}" if _is_short(was) and _is_short(now) else ""
        zh.append(word.zh + values)
        en.append(word.en + values)
    return Label("；".join(zh), "; ".join(en))


def _is_short(value: Any) -> bool:
    plain = isinstance(value, str | int | bool | date | Label | tuple | None)
    return plain and len(_words(value)) <= SHORT


def _words(value: Any) -> str:
    return value.zh if isinstance(value, Label) else shown(value)
