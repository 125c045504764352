"""``yanzhen data`` and ``yanzhen snapshot``: source files in, one file of everyone out."""

from datetime import date
from pathlib import Path

import click

from yanzhen.config.cli.common import Day, with_django
from yanzhen.config.progress import bar


@click.group()
def data() -> None:
    """Source files of the departments."""


@data.command()
@click.argument("dataset")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", type=Day(), required=True, help="Last day the values speak of.")
@click.option("--received-on", type=Day(), help="Day the file came; today if left out.")
def load(dataset: str, file: Path, as_of: date, received_on: date | None) -> None:
    """Check FILE against the data set DATASET and take in its good rows.

    DATASET is an id of the city folder, such as tax_annual; FILE is CSV, XLSX or Parquet with
    its headings. Rows with errors are given back in a file of the same kind with a column
    错误说明. A load that was killed goes on when the same file is loaded again.

    \b
        yanzhen data load tax_annual returns.xlsx --as-of 2025-12-31
    """  # noqa: D301 -- \b keeps click from joining the lines
    with_django()
    from django.utils import timezone  # noqa: PLC0415 -- after django.setup

    from yanzhen.apps.facts.services import load_file  # noqa: PLC0415 -- after django.setup

    with bar(dataset) as tell:
        done = load_file(
            file,
            dataset,
            as_of=as_of,
            received_on=received_on or timezone.localdate(),
            by=None,
            progress=tell,
        )
    click.echo(
        f"{dataset}: {done.rows} rows, {done.accepted} accepted, {done.rejected} given back, "
        f"{done.linked} linked, {done.in_review} to check, {done.unlinked} not linked"
    )
    if done.errors_file is not None:
        click.echo(f"rows with errors: {done.errors_file}")


@click.command()
@click.option("--day", type=Day(), help="As of which day; today if left out.")
def snapshot(day: date | None) -> None:
    """Put all that is known of everyone into one file.

    The file never changes; made again from the same data, it has the same hash.

    \b
        yanzhen snapshot
        yanzhen snapshot --day 2026-06-30
    """  # noqa: D301 -- \b keeps click from joining the lines
    with_django()
    from django.utils import timezone  # noqa: PLC0415 -- after django.setup

    from yanzhen.apps.facts.services import make_snapshot  # noqa: PLC0415 -- after django.setup

    with bar("snapshot") as tell:
        made = make_snapshot(day or timezone.localdate(), by=None, progress=tell)
    click.echo(f"{made.day}: {made.rows} enterprises, {made.columns} columns, {made.hash}")
