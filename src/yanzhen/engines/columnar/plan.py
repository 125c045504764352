"""A plan: what to compute, column by column, to decide for a whole population (列式执行计划).

``compile_plan`` runs small passes one after the other::

    bind, type, null logic   logic, lower, functions, hits   decisions of the book → terms
    share common parts       terms (hash-consing)            equal parts are one object
    cut points, fuse         cuts, fuse                      one-scalar parts → table look-ups
    prune, order             here                            only what the targets need

An executor (``vector``) reads nothing but the plan and the columns of facts. A look-up keeps the
terms it stands for, so that an executor without tables can write them out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from yanzhen.engines.columnar.build import Builder
from yanzhen.engines.columnar.fuse import Fusion
from yanzhen.engines.columnar.logic import BookLowering
from yanzhen.engines.columnar.lower import Mode
from yanzhen.engines.columnar.shapes import FACT_KINDS, ClauseShape, Record, Shape, column_of
from yanzhen.engines.columnar.tables import prepare
from yanzhen.engines.columnar.terms import Kind, Pool, Term, walk
from yanzhen.engines.dmn.model import Book, FactSpec
from yanzhen.kernel.errors import LoweringError

FEN_PLACES = 2
NUMBER_PLACES = 6
"""Decimals kept of a money and of any other number in a result, rounded half up."""


@dataclass(frozen=True, slots=True)
class Output:
    """One column of the result.

    Attributes:
        name: of the column.
        kind: type of the values.
        term: what is computed; a number is rounded to ``places``.
        places: decimals kept of a number, else 0.
        only_if: a truth term; where it is not true the value is null and not computed.
    """

    name: str
    kind: Kind
    term: Term
    places: int = 0
    only_if: Term | None = None


@dataclass(frozen=True, slots=True)
class ConditionOutput:
    """The truth of one condition or exclusion of a clause."""

    name: str
    label: str
    exclusion: bool
    term: Term


@dataclass(frozen=True, slots=True)
class Target:
    """One decision of the plan.

    Attributes:
        name: id of the decision.
        form: ``verdict`` for a clause (yes, no or unknown, with money), ``value`` for any other.
        outputs: a verdict and, if money is due, ``amount`` with the rounding of fen; or the value;
            or one column for each member of a context.
        conditions: each condition and exclusion of a clause, in order of the text.
    """

    name: str
    form: Literal["verdict", "value"]
    outputs: tuple[Output, ...]
    conditions: tuple[ConditionOutput, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What ``compile_plan`` gives.

    Attributes:
        targets: by name, those that have a column form.
        refused: by name, the part and the reason why the others have none; the interpreter still
            decides them.
        facts: the facts that the targets read.
        mode: what null means.
    """

    targets: Mapping[str, Target]
    refused: Mapping[str, str]
    facts: Mapping[str, FactSpec]
    mode: Mode
    pool: Pool

    def roots(self, names: Sequence[str] | None = None) -> list[Term]:
        """All terms that the outputs of the named targets (default all) need to be computed."""
        chosen = self.targets.values() if names is None else [self.targets[n] for n in names]
        found: dict[Term, None] = {}
        for target in chosen:
            for output in target.outputs:
                found.setdefault(output.term)
                if output.only_if is not None:
                    found.setdefault(output.only_if)
        return list(found)


def compile_plan(
    book: Book,
    targets: Sequence[str],
    *,
    mode: Mode = "three_valued",
    given: Sequence[str] = (),
) -> Plan:
    """Lower decisions of a book to one plan.

    Args:
        book: the rules of one day.
        targets: ids or Chinese labels of the decisions wanted; each comes once.
        mode: what null means, as in ``dmn.evaluate.decide``.
        given: decisions that are not to be made, because the frame brings their values in columns
            of their names.

    Raises:
        LoweringError: the book has no decision of a name in ``targets`` or ``given``, or one in
            ``given`` is of no type that has columns. A target without column form is no error: it
            is listed in ``refused``.
    """
    build = Builder(three_valued=mode == "three_valued")
    columns = {book.resolve(name): _given(book, book.resolve(name)) for name in given}
    lowering = BookLowering(book, build, columns)
    made: dict[str, Target] = {}
    refused: dict[str, str] = {}
    for asked in targets:
        name = book.resolve(asked)
        if name not in book.decisions:
            raise LoweringError(
                f"there is no decision {asked!r} in force on {book.day} (没有该决策)"
            )
        try:
            money = book.decisions[name].type == "money"
            made[name] = _target(name, lowering.decision(name), build, money=money)
            _check_texts(made[name], build.pool)
        except LoweringError as error:
            made.pop(name, None)
            refused[name] = str(error)
    fused = _fused(build.pool, made)
    plan = Plan(fused, refused, {}, mode, build.pool)
    conditions = [c.term for t in fused.values() for c in t.conditions]
    terms = list(walk(plan.roots() + conditions))
    prepare(terms, build.pool.known)
    specs = {**book.facts, **columns}
    facts = {t.data: specs[t.data] for t in terms if t.op == "fact"}
    return Plan(fused, refused, facts, mode, build.pool)


