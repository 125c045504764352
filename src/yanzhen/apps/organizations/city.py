"""The city that this site serves (本站的城市文件夹)."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yanzhen.packs.model import City
from yanzhen.packs.reader import read_city

_KEPT = 2
"""The city in use, and the one before while a new version of the folder is being looked at."""


def current_city() -> City:
    """The city folder named by ``settings.YANZHEN_CITY``, read once for each state of its files.

    Raises:
        PackError: the folder has faults; all of them are listed.
    """
    folder = Path(settings.YANZHEN_CITY)
    return _read(folder, _state(folder))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of change of every file: cheap to ask, different after any edit."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            facts = path.stat()
            found.append((str(path), facts.st_size, facts.st_mtime_ns))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _read(folder: Path, _files: tuple[tuple[str, int, int], ...]) -> City:
    return read_city(folder)
