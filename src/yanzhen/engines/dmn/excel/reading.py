"""What the readers of sheets share: names, faults, notes, and one cell of FEEL (单元格读取)."""

import difflib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from yanzhen.engines.dmn.excel.cells import cell_text, word_text
from yanzhen.engines.dmn.excel.habits import DoubtError, guess, is_any, is_suspicious
from yanzhen.engines.dmn.excel.open_book import Raw, RawSheet
from yanzhen.engines.dmn.excel.report import BookFault, BookNote, place
from yanzhen.engines.dmn.excel.words import Kind
from yanzhen.engines.dmn.model import Expression
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.free import free_names
from yanzhen.engines.feel.names import is_plain
from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.engines.feel.text import quote
from yanzhen.engines.feel.unparse import unparse
from yanzhen.engines.feel.walk import children
from yanzhen.kernel.errors import FeelError
from yanzhen.kernel.normalize.text import to_half_width

CONSTANTS = frozenset({"万", "亿", "评估日"})
_SHOWN = 40
_EXAMPLES: dict[Kind | None, str] = {
    "number": "请写成 >= 5、[1..3) 或 3 的样子",
    "text": '请写成 "甲", "乙" 或 not("甲") 的样子，文字加英文引号',
    "date": '请写成 >= @"2026-01-31" 的样子',
    "boolean": "请写 true（是）、false（否）或 -（不限）",
    None: '请写成 >= 5、[1..3)、"甲", "乙"、not(…) 或 - 的样子',
}
_RESULT_EXAMPLES: dict[Kind | None, str] = {
    "number": "请写数字或算式，如 20、0.03、2000 * 万",
    "text": '请写成 "甲" 的样子，文字加英文引号',
    "date": '请写成 @"2026-01-31" 的样子',
    "boolean": "请写 true（是）或 false（否）",
    None: '请写数字、"文字"（英文引号）、@"2026-01-31" 或算式',
}


