"""Progress on the terminal (进度条)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Tell = Callable[[int, int, str], None]


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
