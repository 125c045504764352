"""Work of the background worker (后台任务)."""

from django.tasks import task

from yanzhen.apps.decisions.services import execute_run


@task()
def run_everyone(run_id: int) -> str:
    """Do one queued run; the result hash, or "" if it was cancelled."""
    return execute_run(run_id).result_hash
