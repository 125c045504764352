"""Runs over everyone: queued, done, cancelled, recovered, repeatable."""

import json
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.sample_site import DAY

from yanzhen.apps.decisions.enums import RunStatus
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.decisions.selectors import latest_run, open_run
from yanzhen.apps.decisions.services import cancel_run, execute_run, queue_run, recover_runs
from yanzhen.apps.decisions.tasks import run_everyone
from yanzhen.apps.journal.models import Entry
from yanzhen.apps.organizations.city import current_city
from yanzhen.config.worker import reap
from yanzhen.kernel.errors import DataError, TransitionError

CLAUSE = "listing/first_listing"


def test_queue_run_without_a_snapshot_says_what_to_do(db):
    with pytest.raises(TransitionError, match="请先接入数据并生成快照"):
        queue_run(day=DAY, by=None)


def test_execute_run_counts_yes_no_and_unknown(site):
    run = execute_run(queue_run(day=DAY, by=site.analyst).pk)

    yes, no, unknown, amount = run.summary["clauses"][CLAUSE]["all"]

    assert run.status == RunStatus.DONE
    assert (yes, no, unknown) == (3, 4, 1)
    assert amount == "360000.00"
    assert run.summary["rows"] == 8


def test_a_missing_tax_return_gives_unknown_and_never_a_silent_no(site):
    run = execute_run(queue_run(day=DAY, by=None).pk)
    table = pq.read_table(run.result_file())
    verdicts = dict(zip(table["uscc"].to_pylist(), table[CLAUSE].to_pylist(), strict=True))

    assert verdicts[site.usccs[0]] == 1
    assert verdicts[site.usccs[1]] == -1
    assert verdicts[site.usccs[2]] == 0


def test_the_same_rules_and_data_give_the_same_hash(site):
    first = execute_run(queue_run(day=DAY, by=None).pk)
    second = execute_run(queue_run(day=DAY, by=None).pk)

    assert first.result_hash == second.result_hash
    assert first.pk != second.pk


def test_a_run_keeps_rule_versions_and_hashes(site):
    run = execute_run(queue_run(day=DAY, by=None).pk)

    assert set(run.versions) >= {CLAUSE}
    assert len(run.rules_hash) == 64
    assert run.snapshot == site.snapshot
    assert latest_run() == run


def test_only_one_run_is_open_at_a_time(site):
    queue_run(day=DAY, by=None)

    with pytest.raises(TransitionError, match="已有一次计算正在进行"):
        queue_run(day=DAY, by=None)


def test_a_queued_run_is_cancelled_at_once(site):
    run = queue_run(day=DAY, by=None)

    cancelled = cancel_run(run.pk, by=site.analyst)

    assert cancelled.status == RunStatus.CANCELLED
    assert open_run() is None


def test_a_running_run_stops_at_its_next_block_and_keeps_nothing(site):
    run = queue_run(day=DAY, by=None)
    Run.objects.filter(pk=run.pk).update(cancel_requested=True)

    ended = execute_run(run.pk)

    assert ended.status == RunStatus.CANCELLED
    assert (ended.result_path, ended.summary) == ("", {})


def test_an_ended_run_cannot_be_cancelled(site):
    run = execute_run(queue_run(day=DAY, by=None).pk)

    with pytest.raises(TransitionError, match="不能取消"):
        cancel_run(run.pk, by=None)


def test_a_run_that_fails_says_why_and_keeps_nothing(site):
    run = queue_run(day=DAY, by=None)
    site.snapshot.file.unlink()

    with pytest.raises(DataError, match="cannot be read"):
        execute_run(run.pk)

    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert run.error
    assert run.result_path == ""


def test_recover_runs_queues_what_a_killed_worker_left(site):
    run = queue_run(day=DAY, by=None)
    Run.objects.filter(pk=run.pk).update(
        status=RunStatus.RUNNING, beat_at=timezone.now() - timedelta(minutes=6)
    )

    assert recover_runs() == [run.pk]
    assert execute_run(run.pk).status == RunStatus.DONE


