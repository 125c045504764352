"""``yanzhen feel``: evaluate FEEL expressions, one a line."""

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

import click

from yanzhen.config.cli.json_lines import texts, write
from yanzhen.engines.feel import evaluate, jsonl, parse
from yanzhen.engines.feel.text import to_text
from yanzhen.kernel.errors import FeelError


@click.command()
@click.argument("expression", required=False)
@click.option("--jsonl", "lines", is_flag=True, help="Read JSON lines from standard input.")
def feel(expression: str | None, *, lines: bool) -> None:
    """Evaluate one EXPRESSION, or many with --jsonl.

    \b
        yanzhen feel 'sum([1, 2, 3]) / 4'
        echo '{"expr": "a + 1", "context": {"a": {"number": "1"}}}' | yanzhen feel --jsonl

    A line is {"expr": "...", "context": {...}}; the answer {"value": ...} or
    {"error": {"message": "...", "position": n}}. A number is {"number": "1.5"}, a day
    {"date": "2020-01-31"}, a context {"context": {...}}.
    """  # noqa: D301 -- \b keeps click from joining the lines
    if lines:
        if expression is not None:
            raise click.UsageError("give an EXPRESSION or --jsonl, not both")
        write(_answers(sys.stdin.buffer))
        return
    if expression is None:
        raise click.UsageError("give an EXPRESSION, or --jsonl and lines on standard input")
    try:
        click.echo(to_text(evaluate(parse(expression), {})))
    except FeelError as error:
        raise click.ClickException(str(error)) from error


def _answers(lines: BinaryIO) -> Iterator[str]:
    for text, fault in texts(lines):
        if fault:
            yield json.dumps({"error": {"message": fault, "position": None}})
        else:
            yield from jsonl.run([text])
