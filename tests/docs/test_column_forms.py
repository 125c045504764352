"""What the manual says has a column form is lowered, and what it says has none is refused."""

import re
from dataclasses import replace
from datetime import date

import pytest

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.dmn.model import Expression
from yanzhen.engines.feel import parse
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city


@pytest.fixture(scope="module")
def book(root):
    return book_on(read_city(root / "cities" / "sample"), date(2026, 11, 23))


def shown(root, answer):
    page = (root / "docs" / "reference" / "column-forms.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- column forms: {answer} -->\n```text\n(.*?)```", page, re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def refusal(book, text):
    """Why an expression has no column form, or None if it has one."""
    names = {*book.facts, *book.aliases, *book.constants, *book.decisions}
    logic = Expression(text, parse(text, names))
    asked = replace(book.decisions["size"], name="asked", type="any", logic=logic)
    plan = compile_plan(replace(book, decisions={**book.decisions, "asked": asked}), ["asked"])
    return plan.refused.get("asked")


def test_forms_shown_as_columns_are_columns(root, book):
    refused = {text: refusal(book, text) for text in shown(root, "yes")}

    assert len(refused) >= 10
    assert {text: why for text, why in refused.items() if why} == {}


def test_forms_shown_as_none_are_refused_with_a_reason(root, book):
    refused = {text: refusal(book, text) for text in shown(root, "no")}

    assert len(refused) >= 7
    assert [text for text, why in refused.items() if not why] == []
