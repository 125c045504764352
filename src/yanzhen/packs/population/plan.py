"""What ``demo.yaml`` says, asked for key by key (演示数据的设定)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import City

FILE = "demo.yaml"
OTHER = "other"
"""The key that stands for everything not named."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One part of ``demo.yaml``, with the way to it for error texts.

    Every question names the key that is missing or of the wrong kind.
    """

    values: Mapping[str, Any]
    path: str = ""

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def part(self, key: str) -> "Plan":
        """A mapping below; empty where the key is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise self._fault(key, "a mapping", value)
        return Plan(value, self._path(key))

    def need(self, key: str) -> "Plan":
        """A mapping below that must be there."""
        if key not in self.values:
            raise self._fault(key, "a mapping", None)
        return self.part(key)

    def parts(self, key: str) -> list["Plan"]:
        """A list of mappings below; empty where the key is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise self._fault(key, "a list of mappings", value)
        return [Plan(item, f"{self._path(key)}[{i}]") for i, item in enumerate(value)]

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._fault(key, "a whole number", value)
        return value

    def decimal(self, key: str) -> Decimal:
        """A decimal, written as text or as a whole number."""
        value = self.values.get(key)
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise self._fault(key, "a decimal written as text", value) from error

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self._fault(key, "a text", value)
        return value

    def texts(self, key: str) -> list[str]:
        """A list of texts, or the characters of one text."""
        value = self.values.get(key, [])
        if not isinstance(value, (str, list)) or not all(isinstance(item, str) for item in value):
            raise self._fault(key, "a list of texts", value)
        return list(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self._fault(key, "true or false", value)
        return value

    def day(self, key: str) -> date:
        """A day."""
        value = self.values.get(key)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self._fault(key, "a day YYYY-MM-DD", value) from error

    def whole(self, key: str) -> int:
        """A key that is itself a whole number."""
        if not key.isdecimal():
            raise DataError(f"{FILE}: {self._path(key)} is no whole number; write a number as key")
        return int(key)

    def nearest(self, *keys: str, default: int = 0) -> int:
        """The number under the first of ``keys`` that is there, else under ``other``."""
        for key in (*keys, OTHER):
            if key in self.values:
                return self.number(key)
        return default

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _fault(self, key: str, wanted: str, value: object) -> DataError:
        found = "is missing" if value is None else f"is {value!r}"
        return DataError(f"{FILE}: {self._path(key)} {found}; write {wanted}")


def plan_of(city: City) -> Plan:
    """The plan of a city.

    Raises:
        DataError: the folder has no ``demo.yaml``.
    """
    if not city.demo:
        raise DataError(f"{city.path.name} has no {FILE}; write one to make a population")
    return Plan(city.demo)


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a population is against the full one."""

    size: int
    full: int

    def of(self, count: int, *, at_least: int = 0) -> int:
        """A count of the full population at this size, rounded half up; never less than said."""
        scaled = (2 * count * self.size + self.full) // (2 * self.full)
        return max(scaled, min(count, at_least))


def scale_of(plan: Plan, size: int | None) -> Scale:
    """The scale of a population of ``size``; None for the full one.

    Raises:
        DataError: the size is too small to hold one of each kind.
    """
    full = plan.number("size")
    wanted = full if size is None else size
    if wanted < SMALLEST:
        raise DataError(f"a population needs at least {SMALLEST} entities, not {wanted}")
    return Scale(wanted, full)


SMALLEST = 500
