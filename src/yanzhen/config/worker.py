"""The background worker (后台任务): the queue in the database, and a reaper of abandoned work."""

from django.core.management import call_command

from yanzhen.apps.decisions.services import recover_runs
from yanzhen.apps.decisions.tasks import run_everyone


def work(*, batch: bool = False) -> None:
    """Take up what a killed worker left behind, then work off the queue.

    Args:
        batch: stop when the queue is empty; otherwise wait for more.
    """
    for pk in recover_runs():
        run_everyone.enqueue(pk)
    call_command("db_worker", queue_name="*", batch=batch, interval=1, verbosity=1)
