"""Files given back with 错误说明, so that only the bad rows need mending (退回文件).

Up to ``WHOLE`` rows the file comes back as it was, with the reasons behind each refused row and
the others hidden by a filter; larger files come back with the refused rows alone. Cells that a
spreadsheet would run as formulas are quoted.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xlsxwriter

from yanzhen.apps.facts.checking.rows import RowFault
from yanzhen.apps.facts.reading import SourceTable
from yanzhen.apps.facts.reading.headings import ERROR_HEADING, ROW_HEADING, plain
from yanzhen.packs.model import Dataset

WHOLE = 50_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_COMMENT = 300


def defuse(text: str) -> str:
    """A text that no spreadsheet runs as a formula; plain numbers stay as they are.

    >>> defuse("=1+1"), defuse("-12.5"), defuse("+86")
    ("'=1+1", '-12.5', "'+86")
    """
    if not text.startswith(_FORMULA):
        return text
    number = text[1:].replace(".", "", 1)
    return text if text[0] == "-" and number.isascii() and number.isdigit() else f"'{text}"


def give_back(
    source: SourceTable, dataset: Dataset, faults: Sequence[RowFault], path: Path
) -> None:
    """Write the file to give back: XLSX for XLSX, else CSV.

    Args:
        source: the file as read.
        dataset: its data set, for the headings of files that have none of their own.
        faults: every fault of every refused row.
        path: where to write; its suffix is ``.xlsx`` or ``.csv``.
    """
    reasons = _reasons(source, faults)
    rows, headings = _rows(source, dataset, set(reasons))
    if path.suffix == ".xlsx":
        _write_xlsx(path, headings, rows, reasons, _marked(source, headings[-1], faults))
    else:
        _write_csv(path, headings, rows, reasons)


def _reasons(source: SourceTable, faults: Iterable[RowFault]) -> dict[int, str]:
    """What is wrong with each refused row, by its number in the file."""
    found: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        found[int(source.numbers[fault.row])].append(f"{fault.column}：{fault.text}")
    return {number: "；".join(texts) for number, texts in found.items()}


def _rows(
    source: SourceTable, dataset: Dataset, bad: set[int]
) -> tuple[list[tuple[int, list[str]]], list[list[str]]]:
    """Numbered rows and heading rows, without the columns that an earlier return added."""
    if source.sheet is None or source.layout is None:
        names = [column.name for column in dataset.columns]
        columns = [source.columns[name].cast("string").to_pylist() for name in names]
        numbered = zip(source.numbers.tolist(), zip(*columns, strict=True), strict=True)
        every = [(n, [cell or "" for cell in row]) for n, row in numbered]
        headings = [names]
    else:
        end = source.layout.top + source.layout.depth
        kept = _own_columns(source.sheet.rows[end - 1])
        pick = _picker(kept)
        headings = [pick(row) for row in source.sheet.rows[:end]]
        first = source.sheet.first_row
        every = [(first + i, pick(r)) for i, r in enumerate(source.sheet.rows) if i >= end]
    if len(every) > WHOLE:
        every = [(number, row) for number, row in every if number in bad]
    return every, headings


def _own_columns(heading: Sequence[str]) -> list[int]:
    ours = {ERROR_HEADING, ROW_HEADING}
    return [i for i, text in enumerate(heading) if plain(text) not in ours]


def _picker(kept: Sequence[int]) -> Callable[[Sequence[str]], list[str]]:
    def pick(row: Sequence[str]) -> list[str]:
        return [row[i] if i < len(row) else "" for i in kept]

    return pick


def _marked(
    source: SourceTable, heading: list[str], faults: Iterable[RowFault]
) -> dict[tuple[int, int], str]:
    """Comments by row number and column: the text of a fault beside its cell."""
    if source.layout is None:
        names = list(heading)
    else:
        kept = _own_columns([h.text for h in source.layout.headings])
        found = (source.layout.headings[i].column for i in kept)
        names = ["" if column is None else column.name for column in found]
    place = {name: i for i, name in enumerate(names)}
    return {
        (int(source.numbers[f.row]), place[f.column]): f.text[:_LONGEST_COMMENT]
        for f in faults
        if f.column in place
    }


def _write_csv(
    path: Path,
    headings: list[list[str]],
    rows: list[tuple[int, list[str]]],
    reasons: dict[int, str],
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for i, heading in enumerate(headings):
        ours = [ROW_HEADING, ERROR_HEADING] if i == len(headings) - 1 else ["", ""]
        writer.writerow([*map(defuse, heading), *ours])
    for number, row in rows:
        writer.writerow([*map(defuse, row), number, reasons.get(number, "")])
    # the mark at the front tells office programs that this is UTF-8
    path.write_text(buffer.getvalue(), encoding="utf-8-sig", newline="")


def _write_xlsx(
    path: Path,
    headings: list[list[str]],
    rows: list[tuple[int, list[str]]],
    reasons: dict[int, str],
    comments: dict[tuple[int, int], str],
) -> None:
    width = max((len(row) for row in (*headings, *(r for _, r in rows))), default=0)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("退回")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        red = book.add_format({"num_format": "@", "bg_color": "#FDE2E0"})
        reason = book.add_format({"font_color": "#B42318", "text_wrap": True})
        for y, heading in enumerate(headings):
            sheet.write_row(y, 0, heading, bold)
        head = len(headings) - 1
        sheet.write_row(head, width, [ROW_HEADING, ERROR_HEADING], bold)
        for y, (number, row) in enumerate(rows, start=head + 1):
            bad = number in reasons
            for x, cell in enumerate(row):
                comment = comments.get((number, x)) if bad else None
                sheet.write_string(y, x, defuse(cell), red if comment else text)
                if comment:
                    sheet.write_comment(y, x, comment)
            sheet.write_number(y, width, number)
            if bad:
                sheet.write_string(y, width + 1, reasons[number], reason)
            else:
                sheet.set_row(y, options={"hidden": True})
        sheet.freeze_panes(head + 1, 0)
        sheet.autofilter(head, 0, head + max(len(rows), 1), width + 1)
        sheet.filter_column(width + 1, "x == NonBlanks")
        sheet.set_column(0, max(width - 1, 0), 18)
        sheet.set_column(width + 1, width + 1, 60)
