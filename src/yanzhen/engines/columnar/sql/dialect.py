"""What differs between databases, one object each."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dialect:
    """A database's way to write SQL; everything else is common.

    Attributes:
        name: as ``emit`` takes it.
        executed: whether our tests run what is emitted; otherwise it is only compared as text.
        digits: of its widest exact decimal.
        decimal: the type of decimals with so many digits, so many of them behind the point.
        whole: the quotient of two whole-number or decimal operands ``{0}`` and ``{1}``, cut off
            towards zero, exactly. ``{2}`` is a factor that makes both whole.
        text, boolean: names of types.
        barrier: ends each stage; keeps the planner from writing a shared column out again.
        collate: puts texts in the order of their code points.
        months: the date ``{0}`` moved by ``{1}`` months, the day cut to the month's last.
        days: days from date ``{1}`` to date ``{0}`` as a whole number.
        shifted: the date ``{0}`` so many days ``{1}`` later.
        date_parts: year, month, day and weekday (Monday is 1) of the date ``{0}``.
        length, contains, starts, ends, cut, matches: of texts.
        most_columns: of one stage.
        most_bytes: of one statement.
        longest_name: bytes of an identifier that are kept.
    """

    name: str
    executed: bool
    digits: int
    decimal: Callable[[int, int], str]
    whole: str
    text: str = "VARCHAR"
    boolean: str = "BOOLEAN"
    barrier: str = ""
    collate: str = ""
    months: str = "CAST({0} + INTERVAL '{1} months' AS DATE)"
    days: str = "({0} - {1})"
    shifted: str = "({0} + {1})"
    date_parts: dict[str, str] = field(
        default_factory=lambda: {
            "year": "extract(year FROM {0})",
            "month": "extract(month FROM {0})",
            "day": "extract(day FROM {0})",
            "weekday": "extract(isodow FROM {0})",
        }
    )
    length: str = "length({0})"
    contains: str = "(strpos({0}, {1}) > 0)"
    starts: str = "starts_with({0}, {1})"
    ends: str = "(right({0}, {2}) = {1})"
    matches: str = "regexp_matches({0}, {1})"
    most_columns: int = 1500
    most_bytes: int = 1_000_000
    longest_name: int = 63
