"""Begin a new city: a small valid folder with comments in it (新建城市文件夹)."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from yanzhen.kernel.errors import Fault, PackError

ID = re.compile("[a-z][a-z0-9-]*")
CODE = re.compile("[0-9]{4}00")
WORD = re.compile(r'[^\s",\\$]([^\n\r\t",\\$]*[^\s",\\$])?')


def new_city(path: Path, city_id: str, name: str, code: str, *, en: str = "") -> list[Path]:
    """Write the folder of a new city.

    Args:
        path: the folder; it must be new or empty.
        city_id: letters, digits and hyphens.
        name: Chinese name.
        code: six digits of GB/T 2260 of a city, ending in 00.
        en: English name; without it the id with a capital.

    Returns:
        The files written, in order.

    Raises:
        PackError: the folder is not empty, or a word does not fit; nothing was written.
    """
    en = en or city_id.replace("-", " ").title()
    faults = list(_faults(path, city_id, code, name, en))
    if faults:
        raise PackError(faults)
    words = {"id": city_id, "name": name, "en": en, "code": code, "prefix": code[:4]}
    return sorted(_write(files("yanzhen.packs").joinpath("skeleton"), path, words))


def _faults(path: Path, city_id: str, code: str, name: str, en: str) -> list[Fault]:
    found: list[Fault] = []
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        found.append(Fault(str(path), None, "", "it exists and is not empty", "name a new folder"))
    if not ID.fullmatch(city_id):
        mend = "write small letters, digits and hyphens, such as quzhou"
        found.append(Fault("city.yaml", None, "id", f"“{city_id}” is no id", mend))
    if not CODE.fullmatch(code):
        mend = "write six digits of GB/T 2260 that end in 00, such as 330800"
        found.append(Fault("city.yaml", None, "code", f"“{code}” is no code of a city", mend))
    for word in (name, en):
        if not WORD.fullmatch(word):
            mend = "write it without quotes, commas and backslashes"
            found.append(Fault("city.yaml", None, "label", f"“{word}” cannot be a name", mend))
    return found


def _write(source: Traversable, target: Path, words: dict[str, str]) -> list[Path]:
    """Copy the skeleton with its placeholders filled in."""
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for item in source.iterdir():
        if item.is_dir():
            written += _write(item, target / item.name, words)
            continue
        text = Template(item.read_text(encoding="utf-8")).substitute(words)
        path = target / item.name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
