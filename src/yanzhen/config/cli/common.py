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


def with_django(*, ready: bool = True) -> None:
    """Make models usable; only commands that need the database pay for it.

    Args:
        ready: whether the database must have all its tables already.

    Raises:
        ClickException: it has not; says how to make them.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
    import django  # noqa: PLC0415 -- commands without a database must not load it

    django.setup()
    if ready:
        _need_tables()


def _need_tables() -> None:
    from django.db import OperationalError, connection  # noqa: PLC0415 -- after django.setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- likewise

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise click.ClickException(
            f"the database does not answer ({error}); see YANZHEN_DATABASE_URL"
        ) from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException(
            "the database lacks tables of this version; `yanzhen demo` makes them and fills them, "
            "`python -m django migrate --settings yanzhen.config.settings` only makes them"
        )


def city_folder(given: Path | None) -> Path:
    """The folder asked for, or the one the site is set to."""
    return given or Path(os.environ.get("YANZHEN_CITY", ROOT / "cities" / "quzhou"))
