"""The built-in functions of FEEL, one file for each family, in one table."""

from collections.abc import Mapping
from types import MappingProxyType

from yanzhen.engines.feel.builtins import (
    aggregates,
    contexts,
    conversion,
    lists,
    numbers,
    ranges,
    sorting,
    strings,
    temporal,
)
from yanzhen.engines.feel.builtins.signature import Builtin
from yanzhen.engines.feel.values import FunctionValue

_FAMILIES = (
    aggregates,
    contexts,
    conversion,
    lists,
    numbers,
    ranges,
    sorting,
    strings,
    temporal,
)

BUILTINS: Mapping[str, Builtin] = MappingProxyType(
    {function.name: function for family in _FAMILIES for function in family.FUNCTIONS}
)
"""Every built-in function by name, with its signatures."""

BUILTIN_VALUES: Mapping[str, FunctionValue] = MappingProxyType(
    {name: function.value() for name, function in BUILTINS.items()}
)
"""The same functions as FEEL values."""
