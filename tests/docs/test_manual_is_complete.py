"""What there is stands in the manual: settings, apps, storeys, dependencies, decisions."""

import re
import tomllib

VARIABLE = re.compile(r"YANZHEN_[A-Z_]*[A-Z]")
FIRST_CELL = re.compile(r"^\| `?([a-z0-9-]+)`? \|", re.MULTILINE)


def read(path):
    return path.read_text(encoding="utf-8")


def variables_in(files):
    return {name for path in files for name in VARIABLE.findall(read(path))}


def test_every_setting_is_listed_and_every_listed_one_is_read(root):
    sources = [*(root / "src").rglob("*.py"), *(root / "tests").rglob("conftest.py")]
    sources += [*(root / "tests" / "conformance").rglob("*.py"), *(root / "scripts").iterdir()]
    read_somewhere = variables_in(path for path in sources if path.is_file())

    listed = variables_in([root / "docs" / "reference" / "settings.md"])

    assert listed == read_somewhere


def test_every_app_is_listed(root):
    apps = root / "src" / "yanzhen" / "apps"
    folders = {path.parent.name for path in apps.glob("*/apps.py")}
    page = read(root / "docs" / "reference" / "apps.md")

    listed = FIRST_CELL.findall(page.split("## Apps")[1].split("## Pages")[0])

    assert set(listed) - {"app"} == folders


def test_every_storey_is_listed_from_the_top(root):
    with (root / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    page = read(root / "docs" / "reference" / "apps.md").split("## Apps")[0]

    listed = [name for name in FIRST_CELL.findall(page) if name != "storey"]

    assert listed == contracts[0]["layers"]


def test_every_dependency_has_its_reason(root):
    with (root / "pyproject.toml").open("rb") as file:
        needed = tomllib.load(file)["project"]["dependencies"]
    names = {re.split(r"[\[~<>=]", requirement)[0].lower() for requirement in needed}

    page = read(root / "docs" / "adr" / "0011-dependencies.md")

    assert set(FIRST_CELL.findall(page)) - {"package"} == names


def test_records_of_decisions_are_short_complete_and_listed(root):
    folder = root / "docs" / "adr"
    index = read(folder / "index.md")
    pages = sorted(folder.glob("0*.md"))

    for number, page in enumerate(pages, start=1):
        text = read(page)
        assert page.stem in index
        assert text.startswith(f"# {number}. ")
        assert "**Status.**" in text
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequences",
        ]
        assert len(text.splitlines()) <= 60

    assert len(pages) >= 12


def test_glossary_has_one_english_for_a_term(root):
    rows = [line.split("|") for line in read(root / "GLOSSARY.md").splitlines()]
    terms = [
        row[1].strip() for row in rows if len(row) > 3 and row[1].strip() not in {"中文", "---"}
    ]

    assert len(terms) >= 80
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
