"""One tree for everything that can go wrong.

::

    YanzhenError
    ├── PackError        a file of a city folder is wrong: file, line, key, mend
    ├── FeelError        an expression is wrong: text and position
    ├── DecisionError    a decision cannot be read, chosen or run
    │   └── LoweringError it has no column form; the interpreter can still run it
    ├── DataError        a source file cannot be taken in
    │   └── CellError    one value in it cannot be read
    └── DomainError      a person asked for something that may not be
        ├── NotAllowed   not by this person
        └── TransitionError  not in this state

The texts of a ``DomainError`` and a ``CellError`` are Chinese and are shown to people; the rest
is English with the Chinese term, and is for the makers of rules and files.
"""

from dataclasses import dataclass


class YanzhenError(Exception):
    """Base of every error of this project."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a city folder (城市文件夹中的一处错误).

    Attributes:
        file: path inside the city folder, with forward slashes.
        line: 1-based line, or None where the file has no lines (a sheet, a missing file).
        key: dotted path of the key, such as ``clauses[2].amount``; empty for the whole file.
        message: what is wrong.
        mend: what to write instead.
    """

    file: str
    line: int | None
    key: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        key = f" [{self.key}]" if self.key else ""
        mend = f" → {self.mend}" if self.mend else ""
        return f"{place}{key}: {self.message}{mend}"


class PackError(YanzhenError):
    """A city folder has faults; ``faults`` holds all of them, in order of file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda f: (f.file, f.line or 0, f.key, f.message))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FeelError(YanzhenError):
    """An expression cannot be read or run.

    Attributes:
        message: what is wrong and what was expected.
        position: 0-based offset in the expression's text, or None if it is not about a place.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        self.message = message
        self.position = position
        where = "" if position is None else f" (at character {position + 1})"
        super().__init__(message + where)


class DecisionError(YanzhenError):
    """A decision cannot be read, chosen or run; says which and why."""


class LoweringError(DecisionError):
    """A decision has no column form; the text names the part and the reason."""


class DataError(YanzhenError):
    """A source file cannot be taken in as a whole (wrong sheet, missing column, unreadable)."""


class CellError(DataError):
    """One value cannot be read; the Chinese text stands beside it in the column 错误说明."""


class DomainError(YanzhenError):
    """A person asked for something that the rules do not allow; the text is for that person."""


class NotAllowedError(DomainError):
    """This person may not do this."""


class TransitionError(DomainError):
    """This may not be done in the present state."""
