"""One evaluation: its facts, its mode, its budget, its notes; and the scopes inside it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from yanzhen.engines.feel.nodes import TypeName
from yanzhen.engines.feel.numerals import NUMBERS, finite
from yanzhen.engines.feel.values import FEEL_TYPES, DateTime, Time, Value
from yanzhen.kernel.errors import FeelError

Mode = Literal["spec", "three_valued"]
DEFAULT_BUDGET = 1_000_000
"""Steps allowed: one for each turn of a loop, call, and value handed to a built-in function."""
MAX_VALUE_DEPTH = 150
"""How deeply lists and contexts may nest in a value."""
MAX_NOTES = 1_000
"""How many faults of one evaluation are written down; what comes after repeats them."""
MAX_CALLS = 60
"""How deeply functions may call each other."""


class LimitError(FeelError):
    """The evaluation as a whole is given up: too many steps, too large a value, too deep."""


class Env:
    """A scope: local names over the scope around it; the outermost reads the facts."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, run: "Run", names: dict[str, Value], parent: "Env | None") -> None:
        self.run = run
        self.names = names
        self.parent = parent


class Run:
    """What all scopes of one evaluation share.

    Attributes:
        steps: how many steps are left.
        calls: how many functions are being called right now, one inside the other.
        notes: where faults that gave null are written down, or None.
        types: finds a type by its name (item definitions of a model), or None.
        now: the moment that ``now()`` and ``today()`` tell, or None if there is none.
        unknown: whether null means unknown (the mode ``three_valued``).
    """

    __slots__ = (
        "_converted",
        "calls",
        "notes",
        "now",
        "on_name",
        "scope",
        "steps",
        "types",
        "unknown",
    )

    def __init__(
        self,
        scope: Mapping[str, Any],
        *,
        budget: int | None,
        on_name: Callable[[str, Any], None] | None,
        notes: list[FeelError] | None,
        types: Callable[[str], TypeName | None] | None,
        now: DateTime | None,
        unknown: bool = False,
    ) -> None:
        self.scope = scope
        self.steps = DEFAULT_BUDGET if budget is None else budget
        self.on_name = on_name
        self.notes = notes
        self.types = types
        self.now = now
        self.unknown = unknown
        self.calls = 0
        self._converted: dict[str, Value] = {}

    def note(self, message: str, at: int | None = None) -> None:
        """Write down why a part of the expression is null."""
        if self.notes is not None and len(self.notes) < MAX_NOTES:
            self.notes.append(FeelError(message, at))

    def spend(self, steps: int = 1) -> None:
        """Take steps from the budget.

        Raises:
            LimitError: it is used up.
        """
        self.steps -= steps
        if self.steps < 0:
            raise LimitError("the evaluation takes too many steps and was given up")

    def weigh(self, value: Value) -> None:
        """Take as many steps as a list or context has values, at all depths; a few for a string.

        Raises:
            LimitError: the budget is used up, or the value nests too deeply.
        """
        if type(value) is str:
            self.spend(len(value) >> 6)
        if type(value) is not list and type(value) is not dict:
            return
        stack = [(value, 1)]
        while stack:
            held, depth = stack.pop()
            self.spend(1 + len(held))
            if depth > MAX_VALUE_DEPTH:
                raise LimitError(f"a list nests deeper than {MAX_VALUE_DEPTH} levels")
            stack.extend(
                (member, depth + 1)
                for member in (held.values() if type(held) is dict else held)
                if type(member) is list or type(member) is dict
            )

    def has(self, name: str) -> bool:
        """Whether the facts hold this name."""
        return name in self.scope

    def miss(self, name: str) -> None:
        """Tell the reader that a name was asked for which is not among the facts."""
        if self.on_name is not None:
            self.on_name(name, None)

    def read(self, name: str) -> Value:
        """The fact of this name, as a FEEL value; the reader is told."""
        value = self.scope[name]
        if type(value) not in _PLAIN or (type(value) is Decimal and not value.is_finite()):
            if name not in self._converted:
                self._converted[name] = from_python(value)
            value = self._converted[name]
        if self.on_name is not None:
            self.on_name(name, value)
        return value


def convert(value: Any) -> Value:
    """``from_python``, without a copy of what FEEL has already."""
    return value if type(value) in _PLAIN and type(value) is not Decimal else from_python(value)


_PLAIN = FEEL_TYPES - {list, dict}


def from_python(value: Any) -> Value:
    """The FEEL value for a Python value, down to the last member.

    Integers and floats become decimals (a float by its shortest text), tuples lists,
    ``datetime`` values those of this package; what is no finite number becomes null. What FEEL
    has is kept.

    Raises:
        TypeError: FEEL has nothing of that kind.

    >>> from_python({"a": [1, 2.5]})
    {'a': [Decimal('1'), Decimal('2.5')]}
    """
    kind = type(value)
    if isinstance(value, Decimal):
        return finite(value if kind is Decimal else Decimal(value))
    if kind in _PLAIN:
        return value
    if isinstance(value, list | tuple):
        return [from_python(member) for member in value]
    if isinstance(value, Mapping):
        return {str(name): from_python(member) for name, member in value.items()}
    if isinstance(value, int):
        return NUMBERS.plus(Decimal(value))
    if isinstance(value, float):
        return finite(NUMBERS.plus(Decimal(repr(value))))
    if isinstance(value, datetime):
        return DateTime(value.date(), _time(value.timetz(), value))
    if isinstance(value, time):
        return _time(value, None)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{kind.__name__} has no FEEL value")


def _time(value: time, on: datetime | None) -> Time:
    offset = on.utcoffset() if on is not None else value.utcoffset()
    zone = None if offset is None else round(offset.total_seconds())
    nanos = value.microsecond * 1000
    return Time(value.hour, value.minute, value.second, nanos, zone)
