"""Where things stand on the sheets (版式): the decision's lines, the steps, one table."""

import re
from collections.abc import Collection
from datetime import date

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.page import Offer, Page
from yanzhen.engines.dmn.excel.parts import Form, TablePart, tables_of, text_of
from yanzhen.kernel.explanation import Citation

LONGEST_NAME = 31
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f']+")
_LINE = 15.0
_FIRST_WIDE = "\u2e80"


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that a sheet may have and no other has.

    >>> sheet_name("收费/比例", {"收费 比例"})
    '收费 比例 2'
    """
    base = _SHEET_NAME.sub(" ", wanted).strip()[:LONGEST_NAME] or "表"
    used = {name.casefold() for name in taken} | {"history"}
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        tail = f" {number}"
        name = base[: LONGEST_NAME - len(tail)] + tail
    return name


def width_of(text: str) -> int:
    """Columns that a text takes on paper: two for a Chinese character, one for a Latin one."""
    return max(
        (sum(2 if c >= _FIRST_WIDE else 1 for c in line) for line in text.split("\n")), default=0
    )


def put_lines(page: Page, row: int, last: int, lines: list[tuple[str, str]]) -> int:
    """Write lines of heading and value, the value across the sheet; the next free row."""
    room = sum(page.widths.get(column, 10) for column in range(1, last + 1))
    for key, value in lines:
        page.put(row, 0, key, "key")
        page.put_across(row, 1, last, value, "value")
        needed = sum(1 + width_of(line) // max(int(room), 1) for line in value.split("\n"))
        if needed > 1:
            page.heights[row] = min(_LINE * needed, 400)
        row += 1
    return row


def decision_lines(decision: m.Decision, source_words: str, made_on: date) -> list[tuple[str, str]]:
    """The decision's own lines: what it is called, from when to when it holds, on what it rests."""
    source = decision.citation or Citation("")
    return [
        (w.ID, decision.name),
        (w.NAME_ZH, decision.label.zh),
        (w.NAME_EN, decision.label.en),
        (w.RESULT_TYPE, w.TYPES[decision.type]),
        (w.VERSION, decision.version),
        (w.START, "" if decision.start is None else decision.start.isoformat()),
        (w.END, w.OPEN_END if decision.end is None else decision.end.isoformat()),
        (w.SOURCE, source.source),
        (w.ARTICLE, source.article),
        (w.SOURCE_NOTE, source.note),
        (w.SOURCE_WORDS, source_words),
        (w.STATUS, w.OFFICIAL if decision.official else w.TYPICAL),
        (w.DOC, decision.doc),
        (w.MADE_ON, made_on.isoformat()),
    ]


def offer_words(page: Page, lines: list[tuple[str, str]], first: int) -> None:
    """Drop-downs for those lines whose value is one of a list."""
    lists = {
        w.RESULT_TYPE: tuple(w.TYPES.values()),
        w.STATUS: (w.OFFICIAL, w.TYPICAL),
        w.HIT: tuple(w.HITS.values()),
    }
    for at, (key, _) in enumerate(lines, first):
        if key in lists:
            page.offers.append(Offer((at, 1), (at, 1), lists[key]))


def put_signatures(page: Page, row: int, last: int) -> None:
    """The block to sign: 拟稿, 审核, 签发 and 日期, side by side where the sheet is wide enough."""
    row += 1
    step = max((last + 1) // len(w.SIGNATURES), 1)
    for at, word in enumerate(w.SIGNATURES):
        down, across = divmod(at * step, last + 1)
        page.put(row + down, across, f"{word}：", "sign")
        page.heights[row + down] = 28


def hidden_page(decision: m.Decision, form: Form, sheets: dict[str, str]) -> Page:
    """What a program needs to read the book back as it was written.

    Each row has a tag in the first column: ``sheet`` (part, name), ``column`` (part, role, key,
    label) in the order of the model, ``feel`` and ``text``: texts as this program wrote them,
    which are read to the letter and not normalized.
    """
    page = Page(w.HIDDEN, hidden=True)
    rows: list[tuple[str, ...]] = [
        (w.FORMAT,),
        ("decision", decision.name),
        ("form", form),
        *(("sheet", part, name) for part, name in sheets.items()),
    ]
    for part in tables_of(decision):
        rows += _column_rows(part)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            page.put(at, column, text)
    return page


def _column_rows(part: TablePart) -> list[tuple[str, ...]]:
    inputs = [
        ("column", part.part, w.INPUT, text_of(clause.expression), clause.label)
        for clause in part.table.inputs
    ]
    outputs = [
        ("column", part.part, w.OUTPUT, clause.name, clause.label) for clause in part.table.outputs
    ]
    return [*inputs, *outputs]


def column_width(texts: list[str]) -> float:
    """A width for a column that holds ``texts``, between 10 and 40 characters."""
    return (
        float(min(max((width_of(text) + 2 for text in texts), default=10), 40)) if texts else 10.0
    )
