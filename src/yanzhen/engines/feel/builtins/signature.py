"""What a built-in function takes, and how given arguments are fitted to it.

A function has one or more signatures; the first that fits the arguments is used. Of a wrong type,
a list of one becomes its member, a single value a list of one, and a date a moment at UTC midnight;
everything else is refused, and the call gives null.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yanzhen.engines.feel.arithmetic import utc_midnight
from yanzhen.engines.feel.equality import is_date
from yanzhen.engines.feel.nodes import TypeName
from yanzhen.engines.feel.runtime import Run
from yanzhen.engines.feel.values import FunctionValue, Value, type_name
from yanzhen.kernel.errors import FeelError

ANY = "any"


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter.

    Attributes:
        name: as named calls write it.
        types: the FEEL types taken; ``("any",)`` takes all, null included.
        optional: whether it may be left out; the function then gets None.
        nullable: whether null may be given.
    """

    name: str
    types: tuple[str, ...]
    optional: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function.

    Attributes:
        params: in order.
        run: takes the fitted values in order; raises FeelError where there is no result.
        repeated: whether the last parameter takes all arguments left, at least one, as a list.
    """

    params: tuple[Param, ...]
    run: Callable[..., Value]
    repeated: bool = False

    @property
    def required(self) -> int:
        """How many arguments must be given."""
        return sum(not param.optional for param in self.params)


@dataclass(frozen=True, slots=True)
class Builtin:
    """A built-in function.

    Attributes:
        name: as it is called.
        signatures: in the order in which they are tried.
        result: the FEEL type of the result, None where it depends on the arguments.
        needs_run: whether the functions take the ``Run`` as their first argument.
    """

    name: str
    signatures: tuple[Signature, ...]
    result: str | None = None
    needs_run: bool = field(default=False)

    def call(self, run: Run, positional: Sequence[Value], named: dict[str, Value]) -> Value:
        """Call it with values by position or by name.

        Raises:
            FeelError: the arguments do not fit, or there is no result for them.
        """
        refusals: list[FeelError] = []
        for signature in self.signatures:
            try:
                given = _by_name(signature, named) if named else _by_place(signature, positional)
                fitted = _fit(signature, given)
            except FeelError as error:
                refusals.append(error)
                continue
            return signature.run(run, *fitted) if self.needs_run else signature.run(*fitted)
        raise (
            refusals[0]
            if len(refusals) == 1
            else FeelError("; or ".join(dict.fromkeys(error.message for error in refusals)))
        )

    def value(self) -> FunctionValue:
        """The function as a FEEL value."""
        first = self.signatures[0]
        parameters = tuple((param.name, _declared(param)) for param in first.params)

        def invoke(arguments: Sequence[Value]) -> Value:
            run = Run({}, budget=None, on_name=None, notes=None, types=None, now=None)
            try:
                return self.call(run, arguments, {})
            except FeelError:
                return None

        result = TypeName(self.result) if self.result else None
        return FunctionValue(parameters, invoke, name=self.name, result=result, raw=self.call)


def invoke(run: Run, function: FunctionValue, arguments: Sequence[Value]) -> Value:
    """Call a function that was given as an argument, within the same evaluation.

    Raises:
        FeelError: it is a built-in function and the arguments do not fit.
    """
    run.spend()
    if function.raw is not None:
        return function.raw(run, arguments, {})
    return function.invoke(arguments)


def _declared(param: Param) -> TypeName | None:
    return TypeName(param.types[0]) if len(param.types) == 1 and param.types[0] != ANY else None


def _by_place(signature: Signature, given: Sequence[Value]) -> list[Value]:
    count, most = len(given), len(signature.params)
    if count < signature.required or (count > most and not signature.repeated):
        least = signature.required
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise FeelError(f"takes {wanted} arguments, not {count}")
    if signature.repeated:
        return [*given[: most - 1], list(given[most - 1 :])]
    return [*given, *[_LEFT_OUT] * (most - count)]


def _by_name(signature: Signature, named: dict[str, Value]) -> list[Value]:
    names = [param.name for param in signature.params]
    stray = [name for name in named if name not in names]
    if stray:
        raise FeelError(f"has no argument {stray[0]!r}; it takes {', '.join(names)}")
    for param in signature.params:
        if not param.optional and param.name not in named:
            raise FeelError(f"needs the argument {param.name!r}")
    values = [named.get(name, _LEFT_OUT) for name in names]
    if signature.repeated:
        values[-1] = [values[-1]]
    return values


_LEFT_OUT: Any = object()


def _fit(signature: Signature, given: list[Value]) -> list[Value]:
    fitted: list[Value] = []
    last = len(signature.params) - 1
    for index, (param, value) in enumerate(zip(signature.params, given, strict=True)):
        if value is _LEFT_OUT:
            fitted.append(None)
        elif signature.repeated and index == last:
            fitted.append([_fit_one(param, member) for member in value])
        else:
            fitted.append(_fit_one(param, value))
    return fitted


def _fit_one(param: Param, value: Value) -> Value:
    types = param.types
    if types[0] == ANY or (value is None and param.nullable):
        return value
    kind = type_name(value)
    if kind in types:
        return value
    if value is not None:
        if kind == "list" and len(value) == 1 and type_name(value[0]) in types:
            return value[0]
        if "list" in types:
            return [value]
        if "date and time" in types and is_date(value):
            return utc_midnight(value)
    raise FeelError(f"{param.name} must be a {' or a '.join(types)}, not {kind}")


def param(name: str, *types: str, optional: bool = False, nullable: bool = False) -> Param:
    """A parameter; without types it takes any value."""
    return Param(name, types or (ANY,), optional=optional, nullable=nullable)


def simple(
    name: str,
    run: Callable[..., Value],
    *params: Param,
    result: str | None = None,
    needs_run: bool = False,
) -> Builtin:
    """A function of one signature."""
    return Builtin(name, (Signature(params, run),), result, needs_run)


def over_list(name: str, run: Callable[[list[Value]], Value], result: str | None = None) -> Builtin:
    """A function of one list, which may also be given member by member: ``min(1, 2, 3)``."""
    return Builtin(
        name,
        (
            Signature((param("list", "list"),), run),
            Signature((param("c"),), run, repeated=True),
        ),
        result,
    )
