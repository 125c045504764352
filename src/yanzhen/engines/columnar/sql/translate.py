"""From terms of the plan to SQL, each with the meaning that ``columnar.exact`` gives it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from yanzhen.engines.columnar.sql.dialect import Dialect
from yanzhen.engines.columnar.sql.numbers import Arithmetic, Exact, Number, Ratio
from yanzhen.engines.columnar.sql.pieces import (
    NotExactError,
    Piece,
    Sheet,
    joined,
    literal,
    write,
)
from yanzhen.engines.columnar.terms import Term, operands
from yanzhen.engines.feel.civil import day_from_number

Value = Piece | Exact | Ratio

_DEEP = 12
"""Expressions that nest deeper become columns, long before a parser's stack ends."""
_LONG = 4000
_SAFE_PATTERN = re.compile(r"\^?(?:[\w\u4e00-\u9fff]|\[[\w\u4e00-\u9fff]+(?:-\w)?\])*\$?", re.ASCII)


class Translator:
    """Translates the terms of one plan for one dialect, each term once."""

    def __init__(
        self, dialect: Dialect, sheet: Sheet, read: Callable[[str], Value], uses: dict[Term, int]
    ) -> None:
        self._dialect = dialect
        self._sheet = sheet
        self._read = read
        self._uses = uses
        self._made: dict[Term, Value] = {}
        self.numbers = Arithmetic(dialect, sheet)

    def translate(self, root: Term) -> Value:
        """The SQL of a term.

        Raises:
            NotExactError: a part of it cannot be said exactly in this dialect.
        """
        stack = [root]
        while stack:
            term = stack[-1]
            waiting = [part for part in needs(term) if part not in self._made]
            if waiting:
                stack.extend(waiting)
            else:
                stack.pop()
                if term not in self._made:
                    self._made[term] = self._shared(term, self._one(term))
        return self._made[root]

    def _shared(self, term: Term, value: Value) -> Value:
        if isinstance(value, Ratio):
            return value
        piece = value if isinstance(value, Piece) else value.piece
        often = self._uses.get(term, 0) > 1
        if not (often or piece.depth > _DEEP or len(piece.text) > _LONG):
            return value
        return self._sheet.lift(value) if isinstance(value, Piece) else self.numbers.lifted(value)

    # one operation each

    def _one(self, term: Term) -> Value:
        match term.op:
            case "const":
                return self._constant(term)
            case "fact":
                return self._read(term.data)
            case "lookup":
                return self._made[term.data[0]]
            case "compare":
                return self._compare(term)
            case _ if term.kind == "date":
                return self._date(term)
            case _ if term.op in _TRUTH:
                return self._truth(term)
            case "if":
                return self._if(term)
            case "call":
                return self._call(term)
            case _ if term.kind in {"number", "months", "days"}:
                return self._number(term)
            case op:
                raise NotExactError(f"the operation {op} has no form in SQL")

    def _constant(self, term: Term) -> Value:
        value = term.data
        match term.kind:
            case "truth":
                null = f"CAST(NULL AS {self._dialect.boolean})"
                return Piece(null if value is None else "TRUE" if value else "FALSE")
            case "text":
                null = f"CAST(NULL AS {self._dialect.text})"
                return Piece(null if value is None else literal(value))
            case "date":
                return Piece("CAST(NULL AS DATE)" if value is None else _day(value))
            case _:
                return self.numbers.constant(value)

    def _pieces(self, term: Term) -> list[Piece]:
        values = [self._made[arg] for arg in operands(term)]
        assert all(isinstance(value, Piece) for value in values)  # noqa: S101 -- typed by kind
        return values  # type: ignore[return-value]

    def _number_of(self, term: Term) -> Number:
        value = self._made[term]
        assert not isinstance(value, Piece)  # noqa: S101 -- typed by kind
        return value

    def _compare(self, term: Term) -> Piece:
        one, other = compared(term)
        first, second = self._made[one], self._made[other]
        if isinstance(first, Piece) and isinstance(second, Piece):
            order = self._dialect.collate if one.kind == "text" and term.data != "=" else ""
            return write(f"({{0}}{order} {term.data} {{1}})", first, second)
        return self.numbers.compare(term.data, self._number_of(one), self._number_of(other))

    def _truth(self, term: Term) -> Piece:
        if term.op in {"and", "or"}:
            return joined(term.op.upper(), self._pieces(term))
        if term.op == "not":
            return write("(NOT {0})", *self._pieces(term))
        if term.op == "is":
            asked = {True: "TRUE", False: "FALSE", None: "NULL"}[term.data]
            return write(f"({{0}} IS {asked})", *self._pieces(term))
        value = self._made[term.args[0]]
        if term.op == "missing":
            if isinstance(value, Piece):
                return write("({0} IS NULL)", value)
            return self.numbers.missing(value)
        return self._member(term, value)

    def _member(self, term: Term, value: Value) -> Piece:
        members = sorted(term.data)
        if isinstance(value, Piece):
            make = _day if term.args[0].kind == "date" else literal
            listed = Piece(", ".join(make(member) for member in members))
            return write("({0} IN ({1}))", value, listed)
        return joined(
            "OR", (self.numbers.compare("=", value, self.numbers.constant(m)) for m in members)
        )

    def _if(self, term: Term) -> Value:
        truth, yes, no = (self._made[arg] for arg in term.args)
        assert isinstance(truth, Piece)  # noqa: S101 -- typed by kind
        if isinstance(yes, Piece) and isinstance(no, Piece):
            return write("(CASE {0} WHEN TRUE THEN {1} WHEN FALSE THEN {2} END)", truth, yes, no)
        assert not isinstance(yes, Piece)  # noqa: S101
        assert not isinstance(no, Piece)  # noqa: S101
        return self.numbers.choose(truth, yes, no)

    def _number(self, term: Term) -> Number:
        numbers = self.numbers
        if term.op == "subtract" and term.args[0].kind == "date":
            return self._whole(write(self._dialect.days, *self._pieces(term)), 10)
        if term.op in _ARITHMETIC:
            made: Number = _ARITHMETIC[term.op](numbers, *map(self._number_of, term.args))
            return made
        match term.op:
            case "least" | "greatest":
                return numbers.extreme(term.op, [self._number_of(arg) for arg in term.args])
            case "round":
                return numbers.round(self._number_of(term.args[0]), *term.data)
            case "power":
                return self._power(self._number_of(term.args[0]), int(term.data))
            case "tally":
                ones = (write("CASE WHEN {0} THEN 1 ELSE 0 END", p) for p in self._pieces(term))
                return self._whole(joined("+", ones), 6)
            case "date part" if term.data in self._dialect.date_parts:
                part = self._dialect.date_parts[term.data]
                return self._whole(write(part, *self._pieces(term)), 5)
            case "months between":
                return self._months_between(*self._pieces(term))
            case op:
                raise NotExactError(f"the operation {op} has no form in SQL")

    def _power(self, base: Number, exponent: int) -> Number:
        if isinstance(base, Exact):
            base = self.numbers.lifted(base)
        made = base
        for _ in range(exponent - 1):
            made = self.numbers.multiply(made, base)
        return made

    def _whole(self, piece: Piece, digits: int) -> Exact:
        kind = self._dialect.decimal(digits, 0)
        return Exact(write(f"CAST({{0}} AS {kind})", piece), 0, 10**digits - 1, digits)

    def _months_between(self, start: Piece, end: Piece) -> Exact:
        start, end = self._sheet.lift(start), self._sheet.lift(end)
        parts = self._dialect.date_parts
        years = f"({parts['year'].format('{1}')} - {parts['year'].format('{0}')})"
        months = f"({parts['month'].format('{1}')} - {parts['month'].format('{0}')})"
        count = self._sheet.lift(write(f"({years} * 12 + {months})", start, end))
        first, last = (parts["day"].format(place) for place in ("{0}", "{1}"))
        form = (
            f"(CASE WHEN {{2}} > 0 AND {last} < {first} THEN {{2}} - 1 "
            f"WHEN {{2}} < 0 AND {last} > {first} THEN {{2}} + 1 ELSE {{2}} END)"
        )
        return self._whole(write(form, start, end, count), 7)

    def _date(self, term: Term) -> Piece:
        if term.op == "if":
            made = self._if(term)
            assert isinstance(made, Piece)  # noqa: S101 -- typed by kind
            return made
        if term.op == "add months":
            form = self._dialect.months.replace("{1}", str(int(term.data)))
            return write(form, *self._pieces(term))
        if term.op in {"least", "greatest"}:
            best, *others = map(self._sheet.lift, self._pieces(term))
            sign = "<=" if term.op == "least" else ">="
            form = f"(CASE {{0}} {sign} {{1}} WHEN TRUE THEN {{0}} WHEN FALSE THEN {{1}} END)"
            for other in others:
                best = self._sheet.lift(write(form, best, other))
            return best
        day, days = (self._made[arg] for arg in term.args)
        if term.op == "add" and isinstance(days, Piece):
            day, days = days, day
        if not isinstance(day, Piece) or not isinstance(days, Exact) or term.op == "divide":
            raise NotExactError(f"the operation {term.op} of a date has no form in SQL")
        moved = days if term.op == "add" else self.numbers.negate(days)
        assert isinstance(moved, Exact)  # noqa: S101 -- a whole number
        return write(self._dialect.shifted, day, moved.piece)

    def _call(self, term: Term) -> Value:
        name, constants = term.data
        (text,) = self._pieces(term)
        dialect = self._dialect
        match name, constants:
            case "contains", (str(match),):
                return write(dialect.contains, text, Piece(literal(match)))
            case "starts with", (str(match),):
                return write(dialect.starts, text, Piece(literal(match)))
            case "ends with", (str(match),):
                return write(dialect.ends, text, Piece(literal(match)), Piece(str(len(match))))
            case "string length", ():
                return self._whole(write(dialect.length, text), 10)
            case "matches", (str(pattern),) if _SAFE_PATTERN.fullmatch(pattern):
                return write(dialect.matches, text, Piece(literal(pattern)))
            case "substring", (Decimal() as start, *rest) if start >= 1 and not rest:
                return self._substring(text, int(start), "")
            case "substring", (Decimal() as start, Decimal() as size) if start >= 1 and size >= 1:
                return self._substring(text, int(start), f", {int(min(size, Decimal(10**6)))}")
            case _:
                raise NotExactError(
                    f"the function {name} with {', '.join(map(repr, constants)) or 'no constants'} "
                    f"has no form that is exact in {dialect.name}"
                )

    def _substring(self, text: Piece, start: int, size: str) -> Piece:
        length = self._dialect.length
        return write(f"(CASE WHEN {length} >= {start} THEN substr({{0}}, {start}{size}) END)", text)


