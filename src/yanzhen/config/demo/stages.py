"""The stages of the demonstration; each does only what is missing."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from yanzhen.apps.accounts.models import User
from yanzhen.apps.accounts.services import DEMO_ACCOUNTS, make_demo_accounts
from yanzhen.apps.decisions.enums import OPEN, RunStatus
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.decisions.services import cancel_run, execute_run, queue_run, recover_runs
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


def sweep(folder: Path) -> None:
    """Remove the halves of files that a kill left behind; whole ones have other names."""
    for half in folder.rglob("*.part"):
        half.unlink()


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


def make_snapshot(day: date) -> Snapshot:
    """The snapshot of the day; made again only if data came after it."""
    newest = DataLoad.objects.filter(state=LoadState.DONE).order_by("-finished_at").first()
    made = Snapshot.objects.filter(day=day, city_hash=current_city().hash).order_by("-pk").first()
    ended = newest.finished_at if newest else None
    if made and made.file.exists() and ended and made.created_at >= ended:
        return made
    with bar("snapshot") as tell:
        return snapshot_of(day, by=None, progress=tell)


def decide_everyone(day: date, snapshot: Snapshot) -> None:
    """Every clause for everyone, unless these rules have already met this snapshot.

    The demonstration is alone on its data: whatever is still open was left by a kill. A run
    over this snapshot is taken up again, one over older data is given up.
    """
    rules = current_city().hash
    recover_runs(silence=timedelta(0))
    for stale in Run.objects.filter(status__in=OPEN).exclude(snapshot=snapshot):
        cancel_run(stale.pk, by=None)
    done = Run.objects.filter(status=RunStatus.DONE, snapshot=snapshot, rules_hash=rules)
    if any(run.result_file().exists() for run in done):
        return
    waiting = Run.objects.filter(status=RunStatus.QUEUED).first()
    run = waiting or queue_run(day=day, by=None)
    with bar("deciding for everyone") as tell:
        execute_run(run.pk, progress=tell)


def make_accounts(city: City) -> None:
    """One account for each persona, tied to places and enterprises that exist."""
    known = set(User.objects.values_list("username", "role", "title"))
    if known.issuperset((a.username, a.role, a.title) for a in DEMO_ACCOUNTS):
        return
    usccs = showcase(city, folder())
    first = Enterprise.objects.filter(uscc__in=usccs).exclude(grid="").first()
    unit = next((o.id for o in city.organizations if o.id.endswith("-economy")), "")
    make_demo_accounts(
        unit=unit,
        community=first.community if first else city.communities[0].id,
        grid=first.grid if first else city.grids[0].id,
        usccs=usccs,
    )
