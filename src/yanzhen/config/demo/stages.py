"""The stages of the demonstration; each does only what is missing."""

from datetime import date
from pathlib import Path

from django.conf import settings

from yanzhen.apps.accounts.services import make_demo_accounts
from yanzhen.apps.decisions.enums import RunStatus
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.decisions.services import execute_run, queue_run, recover_runs
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.enums import LoadState
from yanzhen.apps.facts.models import DataLoad, Snapshot
from yanzhen.apps.facts.services import load_file
from yanzhen.apps.facts.services import make_snapshot as snapshot_of
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.organizations.services import load_organizations
from yanzhen.apps.studio.services import keep_version
from yanzhen.apps.territory.services import load_territory
from yanzhen.config.progress import bar
from yanzhen.packs.model import City
from yanzhen.packs.population import PopulationReport, SourceFile, showcase
from yanzhen.packs.population import make_population as make

BEGINNING = date(2018, 1, 1)


def load_city(city: City, day: date) -> None:
    """Organizations, territory and the kept version of the folder."""
    keep_version(city)
    load_organizations(city, on=min(day, BEGINNING))
    load_territory(city, on=min(day, BEGINNING))


def folder() -> Path:
    """Where the source files of the demonstration lie."""
    return Path(settings.YANZHEN_DATA_DIR) / "sources"


def make_population(city: City, size: int | None, day: date) -> PopulationReport:
    """The source files, made once for a size and a day."""
    with bar("making the population") as tell:
        return make(city, folder(), size=size, as_of=day, progress=tell)


def in_order(report: PopulationReport) -> list[SourceFile]:
    """The files, those of the register first: the others are linked to what it holds."""
    kinds = current_city().datasets
    return sorted(report.files, key=lambda file: kinds[file.dataset].kind != "register")


def load_sources(report: PopulationReport) -> None:
    """Every source file by the ordinary door, the register first; done ones are left alone."""
    for entry in in_order(report):
        done = DataLoad.objects.filter(
            dataset=entry.dataset, sha256=entry.sha256, state=LoadState.DONE
        )
        if done.exists():
            continue
        with bar(f"loading {entry.dataset}") as tell:
            load_file(
                folder() / entry.file,
                entry.dataset,
                as_of=entry.as_of,
                received_on=entry.received_on,
                by=None,
                progress=tell,
            )


def make_snapshot(day: date) -> None:
    """The snapshot of the day; made again only if data came after it."""
    newest = DataLoad.objects.filter(state=LoadState.DONE).order_by("-finished_at").first()
    made = Snapshot.objects.filter(day=day, city_hash=current_city().hash).order_by("-pk").first()
    if made and newest and newest.finished_at and made.created_at >= newest.finished_at:
        return
    with bar("snapshot") as tell:
        snapshot_of(day, by=None, progress=tell)


def decide_everyone(day: date) -> None:
    """Every clause for everyone, unless these rules have already met this snapshot."""
    snapshot = Snapshot.objects.order_by("-day", "-pk").first()
    done = Run.objects.filter(
        status=RunStatus.DONE, snapshot=snapshot, rules_hash=current_city().hash
    )
    if done.exists():
        return
    recover_runs()
    waiting = Run.objects.filter(status=RunStatus.QUEUED).first()
    run = waiting or queue_run(day=day, by=None)
    with bar("deciding for everyone") as tell:
        execute_run(run.pk, progress=tell)


def make_accounts(city: City) -> None:
    """One account for each persona, tied to places and enterprises that exist."""
    usccs = showcase(city, folder())
    first = Enterprise.objects.filter(uscc__in=usccs).exclude(grid="").first()
    unit = next((o.id for o in city.organizations if o.id.endswith("-economy")), "")
    make_demo_accounts(
        unit=unit,
        community=first.community if first else city.communities[0].id,
        grid=first.grid if first else city.grids[0].id,
        usccs=usccs,
    )
