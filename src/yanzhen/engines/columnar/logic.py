"""From the decisions of a book to shapes: clauses, tables, contexts, dated versions."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from yanzhen.engines.columnar.build import Builder
from yanzhen.engines.columnar.hits import HITS
from yanzhen.engines.columnar.lower import Lowering, Scope
from yanzhen.engines.columnar.shapes import (
    FACT_KINDS,
    ClauseShape,
    Part,
    Record,
    Shape,
    column_of,
    constant,
)
from yanzhen.engines.columnar.terms import Term
from yanzhen.engines.dmn.model import (
    Book,
    Condition,
    Conditions,
    Context,
    Dated,
    Expression,
    FactSpec,
    Logic,
    Rule,
    Table,
    Typed,
    Version,
)
from yanzhen.kernel.errors import LoweringError


class BookLowering:
    """Lowers the decisions of one book, each once.

    Args:
        book: all names.
        build: makes the terms, and knows what null means.
        given: decisions whose values are columns of the frame, and the facts that stand for them.
    """

    def __init__(
        self, book: Book, build: Builder, given: Mapping[str, FactSpec] | None = None
    ) -> None:
        self._book = book
        self._given = given or {}
        self._build = build
        self._lower = Lowering(build)
        self._made: dict[str, Shape | LoweringError] = {}
        self._path: list[str] = []
        self._root = Scope(self.name)

    def name(self, name: str) -> Shape:
        """What a name of the book stands for.

        Raises:
            LoweringError: there is no such name, or it has no column form.
        """
        key = self._book.resolve(name)
        fact = self._given.get(key) or self._book.facts.get(key)
        if fact is not None:
            kind = FACT_KINDS.get(fact.type)
            if kind is None:
                raise LoweringError(f"facts of type {fact.type} such as {key} have no column")
            return self._build.fact(key, kind)
        if key in self._book.constants:
            return constant(self._book.constants[key], self._build)
        if key in self._book.decisions:
            return self.decision(key)
        raise LoweringError(f"the name {name} is not known")

    def decision(self, name: str) -> Shape:
        """The shape of a decision.

        Raises:
            LoweringError: it has no column form; says which part and why.
        """
        if name in self._path:
            circle = " → ".join([*self._path[self._path.index(name) :], name])
            raise LoweringError(f"decision {name} needs itself: {circle}")
        if name not in self._made:
            self._path.append(name)
            try:
                self._made[name] = self._logic(self._book.decisions[name].logic, self._root)
            except LoweringError as error:
                self._made[name] = LoweringError(f"decision {name}: {error}")
            finally:
                self._path.pop()
        made = self._made[name]
        if isinstance(made, LoweringError):
            raise made
        return made

    def _logic(self, logic: Logic, scope: Scope) -> Shape:
        match logic:
            case Expression():
                return self._expression(logic, scope)
            case Conditions():
                return self._clause(logic, scope)
            case Table():
                return self._table(logic, scope)
            case Context():
                return self._context(logic, scope)
            case Dated():
                return self._dated(logic, scope)
            case Typed():
                return self._logic(logic.logic, scope)
            case _:
                raise LoweringError(f"a boxed {type(logic).__name__} has no column form")

    def _expression(self, expression: Expression, scope: Scope) -> Shape:
        with _part(f"“{expression.text}”"):
            return self._lower.expression(expression.node, scope)

    def _column(self, expression: Expression, scope: Scope) -> Term:
        return column_of(self._expression(expression, scope), what=f"“{expression.text}”")

    # clauses

    def _clause(self, clause: Conditions, scope: Scope) -> ClauseShape:
        holds = [self._condition(one, scope, exclusion=False) for one in clause.conditions]
        excluded = [self._condition(one, scope, exclusion=True) for one in clause.exclusions]
        truths = [part.truth for part in holds]
        truths += [self._build.opposite(part.truth) for part in excluded]
        verdict = self._build.both(truths)
        amount = None
        if clause.amount is not None:
            with _part("amount"):
                amount = self._column(clause.amount, scope)
                if amount.kind == "null":
                    amount = self._build.typed_null("number")
                if amount.kind != "number":
                    raise LoweringError(f"“{clause.amount.text}” is not a number")
        return ClauseShape(verdict, amount, (*holds, *excluded))

    def _condition(self, condition: Condition, scope: Scope, *, exclusion: bool) -> Part:
        what = "exclusion" if exclusion else "condition"
        with _part(f"{what} {condition.name}"):
            truth = self._lower.truth(
                condition.expression.node, scope, f"“{condition.expression.text}”"
            )
        return Part(condition.name, condition.label, exclusion, truth)

    # contexts

    def _context(self, context: Context, scope: Scope) -> Shape:
        entries: dict[str, Callable[[], Shape]] = {}
        names: dict[str, Callable[[], Shape]] = {}
        for entry in context.entries:
            lazy = _once(partial(self._step, entry.name, entry.logic, scope.with_names(names)))
            entries[entry.name] = lazy
            names = {**names, entry.name: lazy}
            if entry.label:
                names[entry.label] = lazy
        if context.result is None:
            return Record({name: lazy() for name, lazy in entries.items()})
        return self._step("result", context.result, scope.with_names(names))

    def _step(self, name: str, logic: Logic, scope: Scope) -> Shape:
        with _part(f"step {name}"):
            return self._logic(logic, scope)

    # dated logic

    def _dated(self, dated: Dated, scope: Scope) -> Shape:
        with _part("event"):
            event = self._column(dated.event, scope)
            if event.kind not in {"date", "null"}:
                raise LoweringError(f"“{dated.event.text}” is no date")
        if event.kind == "null":
            event = self._build.typed_null("date")
        versions = [(self._version(v, scope), self._in_force(event, v)) for v in dated.versions]
        shapes = [shape for shape, _ in versions]
        clauses = [shape for shape in shapes if isinstance(shape, ClauseShape)]
        columns = [(column_of(s), when) for s, when in versions]
        verdict = self._pick(event, columns, self._undated(versions), bool(clauses))
        if not clauses:
            return verdict
        return ClauseShape(
            verdict,
            self._amount(event, versions),
            tuple(p for clause in clauses for p in clause.parts),
        )

    def _version(self, version: Version, scope: Scope) -> Shape:
        with _part(f"version {version.name}"):
            return self._logic(version.logic, scope)

    def _in_force(self, event: Term, version: Version) -> Term:
        """Whether the version holds on the event date; unknown without a date."""
        ends: list[tuple[str, date | None]] = [(">=", version.start), ("<=", version.end)]
        tests = [
            self._build.compare(op, event, column_of(constant(day, self._build)))
            for op, day in ends
            if day is not None
        ]
        return self._build.both(tests)

    def _undated(self, versions: Sequence[tuple[Shape, Term]]) -> Term:
        """Without an event date: no where every version says no, whatever the date; else null."""
        build = self._build
        truths = [
            shape.verdict if isinstance(shape, ClauseShape) else column_of(shape)
            for shape, _ in versions
        ]
        if not truths or any(truth.kind != "truth" for truth in truths):
            return build.null
        never = build.both([build.has_truth(truth, False) for truth in truths])
        return build.choose(never, build.no, build.null)

    def _pick(
        self,
        event: Term,
        versions: Sequence[tuple[Term, Term]],
        undated: Term,
        false_if_none: bool,  # noqa: FBT001 -- private
    ) -> Term:
        build = self._build
        value = build.no if false_if_none else build.null
        for term, when in reversed(versions):
            value = build.choose(build.has_truth(when, True), term, value)
        return build.choose(build.missing(event), undated, value)

    def _amount(self, event: Term, versions: Sequence[tuple[Shape, Term]]) -> Term | None:
        amounts = [
            (
                shape.amount
                if isinstance(shape, ClauseShape) and shape.amount
                else self._build.null,
                when,
            )
            for shape, when in versions
        ]
        if all(amount is self._build.null for amount, _ in amounts):
            return None
        return self._pick(event, amounts, self._build.null, false_if_none=False)

    # tables

    def _table(self, table: Table, scope: Scope) -> Shape:
        hit = HITS.get(table.hit)
        if hit is None:
            raise LoweringError(f"a {table.hit} table gives a list, which is no column")
        if not self._build.three_valued:
            self._refuse_letter(table)
        rows = [self._row(table, rule, scope) for rule in table.rules]
        outputs = [self._outputs(rule, number, scope) for number, rule in enumerate(table.rules, 1)]
        if table.hit == "P":
            order = self._priority(table, outputs, scope)
            rows, outputs = [rows[i] for i in order], [outputs[i] for i in order]
        values: dict[str, Shape] = {}
        for column, clause in enumerate(table.outputs):
            default: Term = self._build.null
            if clause.default is not None:
                default = self._column(clause.default, scope)
            with _part(f"output {clause.name or column + 1}"):
                value = hit(self._build, rows, [o[column] for o in outputs], default)
                if table.hit == "C#" and not self._build.three_valued:
                    value = self._build.choose(self._build.either(rows), value, default)
                values[clause.name] = value
        if len(values) == 1:
            return next(iter(values.values()))
        return Record(values)

    def _refuse_letter(self, table: Table) -> None:
        """What the letter of DMN asks of a table and columns do not do."""
        if table.hit == "A" and len(table.outputs) > 1:
            raise LoweringError("an A table with several outputs has no column form in this mode")
        if any(clause.allowed is not None for clause in table.inputs):
            raise LoweringError("input values are tested in this mode, which has no column form")

    def _row(self, table: Table, rule: Rule, scope: Scope) -> Term:
        cells = []
        for column, tests in enumerate(rule.tests):
            if not tests.tests and not tests.negated:
                continue
            clause = table.inputs[column]
            value = self._expression(clause.expression, scope)
            with _part(f"a cell under “{clause.expression.text}”"):
                cells.append(self._lower.cell(tests, value, scope))
        row = self._build.both(cells)
        return self._build.has_truth(row, True) if not self._build.three_valued else row

    def _outputs(self, rule: Rule, number: int, scope: Scope) -> list[Term]:
        with _part(f"row {number}"):
            return [self._column(expression, scope) for expression in rule.outputs]

    def _priority(self, table: Table, outputs: Sequence[Sequence[Term]], scope: Scope) -> list[int]:
        ranked = [[self._column(e, scope) for e in clause.allowed] for clause in table.outputs]
        keys: list[tuple[int, ...]] = []
        for row in outputs:
            if not all(term.is_const for term in row):
                raise LoweringError("a P table needs constant outputs to have a column form")
            keys.append(
                tuple(
                    next((i for i, known in enumerate(values) if known is term), len(values))
                    for term, values in zip(row, ranked, strict=True)
                )
            )
        return sorted(range(len(keys)), key=keys.__getitem__)


class _part:  # noqa: N801 -- used as a word of the language
    """Names the part of a decision in which a refusal arises."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, LoweringError):
            raise LoweringError(f"{self._name}: {error}") from None


def _once(make: Callable[[], Shape]) -> Callable[[], Shape]:
    """``make``, called when it is first needed and then remembered."""
    held: list[Shape] = []

    def read() -> Shape:
        if not held:
            held.append(make())
        return held[0]

    return read
