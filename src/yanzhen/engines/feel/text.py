"""Any FEEL value as text, as the function ``string`` gives it."""

from decimal import Decimal

from yanzhen.engines.feel.names import WORD
from yanzhen.engines.feel.numerals import number_text
from yanzhen.engines.feel.temporal_text import temporal_text
from yanzhen.engines.feel.values import FunctionValue, RangeValue, Value

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def quote(text: str) -> str:
    r"""The text as a FEEL string literal.

    >>> quote('a "b"')
    '"a \\"b\\""'
    """
    return f'"{text.translate(_ESCAPES)}"'


def to_text(value: Value) -> str:
    """The text of a value; strings only inside lists and contexts stand between quotes.

    >>> to_text([Decimal("1.50"), "a", None, {"b c": True}])
    '[1.5, "a", null, {"b c": true}]'
    """
    return value if isinstance(value, str) else _inner(value)


def _inner(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quote(value)
        case Decimal():
            return number_text(value)
        case list():
            return f"[{', '.join(map(_inner, value))}]"
        case dict():
            entries = (f"{_entry_name(name)}: {_inner(held)}" for name, held in value.items())
            return f"{{{', '.join(entries)}}}"
        case RangeValue():
            return _range(value)
        case FunctionValue():
            names = ", ".join(name for name, _ in value.parameters)
            return value.name or f"function({names})"
        case _:
            return temporal_text(value) or ""


def _entry_name(name: str) -> str:
    return name if WORD.fullmatch(name) else quote(name)


def _range(value: RangeValue) -> str:
    if value.low is None:
        return f"{'<=' if value.high_closed else '<'} {_inner(value.high)}"
    if value.high is None:
        return f"{'>=' if value.low_closed else '>'} {_inner(value.low)}"
    opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{opening}{_inner(value.low)}..{_inner(value.high)}{closing}"