def test_the_database_itself_refuses_a_second_open_run(site):
    first = queue_run(day=DAY, by=None)

    for status in (RunStatus.QUEUED, RunStatus.RUNNING):
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.create(day=DAY, snapshot=site.snapshot, rules_hash="0" * 64, status=status)
    cancel_run(first.pk, by=None)

    assert queue_run(day=DAY, by=None).status == RunStatus.QUEUED


def test_recover_runs_at_once_for_who_knows_to_be_alone(site):
    run = queue_run(day=DAY, by=None)
    Run.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, beat_at=timezone.now())

    assert recover_runs(silence=timedelta(0)) == [run.pk]


def test_recover_runs_names_a_queued_run_that_nobody_began(site):
    run = queue_run(day=DAY, by=None)
    soon = recover_runs()
    Run.objects.filter(pk=run.pk).update(queued_at=timezone.now() - timedelta(minutes=2))

    assert soon == []
    assert recover_runs() == [run.pk]


def test_a_worker_killed_before_its_last_word_is_followed_by_one_that_ends_the_run(site):
    run = queue_run(day=DAY, by=None)
    whole = execute_run(run.pk)
    file = whole.result_file()
    # the file is there and whole, half of another is, too, and the row still says running
    file.with_suffix(".part").write_bytes(b"half")
    Run.objects.filter(pk=run.pk).update(
        status=RunStatus.RUNNING, result_hash="", result_path="", summary={}
    )

    recover_runs(silence=timedelta(0))
    again = execute_run(run.pk)

    assert (again.status, again.result_hash) == (RunStatus.DONE, whole.result_hash)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_result_that_cannot_be_written_fails_the_run_and_leaves_no_half(site, settings):
    run = queue_run(day=DAY, by=None)
    (settings.YANZHEN_DATA_DIR / "runs").mkdir()
    (settings.YANZHEN_DATA_DIR / "runs" / f"run-{run.pk}.parquet").mkdir()

    with pytest.raises(OSError, match=r"run-"):
        execute_run(run.pk)

    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert list((settings.YANZHEN_DATA_DIR / "runs").glob("*.part")) == []


def test_a_task_named_twice_does_its_run_once(site):
    run = queue_run(day=DAY, by=None)

    first, second = run_everyone.call(run.pk), run_everyone.call(run.pk)

    assert (len(first), second) == (64, "")
    assert Entry.objects.filter(action="run.done").count() == 1


def test_the_reaper_queues_the_work_of_a_killed_worker_anew(site):
    run = queue_run(day=DAY, by=None)
    Run.objects.filter(pk=run.pk).update(
        status=RunStatus.RUNNING, beat_at=timezone.now() - timedelta(minutes=2)
    )

    found = reap()

    assert found == [run.pk]
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.ready()] == [[run.pk]]


def test_a_run_names_the_rules_it_was_made_with_not_those_when_it_was_asked_for(site):
    run = queue_run(day=DAY, by=None)
    Run.objects.filter(pk=run.pk).update(rules_hash="0" * 64)

    assert execute_run(run.pk).rules_hash == current_city().hash


def test_the_summary_stays_small_whatever_the_number_of_enterprises(site):
    run = execute_run(queue_run(day=DAY, by=None).pk)
    groups = {name for clause in run.summary["clauses"].values() for name in clause}
    districts = set(run.summary["clauses"][CLAUSE]["district"])

    assert groups == {"all", "district", "sector", "size"}
    assert districts <= {""} | {district.code for district in current_city().districts}
    assert len(json.dumps(run.summary)) < 2_000 * len(run.summary["clauses"])


def test_recover_runs_leaves_a_run_that_still_speaks(site):
    run = queue_run(day=DAY, by=None)
    Run.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, beat_at=timezone.now())

    assert recover_runs() == []


def test_each_step_is_journalled(site):
    run = execute_run(queue_run(day=DAY, by=site.analyst).pk)

    actions = Entry.objects.filter(subject_id=str(run.pk), subject_kind="decisions.run")

    assert list(actions.values_list("action", flat=True)) == ["run.queued", "run.done"]
