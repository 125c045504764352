"""Progress on the terminal (进度条), and how long each stage took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Tell = Callable[[int, int, str], None]


@contextmanager
def bar(label: str) -> Iterator[Tell]:
    """A progress bar on a terminal; elsewhere one line with the seconds once it is done."""
    console = Console(stderr=True, highlight=False)
    columns = (
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    begun = time.monotonic()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=None)

        def tell(done: int, total: int, words: str = "") -> None:
            described = f"{label}: {words}" if words and words != label else label
            progress.update(task, completed=done, total=total or None, description=described)

        yield tell
    if not console.is_terminal:
        console.print(f"{label:<40}{time.monotonic() - begun:>7.1f} s")


class Laps:
    """Seconds of each stage, in order; stages of the same name add up."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def lap(self, stage: str) -> Iterator[None]:
        """Time one stage."""
        begun = time.monotonic()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0) + time.monotonic() - begun

    def lines(self) -> list[str]:
        """One line a stage, then their sum."""
        rows = [*self.seconds.items(), ("in all", sum(self.seconds.values()))]
        return [f"  {stage:<24}{seconds:>7.1f} s" for stage, seconds in rows]