@dataclass(slots=True)
class Place:
    """One cell: its sheet, where it stands, its value; merged cells share the first one's value."""

    sheet: RawSheet
    row: int
    column: int
    value: Raw

    @property
    def name(self) -> str:
        """The cell's name, such as ``C7``."""
        return place(self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        if (self.row, self.column) in self.sheet.formulas:
            return False
        return isinstance(self.value, str) and not self.value.strip()


@dataclass(slots=True)
class Reading:
    """One run over one book.

    Attributes:
        names: names that expressions may use, those of the steps included.
        feel: texts of FEEL that our own writer wrote, which are taken to the letter.
        words: other texts that our own writer wrote, which keep their outer spaces.
        faults: found so far.
        notes: what was normalized so far.
    """

    names: frozenset[str]
    feel: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    faults: list[BookFault] = field(default_factory=list)
    notes: list[BookNote] = field(default_factory=list)
    _odd: frozenset[str] = frozenset()

    def know(self, names: Collection[str]) -> None:
        """Set the names that expressions may use."""
        self.names = frozenset(names) | CONSTANTS
        self._odd = frozenset(name for name in self.names if not is_plain(name))

    def fault(self, at: Place, message: str, mend: str) -> None:
        """Record a fault at a cell."""
        found = BookFault(at.sheet.name, at.name, message, mend)
        if found not in self.faults:
            self.faults.append(found)

    def note(self, at: Place, given: str, taken: str, how: str) -> None:
        """Record that a cell was taken otherwise than it was written."""
        found = BookNote(at.sheet.name, at.name, given, taken, how)
        if found not in self.notes:
            self.notes.append(found)

    def words_at(self, at: Place) -> str:
        """A cell that holds words, without outer spaces unless it was written with them."""
        if self._refuses_formula(at):
            return ""
        text = word_text(at.value)
        return text if text in self.words else text.strip()

    def tests(self, at: Place, kind: Kind | None) -> tuple[str, n.UnaryTests] | None:
        """A condition cell: its text in FEEL and its tree; None, with a fault, if unreadable."""
        if at.is_blank:
            return "-", n.UnaryTests(())
        return self._cell(at, kind, condition=True, parser=self.parse_tests)

    def expression(self, at: Place, kind: Kind | None = None) -> Expression | None:
        """A cell that holds one expression; None, with a fault, if it is blank or unreadable."""
        if at.is_blank:
            self.fault(at, "这里不能留空", _RESULT_EXAMPLES[kind] + "；没有值请写 null")
            return None
        read = self._cell(at, kind, condition=False, parser=self.parse)
        return None if read is None else Expression(*read)

    def listed(self, text: str) -> list[Expression]:
        """The members of a list with commas; empty if it is no list of several."""
        try:
            tree = self.parse(f"[{to_half_width(text)}]")
        except FeelError:
            return []
        if not isinstance(tree, n.ListOf) or len(tree.items) < 2 or self.unknown(tree):  # noqa: PLR2004 -- several
            return []
        return [Expression(unparse(item), item) for item in tree.items]

    def parse(self, text: str) -> n.Node:
        """The tree of an expression."""
        return parse(text, self._odd)

    def parse_tests(self, text: str) -> n.UnaryTests:
        """The tree of a condition cell."""
        return parse_unary_tests(text, self._odd)

    def _refuses_formula(self, at: Place) -> bool:
        if (at.row, at.column) not in at.sheet.formulas:
            return False
        mend = "请把公式改为它的结果（选择性粘贴为“数值”），或先把单元格格式设为“文本”"
        self.fault(at, "单元格里是表格公式，不能作为规则", mend)
        return True

    def _cell[T: n.Node](
        self,
        at: Place,
        kind: Kind | None,
        *,
        condition: bool,
        parser: Callable[[str], T],
    ) -> tuple[str, T] | None:
        if self._refuses_formula(at):
            return None
        examples = _EXAMPLES if condition else _RESULT_EXAMPLES
        try:
            text, how = cell_text(at.value, kind)
            if text in self.feel:
                return text, parser(text)
            given = text
            text = text.strip()
            if is_any(text) and condition:
                text = "-"
            if not is_suspicious(text, kind, condition=condition):
                tree = self._sound(text, parser)
                if tree is not None:
                    if how or text != given.strip():
                        self.note(at, word_text(at.value), text, how or "“不限”记为 -")
                    return text, tree
            meant = guess(text, kind, condition=condition)
            tree = self._sound(meant.text, parser)
        except DoubtError as doubt:
            self.fault(at, doubt.message, doubt.mend)
            return None
        except FeelError as error:
            self.fault(at, self._unreadable(text, error), examples[kind])
            return None
        if tree is None:
            self._explain(at, meant.text, kind, parser, examples[kind])
            return None
        how = "；".join(filter(None, (how, *meant.how)))
        self.note(at, word_text(at.value), meant.text, how or "按办公习惯读取")
        return meant.text, tree

    def _sound[T: n.Node](self, text: str, parser: Callable[[str], T]) -> T | None:
        """The tree, if the text can be read and every name in it is known."""
        try:
            tree = parser(text)
        except FeelError:
            return None
        return None if self.unknown(tree) else tree

    def unknown(self, tree: n.Node) -> list[str]:
        """The names in a tree that are certainly of nothing known."""
        parts = list(_parts(tree))
        # a name in a filter may be a member of what is filtered
        members = {name for f in parts if isinstance(f, n.Filter) for name in free_names(f.test)}
        unknown = free_names(tree) - self.names - members
        if not isinstance(tree, n.UnaryTests) and any(isinstance(part, n.Input) for part in parts):
            unknown |= {"?"}  # only a condition has a value under test
        return sorted(unknown)

    def _explain[T: n.Node](
        self,
        at: Place,
        meant: str,
        kind: Kind | None,
        parser: Callable[[str], T],
        example: str,
    ) -> None:
        """Record why a cell cannot be read, by what it was most likely meant to be."""
        try:
            unknown = self.unknown(parser(meant))
        except FeelError as error:
            self.fault(at, self._unreadable(meant, error), example)
            return
        for name in unknown:
            near = difflib.get_close_matches(name, self.names, n=1, cutoff=0.6)
            mend = f"是否为“{near[0]}”？" if near else ""
            if kind in {None, "text"}:
                mend += f"如果是文字，请写成 {quote(name)}"
            elif not near:
                mend = example + "；或先登记这个名称"
            self.fault(at, f"没有名为“{name}”的数据项、参数或步骤", mend)

    def _unreadable(self, text: str, error: FeelError) -> str:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        if error.position is None:
            return f"“{shown}”太长或层次太多"
        rest = text[error.position :].strip()
        where = f"第 {error.position + 1} 个字“{rest[:1]}”起" if rest else "末尾好像没有写完，"
        return f"“{shown}”读不懂：{where}{'不合写法' if rest else '缺少内容'}"


def _parts(tree: n.Node) -> Iterator[n.Node]:
    work = [tree]
    while work:
        node = work.pop()
        yield node
        work += children(node)
