"""Reading the city folder: what is in it, whether it is sound, what changed (城市文件夹)."""

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.studio.models import CityVersion
from yanzhen.kernel.errors import Fault, PackError
from yanzhen.packs.diff import Change, diff_cities
from yanzhen.packs.model import City
from yanzhen.packs.reader import check_city, read_city


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of the folder found."""

    city: City | None
    faults: tuple[Fault, ...]


def check_current() -> Check:
    """Check the folder as it lies on the disk now, also where it no longer reads."""
    city, faults = check_city(Path(settings.YANZHEN_CITY))
    return Check(city, tuple(faults))


def contents(city: City) -> list[tuple[str, int]]:
    """How many of each thing the folder holds."""
    return [
        (_("来源文件"), len(city.sources)),
        (_("数据集"), len(city.datasets)),
        (_("事实"), len(city.facts)),
        (_("参数"), len(city.parameters)),
        (_("决策"), len(city.decisions)),
        (_("决策版本"), sum(len(f.versions) for f in city.decisions.values())),
        (_("政策"), len(city.policies)),
        (_("条款"), sum(len(p.clauses) for p in city.policies.values())),
        (_("样例"), _examples(city)),
        (_("机构"), len(city.organizations)),
        (_("企业社区"), len(city.communities)),
        (_("网格"), len(city.grids)),
        (_("金融小分队"), len(city.squads)),
    ]


def _examples(city: City) -> int:
    decisions = sum(len(f.examples) for f in city.decisions.values())
    return decisions + sum(len(p.examples) for p in city.policies.values())


def versions() -> list[CityVersion]:
    """Every version that this site has run on, newest first."""
    return list(CityVersion.objects.filter(city=current_city().id).select_related("by"))


def changes_between(old: CityVersion, new: CityVersion) -> list[Change]:
    """What changed from one kept version to another, in words.

    Raises:
        PackError: an archive no longer reads under today's rules; its faults are listed.
    """
    with tempfile.TemporaryDirectory() as folder:
        return diff_cities(_unpack(old, Path(folder) / "old"), _unpack(new, Path(folder) / "new"))


def _unpack(version: CityVersion, folder: Path) -> City:
    if not version.archive_file.exists():
        fault = Fault(version.archive, None, "", "archive is missing", "load the folder again")
        raise PackError([fault])
    with zipfile.ZipFile(version.archive_file) as archive:
        archive.extractall(folder)
    return read_city(folder)
