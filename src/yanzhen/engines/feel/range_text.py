"""Ranges as text, as the function ``range`` reads them: ``[1..3]``, ``("a".."b"]``, ``[1..)``."""

from decimal import Decimal

from yanzhen.engines.feel.equality import order
from yanzhen.engines.feel.names import NameIndex
from yanzhen.engines.feel.numerals import NUMBERS
from yanzhen.engines.feel.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_temporal,
    parse_time,
)
from yanzhen.engines.feel.tokens import Token, token_at
from yanzhen.engines.feel.values import RangeValue, Value
from yanzhen.kernel.errors import FeelError

_MOST_TOKENS = 20
_CALLS = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "duration": parse_duration,
}
_INDEX: NameIndex = {"d": ["date and time"]}
_CLOSING = {")", "]", "["}


def parse_range(text: str) -> RangeValue:
    """The range that a text writes; its ends are literals.

    Raises:
        FeelError: the text is no range, or its ends do not fit each other.
    """
    tokens = _tokens(text)
    marks = [at for at, token in enumerate(tokens) if _is_mark(token, "..")]
    opening = tokens[0].value if tokens and tokens[0].kind == "mark" else ""
    closing = tokens[-1].value if tokens and tokens[-1].kind == "mark" else ""
    if opening not in {"(", "]", "["} or closing not in _CLOSING or len(marks) != 1:
        raise FeelError(f"{text[:50]!r} is no range such as [1..3]")
    low, high = _end(tokens[1 : marks[0]]), _end(tokens[marks[0] + 1 : -1])
    low_closed, high_closed = opening == "[", closing == "]"
    first, last = high if low is None else low, low if high is None else high
    compared = order(first, last)
    if compared is None or compared > 0:
        raise FeelError(f"the ends of the range {text[:50]!r} do not fit each other")
    if (low is None and low_closed) or (high is None and high_closed):
        raise FeelError(f"an end that is left out is open, in the range {text[:50]!r}")
    return RangeValue(low, high, low_closed, high_closed)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while len(tokens) < _MOST_TOKENS:
        token = token_at(text, at, [_INDEX])
        if token.kind == "end":
            break
        tokens.append(token)
        at = token.end
    return tokens


def _is_mark(token: Token, mark: str) -> bool:
    return token.kind == "mark" and token.value == mark


def _end(tokens: list[Token]) -> Value:
    """The value of one end: a number, a string, a temporal literal or call; None if left out."""
    if not tokens:
        return None
    values = [token.value for token in tokens]
    value: Value = None
    match tokens:
        case [Token(kind="number")]:
            value = NUMBERS.create_decimal(values[0])
        case [Token(kind="mark", value="-"), Token(kind="number")]:
            value = NUMBERS.minus(Decimal(values[1]))
        case [Token(kind="string")]:
            value = values[0]
        case [Token(kind="mark", value="@"), Token(kind="string")]:
            value = parse_temporal(values[1])
        case [
            Token(kind="name"),
            Token(kind="mark", value="("),
            Token(kind="string"),
            Token(kind="mark", value=")"),
        ] if values[0] in _CALLS:
            value = _CALLS[values[0]](values[2])
    if value is None:
        raise FeelError("an end of a range must be a number, a string or a temporal literal")
    return value
