"""A workbook back into a decision, with every fault at its cell (决策表导入)."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.grid import Grid
from yanzhen.engines.dmn.excel.open_book import open_book
from yanzhen.engines.dmn.excel.read_steps import StepsReader
from yanzhen.engines.dmn.excel.read_table import ColumnKey, TableReader
from yanzhen.engines.dmn.excel.reading import Place, Reading
from yanzhen.engines.dmn.excel.report import BookFault, ReadBook
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label
from yanzhen.kernel.normalize.text import to_half_width

_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 00:00:00)?")
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_FIRST_DAY = date(1899, 12, 30)


def read_table_book(content: bytes, *, names: Collection[str]) -> ReadBook:
    """A workbook that ``write_table_book`` wrote and people edited (决策表导入).

    Texts that were not touched are read to the letter; what people wrote is read as offices
    write, and ``notes`` says what was taken otherwise than written.

    Args:
        content: the bytes of an XLSX file.
        names: ids and labels of facts, parameters and decisions that expressions may name. 万, 亿,
            评估日 and the decision's own steps need not be among them.

    Returns:
        The decision, or all faults at once, each with sheet, cell and what to write.

    Raises:
        DataError: the file cannot be opened as a workbook at all; the text is Chinese.
    """
    sheets = open_book(content)
    hidden = next((s for s in sheets if str(s.value(0, 0)).startswith("yanzhen-table-book")), None)
    rows = [] if hidden is None else [[str(cell) for cell in row] for row in hidden.rows]
    if hidden is not None and rows[0][0] != w.FORMAT:
        mend = "请从系统重新导出，在新的工作簿上修改"
        fault = BookFault("", "", f"工作簿的格式是“{rows[0][0]}”，本系统读不了", mend)
        return ReadBook(None, (fault,))
    reading = Reading(
        frozenset(),
        frozenset(row[1] for row in rows if row[0] == "feel"),
        frozenset(row[1] for row in rows if row[0] == "text"),
    )
    reading.know(names)
    form = next((row[1] for row in rows if row[0] == "form"), "")
    columns: dict[str, list[ColumnKey]] = {}
    for row in rows:
        if row[0] == "column":
            columns.setdefault(row[1], []).append((row[2], row[3], row[4]))
    grids = [Grid.of(sheet) for sheet in sheets if not sheet.hidden]
    decision = _Book(grids, reading, form, columns).decision(names)
    order = {sheet.name: at for at, sheet in enumerate(sheets)}
    faults = sorted(reading.faults, key=lambda f: (order.get(f.sheet, -1), *_order(f.cell)))
    return ReadBook(None if faults else decision, tuple(faults), tuple(reading.notes))


def _order(cell: str) -> tuple[int, int, str]:
    """A cell's place in the order of reading: by row, then by column."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


class _Book:
    def __init__(
        self,
        grids: list[Grid],
        reading: Reading,
        form: str,
        columns: dict[str, list[ColumnKey]],
    ) -> None:
        self.grids = grids
        self.reading = reading
        self.form = form
        self.columns = columns

    def decision(self, names: Collection[str]) -> m.Decision | None:
        main = next((grid for grid in self.grids if grid.find(w.ID) is not None), None)
        if main is None:
            mend = f"第一列应有“{w.ID}”“{w.NAME_ZH}”等各行；请从系统重新导出后修改"
            self.reading.faults.append(BookFault("", "", f"没有一张工作表有“{w.ID}”", mend))
            return None
        source = self._word(main, w.SOURCE)
        tables = {
            self.reading.words_at(at): TableReader(grid, self.reading, source, self._written(at))
            for grid in self.grids
            if (at := grid.line(w.PART)) is not None
        }
        if main.find(w.ROLE) is not None:
            alone = TableReader(main, self.reading, source, self.columns.get("", []))
            logic: m.Logic | None = alone.table()
        else:
            steps = StepsReader(main, self.reading, source, tables)
            self.reading.know({*names, *steps.names()})
            logic = steps.logic(self.form)
        return self._whole(main, logic, source)

    def _written(self, at: Place) -> list[ColumnKey]:
        return self.columns.get(self.reading.words_at(at), [])

    def _word(self, grid: Grid, key: str) -> str:
        at = grid.line(key)
        return "" if at is None else self.reading.words_at(at)

    def _whole(self, grid: Grid, logic: m.Logic | None, source: str) -> m.Decision | None:
        reading = self.reading
        for key in (w.ID, w.NAME_ZH):
            if not self._word(grid, key):
                reading.fault(grid.line(key) or grid.at(0, 0), f"没有{key}", f"请填写{key}")
        start, end = self._day(grid, w.START), self._day(grid, w.END)
        if start is not None and end is not None and end < start:
            at = grid.line(w.END) or grid.at(0, 0)
            reading.fault(at, "有效期的末日早于首日", "请核对有效期")
        stated = self._word(grid, w.RESULT_TYPE)
        kind: m.ValueType | None = w.type_of(stated) if stated else "any"
        if kind is None:
            at = grid.line(w.RESULT_TYPE) or grid.at(0, 0)
            mend = f"请从下拉列表中选择：{'、'.join(w.TYPES.values())}"
            reading.fault(at, f"没有“{stated}”这种类型", mend)
        status = self._word(grid, w.STATUS)
        if status not in {w.OFFICIAL, w.TYPICAL}:
            at = grid.line(w.STATUS) or grid.at(0, 0)
            reading.fault(at, f"看不出{w.STATUS}", f"请填“{w.OFFICIAL}”或“{w.TYPICAL}”")
        cited = (source, self._word(grid, w.ARTICLE), self._word(grid, w.SOURCE_NOTE))
        if logic is None or kind is None:
            return None
        return m.Decision(
            name=self._word(grid, w.ID),
            label=Label(self._word(grid, w.NAME_ZH), self._word(grid, w.NAME_EN)),
            logic=logic,
            type=kind,
            version=self._word(grid, w.VERSION),
            start=start,
            end=end,
            citation=Citation(*cited) if any(cited) else None,
            official=status == w.OFFICIAL,
            doc=self._word(grid, w.DOC),
        )

    def _day(self, grid: Grid, key: str) -> date | None:
        text = "".join(to_half_width(self._word(grid, key)).split(" "))
        if text in {"", "-", w.OPEN_END, "不限"}:
            return None
        if _SERIAL.fullmatch(text):
            return _FIRST_DAY + timedelta(days=int(text))
        found = _DAY.fullmatch(text)
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            pass  # there is no such day in the calendar
        at = grid.line(key) or grid.at(0, 0)
        mend = f"请写成 2026-01-31 的样子；没有末日的写“{w.OPEN_END}”"
        self.reading.fault(at, f"“{text}”不是日期", mend)
        return None
