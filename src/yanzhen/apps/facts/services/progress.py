"""Telling how far a long piece of work is, and being told to stop."""

from collections.abc import Callable

from yanzhen.kernel.errors import DomainError

type Progress = Callable[[int, int, str], None]
"""Called with what is done, of how much, and a label in Chinese."""

type Cancelled = Callable[[], bool]
"""Asked now and then whether to stop."""


class CancelledError(DomainError):
    """Somebody asked for the work to stop; nothing of it was kept."""


class Reporter:
    """Passes progress on and stops the work when asked to."""

    def __init__(
        self, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> None:
        self._progress, self._cancelled = progress, cancelled

    def __call__(self, done: int, total: int, label: str) -> None:
        """Report, then stop if asked to.

        Raises:
            CancelledError: somebody asked for it.
        """
        if self._progress is not None:
            self._progress(done, total, label)
        if self._cancelled is not None and self._cancelled():
            raise CancelledError("已按要求停止，未保留任何结果")
