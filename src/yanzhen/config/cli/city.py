"""``yanzhen city``: read, check, test, compare and begin a city folder."""

from pathlib import Path

import click

from yanzhen.kernel.errors import PackError
from yanzhen.packs.diff import diff_cities
from yanzhen.packs.examples import run_examples
from yanzhen.packs.new import new_city
from yanzhen.packs.reader import check_city, read_city

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group()
def city() -> None:
    """Read, check, test, compare and begin a city folder."""


@city.command()
@FOLDER
def check(folder: Path) -> None:
    """Say every fault of FOLDER, or that it has none.

    One line a fault: file, line, key, what is wrong and how to mend it. Exits 1 if there is one.

    \b
        yanzhen city check cities/sample
    """  # noqa: D301 -- \b keeps click from joining the lines
    read, faults = check_city(folder)
    for fault in sorted(faults, key=lambda f: (f.file, f.line or 0)):
        click.echo(str(fault))
    if faults or read is None:
        click.echo(f"{len(faults)} fault(s)", err=True)
        raise SystemExit(1)
    clauses = sum(len(policy.clauses) for policy in read.policies.values())
    click.echo(
        f"{read.label.zh} {read.version}: no faults; {len(read.facts)} facts, "
        f"{len(read.datasets)} data sets, {len(read.decisions)} decisions, "
        f"{len(read.policies)} policies, {clauses} clauses, {len(read.sources)} sources"
    )


@city.command()
@FOLDER
@click.option("--verbose", "-v", is_flag=True, help="Name the examples that pass, too.")
def test(folder: Path, *, verbose: bool) -> None:
    """Run the examples that stand beside the rules.

    Exits 1 if a rule of FOLDER does not answer as its example says.

    \b
        yanzhen city test cities/sample -v
    """  # noqa: D301 -- \b keeps click from joining the lines
    results = run_examples(read_city(folder))
    for result in results:
        where = f"{result.example.file}:{result.example.line} {result.decision}"
        if not result.holds:
            click.echo(f"FAIL {where} {result.example.name}: {'; '.join(result.problems)}")
        elif verbose:
            click.echo(f"ok   {where} {result.example.name}")
    failed = sum(not result.holds for result in results)
    click.echo(f"{len(results) - failed} passed, {failed} failed")
    if failed:
        raise SystemExit(1)


@city.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say in words what changed from OLD to NEW.

    Both are city folders; one line a change, in Chinese and English.

    \b
        yanzhen city diff ../last-year/cities/sample cities/sample
    """  # noqa: D301 -- \b keeps click from joining the lines
    changes = diff_cities(read_city(old), read_city(new))
    for change in changes:
        click.echo(f"{change.words.zh} | {change.words.en}")
    if not changes:
        click.echo("no difference")


@city.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--id", "city_id", required=True, help="Id: letters, digits and hyphens.")
@click.option("--name", required=True, help="What people call the city, in Chinese.")
@click.option("--code", required=True, help="GB/T 2260 code, six digits.")
def new(folder: Path, city_id: str, name: str, code: str) -> None:
    """Begin a city folder: small, sound and commented.

    \b
        yanzhen city new cities/lakeside --id lakeside --name 湖滨市 --code 339900
    """  # noqa: D301 -- \b keeps click from joining the lines
    try:
        new_city(folder, city_id, name, code)
    except (FileExistsError, PackError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{folder} is ready; check it with: yanzhen city check {folder}")
