"""Nothing of FEEL is without an example: functions, signatures, forms, operators, properties."""

from dataclasses import fields, is_dataclass
from typing import get_args

import pytest
from tests.spec.spec_executors import has_columns
from tests.spec.spec_files import NOW, families

from yanzhen.engines.columnar.functions import FUNCTIONS
from yanzhen.engines.dmn.model import HitPolicy
from yanzhen.engines.feel import BUILTINS, FeelError, evaluate, nodes
from yanzhen.engines.feel.builtins.signature import Builtin
from yanzhen.engines.feel.runtime import Run

OPERATIONS = [operation for family in families() for operation in family.operations]
EACH = [
    pytest.param(operation, id=f"{family.id}-{operation.name}")
    for family in families()
    for operation in family.operations
]
EXPRESSIONS = [one for each in OPERATIONS for one in each.examples if one.table is None]
PROPERTIES = {
    "date, date and time": {"year", "month", "day", "weekday"},
    "time, date and time": {"hour", "minute", "second", "time offset", "timezone"},
    "years and months duration": {"years", "months"},
    "days and time duration": {"days", "hours", "minutes", "seconds"},
    "range": {"start", "end", "start included", "end included"},
}


def parts(tree):
    """A tree and everything below it."""
    if isinstance(tree, tuple):
        for member in tree:
            yield from parts(member)
    elif is_dataclass(tree):
        yield tree
        for field in fields(tree):
            yield from parts(getattr(tree, field.name))


NODES = [node for example in EXPRESSIONS for node in parts(example.node)]


def calls(name):
    """Each call of a function that stands as an example of it: the example and the call."""
    for operation in OPERATIONS:
        for example in operation.examples:
            if operation.kind == "function" and example.table is None:
                for node in parts(example.node):
                    if isinstance(node, nodes.Call) and node.function == nodes.Name(name):
                        yield example, node


def used(function, signature, example, call):
    """Whether the call gives a result by this signature, and with all of its arguments."""
    run = Run({}, budget=None, on_name=None, notes=None, types=None, now=NOW)
    one = Builtin(function.name, (signature,), function.result, function.needs_run)
    positional = [evaluate(node, example.facts, now=NOW) for node in call.positional]
    named = {name: evaluate(node, example.facts, now=NOW) for name, node in call.named}
    if len(positional) + len(named) < len(signature.params):
        return False
    try:
        one.call(run, positional, named)
    except FeelError:
        return False
    return True


@pytest.mark.parametrize("function", BUILTINS.values(), ids=lambda function: function.name)
def test_every_signature_of_a_function_has_an_example(function):
    found = list(calls(function.name))

    for signature in function.signatures:
        names = [param.name for param in signature.params]
        assert any(used(function, signature, *each) for each in found), names


def test_every_form_of_the_tree_has_an_example():
    wanted = {*get_args(nodes.Node), nodes.Iterator, nodes.TypeName}

    assert wanted - {type(node) for node in NODES} == set()


def test_every_operator_has_an_example():
    found = {node.op for node in NODES if isinstance(node, nodes.Arithmetic | nodes.Compare)}

    assert found == {*get_args(nodes.ArithmeticOp), *get_args(nodes.CompareOp)}


def test_every_hit_policy_has_its_tables():
    policies = [each.name for each in OPERATIONS if each.kind == "hit policy"]

    assert sorted(policies) == sorted(get_args(HitPolicy))


def test_every_property_has_its_examples():
    found: dict[str, set[str]] = {}
    for operation in OPERATIONS:
        if operation.kind == "property":
            found.setdefault(operation.of, set()).add(operation.name)
            paths = [n for e in operation.examples for n in parts(e.node)]
            assert nodes.Path in {
                type(n) for n in paths if getattr(n, "name", "") == operation.name
            }

    assert found == PROPERTIES


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_column_function_reads_a_column_in_an_example(name):
    assert any(has_columns(example) for example, call in calls(name) if example.facts)


@pytest.mark.parametrize("operation", EACH)
def test_every_operation_has_two_examples_and_one_at_the_edge(operation):
    edges = {"null", "[]", "{}", '""', "false", "[null]"}

    answers = {one.spec for one in operation.examples} | {
        one.three_valued for one in operation.examples
    }
    given = {name for one in operation.examples for name, v in one.facts.items() if v is None}

    assert len(operation.examples) >= 2
    assert operation.meaning
    assert operation.zh
    assert given or answers & edges or "null" in "".join(one.text for one in operation.examples)


@pytest.mark.parametrize("operation", EACH)
def test_modes_differ_exactly_where_the_manual_says_so(operation):
    differ = any(one.spec != one.three_valued for one in operation.examples)

    assert differ == bool(operation.differs)
