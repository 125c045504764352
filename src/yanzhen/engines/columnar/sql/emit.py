"""A plan as SQL statements: stages of shared columns, then the answers (列式计划输出为 SQL)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yanzhen.engines.columnar.plan import Output, Plan, Target
from yanzhen.engines.columnar.shapes import FACT_KINDS
from yanzhen.engines.columnar.sql.dialect import Dialect
from yanzhen.engines.columnar.sql.duckdb import DUCKDB
from yanzhen.engines.columnar.sql.numbers import Exact, Ratio
from yanzhen.engines.columnar.sql.pieces import (
    NotExactError,
    Piece,
    Sheet,
    literal,
    quoted,
    write,
)
from yanzhen.engines.columnar.sql.postgresql import POSTGRESQL
from yanzhen.engines.columnar.sql.translate import Translator, Value, needs
from yanzhen.engines.columnar.terms import Term, walk
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.kernel.errors import DecisionError

DIALECTS: Mapping[str, Dialect] = {d.name: d for d in (DUCKDB, POSTGRESQL)}
_DIGITS = 18
_FIRST_DAY, _LAST_DAY = date(1000, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Statement:
    """One query.

    Attributes:
        sql: gives the key and one column for each output, in the order of the key.
        outputs: what the columns after the key hold, in order.
    """

    sql: str
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What ``emit`` gives.

    Attributes:
        check: counts, column by column, the rows whose facts lie outside ``limits``; the answers
            are exact if all counts are 0.
        checked: the facts that ``check`` counts, in order of its columns.
        statements: to be run in order; their rows belong together by the key.
        refused: by name of a target, why the dialect cannot give it exactly.
    """

    dialect: str
    check: str
    checked: tuple[str, ...]
    statements: tuple[Statement, ...]
    refused: Mapping[str, str]


def emit(
    plan: Plan,
    dialect: str,
    *,
    source: str,
    key: str = "uscc",
    targets: Sequence[str] | None = None,
    limits: Mapping[str, Decimal] | None = None,
) -> Script:
    """Write a plan for a database.

    Args:
        plan: from ``compile_plan``.
        dialect: a name of ``DIALECTS``.
        source: the table of facts, one column for each by its id; ``schema.table`` is two names.
        key: the column that tells enterprises apart; never null.
        targets: which decisions, all by default.
        limits: the greatest size of the values of a number fact, 18 digits where not given; small
            limits let more be computed exactly. ``Script.check`` holds them against the data.

    Raises:
        DecisionError: no such dialect, or the plan has no such target.
    """
    if dialect not in DIALECTS:
        raise DecisionError(f"no SQL dialect {dialect!r}; there are {', '.join(sorted(DIALECTS))}")
    chosen = list(plan.targets) if targets is None else list(dict.fromkeys(targets))
    for name in chosen:
        if name not in plan.targets:
            reason = plan.refused.get(name, "it is not in the plan")
            raise DecisionError(f"decision {name} cannot be written in SQL: {reason}")
    writer = _Writer(plan, DIALECTS[dialect], source, key, limits or {})
    statements, refused = writer.write([plan.targets[name] for name in chosen])
    check, checked = writer.check()
    return Script(dialect, check, checked, tuple(statements), refused)


