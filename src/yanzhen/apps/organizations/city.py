"""The city that this site serves (本站的城市文件夹)."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yanzhen.kernel.errors import PackError
from yanzhen.packs.model import City
from yanzhen.packs.reader import read_city

LOOK_EVERY = 1.0
"""Seconds between two looks at the files: a page asks for the city hundreds of times."""

State = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class _Kept:
    """The city in use, the files it was read from, and when they were last looked at."""

    folder: Path
    state: State
    city: City
    looked_at: float


_kept: _Kept | None = None


def current_city() -> City:
    """The city folder named by ``settings.YANZHEN_CITY``, read again when its files change.

    A folder that no longer reads does not take the site down: the last sound reading stays in
    use, and the page of the city folder lists the faults.

    Raises:
        PackError: the folder has faults and was never read before; all of them are listed.
    """
    global _kept  # noqa: PLW0603 -- one city a process, that is the point
    folder, now = Path(settings.YANZHEN_CITY), time.monotonic()
    if _kept is not None and _kept.folder == folder:
        if now - _kept.looked_at < LOOK_EVERY:
            return _kept.city
        state = _state(folder)
        if state == _kept.state:
            _kept.looked_at = now
            return _kept.city
        try:
            city = read_city(folder)
        except PackError:
            city = _kept.city
    else:
        state = _state(folder)
        city = read_city(folder)
    _kept = _Kept(folder, state, city, now)
    return city


def place_name(code: str) -> str:
    """The name of a district, zone, community or grid; the code itself where there is none."""
    city = current_city()
    for district in city.districts:
        if district.code == code:
            return district.name
    for community in city.communities:
        if community.id == code:
            return community.name
    return next((grid.name for grid in city.grids if grid.id == code), code)


def unit_name(code: str) -> str:
    """The short name of an organization; the id itself where there is none."""
    for organization in current_city().organizations:
        if organization.id == code:
            return organization.short or organization.name
    return code


def _state(folder: Path) -> State:
    """Name, size and time of change of every file: cheap to ask, different after any edit."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            facts = path.stat()
            found.append((str(path), facts.st_size, facts.st_mtime_ns))
    return tuple(found)
