"""FEEL, the expression language of DMN 1.5 (chapter 10): reading, evaluating, printing."""

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