def _years(numbers: Arithmetic, months: Number) -> Number:
    assert isinstance(months, Exact)  # noqa: S101 -- durations are whole
    return numbers.quotient(months, numbers.constant(12))


def _rest_months(numbers: Arithmetic, months: Number) -> Number:
    whole = numbers.multiply(_years(numbers, months), numbers.constant(12))
    return numbers.subtract(months, whole)


_ARITHMETIC: dict[str, Callable[..., Number]] = {
    "add": Arithmetic.add,
    "subtract": Arithmetic.subtract,
    "multiply": Arithmetic.multiply,
    "divide": Arithmetic.divide,
    "modulo": Arithmetic.modulo,
    "negate": Arithmetic.negate,
    "absolute": Arithmetic.absolute,
    "years": _years,
    "rest months": _rest_months,
}
_TRUTH = frozenset({"and", "or", "not", "is", "missing", "member"})


def compared(term: Term) -> tuple[Term, Term]:
    """What a comparison is about: a difference with zero compares the two columns themselves."""
    one, other = term.args
    zero = other.is_const and other.data is not None and other.kind == "number" and not other.data
    if one.op == "subtract" and zero and one.kind == "number":
        return one.args[0], one.args[1]
    return one, other


def needs(term: Term) -> tuple[Term, ...]:
    """The terms whose SQL a term is made from."""
    return compared(term) if term.op == "compare" else operands(term)


def _day(number: Any) -> str:
    day = day_from_number(int(number))
    if not isinstance(day, date):
        raise NotExactError("a date before the year 1 or after 9999 cannot be written in SQL")
    return f"DATE '{day.isoformat()}'"
