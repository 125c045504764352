"""Deciding for everyone: queue, run, cancel, recover."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from yanzhen.apps.accounts.models import User
from yanzhen.apps.decisions import results
from yanzhen.apps.decisions.enums import MOVES, RunStatus
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.journal.services import record
from yanzhen.apps.organizations.city import current_city
from yanzhen.kernel.errors import TransitionError
from yanzhen.packs.book import book_on

Progress = Callable[[int, int, str], None]
SILENCE = timedelta(minutes=1)
"""A running run that has said nothing for this long belongs to a worker that is gone."""


class Cancelled(Exception):  # noqa: N818 -- not an error: a person asked for it
    """The run was asked to stop."""


def _move(run: Run, status: RunStatus) -> None:
    if status not in MOVES[RunStatus(run.status)]:
        raise TransitionError(f"“{run.get_status_display()}”的计算不能变为“{status.label}”")
    run.status = status


@transaction.atomic
def queue_run(*, day: date, by: User | None) -> Run:
    """Ask for a run of every clause over the newest snapshot (发起全员计算).

    Raises:
        TransitionError: there is no snapshot yet, or another run is still open.
    """
    snapshot = Snapshot.objects.filter(day__lte=day).order_by("-day", "-pk").first()
    if snapshot is None:
        raise TransitionError("还没有数据快照。请先接入数据并生成快照，再发起计算。")
    try:
        # the database itself refuses a second open run, also of two people at the same moment
        with transaction.atomic():
            run = Run.objects.create(
                day=day, snapshot=snapshot, by=by, rules_hash=current_city().hash
            )
    except IntegrityError as error:
        raise TransitionError("已有一次计算正在进行。请等它结束或先取消。") from error
    record("run.queued", run, by=by, day=day.isoformat(), snapshot=snapshot.hash)
    return run


def execute_run(pk: int, *, progress: Progress | None = None) -> Run:
    """Do a queued run from beginning to end; its result is kept only when it is whole.

    Raises:
        TransitionError: the run is not queued.
    """
    city = current_city()
    run = _start(pk, city.hash)

    def tell(done: int, total: int, label: str) -> None:
        if Run.objects.filter(pk=pk, cancel_requested=True).exists():
            raise Cancelled
        Run.objects.filter(pk=pk).update(done=done, total=total, beat_at=timezone.now())
        if progress is not None:
            progress(done, total, label)

    try:
        outcome = results.compute(book_on(city, run.day), run.snapshot, tell)
        path, digest = results.keep(outcome.table, run.pk)
    except Cancelled:
        return _end(pk, RunStatus.CANCELLED)
    except Exception as error:
        _end(pk, RunStatus.FAILED, error=str(error))
        raise
    return _end(
        pk,
        RunStatus.DONE,
        result_path=path,
        result_hash=digest,
        summary=outcome.summary,
        versions=outcome.versions,
    )


@transaction.atomic
def _start(pk: int, rules_hash: str) -> Run:
    run = Run.objects.select_for_update().get(pk=pk)
    _move(run, RunStatus.RUNNING)
    run.started_at = run.beat_at = timezone.now()
    # the folder may have changed while the run was waiting
    run.rules_hash = rules_hash
    run.save(update_fields=["status", "started_at", "beat_at", "rules_hash"])
    return run


@transaction.atomic
def _end(pk: int, status: RunStatus, **values: object) -> Run:
    run = Run.objects.select_for_update().get(pk=pk)
    _move(run, status)
    for name, value in values.items():
        setattr(run, name, value)
    run.finished_at = timezone.now()
    run.save()
    record(f"run.{status}", run, by=run.by, result=run.result_hash)
    return run


@transaction.atomic
def cancel_run(pk: int, *, by: User | None) -> Run:
    """Ask an open run to stop; a queued one stops at once, a running one at its next block.

    Raises:
        TransitionError: the run has already ended.
    """
    run = Run.objects.select_for_update().get(pk=pk)
    if not run.is_open():
        raise TransitionError(f"“{run.get_status_display()}”的计算不能取消")
    run.cancel_requested = True
    if run.status == RunStatus.QUEUED:
        _move(run, RunStatus.CANCELLED)
        run.finished_at = timezone.now()
    run.save()
    record("run.cancel_requested", run, by=by)
    return run


@transaction.atomic
def recover_runs(*, silence: timedelta = SILENCE) -> list[int]:
    """Queue again the runs whose worker is gone; returns the ids of all that nobody works on.

    Among them is a run that was queued this long ago and not begun: whoever queued it, or the
    worker that took it up, may have been killed before its work began. To do it twice is
    harmless, for only a queued run is begun.

    Args:
        silence: how long a run must have said nothing; zero for who knows to be alone.
    """
    since = timezone.now() - silence
    silent = Run.objects.select_for_update().filter(status=RunStatus.RUNNING, beat_at__lte=since)
    for run in silent:
        _move(run, RunStatus.QUEUED)
        run.done = 0
        run.save(update_fields=["status", "done"])
        record("run.recovered", run, by=None)
    waiting = Run.objects.filter(status=RunStatus.QUEUED)
    return [run.pk for run in waiting if run in silent or run.queued_at <= since]
