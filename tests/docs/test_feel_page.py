"""What the page on FEEL shows is what FEEL answers."""

import re

import pytest
from click.testing import CliRunner

from yanzhen.config.cli import main
from yanzhen.engines.feel import evaluate, jsonl, parse

ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs" / "reference" / "feel.md").read_text(encoding="utf-8")


def test_both_modes_answer_as_the_table_says(page):
    rows = ROW.findall(page.split("## Two modes")[1].split("## Numbers")[0])

    for text, spec, three_valued in rows:
        tree = parse(text, {"x"})
        for mode, told in (("spec", spec), ("three_valued", three_valued)):
            answer = evaluate(tree, {"x": None}, mode=mode)
            assert answer == evaluate(parse(told), {}), f"{text} in {mode}"

    assert len(rows) >= 10


def test_commands_print_what_is_shown(page):
    shown = re.findall(r"```console\n\$ yanzhen feel '(.+)'\n(.*)\n```", page)

    printed = [CliRunner().invoke(main, ["feel", text]).output.strip() for text, _ in shown]

    assert len(shown) >= 1
    assert printed == [told for _, told in shown]


def test_lines_are_answered_as_shown(page):
    asked, told = re.search(r'```text\n(\{"expr".*)\n(\{"value".*)\n```', page).groups()

    assert list(jsonl.run([asked])) == [told]
