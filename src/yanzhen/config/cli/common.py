"""What several commands share: Django on demand, the city folder, days."""

import os
from datetime import date
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[4]


class Day(click.ParamType[date]):
    """A day written as 2026-11-23."""

    name = "date"

    def convert(self, value: object, param: object, ctx: object) -> date:
        """Read it, or say how it should look."""
        del param, ctx
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise click.BadParameter(f"{value!r} is not a day; write it as 2026-11-23") from None


def with_django() -> None:
    """Make models usable; only commands that need the database pay for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
    import django  # noqa: PLC0415 -- commands without a database must not load it

    django.setup()


def city_folder(given: Path | None) -> Path:
    """The folder asked for, or the one the site is set to."""
    return given or Path(os.environ.get("YANZHEN_CITY", ROOT / "cities" / "quzhou"))
