"""The sheet of steps back into an expression, conditions or a context (规则步骤读取)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.grid import Grid, passed_over
from yanzhen.engines.dmn.excel.layout_steps import HEADS, SEE
from yanzhen.engines.dmn.excel.read_table import TableReader
from yanzhen.engines.dmn.excel.reading import Place, Reading
from yanzhen.kernel.explanation import Citation


@dataclass(slots=True)
class _Group:
    """Conditions being gathered."""

    conditions: list[m.Condition] = field(default_factory=list)
    exclusions: list[m.Condition] = field(default_factory=list)
    amount: m.Expression | None = None

    def logic(self) -> m.Conditions:
        return m.Conditions(tuple(self.conditions), tuple(self.exclusions), self.amount)


@dataclass(slots=True)
class _Step:
    name: str
    label: str
    logic: m.Expression | m.Table | _Group
    citation: Citation | None


class StepsReader:
    """Reads the sheet of steps; tables come from sheets of their own."""

    def __init__(
        self, grid: Grid, reading: Reading, source: str, tables: Mapping[str, TableReader]
    ) -> None:
        """Prepare for one book.

        Args:
            grid: the sheet.
            reading: takes faults and notes.
            source: id of the source that articles belong to.
            tables: readers of the sheets of tables, by step.
        """
        self.grid = grid
        self.reading = reading
        self.source = source
        self.tables = tables
        top = grid.find(w.NUMBER)
        self.top = -1 if top is None else top
        self.columns = {w.plain(grid.at(self.top, c).value): c for c in grid.columns()}
        self.columns.pop("", None)
        self.steps: list[_Step] = []
        self.loose = _Group()
        self.result: m.Logic | None = None
        self.has_loose = False

    def names(self) -> set[str]:
        """Names and labels of the steps, which expressions may use."""
        if self.top < 0:
            return set()
        rows = [row for row in self.grid.body(self.top + 1) if self._kind(row) in w.STEP_KINDS[:3]]
        found = {self._word(row, key) for row in rows for key in (w.STEP_ID, w.STEP_LABEL)}
        return found - {""}

    def logic(self, form: str) -> m.Logic | None:
        """The logic, or None, with faults.

        Args:
            form: the form it had when it was written, which decides where the sheet leaves it
                open; empty if it is not known.
        """
        missing = [head for head in HEADS[1:5] if head not in self.columns]
        if self.top < 0 or missing:
            shown = "、".join(missing) or w.NUMBER
            at = self.grid.at(max(self.top, 0), 0)
            self.reading.fault(at, f"找不到“{shown}”栏", "请从系统重新导出后修改，不要改动表头")
            return None
        for row in self.grid.body(self.top + 1):
            self._row(row)
        if self.has_loose and (self.steps or self.result is not None):
            at = self.grid.at(self.top, 0)
            mend = f"请在条件之前加一行“{w.K_CONDITIONS}”并给它编号"
            self.reading.fault(at, "有条件不属于任何一步", mend)
        if self.has_loose or (form == "conditions" and not self.steps and self.result is None):
            return self.loose.logic()
        if not self.steps and self.result is None:
            self.reading.fault(self.grid.at(self.top, 0), "没有任何步骤", "请至少填写一步")
        if not self.steps and form != "context":
            return self.result
        return m.Context(tuple(_entry(step) for step in self.steps), self.result)

    def _kind(self, row: int) -> str:
        return w.plain(self._at(row, w.STEP_KIND).value)

    def _at(self, row: int, head: str) -> Place:
        column = self.columns.get(head)
        if column is None:
            return Place(self.grid.sheet, row, 0, "")
        return self.grid.at(row, column)

    def _word(self, row: int, head: str) -> str:
        return self.reading.words_at(self._at(row, head))

    def _citation(self, row: int) -> Citation | None:
        article, note = self._word(row, w.ARTICLE), self._word(row, w.CITED_NOTE)
        if w.CITED_SOURCE not in self.columns:
            return Citation(self.source, article, note) if article else None
        source = self._word(row, w.CITED_SOURCE)
        return Citation(source, article, note) if source or article or note else None

    def _row(self, row: int) -> None:
        cells = [self._at(row, head) for head in self.columns if head != w.ERROR_HEADING]
        if all(cell.is_blank for cell in cells):
            return
        first = self.grid.at(row, 0)
        beginning = next(cell.value for cell in (first, *cells) if not cell.is_blank)
        if isinstance(beginning, str) and passed_over(beginning):
            self.reading.note(first, beginning, "", "合计行、说明行不作为规则")
            return
        kind = self._kind(row)
        at = self._at(row, w.STEP_TEXT)
        match kind:
            case w.K_EXPRESSION:
                if (expression := self.reading.expression(at)) is not None:
                    self._add(row, expression)
            case w.K_TABLE:
                table = self._table(at, self._word(row, w.STEP_ID))
                if table is not None:
                    self._add(row, table)
            case w.K_CONDITIONS:
                self._add(row, _Group())
            case w.K_CONDITION | w.K_EXCLUSION | w.K_AMOUNT:
                self._condition(row, kind, at)
            case w.K_RESULT:
                self._result(at)
            case _:
                mend = f"请从下拉列表中选择：{'、'.join(w.STEP_KINDS)}"
                self.reading.fault(self._at(row, w.STEP_KIND), f"没有“{kind}”这种类别", mend)

    def _add(self, row: int, logic: m.Expression | m.Table | _Group) -> None:
        name, label = self._word(row, w.STEP_ID), self._word(row, w.STEP_LABEL)
        at = self._at(row, w.STEP_ID)
        if not name:
            self.reading.fault(at, "这一步没有编号", "请用小写字母、数字和下划线给它编号")
        elif any(step.name == name for step in self.steps):
            self.reading.fault(at, f"有两步的编号都是“{name}”", "请改掉其中一个编号")
        self.steps.append(_Step(name, label, logic, self._citation(row)))

    def _table(self, at: Place, part: str) -> m.Table | None:
        reader = self.tables.get(part)
        if reader is None:
            mend = f"请补上该步骤的工作表（第一列“{w.PART}”为“{part}”），或把这一步改为表达式"
            self.reading.fault(at, f"找不到步骤“{part}”的决策表", mend)
            return None
        return reader.table()

    def _condition(self, row: int, kind: str, at: Place) -> None:
        last = self.steps[-1].logic if self.steps else None
        group = last if isinstance(last, _Group) else self.loose
        self.has_loose = self.has_loose or group is self.loose
        expression = self.reading.expression(at, None if kind != w.K_AMOUNT else "number")
        if expression is None:
            return
        if kind == w.K_AMOUNT:
            if group.amount is not None:
                self.reading.fault(at, "有两个金额", "请只留一行金额")
            group.amount = expression
            return
        letter, listed = (
            ("c", group.conditions) if kind == w.K_CONDITION else ("x", group.exclusions)
        )
        taken = {one.name for one in listed}
        name = self._word(row, w.STEP_ID)
        number = len(listed) + 1
        while not name:
            name = "" if f"{letter}{number}" in taken else f"{letter}{number}"
            number += 1
        label = self._word(row, w.STEP_LABEL)
        listed.append(m.Condition(name, label, expression, self._citation(row)))

    def _result(self, at: Place) -> None:
        if self.result is not None:
            self.reading.fault(at, "有两个结果", "请只留一行结果")
        is_table = isinstance(at.value, str) and at.value.startswith(SEE)
        self.result = self._table(at, w.RESULT_PART) if is_table else self.reading.expression(at)


def _entry(step: _Step) -> m.Entry:
    logic = step.logic.logic() if isinstance(step.logic, _Group) else step.logic
    return m.Entry(step.name, step.label, logic, step.citation)
