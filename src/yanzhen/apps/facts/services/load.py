"""Taking in a source file: the one door for all data (数据接收).

A load is safe to kill at any moment: its file stays in the inbox, its Parquet file appears whole
or not at all, and the row in the database says done only in the transaction that also writes the
journal. Running it again goes on; a finished one is simply returned.
"""

import hashlib
import shutil
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from yanzhen.apps.accounts.models import User
from yanzhen.apps.arrow import pa
from yanzhen.apps.enterprises.services import write_register
from yanzhen.apps.facts.columns import key_of, register_columns
from yanzhen.apps.facts.enums import LoadState
from yanzhen.apps.facts.giving_back import give_back
from yanzhen.apps.facts.linking import Proposal
from yanzhen.apps.facts.models import DataLoad
from yanzhen.apps.facts.services.examine import Examined, examine
from yanzhen.apps.facts.services.links import ask, decided_links, relink_all
from yanzhen.apps.facts.services.progress import Cancelled, CancelledError, Progress, Reporter
from yanzhen.apps.facts.storage import data_path, write_parquet
from yanzhen.apps.journal.services import record
from yanzhen.apps.organizations.city import current_city
from yanzhen.kernel.errors import DataError, DomainError, YanzhenError
from yanzhen.packs.model import City, Dataset

_READ_SIZE = 1 << 20


