"""Changed books without files: another threshold, amount, clause or parameter (试改规则)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.dmn.model import (
    Book,
    Conditions,
    Dated,
    Decision,
    Expression,
    Logic,
    Typed,
)
from yanzhen.engines.dmn.needs import names_of
from yanzhen.engines.feel.parser import parse
from yanzhen.kernel.errors import DecisionError, FeelError

AMOUNT = "amount"
"""The name by which ``with_threshold`` knows the money of a clause beside its conditions."""

_Change = Callable[[Expression], Expression]


def with_threshold(book: Book, clause: str, condition: str, old_text: str, new_text: str) -> Book:
    """A book in which a part of one condition, exclusion or amount reads differently.

    Args:
        book: stays as it is.
        clause: id or Chinese label of a clause.
        condition: id or label of a condition or exclusion of it, or ``amount``. In a clause of
            several versions each version that holds ``old_text`` there is changed.
        old_text: the part to replace, such as ``2000 * 万``; it stands there exactly once as whole
            words, so that ``20`` is not found in ``2000``.
        new_text: what replaces it.

    Raises:
        DecisionError: there is no such clause, condition or text; or the new expression cannot be
            read, or has a name that the book does not know.
    """
    decision = _clause(book, clause)

    def change(expression: Expression) -> Expression:
        text = _replaced(expression.text, old_text, new_text, f"{decision.name}, {condition}")
        return _expression(book, text, f"{decision.name}, {condition}")

    def holds(expression: Expression) -> bool:
        return bool(_places(expression.text, old_text))

    found = list(_texts(decision.logic, condition))
    if not found:
        raise DecisionError(
            f"clause {decision.name} has no condition {condition!r}; it has "
            f"{', '.join(_names(decision.logic))} (没有该条件)"
        )
    if not any(holds(expression) for expression in found):
        texts = "; ".join(dict.fromkeys(f"“{expression.text}”" for expression in found))
        raise DecisionError(
            f"{decision.name}, {condition}: “{old_text}” does not stand in {texts} "
            "(找不到要改的文字)"
        )
    logic = _edited(decision.logic, condition, lambda e: change(e) if holds(e) else e)
    return with_clause(book, replace(decision, logic=logic))


def with_amount(book: Book, clause: str, text: str) -> Book:
    """A book in which the money of a clause, in all its versions, is another expression.

    Raises:
        DecisionError: there is no such clause, it gives no money, or ``text`` cannot be read.
    """
    decision = _clause(book, clause)
    if not list(_texts(decision.logic, AMOUNT)):
        raise DecisionError(f"clause {decision.name} gives no money that could change (没有金额)")
    amount = _expression(book, text, f"{decision.name}, {AMOUNT}")
    return with_clause(
        book, replace(decision, logic=_edited(decision.logic, AMOUNT, lambda _: amount))
    )


def with_clause(book: Book, decision: Decision) -> Book:
    """A book with this decision, new or in place of the one of its name.

    Raises:
        DecisionError: its name is that of a fact or parameter, or it reads an unknown name.
    """
    for kind, names in (("fact", book.facts), ("parameter", book.constants)):
        if decision.name in names:
            raise DecisionError(f"{decision.name} is already a {kind}; choose another name")
    changed = replace(book, decisions={**book.decisions, decision.name: decision})
    for name in names_of(decision.logic):
        _check_known(changed, name, decision.name)
    return changed


def with_constant(book: Book, name: str, value: Any) -> Book:
    """A book in which a parameter has another value.

    Args:
        book: stays as it is.
        name: id or Chinese label of a parameter.
        value: of the type that it has; whole numbers become decimals.

    Raises:
        DecisionError: there is no such parameter, or its value is of another type.
    """
    key = book.resolve(name)
    if key not in book.constants or key in book.facts:
        raise DecisionError(f"the book has no parameter {name!r} (没有该参数)")
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    held = book.constants[key]
    if isinstance(value, float):
        raise DecisionError(f"parameter {key}: give decimals, {value!r} is a float and not exact")
    if held is not None and _kind(held) is not _kind(value):
        raise DecisionError(
            f"parameter {key} is of type {_kind(held).__name__}, {value!r} is not (类型不符)"
        )
    return replace(book, constants={**book.constants, key: value})


def _kind(value: Any) -> type:
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | Decimal):
        return Decimal
    return date if isinstance(value, date) else type(value)


def _clause(book: Book, name: str) -> Decision:
    key = book.resolve(name)
    decision = book.decisions.get(key)
    if decision is None:
        raise DecisionError(f"there is no clause {name!r} in force on {book.day} (没有该条款)")
    if not list(_clauses(decision.logic)):
        raise DecisionError(f"decision {key} is no clause with conditions; change it as a whole")
    return decision


def _clauses(logic: Logic) -> Iterator[Conditions]:
    match logic:
        case Conditions():
            yield logic
        case Dated():
            for version in logic.versions:
                yield from _clauses(version.logic)
        case Typed():
            yield from _clauses(logic.logic)
        case _:
            return


def _texts(logic: Logic, condition: str) -> Iterator[Expression]:
    for clause in _clauses(logic):
        for one in (*clause.conditions, *clause.exclusions):
            if condition in {one.name, one.label}:
                yield one.expression
        if condition == AMOUNT and clause.amount is not None:
            yield clause.amount


def _names(logic: Logic) -> list[str]:
    found = [one.name for c in _clauses(logic) for one in (*c.conditions, *c.exclusions)]
    if any(clause.amount is not None for clause in _clauses(logic)):
        found.append(AMOUNT)
    return list(dict.fromkeys(found))


def _edited(logic: Logic, condition: str, change: _Change) -> Logic:
    match logic:
        case Conditions():
            return _edited_clause(logic, condition, change)
        case Dated():
            versions = tuple(
                replace(version, logic=_edited(version.logic, condition, change))
                for version in logic.versions
            )
            return replace(logic, versions=versions)
        case Typed():
            return replace(logic, logic=_edited(logic.logic, condition, change))
        case _:
            return logic


def _edited_clause(clause: Conditions, condition: str, change: _Change) -> Conditions:
    conditions, exclusions = (
        tuple(
            replace(one, expression=change(one.expression))
            if condition in {one.name, one.label}
            else one
            for one in part
        )
        for part in (clause.conditions, clause.exclusions)
    )
    amount = clause.amount
    if condition == AMOUNT and amount is not None:
        amount = change(amount)
    return Conditions(conditions, exclusions, amount)


def _places(text: str, old: str) -> list[int]:
    """Where ``old`` stands in a text as whole words."""
    if not old.strip():
        return []
    before = r"(?<![\w.])" if re.match(r"[\w.]", old) else ""
    behind = r"(?![\w.])" if re.match(r"[\w.]", old[-1]) else ""
    return [found.start() for found in re.finditer(before + re.escape(old) + behind, text)]


def _replaced(text: str, old: str, new: str, where: str) -> str:
    places = _places(text, old)
    if len(places) > 1:
        raise DecisionError(
            f"{where}: “{old}” stands {len(places)} times in “{text}”; "
            "give more of the text around it (请给出更长的原文)"
        )
    return text[: places[0]] + new + text[places[0] + len(old) :]


def _expression(book: Book, text: str, where: str) -> Expression:
    known = (book.facts, book.constants, book.decisions, book.aliases)
    try:
        return Expression(text, parse(text, [name for names in known for name in names]))
    except FeelError as error:
        raise DecisionError(f"{where}: “{text}” cannot be read: {error} (表达式有误)") from None


def _check_known(book: Book, name: str, where: str) -> None:
    key = book.resolve(name)
    if key not in book.facts and key not in book.constants and key not in book.decisions:
        raise DecisionError(f"{where}: the name {name} is not known (没有该名称)")
