"""``yanzhen feel``: evaluate FEEL expressions, one a line."""

import sys

import click

from yanzhen.engines.feel import evaluate, jsonl, parse
from yanzhen.engines.feel.text import to_text
from yanzhen.kernel.errors import FeelError


@click.command()
@click.argument("expression", required=False)
@click.option("--jsonl", "lines", is_flag=True, help="Read JSON lines from standard input.")
def feel(expression: str | None, *, lines: bool) -> None:
    """Evaluate one EXPRESSION, or with --jsonl one a line from standard input.

    A line is {"expr": "...", "context": {...}}; the answer {"value": ...} or
    {"error": {"message": "...", "position": n}}. A number is {"number": "1.5"}, a day
    {"date": "2020-01-31"}, a context {"context": {...}}.
    """
    if lines:
        for answer in jsonl.run(sys.stdin):
            sys.stdout.write(answer + "\n")
        return
    if expression is None:
        raise click.UsageError("give an EXPRESSION or --jsonl")
    try:
        click.echo(to_text(evaluate(parse(expression), {})))
    except FeelError as error:
        raise click.ClickException(str(error)) from error