def _given(book: Book, name: str) -> FactSpec:
    """The column that brings the values of a decision."""
    decision = book.decisions.get(name)
    if decision is None:
        raise LoweringError(f"there is no decision {name!r} in force on {book.day} (没有该决策)")
    if decision.type not in FACT_KINDS:
        raise LoweringError(f"decision {name} is of type {decision.type}, which has no column")
    scales = {"money": FEN_PLACES, "number": NUMBER_PLACES}
    return FactSpec(name, decision.label, decision.type, scales.get(decision.type, 0))


def _target(name: str, shape: Shape, build: Builder, *, money: bool) -> Target:
    if not isinstance(shape, ClauseShape):
        return Target(name, "value", tuple(_value_outputs(name, shape, build, money=money)))
    outputs = [Output(name, "truth", shape.verdict)]
    if shape.amount is not None:
        rounded = build.apply("round", "number", (shape.amount,), ("half up", FEN_PLACES))
        outputs.append(Output(f"{name}.amount", "number", rounded, FEN_PLACES, shape.verdict))
    parts = tuple(ConditionOutput(p.name, p.label, p.exclusion, p.truth) for p in shape.parts)
    return Target(name, "verdict", tuple(outputs), parts)


def _value_outputs(name: str, shape: Shape, build: Builder, *, money: bool) -> list[Output]:
    if isinstance(shape, Record):
        return [
            output
            for member, inner in shape.members.items()
            for output in _value_outputs(f"{name}.{member}", inner, build, money=False)
        ]
    term = column_of(shape, what=f"decision {name}: the result")
    if term.kind == "null":
        return [Output(name, "text", build.typed_null("text"))]
    if term.kind in {"months", "days"}:
        raise LoweringError(f"decision {name}: the result is a duration, which has no column type")
    if term.kind != "number":
        return [Output(name, term.kind, term)]
    places = FEN_PLACES if money else NUMBER_PLACES
    rounded = build.apply("round", "number", (term,), ("half up", places))
    return [Output(name, "number", rounded, places)]


def _check_texts(target: Target, pool: Pool) -> None:
    """Refuse text work that is no look-up: it would have to run row by row."""
    roots = [output.term for output in target.outputs]
    roots += [condition.term for condition in target.conditions]
    fusion = Fusion(pool, roots)
    for term in walk(fusion.rewrite(root) for root in roots):
        if term.op in _TEXT_WORK or _orders_texts(term):
            raise LoweringError(
                f"decision {target.name}: {term.op} of texts from several facts has no column form"
            )


_TEXT_WORK = frozenset({"join", "call"})


def _orders_texts(term: Term) -> bool:
    return term.op == "compare" and term.data != "=" and term.args[0].kind == "text"


def _fused(pool: Pool, targets: Mapping[str, Target]) -> dict[str, Target]:
    roots = [
        term
        for target in targets.values()
        for output in target.outputs
        for term in (output.term, output.only_if)
        if term is not None
    ]
    roots += [c.term for target in targets.values() for c in target.conditions]
    fusion = Fusion(pool, roots)
    return {
        name: Target(
            name,
            target.form,
            tuple(
                Output(
                    output.name,
                    output.kind,
                    fusion.rewrite(output.term),
                    output.places,
                    None if output.only_if is None else fusion.rewrite(output.only_if),
                )
                for output in target.outputs
            ),
            tuple(
                ConditionOutput(c.name, c.label, c.exclusion, fusion.rewrite(c.term))
                for c in target.conditions
            ),
        )
        for name, target in targets.items()
    }
