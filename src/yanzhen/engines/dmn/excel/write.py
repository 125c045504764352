"""A decision as a workbook to print, sign and edit (决策表导出)."""

from collections.abc import Mapping
from datetime import date

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.layout import decision_lines, hidden_page, sheet_name
from yanzhen.engines.dmn.excel.layout_steps import steps_page
from yanzhen.engines.dmn.excel.layout_table import Texts, table_page
from yanzhen.engines.dmn.excel.page import Page
from yanzhen.engines.dmn.excel.paint import paint
from yanzhen.engines.dmn.excel.parts import form_of, tables_of


def write_table_book(
    decision: m.Decision,
    *,
    title: str,
    source_words: str,
    made_on: date,
    types: Mapping[str, m.ValueType] | None = None,
) -> bytes:
    """A decision as an XLSX workbook, one sheet for each table (决策表导出).

    A4 landscape, heading rows repeated, signature block, drop-downs for closed lists; every text
    is stored as text, also where it looks like a formula. ``read_table_book`` gives the same
    decision back. Rows without text of their own get the text of their tree.

    Args:
        decision: a table, an expression, conditions, or steps of these.
        title: first row of every sheet.
        source_words: what the decision rests on, in words, for the reader on paper.
        made_on: the day printed as 制表日期.
        types: types of facts by id and label, shown above the input columns; where a column's
            fact is not among them its type is told from its cells.

    Returns:
        The bytes of an XLSX file.

    Raises:
        DecisionError: a part of the decision has no form on a sheet (it says which), or a text
            does not fit a cell.
    """
    form = form_of(decision)
    tables = tables_of(decision)
    single = form == "table"
    taken: list[str] = [w.HIDDEN] if single else [w.HIDDEN, w.STEPS_SHEET]
    sheets: dict[str, str] = {}
    for number, part in enumerate(tables, 1):
        wanted = decision.label.zh if single else f"表{number} {part.label}"
        sheets[part.part] = sheet_name(wanted, taken)
        taken.append(sheets[part.part])
    texts = Texts()
    source = decision.citation.source if decision.citation else ""
    lines = decision_lines(decision, source_words, made_on)
    texts.words += [value for _, value in lines]
    pages: list[Page] = []
    if not single:
        pages.append(
            steps_page(
                w.STEPS_SHEET,
                title,
                lines,
                decision.logic,
                source=source,
                sheets=sheets,
                texts=texts,
            )
        )
    for part in tables:
        own = lines if single else _part_lines(decision, part.part, part.label, source_words)
        texts.words.append(part.part)
        pages.append(
            table_page(
                sheets[part.part],
                title if single else f"{title}：{part.label}",
                own,
                part.table,
                source=source,
                types=types or {},
                texts=texts,
            )
        )
    hidden = hidden_page(decision, form, sheets)
    _add_texts(hidden, texts)
    return paint([*pages, hidden])


def _part_lines(
    decision: m.Decision, part: str, label: str, source_words: str
) -> list[tuple[str, str]]:
    """The lines above a step's table: which rule, which step, from when to when."""
    start = decision.start.isoformat() if decision.start else ""
    end = decision.end.isoformat() if decision.end else w.OPEN_END
    return [
        (w.OWNER, f"{decision.label.zh}（{decision.name}），{w.VERSION} {decision.version}"),
        ("有效期", f"{start} 至 {end}"),
        (w.SOURCE_WORDS, source_words),
        (w.PART, part),
        (w.PART_LABEL, label),
    ]


def _add_texts(hidden: Page, texts: Texts) -> None:
    row, _ = hidden.size()
    for tag, group in (("feel", texts.feel), ("text", texts.words)):
        for text in dict.fromkeys(group):
            if text.strip():
                hidden.put(row, 0, tag)
                hidden.put(row, 1, text)
                row += 1
