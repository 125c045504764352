"""``yanzhen demo``, ``serve`` and ``worker``: the running site."""

import os

import click

from yanzhen.config.cli.common import with_django

PORT = click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")


@click.command()
@click.option("--population", type=int, help="How many enterprises; the city's own if left out.")
@PORT
@click.option("--check", is_flag=True, help="Ask for five pages as two personas, then stop.")
def demo(population: int | None, port: int, *, check: bool) -> None:
    """Show a whole city running: data, decisions on everyone, site and worker.

    Interrupted at any point, the next start goes on where it was.
    """
    os.environ["YANZHEN_DEMO"] = "1"
    with_django()
    from yanzhen.config.demo.run import run_demo  # noqa: PLC0415 -- after django.setup

    raise SystemExit(run_demo(population=population, port=port, check=check))


@click.command()
@PORT
@click.option("--workers", default=1, show_default=True, help="Processes.")
def serve(port: int, workers: int) -> None:
    """Serve the site on 127.0.0.1."""
    from yanzhen.config.demo.processes import serve_forever  # noqa: PLC0415 -- heavy

    raise SystemExit(serve_forever(port=port, workers=workers))


@click.command()
@click.option("--batch", is_flag=True, help="Stop when the queue is empty.")
def worker(*, batch: bool) -> None:
    """Do the background work: population runs and whatever else is queued."""
    with_django()
    from yanzhen.config.worker import work  # noqa: PLC0415 -- after django.setup

    work(batch=batch)
