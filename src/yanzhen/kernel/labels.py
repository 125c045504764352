"""Names in two languages (中英文名称)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A name for people: Chinese first, English for the second language of the interface."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh
