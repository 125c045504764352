"""Compiling of literals, names, paths, arithmetic, comparisons, logic and ``if``."""

from datetime import date
from decimal import Decimal

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.arithmetic import TABLES, negate
from yanzhen.engines.feel.builder import Builder, Code
from yanzhen.engines.feel.builtins import BUILTIN_VALUES
from yanzhen.engines.feel.equality import all_of, equal, order
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.engines.feel.properties import MISSING, member
from yanzhen.engines.feel.runtime import Env
from yanzhen.engines.feel.temporal_text import parse_temporal
from yanzhen.engines.feel.values import Value, type_name

_WIDE_MARKS = str.maketrans("，（）＝＋－＊／＜＞：；“”", ',()=+-*/<>:;""')


_POWER_STEPS = 10


def constant(value: Value) -> Code:
    """A function that always gives ``value``."""
    return lambda _: value


def null(_: n.Null, __: Builder) -> Code:
    """``null``."""
    return constant(None)


def boolean(node: n.Bool, _: Builder) -> Code:
    """``true`` and ``false``."""
    return constant(node.value)


def number(node: n.Number, _: Builder) -> Code:
    """A number, rounded to what FEEL can hold."""
    return constant(NUMBERS.plus(node.value))


def string(node: n.String, _: Builder) -> Code:
    """A string."""
    return constant(node.value)


def temporal(node: n.Temporal, _: Builder) -> Code:
    """An at-literal, read once; null with a note if its text is no temporal value."""
    value = parse_temporal(node.text)
    if value is not None:
        return constant(value)

    def wrong(env: Env) -> Value:
        env.run.note(f'@"{node.text}" is no date, time, date and time or duration', node.at)

    return wrong


def name(node: n.Name, _: Builder) -> Code:
    """A local name, a fact, or a built-in function, in this order."""
    wanted, at = node.value, node.at
    builtin = BUILTIN_VALUES.get(wanted)

    def read(env: Env) -> Value:
        scope: Env | None = env
        while scope is not None:
            if wanted in scope.names:
                return scope.names[wanted]
            scope = scope.parent
        run = env.run
        if run.has(wanted):
            return run.read(wanted)
        if builtin is None:
            run.miss(wanted)
            run.note(_unknown_name(wanted), at)
        return builtin

    return read


def _unknown_name(wanted: str) -> str:
    narrow = wanted.translate(_WIDE_MARKS)
    hint = "" if narrow == wanted else f"; full-width marks are part of names, write {narrow}"
    return f"the name {wanted!r} is not known here{hint}"


def under_test(node: n.Input, _: Builder) -> Code:
    """``?``: the value under test."""
    at = node.at

    def read(env: Env) -> Value:
        scope: Env | None = env
        while scope is not None:
            if "?" in scope.names:
                return scope.names["?"]
            scope = scope.parent
        if env.run.has("?"):
            return env.run.read("?")
        env.run.note("? stands for the value under test, and there is none here", at)
        return None

    return read


def path(node: n.Path, build: Builder) -> Code:
    """``of.name``."""
    of, wanted, at = build.code(node.of), node.name, node.end

    def read(env: Env) -> Value:
        value = of(env)
        if type(value) is dict and wanted in value:
            return value[wanted]
        if type(value) is list:
            env.run.weigh(value)
            return _project(value, wanted)
        found = member(value, wanted)
        if found is MISSING:
            env.run.note(f"a {type_name(value)} has no member {wanted!r}", at)
            return None
        return found

    return read


def _project(value: Value, wanted: str) -> Value:
    """The member of each item, of lists within lists too; null where there is none."""
    if type(value) is list:
        return [_project(item, wanted) for item in value]
    found = member(value, wanted)
    return None if found is MISSING else found


def minus(node: n.Negate, build: Builder) -> Code:
    """Arithmetic minus."""
    of, at = build.code(node.of), node.at

    def run(env: Env) -> Value:
        value = of(env)
        result = negate(value)
        if result is None:
            env.run.note(f"a {type_name(value)} has no negative", at)
        return result

    return run


