"""A plan in words, for the makers of rules: what is read, what is shared, what is asked where."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.columnar.plan import Plan, Target
from yanzhen.engines.columnar.terms import Kind, Term, walk
from yanzhen.engines.feel.civil import day_from_number
from yanzhen.engines.feel.numerals import number_text

_INFIX = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "and": "and", "or": "or"}
_SHOWN = 8
"""Members of a list, and cut points of a scalar, shown before the rest is only counted."""


def explain_plan(plan: Plan) -> str:
    """The plan as text: facts, shared parts, cut points, each target, and what is refused.

    A part that is used more than once has a number (``#3``) and is written out once. ``?`` in a
    look-up is the scalar that it is looked up by.
    """
    roots = [*plan.roots(), *(c.term for t in plan.targets.values() for c in t.conditions)]
    writer = _Writer(roots)
    lines = [
        (
            f"{len(plan.targets)} decisions in columns, {len(plan.refused)} refused; "
            f"mode {plan.mode}; {len(plan.facts)} facts; {sum(1 for _ in walk(roots))} operations"
        ),
        "",
        "facts",
        *(f"  {name}: {spec.type}" for name, spec in sorted(plan.facts.items())),
        "",
        "scalars and their cut points",
        *writer.scalars(),
        "",
        "shared parts",
        *writer.shared(),
        "",
        "decisions",
        *(line for target in plan.targets.values() for line in writer.target(target)),
    ]
    if plan.refused:
        lines += ["", "refused", *(f"  {name}: {why}" for name, why in plan.refused.items())]
    return "\n".join(lines)


class _Writer:
    """Writes terms; shared ones by their number."""

    def __init__(self, roots: Sequence[Term]) -> None:
        self._terms = list(walk(roots))
        uses: Counter[Term] = Counter(roots)
        for term in self._terms:
            uses.update(term.args)
        shared = [t for t in self._terms if uses[t] > 1 and t.op not in {"const", "fact", "cells"}]
        self._names = {term: f"#{number}" for number, term in enumerate(shared, 1)}
        self._codes = [term for term in self._terms if term.op == "cells"]

    def scalars(self) -> Iterator[str]:
        """Each scalar that is compared with constants, and with which."""
        for cells in self._codes:
            boundaries, source = cells.data
            points = list(dict.fromkeys(point for point, _ in boundaries))
            shown = [_value(point, source.kind) for point in points[:_SHOWN]]
            rest = f" … {len(points)} in all" if len(points) > _SHOWN else ""
            asked = ", ".join(shown) + rest if shown else "only whether it is missing"
            yield f"  {self.text(cells.args[0])}: {asked}"

    def shared(self) -> Iterator[str]:
        """What is computed once and used more than once."""
        for term, name in self._names.items():
            yield f"  {name} = {self._whole(term)}"

    def target(self, target: Target) -> Iterator[str]:
        """One decision."""
        yield f"  {target.name} ({target.form})"
        for output in target.outputs:
            when = "" if output.only_if is None else f" where {self.text(output.only_if)}"
            yield f"    {output.name} = {self.text(output.term)}{when}"
        for condition in target.conditions:
            mark = "exclusion" if condition.exclusion else "condition"
            yield f"    {mark} {condition.name}: {self.text(condition.term)}"

    def text(self, term: Term) -> str:
        """A term, by its number if it is shared."""
        return self._names.get(term) or self._whole(term)

    def _whole(self, term: Term) -> str:
        if term.op == "lookup":
            body, source = term.data
            held = term.args[0].args[0] if term.args[0].op == "cells" else source
            return f"[{_body(body, source)} | ? = {self.text(held)}]"
        return _written(term, [self.text(arg) for arg in term.args])


def _body(body: Term, source: Term) -> str:
    """The body of a look-up; where it is large, only how large."""
    size = sum(1 for _ in walk([body], lambda t: () if t is source else t.args))
    if size > 4 * _SHOWN:
        return f"{size} operations on ?"
    texts: dict[Term, str] = {source: "?"}
    for term in walk([body], lambda t: () if t is source else t.args):
        if term is not source:
            texts[term] = _written(term, [texts[arg] for arg in term.args])
    return texts[body]


def _written(term: Term, args: Sequence[str]) -> str:
    match term.op:
        case "const":
            return _value(term.data, term.kind)
        case "fact":
            return str(term.data)
        case "compare":
            return f"{args[0]} {term.data} {args[1]}"
        case "member":
            return f"{args[0]} in {_members(term)}"
        case "if":
            return f"(if {args[0]} then {args[1]} else {args[2]})"
        case "is":
            return f"({args[0]} is {_value(term.data, 'truth')})"
        case "call":
            name, constants = term.data
            return f"{name}({', '.join([*args, *(repr(c) for c in constants)])})"
        case "round":
            mode, places = term.data
            return f"round {mode}({args[0]}, {places})"
        case op if op in _INFIX:
            return f"({f' {_INFIX[op]} '.join(args)})"
        case op:
            extra = [] if term.data is None else [str(term.data)]
            return f"{op}({', '.join([*args, *extra])})"


def _members(term: Term) -> str:
    kind = term.args[0].kind
    values = sorted(term.data)
    shown = ", ".join(_value(value, kind) for value in values[:_SHOWN])
    return f"{{{shown}{f' … {len(values)} in all' if len(values) > _SHOWN else ''}}}"


def _value(value: Any, kind: Kind) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "date":
        day = day_from_number(int(value))
        return day.isoformat() if isinstance(day, date) else str(day)
    if isinstance(value, Decimal):
        return number_text(value)
    return f'"{value}"'
