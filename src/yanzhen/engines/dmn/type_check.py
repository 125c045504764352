"""Types of expressions before any value is known: unknown names, operands that never fit.

What cannot be told from the text has no type here and passes; a fault is reported only where an
expression would always be null.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from yanzhen.engines.dmn.model import ValueType
from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builtins import BUILTINS
from yanzhen.engines.feel.builtins.signature import ANY, Signature
from yanzhen.engines.feel.evaluate import evaluate
from yanzhen.engines.feel.values import type_name
from yanzhen.engines.feel.walk import children

Kind = str | None
"""A FEEL type by name, None where the text does not tell."""

FEEL_KINDS: dict[ValueType, Kind] = {
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "money": "number",
    "text": "string",
    "date": "date",
    "date and time": "date and time",
    "context": "context",
    "any": None,
}
_DAYS, _MONTHS = "days and time duration", "years and months duration"
_DURATIONS = {_DAYS, _MONTHS}
_MOMENTS = {"date", "time", "date and time"}
_ORDERED = {"number", "string"} | _DURATIONS | _MOMENTS
_WITH_MEMBERS = {"context", "list", "range"} | _DURATIONS | _MOMENTS


class TypeChecker:
    """Checks the expressions of one scope.

    Attributes:
        faults: what is wrong, in the order of the text, without the place.
    """

    def __init__(self, kind_of: Callable[[str], Kind], known: Iterable[str] = ()) -> None:
        """Make a checker.

        Args:
            kind_of: the type of a name in scope; raises KeyError if there is none.
            known: all names in scope, for suggestions.
        """
        self._kind_of, self._known = kind_of, known
        self._bound: dict[str, Kind] = {}
        self._tolerant = 0
        self.faults: list[str] = []

    def expression(self, node: n.Node) -> Kind:
        """The type of an expression; faults are noted."""
        rule = _RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        for child in children(node):
            self.expression(child)
        return None

    def cell(self, tests: n.UnaryTests, kind: Kind) -> None:
        """Check a cell against the type of its input."""
        with self._names({"?": kind}):
            self._tests(tests.tests, kind)

    def _tests(self, tests: Iterable[n.Node], kind: Kind) -> None:
        for test in tests:
            found = self._range(test) if isinstance(test, n.Range) else self.expression(test)
            if None in {kind, found} or found in {kind, "boolean", "list", "range"}:
                continue
            self._fault(f"tests a {kind} against a {found} (类型不符)")

    @contextmanager
    def _names(self, names: Mapping[str, Kind]) -> Iterator[None]:
        """These names are in scope inside the block."""
        outer = self._bound
        self._bound = {**outer, **names}
        try:
            yield
        finally:
            self._bound = outer

    def _fault(self, message: str) -> None:
        if message not in self.faults:
            self.faults.append(message)

    def _want(self, kind: Kind, wanted: str, where: str) -> None:
        if kind not in {None, wanted}:
            self._fault(f"{where} must be a {wanted}, not a {kind} (类型不符)")

    def _name(self, node: n.Name) -> Kind:
        if node.value in self._bound:
            return self._bound[node.value]
        try:
            return self._kind_of(node.value)
        except KeyError:
            if node.value in BUILTINS:
                return "function"
            if not self._tolerant:
                near = get_close_matches(node.value, list(self._known), n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                self._fault(f"unknown name {node.value} (未知名称){hint}")
            return None

    def _path(self, node: n.Path) -> Kind:
        of = self.expression(node.of)
        if of is not None and of not in _WITH_MEMBERS:
            self._fault(f"a {of} has no member {node.name}")
        return "number" if of in _MOMENTS | _DURATIONS and node.name not in _OTHER_PARTS else None

    def _negate(self, node: n.Negate) -> Kind:
        of = self.expression(node.of)
        if of is not None and of != "number" and of not in _DURATIONS:
            self._fault(f"a {of} has no negative (类型不符)")
        return of

    def _arithmetic(self, node: n.Arithmetic) -> Kind:
        left, right = self.expression(node.left), self.expression(node.right)
        if left is None or right is None:
            return None
        result = _arithmetic_kind(node.op, left, right)
        if result is None:
            self._fault(f"a {left} {node.op} a {right} has no result (类型不符)")
        return result

    def _compare(self, node: n.Compare) -> Kind:
        left, right = self.expression(node.left), self.expression(node.right)
        if left is not None and right is not None and left != right:
            self._fault(f"compares a {left} with a {right} (类型不符)")
        elif node.op not in {"=", "!="}:
            self._ordered((left, right))
        return "boolean"

    def _ordered(self, kinds: Iterable[Kind]) -> None:
        for kind in kinds:
            if kind is not None and kind not in _ORDERED:
                self._fault(f"a {kind} has no order (类型不符)")

    def _logical(self, node: n.And | n.Or) -> Kind:
        for member in node.members:
            self._want(self.expression(member), "boolean", "each part of and / or")
        return "boolean"

    def _between(self, node: n.Between) -> Kind:
        kinds = [self.expression(part) for part in (node.of, node.low, node.high)]
        self._alike(kinds)
        return "boolean"

    def _alike(self, kinds: Iterable[Kind]) -> None:
        known = list(dict.fromkeys(kind for kind in kinds if kind is not None))
        self._ordered(known)
        if len(known) > 1:
            self._fault(f"compares a {known[0]} with a {known[1]} (类型不符)")

    def _in(self, node: n.In) -> Kind:
        kind = self.expression(node.of)
        with self._names({"?": kind}):
            self._tests(node.tests, kind)
        return "boolean"

    def _range(self, node: n.Range) -> Kind:
        kinds = [self.expression(end) for end in (node.low, node.high) if end is not None]
        self._alike(kinds)
        return kinds[0]

    def _interval(self, node: n.Range) -> Kind:
        self._range(node)
        return "range"

    def _if(self, node: n.If) -> Kind:
        self._want(self.expression(node.condition), "boolean", "the condition of if")
        yes, no = self.expression(node.yes), self.expression(node.no)
        if isinstance(node.yes, n.Null):
            return no
        return yes if yes == no or isinstance(node.no, n.Null) else None

    def _context(self, node: n.ContextOf) -> Kind:
        names: dict[str, Kind] = {}
        for name, value in node.entries:
            with self._names(names):
                names[name] = self.expression(value)
        return "context"

    def _filter(self, node: n.Filter) -> Kind:
        self.expression(node.of)
        self._tolerant += 1
        with self._names({"item": None}):
            self.expression(node.test)
        self._tolerant -= 1
        return None

    def _turns(self, iterators: tuple[n.Iterator, ...], body: n.Node) -> Kind:
        names: dict[str, Kind] = {"partial": "list"}
        for iterator in iterators:
            with self._names(names):
                first = self.expression(iterator.source)
                if iterator.to is not None:
                    self.expression(iterator.to)
            names[iterator.name] = first if iterator.to is not None else None
        with self._names(names):
            return self.expression(body)

    def _for(self, node: n.For) -> Kind:
        self._turns(node.iterators, node.result)
        return "list"

    def _quantified(self, node: n.Quantified) -> Kind:
        kind = self._turns(node.iterators, node.satisfies)
        self._want(kind, "boolean", "what some / every asks")
        return "boolean"

    def _function(self, node: n.Function) -> Kind:
        if not node.external:
            with self._names(dict.fromkeys((name for name, _ in node.parameters))):
                self.expression(node.body)
        return "function"

    def _call(self, node: n.Call) -> Kind:
        positional = [self.expression(argument) for argument in node.positional]
        named = {name: self.expression(argument) for name, argument in node.named}
        if not isinstance(node.function, n.Name):
            self.expression(node.function)
            return None
        name = node.function.value
        builtin = BUILTINS.get(name)
        if builtin is None or name in self._bound:
            self._name(node.function)
            return None
        if not any(_fits(signature, positional, named) for signature in builtin.signatures):
            given = ", ".join(kind or "?" for kind in (*positional, *named.values()))
            wanted = " or ".join(f"{name}({_shown(one)})" for one in builtin.signatures)
            self._fault(f"{name}({given}) does not fit {wanted} (参数不符)")
        return builtin.result


_OTHER_PARTS = {"timezone", "time offset", "start", "end", "start included", "end included"}


def _arithmetic_kind(op: str, left: str, right: str) -> Kind:
    """The type of an arithmetic result, None if there never is one (DMN 1.5, tables 45 to 52)."""
    pair = {left, right}
    result: Kind = None
    if pair == {"number"}:
        result = "number"
    elif op == "+" and pair == {"string"}:
        result = "string"
    elif op in {"+", "-"} and right in _DURATIONS and (left in _MOMENTS or left == right):
        result = left
    elif op == "+" and left in _DURATIONS and right in _MOMENTS:
        result = right
    elif op == "-" and left in _MOMENTS and right in _MOMENTS:
        result = _DAYS
    elif (op == "*" and "number" in pair and pair & _DURATIONS) or (
        op == "/" and left in _DURATIONS and right == "number"
    ):
        result = next(iter(pair & _DURATIONS))
    elif op == "/" and left == right and left in _DURATIONS:
        result = "number"
    return result


def _fits(signature: Signature, positional: list[Kind], named: dict[str, Kind]) -> bool:
    params = {param.name: param for param in signature.params}
    if named:
        if not named.keys() <= params.keys():
            return False
        required = {param.name for param in signature.params if not param.optional}
        if not required <= named.keys():
            return False
        return all(_takes(params[name].types, kind) for name, kind in named.items())
    most = len(signature.params)
    if len(positional) < signature.required:
        return False
    if len(positional) > most and not signature.repeated:
        return False
    last = signature.params[-1:]
    taken = [*signature.params, *last * max(0, len(positional) - most)]
    return all(_takes(p.types, kind) for p, kind in zip(taken, positional, strict=False))


def _takes(types: tuple[str, ...], kind: Kind) -> bool:
    return (
        kind is None
        or types[0] == ANY
        or kind in types
        or kind == "list"
        or "list" in types
        or ("date and time" in types and kind == "date")
    )


def _shown(signature: Signature) -> str:
    return ", ".join(f"{param.name}: {'/'.join(param.types)}" for param in signature.params)


def _literal(kind: Kind) -> Callable[[TypeChecker, Any], Kind]:
    return lambda _, __: kind


def _temporal(_: TypeChecker, node: n.Temporal) -> Kind:
    value = evaluate(node, {})
    return None if value is None else type_name(value)


def _list(checker: TypeChecker, node: n.ListOf) -> Kind:
    for item in node.items:
        checker.expression(item)
    return "list"


def _instance(checker: TypeChecker, node: n.InstanceOf) -> Kind:
    checker.expression(node.of)
    return "boolean"


# the rules of a class are its methods, only looked up by node
# ruff: noqa: SLF001
_RULES: dict[type, Callable[[TypeChecker, Any], Kind]] = {
    n.Null: _literal(None),
    n.Bool: _literal("boolean"),
    n.Number: _literal("number"),
    n.String: _literal("string"),
    n.Temporal: _temporal,
    n.Name: TypeChecker._name,
    n.Input: lambda checker, _: checker._bound.get("?"),
    n.Path: TypeChecker._path,
    n.Negate: TypeChecker._negate,
    n.Arithmetic: TypeChecker._arithmetic,
    n.Compare: TypeChecker._compare,
    n.And: TypeChecker._logical,
    n.Or: TypeChecker._logical,
    n.Between: TypeChecker._between,
    n.In: TypeChecker._in,
    n.Range: TypeChecker._interval,
    n.If: TypeChecker._if,
    n.ListOf: _list,
    n.ContextOf: TypeChecker._context,
    n.Filter: TypeChecker._filter,
    n.For: TypeChecker._for,
    n.Quantified: TypeChecker._quantified,
    n.InstanceOf: _instance,
    n.Function: TypeChecker._function,
    n.Call: TypeChecker._call,
}
