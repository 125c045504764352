"""Copies of the sample city to spoil, and what its check says of them."""

import shutil
from pathlib import Path

from yanzhen.packs.reader import check_city

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cities" / "sample"
QUZHOU = ROOT / "cities" / "quzhou"


def copy_of_sample(folder):
    """A copy of the sample city in ``folder``."""
    return Path(shutil.copytree(SAMPLE, folder / "sample"))


def replace_in(city, name, old, new):
    """Replace the first ``old`` in a file; the line on which it stood."""
    path = city / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = text[: text.index(old)] + old[: len(old) - len(old.lstrip("\n"))]
    return before.count("\n") + 1


def places_of(city):
    """File and line of every fault."""
    return [(fault.file, fault.line) for fault in check_city(city)[1]]
