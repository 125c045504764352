"""``yanzhen decide``: one enterprise explained, everyone counted, any decision on given facts."""

import json
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from yanzhen.config.cli.common import Day, city_folder, with_django
from yanzhen.config.progress import bar
from yanzhen.engines.dmn.evaluate import decide as make_decision
from yanzhen.engines.dmn.evaluate import read_facts
from yanzhen.engines.dmn.model import Book
from yanzhen.engines.dmn.needs import facts_behind
from yanzhen.kernel.errors import YanzhenError
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

MARKS = {True: "✓", False: "✗", None: "?"}


@click.command()
@click.option("--uscc", help="One enterprise, by its code.")
@click.option("--policy", help="POLICY or POLICY/CLAUSE for that enterprise.")
@click.option("--all", "everyone", is_flag=True, help="Every clause for everyone: the counts.")
@click.option("--decision", help="A decision of the city, by id or Chinese label.")
@click.option(
    "--facts", type=click.File(encoding="utf-8"), help="Facts, one JSON object a line; - is stdin."
)
@click.option("--describe", is_flag=True, help="With --decision: print the facts it reads.")
@click.option("--on", "day", type=Day(), help="Rules of which day; today if left out.")
@click.option(
    "--city",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder.",
)
def decide(
    uscc: str | None,
    policy: str | None,
    decision: str | None,
    facts: Any,
    day: date | None,
    folder: Path | None,
    *,
    everyone: bool,
    describe: bool,
) -> None:
    """Decide and say why.

    \b
    yanzhen decide --uscc CODE --policy ID           the explanation for one enterprise
    yanzhen decide --all                             the count per verdict of every clause
    yanzhen decide --decision NAME --facts F.jsonl   any decision on given facts, a result a line
    """  # noqa: D301 -- \b keeps click from joining the lines
    day = day or datetime.now(UTC).astimezone().date()
    if decision and describe:
        _describe(book_on(read_city(city_folder(folder)), day), decision)
    elif decision and facts:
        _given(book_on(read_city(city_folder(folder)), day), decision, facts)
    elif uscc and policy:
        _one(uscc, policy, day)
    elif everyone:
        _everyone(day)
    else:
        raise click.UsageError(
            "give --uscc with --policy, or --all, or --decision with --facts or --describe"
        )


def _given(book: Book, name: str, lines: Any) -> None:
    version = _version(book, name)
    for line in lines:
        if not line.strip():
            continue
        try:
            given = json.loads(line, parse_float=Decimal)
            outcome = make_decision(book, name, read_facts(book, given), explain=False)
            answer = {
                "decision": book.resolve(name),
                "version": version,
                "value": _plain(outcome.value),
                "missing": list(outcome.missing),
            }
            if outcome.amount is not None:
                answer["amount"] = str(outcome.amount)
        except (ValueError, YanzhenError) as error:
            answer = {"error": {"message": str(error)}}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _plain(value: Any) -> Any:
    """A value as plain JSON; a number that a float cannot hold exactly stays text."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        near = float(value)
        return near if Decimal(repr(near)) == value else str(value)
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | str) else str(value)


def _version(book: Book, name: str) -> str:
    found = book.decisions.get(book.resolve(name))
    if found is None:
        near = ", ".join(sorted(book.decisions)[:8])
        raise click.ClickException(
            f"no decision {name!r} in force on {book.day}; there are {near}…"
        )
    return found.version


def _describe(book: Book, name: str) -> None:
    version = _version(book, name)
    found = book.decisions[book.resolve(name)]
    click.echo(f"{found.name} {found.label.zh} ({version}) → {found.type}")
    for fact in facts_behind(book, name):
        spec = book.facts[fact]
        click.echo(f"  {spec.name:<28} {spec.type:<8} {spec.label.zh} {spec.unit}")


def _one(uscc: str, policy: str, day: date) -> None:
    with_django()
    from yanzhen.apps.enterprises.models import Enterprise  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.facts.own import values_of  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.policies.selectors import (  # noqa: PLC0415 -- after django.setup
        judge,
        offers_on,
    )

    enterprise = Enterprise.objects.filter(uscc=uscc.strip().upper()).first()
    if enterprise is None:
        raise click.ClickException(f"no enterprise with the code {uscc}")
    values = values_of(enterprise, day)
    offers = [o for o in offers_on(day) if policy in {o.policy.id, o.name}]
    if not offers:
        raise click.ClickException(f"no policy or clause {policy!r} in force on {day}")
    click.echo(f"{enterprise.name} {enterprise.uscc} · {day}")
    for offer in offers:
        verdict = judge(offer, values, day)
        amount = f" · {verdict.amount} 元" if verdict.amount is not None else ""
        click.echo(f"\n{MARKS[verdict.holds]} {offer.clause.label.zh} [{offer.name}]{amount}")
        for line in verdict.conditions:
            sign = "不属于：" if line.exclusion else ""
            click.echo(f"  {MARKS[line.holds]} {sign}{line.text} （{line.article}）")
            for fact in line.facts:
                value = fact.value if fact.known else "缺"
                click.echo(f"      {fact.label} = {value} · {fact.system} · {fact.as_of}")
        if verdict.missing:
            click.echo(f"  缺少：{'、'.join(verdict.missing)}")


def _everyone(day: date) -> None:
    with_django()
    from yanzhen.apps.decisions import results  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.decisions.selectors import rules_on  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.facts.selectors import latest_snapshot  # noqa: PLC0415 -- after django.setup

    snapshot = latest_snapshot(day)
    if snapshot is None:
        raise click.ClickException("no snapshot yet: yanzhen snapshot")
    book = rules_on(day)
    started = time.perf_counter()
    with bar("everyone") as tell:
        outcome = results.compute(book, snapshot, tell)
    seconds = time.perf_counter() - started
    click.echo(f"{'clause':<56}{'yes':>9}{'no':>9}{'unknown':>9}  yuan")
    for name, groups in outcome.summary["clauses"].items():
        yes, no, unknown, amount = groups["all"]
        click.echo(f"{name:<56}{yes:>9}{no:>9}{unknown:>9}  {amount}")
    clauses, rows = len(outcome.summary["clauses"]), outcome.summary["rows"]
    click.echo(f"{clauses} clauses × {rows} enterprises in {seconds:.2f} s")
