"""What the manual and the front pages name exists: commands, targets, files, accounts."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from yanzhen.apps.accounts.services import DEMO_ACCOUNTS, DEMO_PASSWORD
from yanzhen.config.cli import main
from yanzhen.packs.examples import run_examples
from yanzhen.packs.reader import check_city, read_city

ROOT = Path(__file__).resolve().parents[2]
FRONT = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md")]
MANUAL = sorted(p for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts)
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.DOTALL | re.MULTILINE)
WRITTEN = re.compile(r"<!-- write: (?P<path>\S+) -->\n```yaml\n(?P<text>.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)|src=\"([^\"]+)\"")


def lines_of_code(path: Path) -> Iterator[str]:
    for block in BLOCK.findall(path.read_text(encoding="utf-8")):
        yield from (line.removeprefix("$ ").strip() for line in block.splitlines())


def command_lines() -> list[str]:
    lines = {line for path in [*FRONT, *MANUAL] for line in lines_of_code(path)}
    return sorted(line for line in lines if re.match(r"(\.venv/bin/)?yanzhen ", line))


def unknown_words(line: str) -> list[str]:
    """Words of a command line that are neither a command nor an option there is."""
    command: click.Command = main
    words = shlex.split(line, comments=True)[1:]
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        name = words.pop(0)
        if name not in command.commands:
            return [name]
        command = command.commands[name]
    options = {name for parameter in command.params for name in parameter.opts}
    return [word for word in words if word.startswith("--") and word not in options]


def test_commands_and_options_shown_exist():
    wrong = {line: unknown_words(line) for line in command_lines()}

    assert len(wrong) >= 20
    assert {line: words for line, words in wrong.items() if words} == {}


def test_make_targets_shown_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    words = re.compile(r"(?:`|^)make ([a-z]+)", re.MULTILINE)

    shown = {
        name
        for path in [*FRONT, *MANUAL]
        for name in words.findall(path.read_text(encoding="utf-8"))
    }

    assert {"demo", "test"} <= shown <= targets


@pytest.mark.parametrize("path", FRONT, ids=lambda path: path.name)
def test_links_of_front_pages_lead_somewhere(path):
    links = [a or b for a, b in LINK.findall(path.read_text(encoding="utf-8"))]

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_front_pages_name_every_demonstration_account(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert [a.username for a in DEMO_ACCOUNTS if f"`{a.username}`" not in text] == []
    assert f"`{DEMO_PASSWORD}`" in text


@pytest.mark.parametrize("page", ["add-a-policy.md", "add-a-data-set.md"])
def test_files_of_how_tos_are_sound_beside_the_sample_city(page, tmp_path):
    for path in (ROOT / "cities" / "sample").rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(ROOT / "cities" / "sample")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    text = (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8")
    written = list(WRITTEN.finditer(text))
    for block in written:
        target = tmp_path / block["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block["text"], encoding="utf-8")

    _, faults = check_city(tmp_path)

    assert len(written) >= 2
    assert [str(fault) for fault in faults] == []
    assert [str(r) for r in run_examples(read_city(tmp_path)) if not r.holds] == []
