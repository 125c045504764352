"""A limit on the time of one piece of work in this process."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ALARMS = hasattr(signal, "setitimer")


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Give up what is inside once it takes longer than ``seconds``.

    Works in the main thread of systems with interval timers. Elsewhere it does nothing: there the
    budgets of steps and sizes, which hold everywhere, are the only limit.

    Raises:
        TimeoutError: it took longer.
        ValueError: ``seconds`` is not positive.
    """
    if seconds <= 0:
        raise ValueError(f"a time limit must be positive, not {seconds}")
    if not _ALARMS or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"given up after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
