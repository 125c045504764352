"""``yanzhen tck``: run the DMN Technology Compatibility Kit, or a folder laid out like it."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path

import click

from yanzhen.config.progress import bar
from yanzhen.engines.dmn.tck.run import SECONDS, Verdict, folders_in, run_folder

HEAD = {"file": "test file", "node": "result node"}


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--csv",
    "table",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write one line for each result node to this file.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=SECONDS,
    show_default=True,
    help="Time limit of each case.",
)
def tck(folder: Path, table: Path | None, seconds: float) -> None:
    """Run the DMN compatibility kit in FOLDER: LEVEL/FOLDER/*.dmn with *-test-*.xml beside.

    Prints passes and failures by folder and in all; ends with exit code 1 if anything failed.
    """
    folders = folders_in(folder)
    verdicts: list[Verdict] = []
    lines: list[str] = []
    with bar("tck") as tell:
        for done, one in enumerate(folders):
            tell(done, len(folders), one.name)
            found = list(run_folder(folder, one, seconds=seconds))
            lines.append(
                _line(f"{found[0].level}/{one.name}".strip("/") if found else one.name, found)
            )
            verdicts += found
        tell(len(folders), len(folders), "")
    if table is not None:
        _write(table, verdicts)
    for line in lines:
        click.echo(line)
    for verdict in verdicts:
        if not verdict.passed:
            click.echo(_failure(verdict))
    click.echo(_line("in all", verdicts))
    cases = {(v.level, v.folder, v.file, v.case) for v in verdicts}
    failed = {(v.level, v.folder, v.file, v.case) for v in verdicts if not v.passed}
    passed = len(cases) - len(failed)
    click.echo(f"{passed} of {len(cases)} cases pass{_share(passed, len(cases))}")
    if failed:
        raise SystemExit(1)


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    passed = sum(verdict.passed for verdict in verdicts)
    failed = len(verdicts) - passed
    return f"{name:<64} {passed:>5} passed {failed:>5} failed"


def _share(passed: int, every: int) -> str:
    return f" ({passed / every:.2%})" if every else ""


def _failure(verdict: Verdict) -> str:
    where = "/".join(filter(None, (verdict.level, verdict.folder, verdict.file)))
    what = verdict.error or f"expected {verdict.expected}, got {verdict.actual}"
    return f"✗ {where} case {verdict.case or '-'} {verdict.node}: {what}"


def _write(path: Path, verdicts: Iterable[Verdict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([HEAD.get(field.name, field.name) for field in fields(Verdict)])
        writer.writerows(astuple(verdict) for verdict in verdicts)
