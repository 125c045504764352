"""The demonstration from nothing to a running site, one stage after another.

Each stage first asks whether its work is already done, so that an interrupted start goes on
where it was and a later one is quick.
"""

import json
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rich.console import Console

from yanzhen.apps.accounts.services import DEMO_ACCOUNTS, DEMO_PASSWORD
from yanzhen.apps.organizations.city import current_city
from yanzhen.config.demo import stages
from yanzhen.config.demo.processes import Site
from yanzhen.config.demo.visit import visit
from yanzhen.kernel.errors import PackError

OUT = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What this demonstration is made of: kept, so that the next start goes on with it."""

    day: date
    population: int | None

    @classmethod
    def load(cls, path: Path, population: int | None) -> "Plan":
        """The plan kept in ``path`` if it asks for the same population, or a new one."""
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            if population in {None, kept["population"]}:
                return cls(date.fromisoformat(kept["day"]), kept["population"])
        plan = cls(timezone.localdate(), population)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            json.dumps({"day": plan.day.isoformat(), "population": population}), encoding="utf-8"
        )
        return plan


def run_demo(*, population: int | None, port: int, check: bool) -> int:
    """Make what is missing, start site and worker, and stay until interrupted.

    Args:
        population: how many enterprises; None for what the city's folder says or the last start.
        port: on 127.0.0.1.
        check: ask for five pages as two personas, stop, and answer 0 if all came.

    Returns:
        Exit code: 0, or 1 if a page did not come or the site could not start.
    """
    begun = time.monotonic()
    plan = Plan.load(Path(settings.YANZHEN_DATA_DIR) / "demo.json", population)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        city = current_city()
    except PackError as error:
        OUT.print(f"[bold]{settings.YANZHEN_CITY}[/]: {len(error.faults)} fault(s)\n{error}")
        return 1
    stages.load_city(city, plan.day)
    report = stages.make_population(city, plan.population, plan.day)
    stages.load_sources(report)
    stages.make_snapshot(plan.day)
    stages.decide_everyone(plan.day)
    stages.make_accounts(city)
    with Site(port=port) as site:
        if not site.wait_until_up():
            OUT.print(f"The site did not start on port {port}; is it in use? Try PORT={port + 1}.")
            return 1
        OUT.print(
            f"Ready after {time.monotonic() - begun:.0f} s: [bold]http://127.0.0.1:{port}/[/]"
        )
        if check:
            return visit(port)
        _print_accounts(port)
        return site.stay()


def _print_accounts(port: int) -> None:
    OUT.print(f"Sign in at http://127.0.0.1:{port}/account/sign-in/ with one click, or with")
    for account in DEMO_ACCOUNTS:
        OUT.print(f"  {account.username:<10} {DEMO_PASSWORD}   {account.title}")
    OUT.print("Stop with Ctrl+C.")
