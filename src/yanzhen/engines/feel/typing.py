"""Types at run time: ``instance of``, and the conversions at function boundaries."""

from collections.abc import Callable

from yanzhen.engines.feel.arithmetic import utc_midnight
from yanzhen.engines.feel.equality import is_date
from yanzhen.engines.feel.nodes import TypeName
from yanzhen.engines.feel.values import FunctionValue, RangeValue, Value, type_name

Types = Callable[[str], TypeName | None] | None
"""Finds the type that a model gives a name to; None where there are no such types."""

_PLAIN = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "years and months duration",
        "days and time duration",
        "list",
        "context",
        "range",
        "function",
    }
)
_ANY = "Any"
_ALIASES = {
    "dayTimeDuration": "days and time duration",
    "dateTime": "date and time",
    "yearMonthDuration": "years and months duration",
    "days": "days and time duration",
}
_MAX_LINKS = 50


def resolve(kind: TypeName, types: Types) -> TypeName | None:
    """The type behind a name of the model; None if nothing has that name."""
    for _ in range(_MAX_LINKS):
        if kind.name in _PLAIN or kind.name in {_ANY, "Null", "null"}:
            return kind
        if kind.name in _ALIASES:
            return TypeName(_ALIASES[kind.name])
        found = types(kind.name) if types else None
        if found is None:
            return None
        kind = found
    return None


def is_instance(value: Value, kind: TypeName, types: Types = None) -> bool | None:
    """Whether the value is of the type; null is of no type but ``Null``.

    Returns:
        None if there is no such type.
    """
    known = resolve(kind, types)
    if known is None:
        return None
    if value is None:
        return known.name in {"Null", "null"}
    if known.name == _ANY:
        return True
    if known.name != type_name(value):
        return False
    match value:
        case list() if known.arguments:
            return _all(value, known.arguments[0], types)
        case RangeValue() if known.arguments:
            ends = [end for end in (value.low, value.high) if end is not None]
            return _all(ends, known.arguments[0], types)
        case dict():
            return all(
                name in value and conforms(value[name], member, types)
                for name, member in known.members
            )
        case FunctionValue() if known.result is not None or known.arguments:
            return _function_conforms(value, known, types)
    return True


def _all(values: list[Value], kind: TypeName, types: Types) -> bool:
    return all(conforms(value, kind, types) for value in values)


def conforms(value: Value, kind: TypeName, types: Types = None) -> bool:
    """Whether the value may stand where the type is wanted; null may stand anywhere."""
    return value is None or is_instance(value, kind, types) is True


def _function_conforms(value: FunctionValue, kind: TypeName, types: Types) -> bool:
    """Parameters may ask for less, the result may be more, than the type says."""
    if len(value.parameters) != len(kind.arguments):
        return False
    for (_, taken), given in zip(value.parameters, kind.arguments, strict=True):
        if taken is not None and not type_conforms(given, taken, types):
            return False
    if kind.result is None or value.result is None:
        return True
    return type_conforms(value.result, kind.result, types)


def type_conforms(narrow: TypeName, wide: TypeName, types: Types = None) -> bool:
    """Whether every value of the type ``narrow`` is one of ``wide`` too."""
    left, right = resolve(narrow, types), resolve(wide, types)
    if left is None or right is None:
        return False
    if right.name == _ANY or left.name in {"Null", "null"}:
        return True
    if left.name != right.name:
        return False
    if right.name == "context":
        members = dict(left.members)
        return all(
            name in members and type_conforms(members[name], member, types)
            for name, member in right.members
        )
    if right.name == "function" and right.result is not None:
        return (
            left.result is not None
            and len(left.arguments) == len(right.arguments)
            and all(
                type_conforms(given, taken, types)
                for given, taken in zip(right.arguments, left.arguments, strict=True)
            )
            and type_conforms(left.result, right.result, types)
        )
    if not right.arguments:
        return True
    return bool(left.arguments) and type_conforms(left.arguments[0], right.arguments[0], types)


def coerce(value: Value, kind: TypeName | None, types: Types = None) -> tuple[Value, bool]:
    """The value as the type wants it (DMN 1.5, 10.3.2.9.4), and whether that is possible.

    A list of one becomes its member, a single value a list of one, a date the moment at UTC
    midnight.
    """
    if kind is None or conforms(value, kind, types):
        return value, True
    known = resolve(kind, types)
    if known is None:
        return None, False
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], kind, types):
        return value[0], True
    if known.name == "list" and (not known.arguments or conforms(value, known.arguments[0], types)):
        return [value], True
    if known.name == "date and time" and is_date(value):
        return utc_midnight(value), True
    return None, False
