"""The tutorial is run from its first command to its last: what it shows is what happens."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from yanzhen.config.cli import main

BLOCK = re.compile(
    r"(?:<!-- (?P<act>write|append|replace): (?P<path>\S+) -->\n)?"
    r"```(?P<language>\w+)\n(?P<text>.*?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Told:
    """A command of the tutorial and what it says that the command prints."""

    command: str
    printed: str


def told(block: str) -> Iterator[Told]:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    for part in parts[1:]:
        command, _, printed = part.partition("\n")
        yield Told(command, printed.rstrip("\n"))


def do(command: str) -> str:
    """Run one command of the tutorial in the current folder; what it prints."""
    words = shlex.split(command)
    match words:
        case ["yanzhen", *arguments]:
            # standard output and error, as a terminal shows them
            return CliRunner().invoke(main, arguments).output.rstrip("\n")
        case ["mkdir", "-p", folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
        case ["cp", "-r", source, target]:
            shutil.copytree(source, target)
        case _:
            pytest.fail(f"the tutorial uses a command that this test does not know: {command}")
    return ""


def change(act: str, path: Path, text: str) -> None:
    """Do to a file what the tutorial asks its reader to do."""
    if act == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    old = path.read_text(encoding="utf-8")
    if act == "append":
        path.write_text(old + text, encoding="utf-8")
        return
    before = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("-"))
    after = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("+"))
    assert old.count(before) == 1, f"{path}: {before!r} must stand there once"
    path.write_text(old.replace(before, after), encoding="utf-8")


def test_tutorial_does_what_it_says(root, tmp_path, monkeypatch):
    shutil.copytree(root / "cities" / "sample", tmp_path / "cities" / "sample")
    monkeypatch.chdir(tmp_path)
    text = (root / "docs" / "tutorial" / "city-in-one-hour.md").read_text(encoding="utf-8")

    run = 0
    for block in BLOCK.finditer(text):
        if block["act"]:
            change(block["act"], Path(block["path"]), block["text"])
        elif block["language"] == "console":
            for step in told(block["text"]):
                assert do(step.command) == step.printed, step.command
                run += 1

    assert run >= 15
