"""What a demonstration is made of: kept, so that the next start goes on with it."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from yanzhen.apps.facts.models import DataLoad
from yanzhen.packs.model import City
from yanzhen.packs.population.plan import plan_of, scale_of


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the data folder for one demonstration; the system lets go of it when we die.

    Raises:
        ClickException: another demonstration holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(
                f"another demonstration runs on {folder}; stop it first, "
                "or set YANZHEN_HOME to a folder of its own"
            ) from error
        yield


@dataclass(frozen=True, slots=True)
class Plan:
    """Which day the demonstration stands on, and how many enterprises it has."""

    day: date
    population: int

    @classmethod
    def settle(cls, path: Path, city: City, population: int | None, today: date) -> "Plan":
        """The plan kept in ``path``; a new one where there is none, or nothing was loaded yet.

        Args:
            path: where the plan is kept.
            city: says how many enterprises there are unless somebody asks for another number.
            population: the number asked for, or None.
            today: the day of a new plan.

        Raises:
            ClickException: the data of another population are in the database already.
            DataError: the population is too small.
        """
        kept = cls._read(path, city)
        if kept is not None and population in {None, kept.population}:
            return kept
        if kept is not None and DataLoad.objects.exists():
            raise click.ClickException(
                f"{path.parent} holds a demonstration of {kept.population} enterprises, "
                f"not of {population}; leave the number out to go on with it, run `make clean` "
                "to begin anew, or set YANZHEN_HOME to a folder of its own"
            )
        plan = cls(today, scale_of(plan_of(city), population).size)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(
            json.dumps({"day": plan.day.isoformat(), "population": plan.population}),
            encoding="utf-8",
        )
        part.replace(path)
        return plan

    @classmethod
    def _read(cls, path: Path, city: City) -> "Plan | None":
        if not path.exists():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        size = scale_of(plan_of(city), kept["population"]).size
        return cls(date.fromisoformat(kept["day"]), size)
