"""Copy the few front-end files that pages use from their packages into the static folder."""

import re
import shutil
from pathlib import Path

import django_htmx

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "yanzhen" / "web" / "static" / "vendor"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
FILES = {
    ROOT / "node_modules" / "bootstrap" / "dist" / "css" / "bootstrap.min.css": "bootstrap.min.css",
    HTMX: "htmx.min.js",
}
# a source map that is not there makes the manifest of static files fail
SOURCE_MAP = re.compile(rb"/\*#\s*sourceMappingURL=[^*]*\*/|//#\s*sourceMappingURL=\S*")


def main() -> None:
    """Copy each file without its source-map comment."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for source, name in FILES.items():
        (TARGET / name).write_bytes(SOURCE_MAP.sub(b"", source.read_bytes()))


if __name__ == "__main__":
    main()
