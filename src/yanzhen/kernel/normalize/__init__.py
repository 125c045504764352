"""Office habits of writing (填表习惯), read without losing a digit and never silently."""

from yanzhen.kernel.normalize.quantity import parse_number
from yanzhen.kernel.normalize.text import (
    BLANKS,
    Normalized,
    normalize_code,
    normalize_text,
    to_half_width,
)
from yanzhen.kernel.normalize.yes_no import parse_yes_no

__all__ = [
    "BLANKS",
    "Normalized",
    "normalize_code",
    "normalize_text",
    "parse_number",
    "parse_yes_no",
    "to_half_width",
]
