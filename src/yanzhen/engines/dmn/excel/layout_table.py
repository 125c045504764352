"""One decision table as a sheet (决策表版式)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.layout import column_width, offer_words, put_lines, put_signatures
from yanzhen.engines.dmn.excel.page import Offer, Page
from yanzhen.engines.dmn.excel.parts import input_kind, one_line, test_text, text_of
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.unparse import unparse
from yanzhen.kernel.explanation import Citation

BLANK_ROWS = 2
"""Free rows with frames and drop-downs at the end, for rows that people add."""
_TRUTHS = ("true", "false", "-")


@dataclass(slots=True)
class Texts:
    """Texts that are to be read back to the letter: FEEL, and words."""

    feel: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    """One column of the sheet: its role, its heading cells, its cells, its drop-down."""

    role: str
    label: str = ""
    expression: str = ""
    type: str = ""
    allowed: str = ""
    default: str = ""
    cells: list[str] = field(default_factory=list)
    items: tuple[str, ...] = ()

    def heads(self) -> tuple[str, ...]:
        return (self.role, self.label, self.expression, self.type, self.allowed, self.default)


def table_page(
    name: str,
    title: str,
    lines: list[tuple[str, str]],
    table: m.Table,
    *,
    source: str,
    types: Mapping[str, m.ValueType],
    texts: Texts,
) -> Page:
    """The sheet of one table.

    Args:
        name: of the sheet.
        title: its first row.
        lines: headings and values above the table; the hit policy is added.
        table: the table.
        source: id of the source that articles belong to where a row names no other.
        types: types of facts by id and label, for the input columns.
        texts: takes the texts that are to be read back to the letter.
    """
    columns = _columns(table, source, types, texts)
    page = Page(name)
    last = len(columns)
    page.widths[0] = 12
    for at, column in enumerate(columns, 1):
        page.widths[at] = column_width([*column.heads(), *column.cells])
    page.put_across(0, 0, last, title, "title")
    page.heights[0] = 30
    lines = [*lines, (w.HIT, w.HITS[table.hit])]
    offer_words(page, lines, 1)
    top = put_lines(page, 1, last, lines)
    _put_heads(page, top, columns)
    first = top + len(w.HEADER_MARKS)
    end = first + len(table.rules) + BLANK_ROWS
    for row in range(first, end):
        at = row - first
        if at < len(table.rules):
            page.put(row, 0, float(at + 1), "number")
        else:
            page.put(row, 0, "", "number")
        for number, column in enumerate(columns, 1):
            page.put(row, number, column.cells[at] if at < len(column.cells) else "")
    for number, column in enumerate(columns, 1):
        if column.items:
            page.offers.append(Offer((first, number), (end - 1, number), column.items))
    page.frozen = first
    page.repeated = (top, top + 1)
    put_signatures(page, end, last)
    return page


def _put_heads(page: Page, top: int, columns: list[_Column]) -> None:
    for down, mark in enumerate(w.HEADER_MARKS):
        page.put(top + down, 0, mark, "head")
    for at, column in enumerate(columns, 1):
        for down, text in enumerate(column.heads()):
            page.put(top + down, at, text, "head")
        if column.role in {w.INPUT, w.OUTPUT}:
            help_text = w.CELL_HELP if column.role == w.INPUT else w.RESULT_HELP
            page.comments[top, at] = help_text
        if column.role == w.OUTPUT:
            place = (top + w.HEADER_MARKS.index(w.TYPE), at)
            page.offers.append(Offer(place, place, tuple(w.TYPES.values())))


def _columns(
    table: m.Table, source: str, types: Mapping[str, m.ValueType], texts: Texts
) -> list[_Column]:
    columns = [
        *(_input(table, at, types) for at in range(len(table.inputs))),
        *(_output(table, at) for at in range(len(table.outputs))),
    ]
    for column in columns:
        if column.role == w.INPUT:
            texts.feel.append(column.expression)
        texts.feel += [*column.allowed.split("\n"), column.allowed, column.default, *column.cells]
        texts.words += (
            [column.label] if column.role == w.INPUT else [column.label, column.expression]
        )
    columns += _words(table, source)
    own = columns[len(table.inputs) + len(table.outputs) :]
    texts.words += [cell for column in own for cell in column.cells]
    return columns


def _input(table: m.Table, at: int, types: Mapping[str, m.ValueType]) -> _Column:
    clause = table.inputs[at]
    kind = input_kind(table, at)
    known = types.get(text_of(clause.expression).strip())
    shown = known or (w.TYPE_OF_KIND[kind] if kind else "any")
    cells = [test_text(rule, at) for rule in table.rules]
    items: tuple[str, ...] = ()
    allowed = ""
    if clause.allowed is not None:
        allowed = unparse(clause.allowed)
        items = _listed(clause.allowed)
    elif shown == "boolean":
        items = _TRUTHS
    return _Column(
        w.INPUT,
        clause.label,
        text_of(clause.expression),
        w.TYPES[shown],
        allowed,
        cells=cells,
        items=items,
    )


def _listed(allowed: n.UnaryTests) -> tuple[str, ...]:
    """The values to choose from, where the allowed values are a closed list."""
    closed = all(isinstance(test, n.String | n.Number | n.Bool) for test in allowed.tests)
    if allowed.negated or not closed or not allowed.tests:
        return ()
    return (*(unparse(test) for test in allowed.tests), "-")


def _output(table: m.Table, at: int) -> _Column:
    clause = table.outputs[at]
    values = [one_line(value) for value in clause.allowed]
    items = tuple(values)
    if clause.type == "boolean" and not items:
        items = _TRUTHS[:2]
    return _Column(
        w.OUTPUT,
        clause.label,
        clause.name,
        w.TYPES[clause.type],
        "\n".join(values),
        "" if clause.default is None else text_of(clause.default),
        [text_of(rule.outputs[at]) for rule in table.rules],
        items,
    )


def _words(table: m.Table, source: str) -> list[_Column]:
    """Notes and articles; other sources and notes of their own only where a row has one."""
    cited = [rule.citation for rule in table.rules]
    columns = [
        _Column(w.NOTE, cells=[rule.note for rule in table.rules]),
        _Column(w.ARTICLE, cells=["" if one is None else one.article for one in cited]),
    ]
    plain = all(
        one is None or (one.article and one == Citation(source, one.article, rule.note))
        for one, rule in zip(cited, table.rules, strict=True)
    )
    if not plain:
        columns.append(
            _Column(w.CITED_SOURCE, cells=["" if c is None else c.source for c in cited])
        )
        columns.append(_Column(w.CITED_NOTE, cells=["" if c is None else c.note for c in cited]))
    return columns
