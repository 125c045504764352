"""``yanzhen journal``: prove that nobody has changed the journal."""

import click

from yanzhen.config.cli.common import with_django


@click.group()
def journal() -> None:
    """The journal of what was done."""


@journal.command()
def verify() -> None:
    """Walk the chain of digests; exit 1 and name each line that does not follow."""
    with_django()
    from yanzhen.apps.journal.models import Entry  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.journal.services import broken_lines  # noqa: PLC0415 -- after django.setup

    broken = list(broken_lines())
    for pk, what in broken:
        click.echo(f"line {pk}: {what}")
    click.echo(f"{Entry.objects.count()} lines, {len(broken)} broken")
    if broken:
        raise SystemExit(1)
