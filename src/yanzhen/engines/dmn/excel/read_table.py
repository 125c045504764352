"""One sheet back into a table (决策表读取)."""

from collections.abc import Mapping
from dataclasses import dataclass

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import words as w
from yanzhen.engines.dmn.excel.grid import Grid, passed_over
from yanzhen.engines.dmn.excel.parts import literal_kind
from yanzhen.engines.dmn.excel.reading import Place, Reading
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.unparse import unparse
from yanzhen.kernel.errors import FeelError
from yanzhen.kernel.explanation import Citation

ColumnKey = tuple[str, str, str]
"""Role, expression or name, label of a column as it was written."""


@dataclass(slots=True)
class _Columns:
    inputs: list[int]
    outputs: list[int]
    words: dict[str, int]


class TableReader:
    """Reads one sheet; faults go to ``reading``, and the rest is read on."""

    def __init__(self, grid: Grid, reading: Reading, source: str, written: list[ColumnKey]) -> None:
        """Prepare for one sheet.

        Args:
            grid: the sheet.
            reading: takes faults and notes.
            source: id of the source that articles belong to.
            written: the columns as they were written, in order; empty where that is not known.
        """
        self.grid = grid
        self.reading = reading
        self.source = source
        self.written = written
        self.heads: dict[str, int] = {}

    def table(self) -> m.Table | None:
        """The table, or None, with faults."""
        before = len(self.reading.faults)
        top = self.grid.find(w.ROLE)
        if top is None:
            mend = f"第一列应有“{'、'.join(w.HEADER_MARKS)}”各行；请从系统重新导出后修改"
            self.reading.fault(self.grid.at(0, 0), f"找不到“{w.ROLE}”一行", mend)
            return None
        for row in self.grid.rows()[top : top + 2 * len(w.HEADER_MARKS)]:
            mark = self.grid.mark(row)
            if mark in w.HEADER_MARKS:
                self.heads.setdefault(mark, row)
        columns = self._columns()
        hit = self._hit()
        rows = self._rows(max(self.heads.values()) + 1, columns)
        inputs = [self._input(column) for column in columns.inputs]
        outputs = [self._output(column, rows) for column in columns.outputs]
        rules = self._rules(rows, columns, outputs)
        self._check(columns, outputs, rules)
        if len(self.reading.faults) > before or hit is None:
            return None
        return m.Table(
            hit,
            tuple(clause for clause in inputs if clause is not None),
            tuple(clause for clause in outputs if clause is not None),
            tuple(rules),
        )

    def _head(self, mark: str, column: int) -> Place:
        row = self.heads.get(mark)
        if row is None:
            return Place(self.grid.sheet, self.heads[w.ROLE], column, "")
        return self.grid.at(row, column)

    def _columns(self) -> _Columns:
        found = _Columns([], [], {})
        for column in self.grid.columns():
            at = self._head(w.ROLE, column)
            role = w.plain(at.value)
            if role == w.INPUT:
                found.inputs.append(column)
            elif role == w.OUTPUT:
                found.outputs.append(column)
            elif role in w.ROLES:
                found.words[role] = column
            elif role == w.ERROR_HEADING:
                return self._ordered(found)
            elif not at.is_blank or self._is_used(column):
                mend = f"请填“{w.INPUT}”“{w.OUTPUT}”“{w.NOTE}”或“{w.ARTICLE}”，或删去这一列"
                self.reading.fault(at, f"不知道这一列是什么（“{w.ROLE}”行）", mend)
        return self._ordered(found)

    def _ordered(self, found: _Columns) -> _Columns:
        found.inputs = self._as_written(w.INPUT, w.EXPRESSION, found.inputs)
        found.outputs = self._as_written(w.OUTPUT, w.EXPRESSION, found.outputs)
        return found

    def _is_used(self, column: int) -> bool:
        rows = self.grid.body(self.heads[w.ROLE])
        return any(not self.grid.at(row, column).is_blank for row in rows)

    def _as_written(self, role: str, mark: str, columns: list[int]) -> list[int]:
        """The columns in the order in which they were written; new ones follow their neighbor."""
        keys = [(key, label) for known, key, label in self.written if known == role]
        free = list(range(len(keys)))
        rank, order = -1.0, {}
        for column in columns:
            key = self.reading.words_at(self._head(mark, column))
            label = self.reading.words_at(self._head(w.LABEL, column))
            exact = [at for at in free if keys[at] == (key, label)]
            near = [at for at in free if keys[at][0] == key or (not key and keys[at][1] == label)]
            if exact or near:
                rank = float((exact or near)[0])
                free.remove(int(rank))
            else:
                rank += 0.001
            order[column] = rank
        ordered = sorted(columns, key=order.__getitem__)
        if ordered != columns:
            at = self._head(w.ROLE, columns[0])
            self.reading.note(at, "列的顺序已变动", "按原来的列序读取", "按列名对应")
        return ordered

    def _hit(self) -> m.HitPolicy | None:
        at = self.grid.line(w.HIT)
        hit = None if at is None else w.hit_of(self.reading.words_at(at))
        if hit is None:
            place = at or self.grid.at(0, 0)
            shown = "" if at is None else f"“{at.value}”"
            mend = "请从下拉列表中选择，如“唯一（U）”“首行（F）”“求和（C+）”"
            self.reading.fault(place, f"看不出{w.HIT}{shown}", mend)
        return hit

    def _rows(self, start: int, columns: _Columns) -> list[int]:
        content = [*columns.inputs, *columns.outputs]
        found = []
        for row in self.grid.body(start):
            first = self.grid.at(row, 0)
            beginning = next(
                (
                    c.value
                    for c in (first, *(self.grid.at(row, x) for x in content))
                    if not c.is_blank
                ),
                "",
            )
            if isinstance(beginning, str) and passed_over(beginning):
                self.reading.note(first, beginning, "", "合计行、说明行不作为规则")
            elif any(not self.grid.at(row, column).is_blank for column in content):
                found.append(row)
            elif any(not self.grid.at(row, c).is_blank for c in columns.words.values()):
                mend = "请填写条件和结果；如果是说明，请以“注：”开头写在第一列"
                self.reading.fault(self.grid.at(row, 1), "这一行只有备注，没有条件和结果", mend)
        return found

    def _kind(self, column: int, rows: list[int], *, condition: bool) -> w.Kind | None:
        """What a column holds: its type as stated, else what its readable cells are."""
        stated = w.type_of(self.reading.words_at(self._head(w.TYPE, column)))
        if stated in w.KIND_OF:
            return w.KIND_OF[stated]
        nodes: list[n.Node] = []
        for row in rows:
            text = self.grid.at(row, column).value
            if isinstance(text, str) and text.strip():
                try:
                    tree = self.reading.parse_tests(text) if condition else self.reading.parse(text)
                except FeelError:
                    continue
                nodes += tree.tests if isinstance(tree, n.UnaryTests) else (tree,)
        return literal_kind(nodes)

    def _input(self, column: int) -> m.InputClause | None:
        label = self.reading.words_at(self._head(w.LABEL, column))
        at = self._head(w.EXPRESSION, column)
        if at.is_blank and label:
            known = next((k for r, k, lab in self.written if r == w.INPUT and lab == label), label)
            at = Place(at.sheet, at.row, at.column, known)
        expression = self.reading.expression(at)
        cell = self._head(w.ALLOWED, column)
        allowed = None
        if not cell.is_blank:
            read = self.reading.tests(cell, None)
            allowed = None if read is None else read[1]
        return None if expression is None else m.InputClause(expression, label, allowed)

    def _output(self, column: int, rows: list[int]) -> m.OutputClause | None:
        label = self.reading.words_at(self._head(w.LABEL, column))
        at = self._head(w.EXPRESSION, column)
        name = self.reading.words_at(at) or label
        if not name:
            self.reading.fault(at, "结果列没有名称", "请在“表达式”行填写结果的名称")
            return None
        type_at = self._head(w.TYPE, column)
        stated = self.reading.words_at(type_at)
        kind: m.ValueType | None = w.type_of(stated) if stated else "any"
        if kind is None:
            mend = f"请从下拉列表中选择：{'、'.join(w.TYPES.values())}"
            self.reading.fault(type_at, f"没有“{stated}”这种类型", mend)
            return None
        cells = self._kind(column, rows, condition=False)
        allowed = self._values(self._head(w.ALLOWED, column), cells)
        default = self._head(w.DEFAULT, column)
        value = None if default.is_blank else self.reading.expression(default, cells)
        return m.OutputClause(name, label, kind, allowed, value)

    def _values(self, at: Place, kind: w.Kind | None) -> tuple[m.Expression, ...]:
        """Allowed values, one a line or in a list with commas, in order of priority."""
        if at.is_blank or not isinstance(at.value, str):
            one = None if at.is_blank else self.reading.expression(at, kind)
            return () if one is None else (one,)
        found: list[m.Expression] = []
        for line in at.value.split("\n"):
            part = Place(at.sheet, at.row, at.column, line)
            if part.is_blank:
                continue
            if line not in self.reading.feel and (many := self.reading.listed(line)):
                found += many
            elif (one := self.reading.expression(part, kind)) is not None:
                found.append(one)
        return tuple(found)

    def _rules(
        self, rows: list[int], columns: _Columns, outputs: list[m.OutputClause | None]
    ) -> list[m.Rule]:
        conditions = {c: self._kind(c, rows, condition=True) for c in columns.inputs}
        results = {c: self._kind(c, rows, condition=False) for c in columns.outputs}
        found = []
        for row in rows:
            tests = [self.reading.tests(self.grid.at(row, c), k) for c, k in conditions.items()]
            given = [self.reading.expression(self.grid.at(row, c), k) for c, k in results.items()]
            for column, clause, value in zip(columns.outputs, outputs, given, strict=True):
                self._check_allowed(self.grid.at(row, column), clause, value)
            read = [test for test in tests if test is not None]
            values = [value for value in given if value is not None]
            if len(read) == len(tests) and len(values) == len(given):
                note = self._word(row, columns.words, w.NOTE)
                citation = self._citation(row, columns.words, note)
                texts = tuple(text for text, _ in read)
                trees = tuple(tree for _, tree in read)
                found.append(m.Rule(trees, tuple(values), texts, note, citation))
        return found

    def _check_allowed(
        self, at: Place, clause: m.OutputClause | None, value: m.Expression | None
    ) -> None:
        """A result that is one text or number must be among the allowed values, if there are."""
        if clause is None or value is None or not clause.allowed:
            return
        listed = [one.node for one in clause.allowed]
        fixed = (n.String, n.Number, n.Bool)
        if value.text in self.reading.feel or not all(isinstance(one, fixed) for one in listed):
            return
        if isinstance(value.node, fixed) and value.node not in listed:
            shown = "、".join(unparse(one) for one in listed)
            self.reading.fault(
                at, f"{value.text} 不在可选值中", f"请选 {shown}；或在“可选值”行补上"
            )

    def _word(self, row: int, columns: Mapping[str, int], role: str) -> str:
        column = columns.get(role)
        return "" if column is None else self.reading.words_at(self.grid.at(row, column))

    def _citation(self, row: int, columns: Mapping[str, int], note: str) -> Citation | None:
        article = self._word(row, columns, w.ARTICLE)
        if w.CITED_SOURCE not in columns:
            return Citation(self.source, article, note) if article else None
        source = self._word(row, columns, w.CITED_SOURCE)
        own = self._word(row, columns, w.CITED_NOTE)
        return Citation(source, article, own) if source or article or own else None

    def _check(
        self, columns: _Columns, outputs: list[m.OutputClause | None], rules: list[m.Rule]
    ) -> None:
        top = self.grid.at(self.heads[w.ROLE], 0)
        if not columns.outputs:
            self.reading.fault(top, "没有结果列", f"请在“{w.ROLE}”行把结果列标为“{w.OUTPUT}”")
        names: set[str] = set()
        for column, clause in zip(columns.outputs, outputs, strict=True):
            if clause is not None and clause.name in names:
                at = self._head(w.EXPRESSION, column)
                self.reading.fault(at, f"有两个结果列都叫“{clause.name}”", "请改掉其中一个名称")
            names |= {clause.name} if clause is not None else set()
        if not rules and not self.reading.faults and not self.written:
            self.reading.fault(top, "表中没有一行规则", "请至少填写一行条件和结果")