def load_file(
    path: Path,
    dataset: str,
    *,
    as_of: date,
    received_on: date,
    by: User | None = None,
    city: City | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> DataLoad:
    """Receive a file and take it in at once; see :func:`receive_file` and :func:`run_load`."""
    city = city or current_city()
    load = receive_file(path, dataset, as_of=as_of, received_on=received_on, by=by, city=city)
    return run_load(load, city=city, progress=progress, cancelled=cancelled)


def receive_file(
    path: Path,
    dataset: str,
    *,
    as_of: date,
    received_on: date,
    by: User | None = None,
    city: City | None = None,
) -> DataLoad:
    """Copy a file into the inbox and queue it; the same file for the same day is queued once.

    Args:
        path: the file, named as its sender named it.
        dataset: id of the data set in the city folder.
        as_of: the last day of the period that the values speak of.
        received_on: the day on which it came.
        by: who sent it.
        city: the city folder; by default the site's.

    Raises:
        DomainError: the city has no such data set, or the period lies after the day of receipt.
    """
    city = city or current_city()
    if dataset not in city.datasets:
        raise DomainError(f"城市文件夹中没有数据集“{dataset}”：请从列表中选择")
    if as_of > received_on:
        raise DomainError(f"数据日期 {as_of} 晚于接收日期 {received_on}：请核对")
    digest = _sha256(path)
    inbox = _inbox(digest, path.name)
    if not inbox.exists():
        half = inbox.with_suffix(".part")
        shutil.copyfile(path, half)
        half.replace(inbox)
    load, _ = DataLoad.objects.get_or_create(
        dataset=dataset,
        as_of=as_of,
        sha256=digest,
        defaults={"received_on": received_on, "file_name": path.name, "by": by},
    )
    return load


def run_load(
    load: DataLoad,
    *,
    city: City | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> DataLoad:
    """Take in a received file; goes on where an interrupted run stopped.

    Raises:
        DataError: the file as a whole cannot be taken in; the load is marked failed and says why.
        CancelledError: somebody stopped it.
    """
    if load.state == LoadState.DONE:
        return load
    city = city or current_city()
    load.state, load.message = LoadState.RUNNING, ""
    load.started_at, load.finished_at = timezone.now(), None
    load.save(update_fields=["state", "message", "started_at", "finished_at"])
    tell = _reporter(load, progress, cancelled)
    try:
        _take_in(load, city, tell)
    except CancelledError:
        _stop(load, LoadState.CANCELLED, "已取消")
        raise
    except YanzhenError as error:
        _stop(load, LoadState.FAILED, str(error))
        raise
    except Exception:
        _stop(load, LoadState.FAILED, "程序出错：请联系系统管理员，修复后可重新运行")
        raise
    return load


def cancel_load(load: DataLoad, *, by: User) -> DataLoad:
    """Stop a load that is queued or running; what runs stops at its next step."""
    changed = DataLoad.objects.filter(
        pk=load.pk, state__in=[LoadState.QUEUED, LoadState.RUNNING]
    ).update(state=LoadState.CANCELLED)
    if not changed:
        raise DomainError(f"“{load.get_state_display()}”的接收不能取消")
    record("facts.load_cancelled", load, by=by)
    load.refresh_from_db()
    return load


def _reporter(load: DataLoad, progress: Progress | None, cancelled: Cancelled | None) -> Reporter:
    """Keeps the row in step, so that a screen can show it, and looks whether it was cancelled."""

    def tell(done: int, total: int, label: str) -> None:
        percent = min(99, done * 100 // max(total, 1))
        DataLoad.objects.filter(pk=load.pk).update(progress=percent, step=label)
        if progress is not None:
            progress(done, total, label)

    def asked() -> bool:
        if cancelled is not None and cancelled():
            return True
        return DataLoad.objects.filter(pk=load.pk, state=LoadState.CANCELLED).exists()

    return Reporter(tell, asked)


def _take_in(load: DataLoad, city: City, tell: Reporter) -> None:
    dataset = city.datasets[load.dataset]
    path = _inbox(load.sha256, load.file_name)
    if not path.exists():
        raise DataError("收件箱中已没有这个文件：请重新上传")
    found = examine(path, dataset, city, decided=decided_links(load.dataset), report=tell)
    tell(70, 100, "写入数据文件")
    load.path = _stem("loads", load) + ".parquet"
    write_parquet(found.table, load.path)
    _write_errors(load, found, dataset)
    if dataset.kind == "register":
        _write_registry(load, found, dataset, city, tell)
    _finish(load, found)
    if dataset.kind == "register" and load.report.get("registry", {}).get("added"):
        # rows of other files may have waited for these enterprises
        relink_all(city)


def _finish(load: DataLoad, found: Examined) -> None:
    load.supplements = _supplemented(load) if found.source.is_returned else None
    load.rows, load.accepted, load.linked = found.rows, found.accepted, found.linked
    load.rejected = len({fault.row for fault in found.faults})
    load.unlinked = load.accepted - load.linked
    load.report = {**found.report, **load.report}
    load.state, load.progress, load.step = LoadState.DONE, 100, "完成"
    load.finished_at = timezone.now()
    numbers = found.source.numbers
    proposals: dict[int, list[Proposal]] = {}
    for proposal in found.proposals:
        proposals.setdefault(int(numbers[proposal.row]), []).append(proposal)
    with transaction.atomic():
        ask(load, found.table, proposals)
        load.save()
        record(
            "facts.loaded",
            load,
            by=load.by,
            dataset=load.dataset,
            as_of=load.as_of.isoformat(),
            sha256=load.sha256,
            accepted=load.accepted,
            rejected=load.rejected,
            unlinked=load.unlinked,
        )


def _supplemented(load: DataLoad) -> DataLoad | None:
    """The load that a mended file adds to: the newest one of the same data set and day."""
    earlier = DataLoad.objects.filter(
        dataset=load.dataset, as_of=load.as_of, state=LoadState.DONE, supplements__isnull=True
    )
    return earlier.exclude(pk=load.pk).order_by("-received_on", "-pk").first()


def _write_registry(
    load: DataLoad, found: Examined, dataset: Dataset, city: City, tell: Reporter
) -> None:
    """Bring the registry up to date, unless a newer register has been taken in already."""
    newer = DataLoad.objects.filter(
        dataset=load.dataset, state=LoadState.DONE, as_of__gt=load.as_of
    )
    if newer.exists():
        found.report["notes"].append("已有更新的登记数据，本次未改动登记库")
        return
    keys = {column.name: key_of(column) for column in dataset.columns}
    ours = register_columns(dataset)
    rows = pa.table({name: found.table[keys[given]] for given, name in ours.items()})

    def on_chunk(done: int, total: int) -> None:
        tell(75 + done * 24 // max(total, 1), 100, f"登记入库 {done:,} / {total:,}")
        load.applied = done
        DataLoad.objects.filter(pk=load.pk).update(applied=done)

    result = write_register(
        rows, city=city, as_of=load.as_of, start=load.applied, on_chunk=on_chunk
    )
    load.report["registry"] = {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
    }


def _write_errors(load: DataLoad, found: Examined, dataset: Dataset) -> None:
    load.errors_path = ""
    if found.faults:
        suffix = ".xlsx" if found.source.kind == "xlsx" else ".csv"
        load.errors_path = _stem("errors", load) + suffix
        give_back(found.source, dataset, found.faults, data_path(load.errors_path))


def _stop(load: DataLoad, state: LoadState, message: str) -> None:
    load.state, load.message, load.finished_at = state, message, timezone.now()
    load.save(update_fields=["state", "message", "finished_at"])


def _stem(folder: str, load: DataLoad) -> str:
    return f"{folder}/{load.dataset}/{load.as_of}-{load.sha256[:16]}"


def _inbox(digest: str, name: str) -> Path:
    return data_path(f"inbox/{digest}{Path(name).suffix.lower()}")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_SIZE):
            digest.update(block)
    return digest.hexdigest()