def arithmetic(node: n.Arithmetic, build: Builder) -> Code:
    """``left op right``."""
    left, right, op, at = build.code(node.left), build.code(node.right), node.op, node.at
    table = TABLES[op]
    numbers, costly = table[Decimal, Decimal], op == "**"

    def run(env: Env) -> Value:
        a, b = left(env), right(env)
        if type(a) is Decimal and type(b) is Decimal:
            if costly:
                env.run.spend(_POWER_STEPS)
            result = numbers(a, b)
        else:
            operation = table.get((type(a), type(b)))
            if operation is None:
                env.run.note(f"{type_name(a)} {op} {type_name(b)} has no meaning", at)
                return None
            result = operation(a, b)
            env.run.weigh(result)
        if result is None:
            env.run.note(f"{type_name(a)} {op} {type_name(b)} has no result here", at)
        return result

    return run


def compare(node: n.Compare, build: Builder) -> Code:
    """``=``, ``!=`` and the orders."""
    return _equality(node, build) if node.op in {"=", "!="} else _order(node, build)


def _equality(node: n.Compare, build: Builder) -> Code:
    left, right, wanted, at = build.code(node.left), build.code(node.right), node.op == "=", node.at
    # a literal null asks whether a value is missing, whatever null means in this mode
    unknown = (
        build.unknown and not isinstance(node.left, n.Null) and not isinstance(node.right, n.Null)
    )

    def run(env: Env) -> Value:
        a, b = left(env), right(env)
        kind = type(a)
        if kind is type(b) and (kind is Decimal or kind is str or kind is bool):
            return (a == b) is wanted
        if kind is list or kind is dict:
            env.run.weigh(a)
            env.run.weigh(b)
        result = equal(a, b, unknown=unknown)
        if result is None:
            if a is not None and b is not None:
                env.run.note(f"{type_name(a)} and {type_name(b)} cannot be compared", at)
            return None
        return result is wanted

    return run


def _order(node: n.Compare, build: Builder) -> Code:
    left, right, op, at = build.code(node.left), build.code(node.right), node.op, node.at
    wanted = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[op]

    def run(env: Env) -> Value:
        a, b = left(env), right(env)
        kind = type(a)
        if kind is type(b) and (kind is Decimal or kind is str or kind is date):
            return ((a > b) - (a < b)) in wanted
        compared = order(a, b)
        if compared is None:
            if a is not None and b is not None:
                env.run.note(f"{type_name(a)} {op} {type_name(b)} has no answer", at)
            return None
        return compared in wanted

    return run


def between(node: n.Between, build: Builder) -> Code:
    """``of between low and high``."""
    of, low, high, at = build.code(node.of), build.code(node.low), build.code(node.high), node.at

    def run(env: Env) -> Value:
        value, least, most = of(env), low(env), high(env)
        above, below = order(value, least), order(value, most)
        if (above is None or below is None) and None not in (value, least, most):
            env.run.note("the three values of between cannot be compared", at)
        return all_of(
            [None if above is None else above >= 0, None if below is None else below <= 0]
        )

    return run


def conjunction(node: n.And, build: Builder) -> Code:
    """``and``: false as soon as one member is, else null unless all are true."""
    members = [build.code(member) for member in node.members]

    def run(env: Env) -> Value:
        result: bool | None = True
        for code in members:
            value = code(env)
            if value is False:
                return False
            if value is not True:
                result = None
        return result

    return run


def disjunction(node: n.Or, build: Builder) -> Code:
    """``or``: true as soon as one member is, else null unless all are false."""
    members = [build.code(member) for member in node.members]

    def run(env: Env) -> Value:
        result: bool | None = False
        for code in members:
            value = code(env)
            if value is True:
                return True
            if value is not False:
                result = None
        return result

    return run


def choice(node: n.If, build: Builder) -> Code:
    """``if``: in the mode ``three_valued`` an unknown condition gives null, else the last part."""
    condition, yes, no = build.code(node.condition), build.code(node.yes), build.code(node.no)
    unknown, at = build.unknown, node.condition.at

    def run(env: Env) -> Value:
        value = condition(env)
        if value is True:
            return yes(env)
        if value is not False:
            if value is not None:
                env.run.note(f"the condition is a {type_name(value)}, no boolean", at)
            if unknown:
                return None
        return no(env)

    return run
