"""FEEL, the expression language of DMN 1.5 (chapter 10): reading, evaluating, printing.

Text becomes a tree (``parse``), a tree becomes Python functions once (the ``build_*`` modules) and
is then evaluated over facts (``evaluate``); ``unparse`` writes a tree as text again. Two modes:
``spec`` to the letter, ``three_valued`` where null means unknown (see ``evaluate``).

Faults of an evaluation give null, as FEEL wants it; ``notes`` collects why and where. Nothing that
is written in FEEL can hang or exhaust the process: a text has at most 64 KiB and 200 levels, an
evaluation a budget of steps, strings 200,000 characters; exponents are those of decimal128, and
regular expressions run in time proportional to the text wherever backtracking could be costly.
External (Java) functions are never run.

>>> evaluate(parse("sum(for i in 1..3 return i * 单价)"), {"单价": 2})
Decimal('12')
"""

from yanzhen.engines.feel.builtins import BUILTINS
from yanzhen.engines.feel.builtins.signature import Builtin, Param, Signature
from yanzhen.engines.feel.evaluate import evaluate, evaluate_tests
from yanzhen.engines.feel.free import free_names
from yanzhen.engines.feel.json_form import from_json, to_json
from yanzhen.engines.feel.parser import parse, parse_unary_tests
from yanzhen.engines.feel.runtime import Mode, from_python
from yanzhen.engines.feel.unparse import unparse
from yanzhen.engines.feel.values import (
    DateTime,
    DayTimeDuration,
    FunctionValue,
    RangeValue,
    Time,
    Value,
    YearMonthDuration,
    type_name,
)
from yanzhen.kernel.errors import FeelError

__all__ = [
    "BUILTINS",
    "Builtin",
    "DateTime",
    "DayTimeDuration",
    "FeelError",
    "FunctionValue",
    "Mode",
    "Param",
    "RangeValue",
    "Signature",
    "Time",
    "Value",
    "YearMonthDuration",
    "evaluate",
    "evaluate_tests",
    "free_names",
    "from_json",
    "from_python",
    "parse",
    "parse_unary_tests",
    "to_json",
    "type_name",
    "unparse",
]
