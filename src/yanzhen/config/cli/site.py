"""``yanzhen demo``, ``serve`` and ``worker``: the running site."""

import os

import click

from yanzhen.config.cli.common import with_django

PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port on 127.0.0.1.",
)


@click.command()
@click.option(
    "--population",
    type=click.IntRange(min=1),
    help="How many enterprises; that of the last start, or the city's own, if left out.",
)
@PORT
@click.option("--check", is_flag=True, help="Ask for five pages as two personas, then stop.")
def demo(population: int | None, port: int, *, check: bool) -> None:
    """Show a whole city running: data, decisions, site, worker.

    The first start makes the data, later ones find them. Interrupted at any point, the next
    start goes on where it was.

    \b
        yanzhen demo
        yanzhen demo --population 5000 --port 8001
        yanzhen demo --check && echo all pages came
    """  # noqa: D301 -- \b keeps click from joining the lines
    os.environ["YANZHEN_DEMO"] = "1"
    with_django(ready=False)
    from yanzhen.config.demo.run import run_demo  # noqa: PLC0415 -- after django.setup

    raise SystemExit(run_demo(population=population, port=port, check=check))


@click.command()
@PORT
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that answer requests.",
)
def serve(port: int, workers: int) -> None:
    """Serve the site on 127.0.0.1.

    Only pages: what is asked for in the background waits until `yanzhen worker` runs.
    """
    from yanzhen.config.demo.processes import serve_forever  # noqa: PLC0415 -- heavy

    serve_forever(port=port, workers=workers)


@click.command()
@click.option("--batch", is_flag=True, help="Stop when the queue is empty.")
@click.option("--quiet", is_flag=True, help="Say nothing; what fails is kept in the database.")
def worker(*, batch: bool, quiet: bool) -> None:
    """Do the background work, such as runs over everyone.

    A worker may be killed at any moment: what it left undone is taken up again by the next, or
    within a minute by another that runs.
    """
    with_django()
    from yanzhen.config.worker import work  # noqa: PLC0415 -- after django.setup

    work(batch=batch, quiet=quiet)
