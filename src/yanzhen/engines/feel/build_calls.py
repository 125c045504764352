"""Compiling of functions, their calls, and ``instance of``."""

from collections.abc import Sequence

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.builder import Builder, Code
from yanzhen.engines.feel.builtins import BUILTIN_VALUES
from yanzhen.engines.feel.infer import infer
from yanzhen.engines.feel.runtime import MAX_CALLS, Env, LimitError, Run
from yanzhen.engines.feel.typing import coerce, is_instance
from yanzhen.engines.feel.values import FunctionValue, Value, type_name
from yanzhen.engines.feel.walk import steps_for
from yanzhen.kernel.errors import FeelError


def instance(node: n.InstanceOf, build: Builder) -> Code:
    """``of instance of type``; null if there is no such type, or if the value is unknown."""
    of, kind, unknown = build.code(node.of), node.type, build.unknown

    def run(env: Env) -> Value:
        value = of(env)
        if value is None and unknown:
            return None
        env.run.weigh(value)
        answer = is_instance(value, kind, env.run.types)
        if answer is None:
            env.run.note(f"there is no type {kind.name!r}", kind.at)
        return answer

    return run


def function(node: n.Function, build: Builder) -> Code:
    """A lambda; it keeps the scope in which it was written. External bodies are refused."""
    names = [name for name, _ in node.parameters]
    body, parameters, external, at = build.code(node.body), node.parameters, node.external, node.at
    result = None if external else infer(node.body, dict(parameters))
    cost = steps_for(node.body)

    def make(env: Env) -> Value:
        run = env.run

        def invoke(arguments: Sequence[Value]) -> Value:
            if external:
                run.note("external functions are not run", at)
                return None
            run.calls += 1
            try:
                run.spend(cost)
                if run.calls > MAX_CALLS:
                    raise LimitError(f"functions call each other deeper than {MAX_CALLS} times", at)
                return body(Env(run, dict(zip(names, arguments, strict=True)), env))
            finally:
                run.calls -= 1

        return FunctionValue(parameters, invoke, result=result)

    return make


def call(node: n.Call, build: Builder) -> Code:
    """``function(arguments)``."""
    callee, at = build.code(node.function), node.at
    positional = [build.code(argument) for argument in node.positional]
    named = [(name, build.code(argument)) for name, argument in node.named]
    builtin = BUILTIN_VALUES.get(node.function.value) if isinstance(node.function, n.Name) else None

    def run(env: Env) -> Value:
        target = callee(env)
        if type(target) is not FunctionValue:
            # a fact may have the name of a built-in function without hiding it
            if builtin is None:
                if target is not None:
                    env.run.note(f"a {type_name(target)} cannot be called", at)
                return None
            target = builtin
        env.run.spend()
        given = [argument(env) for argument in positional]
        by_name = {name: argument(env) for name, argument in named}
        return call_function(env.run, target, given, by_name, at)

    return run


def call_function(
    run: Run,
    target: FunctionValue,
    positional: Sequence[Value],
    named: dict[str, Value],
    at: int | None = None,
) -> Value:
    """Call a function; what does not fit its parameters gives null and a note."""
    if target.raw is not None:
        for value in (*positional, *named.values()):
            run.weigh(value)
        try:
            return target.raw(run, positional, named)
        except LimitError:
            raise
        except FeelError as error:
            run.note(f"{target.name}: {error.message}", at)
            return None
    title = target.name or "this function"
    names = [name for name, _ in target.parameters]
    if named:
        if named.keys() != set(names):
            run.note(f"{title} takes the arguments {', '.join(names)}", at)
            return None
        positional = [named[name] for name in names]
    if len(positional) != len(names):
        run.note(f"{title} takes {len(names)} arguments, not {len(positional)}", at)
        return None
    arguments: list[Value] = []
    for (name, kind), value in zip(target.parameters, positional, strict=True):
        converted, fits = coerce(value, kind, run.types)
        if not fits:
            run.note(f"{title}: a {type_name(value)} does not fit the parameter {name}", at)
            return None
        arguments.append(converted)
    return target.invoke(arguments)
