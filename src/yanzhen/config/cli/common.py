"""What several commands share: Django on demand, progress bars, days."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Tell = Callable[[int, int, str], None]
ROOT = Path(__file__).resolve().parents[4]


class Day(click.ParamType):
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


@contextmanager
def bar(label: str) -> Iterator[Tell]:
    """A progress bar on the terminal: count, share and time left; silent lines elsewhere."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=None)

        def tell(done: int, total: int, words: str = "") -> None:
            described = f"{label}: {words}" if words and words != label else label
            progress.update(task, completed=done, total=total or None, description=described)

        yield tell
