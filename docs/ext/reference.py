"""Write the generated parts of the reference from the program itself.

A page marks each generated part with two comments, ``<!-- generated: NAME -->`` and
``<!-- end generated -->``; what stands between them is written anew by
``python docs/ext/reference.py``. A test compares the pages with what the program says today.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.rules import MAY, PUBLIC
from yanzhen.config.cli import main as command_line
from yanzhen.engines.columnar.functions import FUNCTIONS
from yanzhen.engines.feel import BUILTINS, Builtin, Signature
from yanzhen.packs.model import City
from yanzhen.packs.reader import read_city

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
SCREENSHOTS = ROOT / "docs" / "screenshots"
PICTURES = {390: 195, 1440: 480}
"""Widths of the screenshots, and the widths at which the manual shows them."""
PART = re.compile(
    r"(<!-- generated: (?P<name>[a-z-]+) -->\n).*?(<!-- end generated -->)", re.DOTALL
)
WIDTH = 96


@cache
def city(name: str) -> City:
    """One of the cities of the repository."""
    return read_city(ROOT / "cities" / name)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is written so that it stays inside."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def commands() -> str:
    """The help of every command, outermost first."""
    parts = []
    for path, command in _commands("yanzhen", command_line):
        # click keeps the help option of whoever asked first, perhaps without -h
        command._help_option = None  # noqa: SLF001 -- there is no public way to let it go
        context = click.Context(
            command,
            info_name=path,
            terminal_width=WIDTH,
            max_content_width=WIDTH,
            help_option_names=["-h", "--help"],
        )
        parts.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def _commands(path: str, command: click.Command) -> Iterable[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _commands(f"{path} {name}", child)


def permissions() -> str:
    """Who may do what: a row for each permission, a column for each role."""
    every = sorted(PUBLIC) + sorted(set().union(*MAY.values()) - PUBLIC)
    head = ["permission", "visitor", *(role.value for role in Role)]
    rows = (
        [f"`{name}`", _dot(name in PUBLIC), *(_dot(name in MAY[role]) for role in Role)]
        for name in every
    )
    return table(head, rows)


def _dot(held: bool) -> str:  # noqa: FBT001 -- one cell
    return "●" if held else ""


def roles() -> str:
    """The roles, with their Chinese names."""
    return table(["role", "中文"], ([f"`{role.value}`", role.label] for role in Role))


def facts(name: str) -> str:
    """The fact dictionary of a city, by area."""
    by_area: dict[str, list[Sequence[object]]] = {}
    for key, fact in city(name).facts.items():
        by_area.setdefault(fact.area, []).append(
            [
                f"`{key}`",
                fact.spec.label.zh,
                fact.spec.label.en,
                fact.spec.type,
                fact.spec.unit,
                f"`{fact.dataset}`",
                fact.sensitivity,
                "" if fact.absent is None else str(fact.absent).lower(),
            ]
        )
    head = ["id", "中文", "English", "type", "unit", "data set", "sensitivity", "if not listed"]
    return "\n\n".join(f"### {area}\n\n{table(head, rows)}" for area, rows in by_area.items())


def datasets(name: str) -> str:
    """The data sets of a city."""
    rows = (
        [f"`{key}`", d.label.zh, d.label.en, d.system, f"`{d.owner}`", d.kind, d.cycle, d.freshness]
        for key, d in city(name).datasets.items()
    )
    head = ["id", "中文", "English", "system", "owner", "kind", "cycle", "fresh for (days)"]
    return table(head, rows)


def decisions(name: str) -> str:
    """The decisions of a city with their versions."""
    rows = []
    for key, family in city(name).decisions.items():
        newest = family.versions[-1]
        since = ", ".join(f"{v.start}" if v.start else "always" for v in family.versions)
        label = newest.label
        rows.append([f"`{key}`", label.zh, label.en, newest.type, since, len(family.examples)])
    return table(["id", "中文", "English", "result", "versions from", "examples"], rows)


def builtins() -> str:
    """The built-in functions of FEEL with their signatures."""
    rows = (
        [
            f"`{function.name}`",
            "<br>".join(f"`{_signature(function, each)}`" for each in function.signatures),
            function.result or "by argument",
            "yes" if function.name in FUNCTIONS else "",
        ]
        for function in sorted(BUILTINS.values(), key=lambda each: each.name)
    )
    return table(["function", "call", "result", "column form"], rows)


def _signature(function: Builtin, signature: Signature) -> str:
    names = [f"{p.name}?" if p.optional else p.name for p in signature.params]
    if signature.repeated:
        names[-1] += ", …"
    return f"{function.name}({', '.join(names)})"


def column_functions() -> str:
    """The functions that have a column form, and what is asked of their arguments."""
    rows = (
        [f"`{name}({', '.join(each.parameters)})`", each.required, each.note]
        for name, each in FUNCTIONS.items()
    )
    return table(["function", "arguments needed", "what is asked"], rows)


def screens() -> str:
    """A picture of every screen, on the phone and at the desk."""
    names = {path.stem.rsplit("-", 1)[0] for path in SCREENSHOTS.glob("*-*.png")}
    parts = []
    for name in sorted(names, key=_audience):
        pictures = [
            f'<img src="../screenshots/{name}-{width}.png" width="{shown}" '
            f'alt="{_title(name)}, {width} pixels wide">'
            for width, shown in PICTURES.items()
            if (SCREENSHOTS / f"{name}-{width}.png").exists()
        ]
        parts.append(f"## {_title(name)}\n\n" + "\n".join(pictures))
    return "\n\n".join(parts)


def _audience(name: str) -> tuple[int, str]:
    """Enterprises and the public first, then staff, then administrators, then the rest."""
    code = name.partition("-")[0]
    return ("esa".index(code[0]) if code[-1].isdigit() else len("esa"), name)


def _title(name: str) -> str:
    """``e0-catalogue`` is the screen E0, catalogue."""
    code, _, rest = name.partition("-")
    words = rest.replace("-", " ")
    return f"{code.upper()} {words}" if code[-1].isdigit() else name.replace("-", " ").capitalize()


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "permissions": permissions,
    "roles": roles,
    "facts-sample": lambda: facts("sample"),
    "facts-quzhou": lambda: facts("quzhou"),
    "datasets-sample": lambda: datasets("sample"),
    "datasets-quzhou": lambda: datasets("quzhou"),
    "decisions-sample": lambda: decisions("sample"),
    "decisions-quzhou": lambda: decisions("quzhou"),
    "builtins": builtins,
    "column-functions": column_functions,
    "screens": screens,
}


def renew(text: str) -> str:
    """A page with every generated part as the program says today."""

    def part(match: re.Match[str]) -> Any:
        return f"{match[1]}\n{PARTS[match['name']]()}\n\n{match[3]}"

    return PART.sub(part, text)


def pages() -> list[Path]:
    """The pages that have a generated part."""
    found = sorted(REFERENCE.glob("*.md"))
    return [page for page in found if PART.search(page.read_text(encoding="utf-8"))]


def main() -> None:
    """Write every page anew, and name those that changed."""
    for page in pages():
        old = page.read_text(encoding="utf-8")
        new = renew(old)
        if new != old:
            page.write_text(new, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
