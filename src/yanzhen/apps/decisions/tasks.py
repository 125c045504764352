"""Work of the background worker (后台任务)."""

from django.tasks import task

from yanzhen.apps.decisions.enums import RunStatus
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.decisions.services import execute_run


@task()
def run_everyone(run_id: int) -> str:
    """Do one queued run; the result hash, or "" if there is none.

    A run that is no longer queued is left alone: it was cancelled, or the queue named it twice.
    """
    if not Run.objects.filter(pk=run_id, status=RunStatus.QUEUED).exists():
        return ""
    return execute_run(run_id).result_hash
