"""Built-in functions of strings (DMN 1.5, 10.3.4.3)."""

from decimal import ROUND_DOWN, Decimal

from yanzhen.engines.feel.arithmetic import MAX_STRING
from yanzhen.engines.feel.builtins.signature import Builtin, param, simple
from yanzhen.engines.feel.numerals import as_int
from yanzhen.engines.feel.regex import Charge, find, replace_all, split_at
from yanzhen.engines.feel.runtime import Run
from yanzhen.engines.feel.values import Value, type_name
from yanzhen.kernel.errors import FeelError

_PATTERN_STEPS = 50
_WORK_A_STEP = 500


def substring(text: str, start: Decimal, length: Decimal | None) -> str:
    """``length`` characters from the position ``start`` (from the end if negative), or the rest."""
    first = as_int(start.to_integral_value(ROUND_DOWN))
    if first is None or first == 0 or abs(first) > len(text):
        raise FeelError(f"there is no position {start} in a string of {len(text)}")
    begin = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[begin:]
    if length < 1:
        raise FeelError("length must be at least 1")
    return text[begin : begin + int(min(length, Decimal(len(text))))]


def length(text: str) -> Decimal:
    """The number of characters (code points)."""
    return Decimal(len(text))


def before(text: str, match: str) -> str:
    """What stands before the first ``match``; empty if it does not occur."""
    found = text.find(match)
    return text[:found] if found >= 0 else ""


def after(text: str, match: str) -> str:
    """What stands after the first ``match``; empty if it does not occur."""
    found = text.find(match)
    return text[found + len(match) :] if found >= 0 else ""


def _charge(run: Run) -> Charge:
    run.spend(_PATTERN_STEPS)
    return lambda work: run.spend(1 + work // _WORK_A_STEP)


def matches(run: Run, text: str, pattern: str, flags: str | None) -> bool:
    """Whether the regular expression matches somewhere in the text."""
    return find(text, pattern, flags or "", _charge(run))


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> str:
    """The text with every match replaced; ``$1`` to ``$9`` are groups, ``$0`` the match."""
    return replace_all(text, pattern, replacement, flags or "", _charge(run))


def split(run: Run, text: str, delimiter: str) -> list[Value]:
    """What stands between the matches of the regular expression ``delimiter``."""
    return list(split_at(text, delimiter, _charge(run)))


def join(items: list[Value], delimiter: str | None) -> str:
    """The strings with the delimiter between them; nulls are passed over."""
    texts = [item for item in items if item is not None]
    for text in texts:
        if type(text) is not str:
            raise FeelError(f"every item must be a string, not {type_name(text)}")
    between = delimiter or ""
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_STRING:
        raise FeelError(f"the string would be longer than {MAX_STRING} characters")
    return between.join(texts)


def _upper(text: str) -> str:
    return text.upper()


def _lower(text: str) -> str:
    return text.lower()


def _contains(text: str, match: str) -> bool:
    return match in text


_TEXT, _INPUT = param("string", "string"), param("input", "string")
_MATCH, _PATTERN = param("match", "string"), param("pattern", "string")
_FLAGS = param("flags", "string", optional=True, nullable=True)

FUNCTIONS: tuple[Builtin, ...] = (
    simple(
        "substring",
        substring,
        _TEXT,
        param("start position", "number"),
        param("length", "number", optional=True),
        result="string",
    ),
    simple("string length", length, _TEXT, result="number"),
    simple("upper case", _upper, _TEXT, result="string"),
    simple("lower case", _lower, _TEXT, result="string"),
    simple("substring before", before, _TEXT, _MATCH, result="string"),
    simple("substring after", after, _TEXT, _MATCH, result="string"),
    simple(
        "replace",
        replace,
        _INPUT,
        _PATTERN,
        param("replacement", "string"),
        _FLAGS,
        result="string",
        needs_run=True,
    ),
    simple("contains", _contains, _TEXT, _MATCH, result="boolean"),
    simple("starts with", str.startswith, _TEXT, _MATCH, result="boolean"),
    simple("ends with", str.endswith, _TEXT, _MATCH, result="boolean"),
    simple("matches", matches, _INPUT, _PATTERN, _FLAGS, result="boolean", needs_run=True),
    simple("split", split, _TEXT, param("delimiter", "string"), result="list", needs_run=True),
    simple(
        "string join",
        join,
        param("list", "list"),
        param("delimiter", "string", optional=True, nullable=True),
        result="string",
    ),
)
