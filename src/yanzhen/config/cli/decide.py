"""``yanzhen decide``: one enterprise explained, everyone counted, any decision on given facts."""

import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, BinaryIO

import click

from yanzhen.config.cli.common import Day, city_folder, with_django
from yanzhen.config.cli.json_lines import answer_each
from yanzhen.config.progress import bar
from yanzhen.engines.dmn.evaluate import decide as make_decision
from yanzhen.engines.dmn.evaluate import read_facts
from yanzhen.engines.dmn.model import Book, Decision
from yanzhen.engines.dmn.needs import facts_behind
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

MARKS = {True: "✓", False: "✗", None: "?"}


@click.command()
@click.option("--uscc", help="One enterprise, by its unified social credit code.")
@click.option("--policy", help="For that enterprise: a policy, or one clause as POLICY/CLAUSE.")
@click.option("--all", "everyone", is_flag=True, help="Every clause for everyone: the counts.")
@click.option("--decision", help="A decision of the city, by id or Chinese label.")
@click.option("--facts", type=click.File("rb"), help="Facts, one JSON object a line; - is stdin.")
@click.option("--describe", is_flag=True, help="With --decision: print the facts it reads.")
@click.option("--on", "day", type=Day(), help="Rules of which day; today if left out.")
@click.option(
    "--city",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --decision: the city folder; the site's own if left out.",
)
def decide(
    uscc: str | None,
    policy: str | None,
    decision: str | None,
    facts: BinaryIO | None,
    day: date | None,
    folder: Path | None,
    *,
    everyone: bool,
    describe: bool,
) -> None:
    """Decide and say why.

    \b
    One enterprise, condition by condition: ✓ holds, ✗ does not, ? unknown
        yanzhen decide --uscc 91330800MA00000000 --policy kecheng-2023
    Everyone: how many get each clause, do not, are unknown, and what it costs
        yanzhen decide --all
    Any decision on given facts, one JSON object a line in, one result a line out
        yanzhen decide --decision sme_size --describe
        echo '{"营业收入": "2000000"}' | yanzhen decide --decision sme_size --facts -
    """  # noqa: D301 -- \b keeps click from joining the lines
    forms = [uscc is not None or policy is not None, everyone, decision is not None]
    if forms.count(True) != 1:
        raise click.UsageError("give one of: --uscc with --policy; --all; --decision")
    day = day or datetime.now(UTC).astimezone().date()
    if decision is not None:
        if (facts is None) != describe:
            raise click.UsageError("--decision needs either --facts FILE or --describe")
        book = book_on(read_city(city_folder(folder)), day)
        found = _named(book, decision)
        if facts is None:
            _describe(book, found)
        else:
            _given(book, found, facts)
    elif facts is not None or describe or folder is not None:
        raise click.UsageError("--facts, --describe and --city go with --decision")
    elif everyone:
        _everyone(day)
    elif uscc and policy:
        _one(uscc, policy, day)
    else:
        raise click.UsageError("--uscc CODE and --policy ID go together; give both")


def _named(book: Book, name: str) -> Decision:
    found = book.decisions.get(book.resolve(name))
    if found is None:
        labels = {decision.label.zh for decision in book.decisions.values()}
        raise click.ClickException(
            f"no decision {name!r} in force on {book.day}{_near(name, [*book.decisions, *labels])}"
        )
    return found


def _near(name: str, known: Iterable[str]) -> str:
    """``; did you mean …?`` with the nearest names, or nothing."""
    near = get_close_matches(name, sorted(set(known)), n=5, cutoff=0.5)
    return f"; did you mean {', '.join(near)}?" if near else ""


def _given(book: Book, decision: Decision, lines: BinaryIO) -> None:
    def answer(given: dict[str, Any]) -> dict[str, Any]:
        outcome = make_decision(book, decision.name, read_facts(book, given), explain=False)
        answer = {
            "decision": decision.name,
            "version": decision.version,
            "value": _plain(outcome.value),
            "missing": list(outcome.missing),
        }
        if outcome.amount is not None:
            answer["amount"] = str(outcome.amount)
        return answer

    answer_each(lines, answer)


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


def _describe(book: Book, found: Decision) -> None:
    click.echo(f"{found.name} {found.label.zh} ({found.version}) → {found.type}")
    for fact in facts_behind(book, found.name):
        spec = book.facts[fact]
        click.echo(f"  {spec.name:<28} {spec.type:<8} {spec.label.zh} {spec.unit}".rstrip())


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
        raise click.ClickException(
            f"no enterprise with the code {uscc}; it must stand in a register that was loaded "
            "(yanzhen data load)"
        )
    values = values_of(enterprise, day)
    in_force = list(offers_on(day))
    offers = [o for o in in_force if policy in {o.policy.id, o.name}]
    if not offers:
        known = [name for o in in_force for name in (o.policy.id, o.name)]
        raise click.ClickException(
            f"no policy or clause {policy!r} in force on {day}{_near(policy, known)}"
        )
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
                as_of = fact.as_of or "数据未到"
                click.echo(f"      {fact.label} = {value} · {fact.system} · {as_of}")
        if verdict.missing:
            click.echo(f"  缺少：{'、'.join(verdict.missing)}")


def _everyone(day: date) -> None:
    with_django()
    from yanzhen.apps.decisions import results  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.decisions.selectors import rules_on  # noqa: PLC0415 -- after django.setup
    from yanzhen.apps.facts.selectors import latest_snapshot  # noqa: PLC0415 -- after django.setup

    snapshot = latest_snapshot(day)
    if snapshot is None:
        raise click.ClickException(
            f"no snapshot of {day} or before; load the source files (yanzhen data load), "
            "then make one (yanzhen snapshot)"
        )
    book = rules_on(day)
    started = time.perf_counter()
    with bar("everyone") as tell:
        outcome = results.compute(book, snapshot, tell)
    seconds = time.perf_counter() - started
    click.echo(f"{'clause':<48}{'yes':>9}{'no':>9}{'unknown':>9}{'yuan':>20}")
    for name, groups in outcome.summary["clauses"].items():
        yes, no, unknown, amount = groups["all"]
        click.echo(f"{name:<48}{yes:>9}{no:>9}{unknown:>9}{amount:>20}")
    counts = [groups["all"] for groups in outcome.summary["clauses"].values()]
    yes, no, unknown = (sum(count[place] for count in counts) for place in range(3))
    amount = sum((Decimal(count[3]) for count in counts), Decimal(0))
    click.echo(f"{'in all':<48}{yes:>9}{no:>9}{unknown:>9}{amount:>20}")
    click.echo(
        f"{len(counts)} clauses × {outcome.summary['rows']} enterprises in {seconds:.2f} s, "
        f"snapshot of {snapshot.day}"
    )
