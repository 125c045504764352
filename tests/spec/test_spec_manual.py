"""The pages of the manual are what the examples say today."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def manual():
    spec = importlib.util.spec_from_file_location(
        "docs_feel_manual", ROOT / "docs" / "ext" / "feel_manual.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_what_the_examples_say(manual):
    written = {page.name: page.read_text(encoding="utf-8") for page in manual.PAGES.glob("*.md")}

    assert written == manual.pages(), "write them anew: .venv/bin/python docs/ext/feel_manual.py"


def test_every_page_is_in_the_tree_of_contents(manual):
    tree = manual.pages()["index.md"].split("```{toctree}")[1]

    assert {f"{name}.md" for name in tree.split()} >= {*manual.pages()} - {"index.md"}
