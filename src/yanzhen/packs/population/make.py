"""Make a population and write its source files (生成演示数据)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from yanzhen.kernel.errors import DataError
from yanzhen.packs.model import City, Dataset
from yanzhen.packs.population.calendar import as_of_of, received_on_of
from yanzhen.packs.population.columns import make_column
from yanzhen.packs.population.dirt import as_typed, soil
from yanzhen.packs.population.draws import Draws
from yanzhen.packs.population.figures import FigureCheck, compare, measure
from yanzhen.packs.population.files import SUFFIXES, SourceFile, write_file
from yanzhen.packs.population.plan import Plan, Scale, plan_of, scale_of
from yanzhen.packs.population.world import World, make_world

MANIFEST = "manifest.json"
_VERSION = 1

type Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what is being made."""


@dataclass(frozen=True, slots=True)
class PopulationReport:
    """What was made.

    Attributes:
        city: id of the city.
        seed: the seed used.
        size: entities in all.
        as_of: the day on which the files lie ready.
        files: one for each data set.
        figures: published figures as counted from the files, by id.
    """

    city: str
    seed: int
    size: int
    as_of: date
    files: tuple[SourceFile, ...]
    figures: Mapping[str, Decimal]


def make_population(
    city: City,
    folder: Path,
    *,
    size: int | None = None,
    seed: int | None = None,
    as_of: date,
    progress: Progress | None = None,
) -> PopulationReport:
    """Write one source file for each data set of a city, and ``manifest.json`` last.

    The same city, size, seed and day give the same bytes. A folder that holds just this
    population already is left as it is; one that was interrupted is made anew.

    Args:
        city: the city folder, with ``demo.yaml``.
        folder: where the files go; made if need be.
        size: entities in all; None for the size in the plan.
        seed: None for the seed in the plan.
        as_of: the day on which the files lie ready; each data set speaks of its last full cycle.
        progress: told before each file and at the end.

    Raises:
        DataError: ``demo.yaml`` is missing or wrong, or the size is too small.
    """
    plan = plan_of(city)
    scale = scale_of(plan, size)
    draws = Draws(plan.number("seed") if seed is None else seed)
    folder.mkdir(parents=True, exist_ok=True)
    name = _fingerprint(city, plan, scale, draws, as_of)
    found = _found(folder, name)
    datasets = list(city.datasets.values())
    steps = len(datasets) + 2
    tell = progress or _nobody
    if found is not None:
        tell(steps, steps, "演示数据已就绪")
        return found
    for old in (*folder.glob("*.part"), folder / MANIFEST):
        old.unlink(missing_ok=True)
    tell(0, steps, "市场主体")
    world = make_world(city, plan, draws, scale, as_of)
    files = []
    for i, dataset in enumerate(datasets):
        tell(i + 1, steps, dataset.label.zh)
        files.append(_write(world, dataset, folder))
    tell(steps - 1, steps, "核对公布数据")
    report = PopulationReport(
        city.id, draws.seed, scale.size, as_of, tuple(files), measure(city, plan, folder, files)
    )
    _write_manifest(folder, report, name)
    tell(steps, steps, "演示数据已就绪")
    return report


def check_figures(report: PopulationReport, city: City) -> tuple[FigureCheck, ...]:
    """Compare what was counted with the published figures of ``demo.yaml``.

    Counts grow with the size of the population; shares do not.

    Returns:
        One check for each published figure; :attr:`FigureCheck.ok` says whether it holds.
    """
    plan = plan_of(city)
    return compare(report.figures, plan, scale_of(plan, report.size))


def _nobody(_done: int, _steps: int, _what: str) -> None:
    """Nobody wants to know."""


def _write(world: World, dataset: Dataset, folder: Path) -> SourceFile:
    part = world.plan.part("files").part(dataset.id)
    kind = part.text("format", world.plan.part("default_file").text("format", "parquet"))
    if kind not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise DataError(f"demo.yaml: {part.path}.format is {kind!r}; write one of {known}")
    rows = np.flatnonzero(world.covered(dataset))
    columns = {c.name: make_column(world, dataset, c, rows) for c in dataset.columns}
    columns = as_typed(world, dataset, soil(world, dataset, columns, rows), kind)
    days = (
        as_of_of(dataset, world.plan, world.as_of),
        received_on_of(dataset, world.plan, world.as_of),
    )
    return write_file(folder, dataset, columns, kind, days)


def _fingerprint(city: City, plan: Plan, scale: Scale, draws: Draws, as_of: date) -> str:
    """All that decides the bytes of the files."""
    shape = {
        d.id: [(c.name, c.type, c.unit, c.scale, c.codes, c.fact) for c in d.columns]
        for d in city.datasets.values()
    }
    parts = [_VERSION, city.id, scale.size, draws.seed, as_of, plan.values, shape]
    return sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


def _found(folder: Path, name: str) -> PopulationReport | None:
    """The report of a folder that holds this very population, every file unharmed."""
    try:
        report, made_of = read_manifest(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = made_of == name and all(
        (folder / file.file).is_file()
        and sha256((folder / file.file).read_bytes()).hexdigest() == file.sha256
        for file in report.files
    )
    return report if whole else None


def _write_manifest(folder: Path, report: PopulationReport, name: str) -> None:
    content: dict[str, Any] = asdict(report) | {"made_of": name}
    content["figures"] = {key: str(value) for key, value in report.figures.items()}
    part = folder / f"{MANIFEST}.part"
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> tuple[PopulationReport, str]:
    """The report in a folder's manifest, and the fingerprint of what made it.

    Raises:
        OSError: there is none: the folder is not finished.
        ValueError: it cannot be read.
        KeyError: it lacks something.
    """
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    files = tuple(
        replace(
            SourceFile(**row),
            as_of=date.fromisoformat(row["as_of"]),
            received_on=date.fromisoformat(row["received_on"]),
        )
        for row in content["files"]
    )
    report = PopulationReport(
        city=content["city"],
        seed=content["seed"],
        size=content["size"],
        as_of=date.fromisoformat(content["as_of"]),
        files=files,
        figures={key: Decimal(value) for key, value in content["figures"].items()},
    )
    return report, content["made_of"]
