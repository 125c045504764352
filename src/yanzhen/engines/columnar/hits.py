"""Hit policies in columns: the fold over the rows of a table, as ``dmn.tables`` defines it.

Each function takes the truth of every row and one output column of every row, and gives the value
of the table. A possible row (truth unknown) counts as there; see the table in ``dmn.tables``.
"""

from collections.abc import Callable, Sequence

from yanzhen.engines.columnar.build import Builder
from yanzhen.engines.columnar.terms import NUMERIC, Term
from yanzhen.kernel.errors import LoweringError

Hit = Callable[[Builder, Sequence[Term], Sequence[Term], Term], Term]


def first(build: Builder, rows: Sequence[Term], outputs: Sequence[Term], default: Term) -> Term:
    """F, and P once its rows are in order of priority."""
    value = default
    for row, output in zip(reversed(rows), reversed(outputs), strict=True):
        value = build.settle(row, output, value)
    return value


def unique(build: Builder, rows: Sequence[Term], outputs: Sequence[Term], default: Term) -> Term:
    """U: one live row decides, two or more give null."""
    live = [_is_live(build, row) for row in rows]
    value = default
    for row, is_live, output in zip(reversed(rows), reversed(live), reversed(outputs), strict=True):
        known = build.either((build.has_truth(row, True), build.same(output, default)))
        alone = build.choose(known, output, build.null)
        value = build.choose(is_live, alone, value)
    return build.choose(_many(build, live), build.null, value)


def agreeing(build: Builder, rows: Sequence[Term], outputs: Sequence[Term], default: Term) -> Term:
    """A: the common output of all live rows, and of the default if none is sure."""
    live = [_is_live(build, row) for row in rows]
    value = default
    for row, output in zip(reversed(rows), reversed(outputs), strict=True):
        value = build.choose(build.has_truth(row, True), output, value)
    agreed = build.both(
        build.either((build.opposite(is_live), build.same(output, value)))
        for is_live, output in zip(live, outputs, strict=True)
    )
    none = build.opposite(build.either(live))
    return build.choose(build.either((none, agreed)), value, build.null)


def extreme(op: str) -> Hit:
    """C> or C<: the best output of the sure rows, if no possible row beats it."""

    def decide(
        build: Builder, rows: Sequence[Term], outputs: Sequence[Term], default: Term
    ) -> Term:
        if any(output.kind not in NUMERIC | {"null"} for output in outputs):
            raise LoweringError("C> and C< have a column form for numbers and dates only")
        live = [_is_live(build, row) for row in rows]
        sure = [build.has_truth(row, True) for row in rows]
        best: Term = build.null
        for is_sure, output in zip(sure, outputs, strict=True):
            beats = build.has_truth(build.compare(op, output, best), True)
            better = build.both((is_sure, build.either((build.missing(best), beats))))
            best = build.choose(better, output, best)
        spoiled = build.either(
            build.both(
                (
                    is_live,
                    build.either(
                        (
                            build.missing(output),
                            build.has_truth(build.compare(op, output, best), True),
                        )
                    ),
                )
            )
            for is_live, output in zip(live, outputs, strict=True)
        )
        known = build.both((build.either(sure), build.opposite(spoiled)))
        value = build.choose(known, best, build.null)
        return build.choose(build.either(live), value, default)

    return decide


def total(build: Builder, rows: Sequence[Term], outputs: Sequence[Term], default: Term) -> Term:
    """C+: the sum of the outputs of the sure rows; null if a row is only possible."""
    if any(output.kind not in {"number", "null"} for output in outputs):
        raise LoweringError("C+ has a column form for numbers only")
    sure = [build.has_truth(row, True) for row in rows]
    value: Term = build.number(0)
    for is_sure, output in zip(sure, outputs, strict=True):
        part = build.choose(is_sure, output, build.number(0))
        value = part if value.is_const and value.data == 0 else build.arithmetic("add", value, part)
    value = build.choose(build.either(sure), value, default)
    return build.choose(_possible(build, rows), build.null, value)


def tally(build: Builder, rows: Sequence[Term], outputs: Sequence[Term], default: Term) -> Term:
    """C#: how many rows are sure; null if a row is only possible."""
    _ = outputs, default
    counted = build.apply("tally", "number", [build.has_truth(row, True) for row in rows])
    return build.choose(_possible(build, rows), build.null, counted)


def _is_live(build: Builder, row: Term) -> Term:
    return build.opposite(build.has_truth(row, False))


def _possible(build: Builder, rows: Sequence[Term]) -> Term:
    return build.either([build.has_truth(row, None) for row in rows])


def _many(build: Builder, live: Sequence[Term]) -> Term:
    """Whether two or more rows are live."""
    counted = build.apply("tally", "number", live)
    return build.has_truth(build.compare(">", counted, build.number(1)), True)


HITS: dict[str, Hit] = {
    "F": first,
    "P": first,
    "U": unique,
    "A": agreeing,
    "C>": extreme(">"),
    "C<": extreme("<"),
    "C+": total,
    "C#": tally,
}
"""The policies with one value for each output; C, R and O give lists and have no column form."""