class _Writer:
    def __init__(
        self,
        plan: Plan,
        dialect: Dialect,
        source: str,
        key: str,
        limits: Mapping[str, Decimal],
    ) -> None:
        self._plan = plan
        self._dialect = dialect
        self._source = ".".join(quoted(part) for part in source.split("."))
        self._key = quoted(key)
        self._limits = limits

    # statements

    def write(self, targets: Sequence[Target]) -> tuple[list[Statement], dict[str, str]]:
        """The targets in as few statements as the limits of the database allow."""
        statements: list[Statement] = []
        refused: dict[str, str] = {}
        waiting = [list(targets)]
        while waiting:
            group = waiting.pop()
            statement, failed, widest = self._statement(group)
            large = widest > self._dialect.most_columns
            if statement is not None:
                large = large or len(statement.sql.encode()) > self._dialect.most_bytes
            if large and len(group) > 1:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
                continue
            if large:
                failed = {
                    group[0].name: f"it is too large for one statement of {self._dialect.name}"
                }
                statement = None
            refused |= failed
            if statement is not None:
                statements.append(statement)
        return statements, refused

    def _statement(self, targets: Sequence[Target]) -> tuple[Statement | None, dict[str, str], int]:
        sheet = Sheet()
        roots = [t for target in targets for t in _terms(target)]
        uses: Counter[Term] = Counter(roots)
        for term in walk(roots, needs):
            uses.update(needs(term))
        facts: dict[str, Value] = {}

        def read(name: str) -> Value:
            if name not in facts:
                facts[name] = self._fact(sheet, self._plan.facts[name])
            return facts[name]

        translator = Translator(self._dialect, sheet, read, dict(uses))
        answers: list[tuple[Output, Piece]] = []
        refused: dict[str, str] = {}
        for target in targets:
            try:
                answers += [(out, self._answer(translator, sheet, out)) for out in target.outputs]
            except NotExactError as error:
                refused[target.name] = f"decision {target.name}: {error}"
        if not answers:
            return None, refused, 0
        lines, widest, last = self._stages(sheet, [piece for _, piece in answers])
        lines.append(f"SELECT {self._key}")
        lines += [
            f"    , {piece.text} AS {self._alias(output.name, place)}"
            for place, (output, piece) in enumerate(answers, 1)
        ]
        lines += [f"FROM s{last}", f"ORDER BY {self._key}"]
        outputs = tuple(output for output, _ in answers)
        return Statement("\n".join(lines), outputs), refused, max(widest, len(answers) + 1)

    def _alias(self, name: str, place: int) -> str:
        if len(name.encode()) <= self._dialect.longest_name:
            return quoted(name)
        return quoted(f"output {place}")

    def _answer(self, translator: Translator, sheet: Sheet, output: Output) -> Piece:
        value = translator.translate(output.term)
        if isinstance(value, Ratio):
            raise NotExactError("the result is a quotient that is never rounded")
        piece = value if isinstance(value, Piece) else value.piece
        if output.kind == "number":
            assert isinstance(value, Exact)  # noqa: S101 -- typed by kind
            digits = max(value.digits - value.scale, 1) + output.places
            kind = self._dialect.decimal(max(digits, output.places + 1), output.places)
            piece = write(f"CAST({{0}} AS {kind})", piece)
        if output.only_if is not None:
            truth = translator.translate(output.only_if)
            assert isinstance(truth, Piece)  # noqa: S101 -- a truth
            piece = write("CASE WHEN {0} THEN {1} END", truth, piece)
        return sheet.lift(piece)

    # stages

    def _stages(self, sheet: Sheet, roots: Sequence[Piece]) -> tuple[list[str], int, int]:
        """One common table expression a level; each carries on only what is still needed."""
        needed = sheet.needed(roots)
        top = max((sheet.levels[name] for name in needed), default=0)
        until = dict.fromkeys((ref for root in roots for ref in root.refs), top + 1)
        for name in needed:
            for ref in sheet.pieces[name].refs:
                until[ref] = max(until.get(ref, 0), sheet.levels[name])
        lines: list[str] = []
        widest = 1
        names = [name for name in sheet.pieces if name in needed]
        for level in range(top + 1):
            made = [name for name in names if sheet.levels[name] == level]
            kept = [n for n in names if sheet.levels[n] < level < until[n]]
            widest = max(widest, 1 + len(made) + len(kept))
            opening = "WITH " if level == 0 else ""
            lines.append(f"{opening}s{level} AS (")
            lines.append(f"SELECT {self._key}")
            lines += [f"    , {quoted(name)}" for name in kept]
            lines += [f"    , {sheet.pieces[name].text} AS {quoted(name)}" for name in made]
            lines.append(f"FROM {self._source if level == 0 else f's{level - 1}'}")
            if self._dialect.barrier:
                lines.append(self._dialect.barrier)
            lines.append(")," if level < top else ")")
        return lines, widest, top

    # facts

    def _fact(self, sheet: Sheet, fact: FactSpec) -> Value:
        column = Piece(quoted(fact.name))
        kind = FACT_KINDS[fact.type]
        if kind != "number":
            types = {"text": self._dialect.text, "truth": self._dialect.boolean, "date": "DATE"}
            return sheet.fact(fact.name, write(f"CAST({{0}} AS {types[kind]})", column))
        scale, units = self._bound(fact)
        digits = max(len(str(units)), scale, 1)
        piece = write(f"CAST({{0}} AS {self._dialect.decimal(digits, scale)})", column)
        return Exact(sheet.fact(fact.name, piece), scale, units, digits)

    def _bound(self, fact: FactSpec) -> tuple[int, int]:
        scale = 0 if fact.type == "integer" else fact.scale
        limit = self._limits.get(fact.name)
        if limit is None:
            return scale, int(10**_DIGITS)
        return scale, max(int(limit * 10**scale), 1)

    def check(self) -> tuple[str, tuple[str, ...]]:
        """The query behind ``Script.check`` and the facts it counts."""
        counted = list(self._conditions())
        sums = [f"count(CASE WHEN {condition} THEN 1 END)" for _, condition in counted]
        listed = "\n    , ".join(
            [f"count(*) - count(DISTINCT {self._key}) AS {quoted('key')}"]
            + [
                f"{total} AS {self._alias(name, place)}"
                for place, ((name, _), total) in enumerate(zip(counted, sums, strict=True), 1)
            ]
        )
        names = tuple(name for name, _ in counted)
        return f"SELECT {listed}\nFROM {self._source}", ("key", *names)

    def _conditions(self) -> Iterator[tuple[str, str]]:
        for fact in self._plan.facts.values():
            name, kind = quoted(fact.name), FACT_KINDS[fact.type]
            if kind == "date":
                first, last = literal(_FIRST_DAY.isoformat()), literal(_LAST_DAY.isoformat())
                yield fact.name, f"{name} < DATE {first} OR {name} > DATE {last}"
            elif kind == "number":
                scale, units = self._bound(fact)
                most = format(Decimal(units).scaleb(-scale), "f")
                yield fact.name, f"abs({name}) > {most} OR {name} <> round({name}, {scale})"


def _terms(target: Target) -> list[Term]:
    roots = [output.term for output in target.outputs]
    return roots + [out.only_if for out in target.outputs if out.only_if is not None]
