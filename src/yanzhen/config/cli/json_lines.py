"""JSON lines in and out (一行一个 JSON 对象): bytes, UTF-8, one answer for each line, in order."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from yanzhen.kernel.errors import YanzhenError

BOM = "\ufeff"


def texts(lines: BinaryIO) -> Iterator[tuple[str, str]]:
    """Each line that is not blank, and what is wrong with its bytes ("" if nothing is).

    Bytes that are no UTF-8 spoil their own line only.
    """
    for line in lines:
        try:
            text = line.decode().removeprefix(BOM)
        except UnicodeDecodeError as error:
            yield "", f"the line is not UTF-8: byte {error.start + 1} cannot be read"
            continue
        if text.strip():
            yield text.rstrip(), ""


def write(answers: Iterable[str]) -> None:
    """Write answers as lines, each at once: whoever asks line by line must not wait."""
    out = sys.stdout.buffer
    for answer in answers:
        # half of a surrogate pair has no UTF-8, only an escape, and JSON's is the same
        out.write(answer.encode(errors="backslashreplace") + b"\n")
        out.flush()


def answer_each(lines: BinaryIO, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer every line of JSON objects; what is wrong with a line is its answer."""
    write(_answer(text, fault, answer) for text, fault in texts(lines))


def _answer(text: str, fault: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    if fault:
        return _error(fault)
    try:
        return json.dumps(answer(_object(text)), ensure_ascii=False)
    except (ValueError, RecursionError, YanzhenError) as error:
        return _error(str(error))


def _error(message: str) -> str:
    return json.dumps({"error": {"message": message}}, ensure_ascii=False)


def _object(text: str) -> dict[str, Any]:
    try:
        # a number keeps its digits: they are exact, a float is not
        read = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError(f"the line is not JSON: {error}") from error
    if not isinstance(read, dict):
        raise ValueError('expected an object of names and values, such as {"revenue": "2000000"}')  # noqa: TRY004 -- the line is wrong, not the program
    return read


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not a number that JSON knows; leave a missing fact out")
