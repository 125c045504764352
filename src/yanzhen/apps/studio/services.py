"""Keeping each version of the city folder (留存版本)."""

import zipfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yanzhen.apps.accounts.models import User
from yanzhen.apps.journal.services import record
from yanzhen.apps.studio.models import CityVersion
from yanzhen.packs.model import City

EPOCH = (2020, 1, 1, 0, 0, 0)
"""One time for every file in an archive, so that the same folder gives the same bytes."""


@transaction.atomic
def keep_version(city: City, *, by: User | None = None) -> CityVersion:
    """Archive the folder as it is, once for each content; an archived one is given back."""
    known = CityVersion.objects.filter(hash=city.hash).first()
    if known is not None and known.archive_file.exists():
        return known
    name = f"city-versions/{city.id}-{city.hash[:16]}.zip"
    path = Path(settings.YANZHEN_DATA_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(p for p in city.path.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(city.path).as_posix(), EPOCH)
            archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    part.replace(path)
    if known is not None:
        return known
    version = CityVersion.objects.create(
        city=city.id, version=city.version, hash=city.hash, archive=name, by=by
    )
    record("city.version_kept", version, by=by, version=city.version, hash=city.hash)
    return version
