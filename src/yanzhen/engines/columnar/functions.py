"""The built-in functions of FEEL that have a column form, in one table.

A function that is not in ``FUNCTIONS`` is refused by name; the interpreter still runs it. Calls
whose arguments are all literals never come here: they are constants.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yanzhen.engines.columnar.build import Builder, kind_name
from yanzhen.engines.columnar.shapes import Interval, Items, Shape, column_of, truth_of
from yanzhen.engines.columnar.terms import NUMERIC, Kind, Term
from yanzhen.kernel.errors import LoweringError

Lower = Callable[[Builder, Sequence[Shape | None]], Shape]


@dataclass(frozen=True, slots=True)
class ColumnFunction:
    """A function in column form.

    Attributes:
        parameters: names, in order, as FEEL has them.
        required: how many of them must be given.
        lower: makes the term; an argument left out is None.
        listed: whether the one parameter is a list that may be given member by member.
        note: what is asked of the arguments, for the manual.
    """

    parameters: tuple[str, ...]
    required: int
    lower: Lower
    listed: bool = False
    note: str = ""


def lower_call(
    build: Builder, name: str, positional: Sequence[Shape], named: Mapping[str, Shape]
) -> Shape:
    """The shape of a call of a built-in function.

    Raises:
        LoweringError: the function has no column form, or not for these arguments.
    """
    function = FUNCTIONS.get(name)
    if function is None:
        raise LoweringError(f"the function {name} has no column form")
    try:
        return function.lower(build, _arguments(function, positional, named))
    except LoweringError as error:
        raise LoweringError(f"{name}(): {error}") from None


def _arguments(
    function: ColumnFunction, positional: Sequence[Shape], named: Mapping[str, Shape]
) -> list[Shape | None]:
    if function.listed:
        given = [*positional, *named.values()]
        if len(given) == 1 and isinstance(given[0], Items):
            return list(given[0].items)
        return list(given)
    if named:
        stray = named.keys() - set(function.parameters)
        if stray or positional:
            raise LoweringError(f"takes the arguments {', '.join(function.parameters)}")
        given_by_name: list[Shape | None] = [named.get(name) for name in function.parameters]
        positional = [shape for shape in given_by_name if shape is not None]
        if None in given_by_name[: len(positional)]:
            raise LoweringError("leaves out an argument before one that is given")
    if not function.required <= len(positional) <= len(function.parameters):
        raise LoweringError(f"takes {function.required} arguments, not {len(positional)}")
    return [*positional, *[None] * (len(function.parameters) - len(positional))]


# arguments


def _column(shape: Shape | None, kind: Kind, build: Builder) -> Term:
    if shape is None:
        raise LoweringError(f"lacks a {kind_name(kind)}")
    if isinstance(shape, Items) and len(shape.items) == 1:
        shape = shape.items[0]
    term = column_of(shape, what="an argument")
    if term.kind == "null":
        return build.typed_null(kind)
    if term.kind != kind:
        raise LoweringError(f"takes a {kind_name(kind)}, not a {kind_name(term.kind)}")
    return term


def _literal(shape: Shape | None, kind: Kind, build: Builder, what: str) -> Any:
    term = _column(shape, kind, build)
    if not term.is_const or term.data is None:
        raise LoweringError(f"{what} must be constant")
    return term.data


def _whole(shape: Shape | None, build: Builder, what: str) -> int:
    value = _literal(shape, "number", build, what)
    if value != int(value):
        raise LoweringError(f"{what} must be a whole number")
    return int(value)


# functions


def _opposite(build: Builder, given: Sequence[Shape | None]) -> Shape:
    return build.opposite(_column(given[0], "truth", build))


def _absolute(build: Builder, given: Sequence[Shape | None]) -> Shape:
    return build.apply("absolute", "number", (_column(given[0], "number", build),))


def _rounding(mode: str) -> Lower:
    def lower(build: Builder, given: Sequence[Shape | None]) -> Shape:
        number = _column(given[0], "number", build)
        places = 0 if given[1] is None else _whole(given[1], build, "the scale")
        if abs(places) > _MOST_PLACES:
            raise LoweringError(f"rounds to at most {_MOST_PLACES} places in columns")
        return build.apply("round", "number", (number,), (mode, places))

    return lower


_MOST_PLACES = 12


def _modulo(build: Builder, given: Sequence[Shape | None]) -> Shape:
    numbers = [_column(shape, "number", build) for shape in given]
    return build.apply("modulo", "number", numbers)


def _numeric_members(build: Builder, given: Sequence[Shape | None], *, of: str) -> list[Term]:
    terms = [column_of(shape, what="a list item") for shape in given if shape is not None]
    kind: Kind = next((term.kind for term in terms if term.kind != "null"), "number")
    allowed: frozenset[Kind] = frozenset({"number"}) if of == "number" else NUMERIC
    for term in terms:
        if term.kind not in {kind, "null"} or kind not in allowed:
            raise LoweringError(f"takes {of}s of one type, not a {kind_name(term.kind)}")
    if not terms:
        raise LoweringError("takes at least one item")
    return [build.typed_null(kind) if term.kind == "null" else term for term in terms]


def _extreme(op: str) -> Lower:
    def lower(build: Builder, given: Sequence[Shape | None]) -> Shape:
        terms = _numeric_members(build, given, of="number or date")
        if len(terms) == 1:
            return terms[0]
        return build.apply(op, terms[0].kind, terms)

    return lower


def _total(build: Builder, terms: Sequence[Term]) -> Term:
    result = build.number(0)
    for term in terms:
        result = build.arithmetic("add", result, term) if result.data != 0 else term
    return result


def _sum(build: Builder, given: Sequence[Shape | None]) -> Shape:
    return _total(build, _numeric_members(build, given, of="number"))


def _mean(build: Builder, given: Sequence[Shape | None]) -> Shape:
    terms = _numeric_members(build, given, of="number")
    return build.arithmetic("divide", _total(build, terms), build.number(len(terms)))


def _count(build: Builder, given: Sequence[Shape | None]) -> Shape:
    if not isinstance(given[0], Items):
        raise LoweringError("takes a list written out")
    return build.number(len(given[0].items))


def _every(build: Builder, given: Sequence[Shape | None]) -> Shape:
    return build.both(_truths(build, given))


def _some(build: Builder, given: Sequence[Shape | None]) -> Shape:
    return build.either(_truths(build, given))


def _truths(build: Builder, given: Sequence[Shape | None]) -> list[Term]:
    terms = [truth_of(shape, what="an item") for shape in given if shape is not None]
    return [build.unknown if term.kind == "null" else term for term in terms]


def _list_contains(build: Builder, given: Sequence[Shape | None]) -> Shape:
    held, element = given
    if not isinstance(held, Items) or element is None:
        raise LoweringError("takes a list written out")
    wanted = column_of(element, what="the element")
    found = []
    for item in held.items:
        if isinstance(item, Interval):
            raise LoweringError("takes a list without ranges")
        term = column_of(item, what="a list item")
        equal = build.compare("=", wanted, term)
        if not build.three_valued:
            nulls = build.both((build.missing(wanted), build.missing(term)))
            equal = build.either((nulls, build.has_truth(equal, True)))
        found.append(equal)
    return build.either(found)


def _text_function(name: str, kind: Kind, parameters: Sequence[Kind]) -> Lower:
    """A function of one text column and constants: run by the interpreter on distinct texts."""

    def lower(build: Builder, given: Sequence[Shape | None]) -> Shape:
        text = _column(given[0], "text", build)
        constants = tuple(
            _literal(shape, parameter, build, "every argument after the first")
            for shape, parameter in zip(given[1:], parameters, strict=True)
            if shape is not None
        )
        return build.apply("call", kind, (text,), (name, constants))

    return lower


def _months_between(build: Builder, given: Sequence[Shape | None]) -> Shape:
    return build.apply("months between", "months", [_column(d, "date", build) for d in given])


_NUMBER_AND_SCALE = ("n", "scale")
_CONSTANT_SCALE = "the scale is constant"
_TEXT = "all arguments but the first are constant"

FUNCTIONS: Mapping[str, ColumnFunction] = {
    "not": ColumnFunction(("negand",), 1, _opposite),
    "all": ColumnFunction(("list",), 1, _every, listed=True),
    "any": ColumnFunction(("list",), 1, _some, listed=True),
    "abs": ColumnFunction(("n",), 1, _absolute),
    "floor": ColumnFunction(_NUMBER_AND_SCALE, 1, _rounding("floor"), note=_CONSTANT_SCALE),
    "ceiling": ColumnFunction(_NUMBER_AND_SCALE, 1, _rounding("ceiling"), note=_CONSTANT_SCALE),
    "decimal": ColumnFunction(_NUMBER_AND_SCALE, 2, _rounding("half even"), note=_CONSTANT_SCALE),
    "round up": ColumnFunction(_NUMBER_AND_SCALE, 2, _rounding("up"), note=_CONSTANT_SCALE),
    "round down": ColumnFunction(_NUMBER_AND_SCALE, 2, _rounding("down"), note=_CONSTANT_SCALE),
    "round half up": ColumnFunction(
        _NUMBER_AND_SCALE, 2, _rounding("half up"), note=_CONSTANT_SCALE
    ),
    "round half down": ColumnFunction(
        _NUMBER_AND_SCALE, 2, _rounding("half down"), note=_CONSTANT_SCALE
    ),
    "modulo": ColumnFunction(("dividend", "divisor"), 2, _modulo),
    "min": ColumnFunction(("list",), 1, _extreme("least"), listed=True, note="numbers or dates"),
    "max": ColumnFunction(("list",), 1, _extreme("greatest"), listed=True, note="numbers or dates"),
    "sum": ColumnFunction(("list",), 1, _sum, listed=True, note="numbers"),
    "mean": ColumnFunction(("list",), 1, _mean, listed=True, note="numbers"),
    "count": ColumnFunction(("list",), 1, _count, note="a list written out"),
    "list contains": ColumnFunction(
        ("list", "element"), 2, _list_contains, note="a list written out"
    ),
    "contains": ColumnFunction(
        ("string", "match"), 2, _text_function("contains", "truth", ["text"]), note=_TEXT
    ),
    "starts with": ColumnFunction(
        ("string", "match"), 2, _text_function("starts with", "truth", ["text"]), note=_TEXT
    ),
    "ends with": ColumnFunction(
        ("string", "match"), 2, _text_function("ends with", "truth", ["text"]), note=_TEXT
    ),
    "matches": ColumnFunction(
        ("input", "pattern", "flags"),
        2,
        _text_function("matches", "truth", ["text", "text"]),
        note=_TEXT,
    ),
    "substring": ColumnFunction(
        ("string", "start position", "length"),
        2,
        _text_function("substring", "text", ["number", "number"]),
        note=_TEXT,
    ),
    "substring before": ColumnFunction(
        ("string", "match"), 2, _text_function("substring before", "text", ["text"]), note=_TEXT
    ),
    "substring after": ColumnFunction(
        ("string", "match"), 2, _text_function("substring after", "text", ["text"]), note=_TEXT
    ),
    "string length": ColumnFunction(("string",), 1, _text_function("string length", "number", [])),
    "upper case": ColumnFunction(("string",), 1, _text_function("upper case", "text", [])),
    "lower case": ColumnFunction(("string",), 1, _text_function("lower case", "text", [])),
    "years and months duration": ColumnFunction(
        ("from", "to"), 2, _months_between, note="two dates; .years and .months of the result"
    ),
}
"""By FEEL name. Text functions run once for each distinct text of a column."""
