"""No file names a machine's folders or the host of a package registry."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"node_modules", "var", "_build", "__pycache__", "vendor", "dist"}
# put together here, so that this file does not hold what it looks for
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "npmmirror", "com"),
        ("pypi", "tuna", "tsinghua"),
        ("mirrors", "aliyun", "com"),
    )
]
HOMES = [f"/{name}/" for name in ("home", "root", "Users")]
UNWANTED = re.compile("|".join(re.escape(text) for text in [*HOSTS, *HOMES, f"{ROOT}/"]))


def files() -> Iterator[Path]:
    folders = [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            hidden = path.name.startswith(".") and path.name != ".ci"
            if path.is_dir() and not hidden and path.name not in NOT_OURS:
                folders.append(path)
            elif path.is_file() and not path.name.startswith(".coverage"):
                yield path


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if UNWANTED.search(line)
        ]

    assert found == []
