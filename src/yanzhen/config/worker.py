"""The background worker (后台任务): the queue in the database, and a reaper of abandoned work."""

from datetime import timedelta
from threading import Event, Thread

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection

from yanzhen.apps.decisions.services import SILENCE, recover_runs
from yanzhen.apps.decisions.tasks import run_everyone


def work(*, batch: bool = False, quiet: bool = False) -> None:
    """Take up what a killed worker left behind, then work off the queue.

    Args:
        batch: stop when the queue is empty; otherwise wait for more.
        quiet: say nothing of the work.
    """
    reap()
    ended = Event()
    if not batch:
        Thread(target=_reap_until, args=(ended,), daemon=True).start()
    try:
        call_command("db_worker", queue_name="*", batch=batch, interval=1, verbosity=int(not quiet))
    finally:
        ended.set()


def reap(*, silence: timedelta = SILENCE) -> list[int]:
    """Put the runs that nobody works on back into the queue; returns their ids."""
    found = recover_runs(silence=silence)
    for pk in found:
        run_everyone.enqueue(pk)
    return found


def _reap_until(ended: Event) -> None:
    """Look again and again: a worker may be killed and restarted before its run falls silent."""
    while not ended.wait(SILENCE.total_seconds()):
        try:
            close_old_connections()
            reap()
        except DatabaseError:
            # locked or restarting: there is another look in a minute
            continue
    connection.close()
