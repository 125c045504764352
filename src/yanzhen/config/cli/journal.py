"""``yanzhen journal``: prove that nobody has changed the journal."""

import click

from yanzhen.config.cli.common import with_django


@click.group()
def journal() -> None:
    """The journal of who did what."""


@journal.command()
def verify() -> None:
    """Prove that no line was changed or removed.

    Walks the chain of digests, names each line that does not follow from the one before it, and
    exits 1 if there is one.
    """
    with_django()
    from yanzhen.apps.journal.models import Entry  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.journal.services import broken_lines  # noqa: PLC0415 -- after django.setup

    broken = list(broken_lines())
    for pk, what in broken:
        click.echo(f"line {pk}: {what}")
    click.echo(f"{Entry.objects.count()} lines, {len(broken)} broken")
    if broken:
        raise SystemExit(1)
