"""The demonstration from nothing to a running site, one stage after another.

Each stage first asks whether its work is already done, so that an interrupted start goes on
where it was and a later one is quick.
"""

import signal
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rich.console import Console

from yanzhen.apps.accounts.services import DEMO_ACCOUNTS, DEMO_PASSWORD
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.organizations.city import current_city
from yanzhen.config.demo import stages
from yanzhen.config.demo.plan import Plan, alone
from yanzhen.config.demo.processes import Site, need_free
from yanzhen.config.demo.visit import visit
from yanzhen.config.progress import Laps

OUT = Console(stderr=True, highlight=False)
INTERRUPTED = 130
"""What a shell expects of a command that was stopped by a signal."""


def run_demo(*, population: int | None, port: int, check: bool) -> int:
    """Make what is missing, start site and worker, and stay until interrupted.

    Args:
        population: how many enterprises; None for what the last start had or the city says.
        port: on 127.0.0.1.
        check: ask for five pages as two personas, stop, and answer 0 if all came.

    Returns:
        Exit code: 0; 1 if a page did not come or the site could not start; 130 if interrupted
        before the site was up.

    Raises:
        ClickException: the port or the data folder is in use, or holds another population.
        PackError: the city folder has faults.
    """
    need_free(port)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        with alone(Path(settings.YANZHEN_DATA_DIR)):
            laps = Laps()
            first = _prepare(population, laps)
            return _show(port, laps, check=check, first=first)
    except KeyboardInterrupt:
        OUT.print("Stopped. The next start goes on from here.")
        return INTERRUPTED


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl+C does, so that the children are stopped, too."""
    del number, frame
    raise KeyboardInterrupt


def _prepare(population: int | None, laps: Laps) -> bool:
    """Every stage before the site; whether this is the first time that all were done."""
    data = Path(settings.YANZHEN_DATA_DIR)
    with laps.lap("database"):
        call_command("migrate", verbosity=0)
        stages.sweep(data)
    with laps.lap("city folder"):
        city = current_city()
        plan = Plan.settle(data / "demo.json", city, population, timezone.localdate())
        first = not Snapshot.objects.exists()
        stages.load_city(city, plan.day)
    with laps.lap("population"):
        report = stages.make_population(city, plan.population, plan.day)
    with laps.lap("source files"):
        stages.load_sources(report)
    with laps.lap("snapshot"):
        snapshot = stages.make_snapshot(plan.day)
    with laps.lap("decisions"):
        stages.decide_everyone(plan.day, snapshot)
    with laps.lap("accounts"):
        stages.make_accounts(city)
    with laps.lap("static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
    return first


def _show(port: int, laps: Laps, *, check: bool, first: bool) -> int:
    with Site(port=port) as site:
        with laps.lap("site and worker"):
            up = site.wait_until_up()
        if not up:
            OUT.print(f"The site did not start on port {port}; what it said stands above.")
            return 1
        if first:
            OUT.print("\n".join(laps.lines()))
        seconds = sum(laps.seconds.values())
        OUT.print(f"Ready after {seconds:.0f} s: [bold]http://127.0.0.1:{port}/[/]")
        if check:
            return visit(port)
        _print_accounts(port)
        return site.stay()


def _print_accounts(port: int) -> None:
    OUT.print(f"Sign in at http://127.0.0.1:{port}/account/sign-in/ with one click, or with")
    for account in DEMO_ACCOUNTS:
        OUT.print(f"  {account.username:<10} {DEMO_PASSWORD}   {account.title}")
    OUT.print("Stop with Ctrl+C.")
