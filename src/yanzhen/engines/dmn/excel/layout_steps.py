"""Everything of a decision that is no table, as one sheet of steps (规则步骤版式)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.layout import column_width, offer_words, put_lines, put_signatures
from yanzhen.engines.dmn.excel.layout_table import BLANK_ROWS, Texts
from yanzhen.engines.dmn.excel.page import Offer, Page
from yanzhen.engines.dmn.excel.parts import text_of
from yanzhen.kernel.explanation import Citation

HEADS = (w.NUMBER, w.STEP_ID, w.STEP_LABEL, w.STEP_KIND, w.STEP_TEXT, w.ARTICLE, w.CITED_NOTE)
KIND_COLUMN = 3
SEE = "见工作表："
KIND_HELP = (
    "每一步一行，后面的步骤可以引用前面的步骤：\n"
    "表达式  写在“表达式”栏\n"
    "决策表  另见该步骤的工作表\n"
    "条件组  下面各行“条件”都成立、“排除”都不成立\n"
    "结果  规则的最终结果"
)


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    name: str = ""
    label: str = ""
    text: str = ""
    citation: Citation | None = None


def steps_page(
    name: str,
    title: str,
    lines: list[tuple[str, str]],
    logic: m.Logic,
    *,
    source: str,
    sheets: Mapping[str, str],
    texts: Texts,
) -> Page:
    """The sheet of steps.

    Args:
        name: of the sheet.
        title: its first row.
        lines: headings and values above the steps.
        logic: an expression, conditions, or a context of steps.
        source: id of the source that articles belong to where a step names no other.
        sheets: name of the sheet of each table, by part.
        texts: takes the texts that are to be read back to the letter.
    """
    steps = list(_lines(logic, sheets))
    plain = all(
        s.citation is None or (s.citation.article and s.citation.source == source) for s in steps
    )
    heads = HEADS if plain else (*HEADS, w.CITED_SOURCE)
    rows = [_row(step)[: len(heads) - 1] for step in steps]
    for step in steps:
        texts.feel.append(step.text)
        texts.words += _row(step)
    page, last = Page(name), len(heads) - 1
    page.widths = {0: 12.0}
    for at, head in enumerate(heads[1:]):
        page.widths[at + 1] = column_width([head, *(row[at] for row in rows)])
    page.put_across(0, 0, last, title, "title")
    page.heights[0] = 30
    offer_words(page, lines, 1)
    top = put_lines(page, 1, last, lines)
    for column, head in enumerate(heads):
        page.put(top, column, head, "head")
    page.comments[top, KIND_COLUMN] = KIND_HELP
    end = top + 1 + len(rows) + BLANK_ROWS
    for row in range(top + 1, end):
        at = row - top - 1
        given = rows[at] if at < len(rows) else ("",) * last
        page.put(row, 0, float(at + 1) if at < len(rows) else "", "number")
        for column, text in enumerate(given, 1):
            page.put(row, column, text)
    page.offers.append(Offer((top + 1, KIND_COLUMN), (end - 1, KIND_COLUMN), w.STEP_KINDS))
    page.frozen = top + 1
    page.repeated = (top, top)
    put_signatures(page, end, last)
    return page


def _row(step: _Line) -> tuple[str, ...]:
    cited = step.citation or Citation("")
    return (
        step.name,
        step.label,
        step.kind,
        step.text,
        cited.article,
        cited.note,
        cited.source,
    )


def _lines(logic: m.Logic, sheets: Mapping[str, str]) -> Iterator[_Line]:
    match logic:
        case m.Context():
            for entry in logic.entries:
                yield from _entry(entry, sheets)
            yield from _result(logic.result, sheets)
        case m.Conditions():
            yield from _conditions(logic)
        case m.Expression():
            yield _Line(w.K_RESULT, text=text_of(logic))


def _entry(entry: m.Entry, sheets: Mapping[str, str]) -> Iterator[_Line]:
    match entry.logic:
        case m.Table():
            text = SEE + sheets[entry.name]
            yield _Line(w.K_TABLE, entry.name, entry.label, text, entry.citation)
        case m.Conditions():
            yield _Line(w.K_CONDITIONS, entry.name, entry.label, "", entry.citation)
            yield from _conditions(entry.logic)
        case m.Expression():
            text = text_of(entry.logic)
            yield _Line(w.K_EXPRESSION, entry.name, entry.label, text, entry.citation)


def _conditions(logic: m.Conditions) -> Iterator[_Line]:
    for kind, group in ((w.K_CONDITION, logic.conditions), (w.K_EXCLUSION, logic.exclusions)):
        for one in group:
            yield _Line(kind, one.name, one.label, text_of(one.expression), one.citation)
    if logic.amount is not None:
        yield _Line(w.K_AMOUNT, text=text_of(logic.amount))


def _result(result: m.Logic | None, sheets: Mapping[str, str]) -> Iterator[_Line]:
    match result:
        case m.Expression():
            yield _Line(w.K_RESULT, text=text_of(result))
        case m.Table():
            yield _Line(w.K_RESULT, text=SEE + sheets[w.RESULT_PART])
