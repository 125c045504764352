"""The files of a city folder and of the folders it inherits from (文件与继承).

A county may be a few files over its city's folder. Layers go from the oldest ancestor to the
folder itself. ``city.yaml``, ``facts/*.yaml``, ``demo.yaml`` and the CSV files merge by key; of
every other file the youngest layer's copy replaces the rest.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yanzhen.kernel.errors import Fault
from yanzhen.packs.hints import did_you_mean
from yanzhen.packs.yaml_node import Node
from yanzhen.packs.yaml_reader import MAX_BYTES, read_yaml

MAX_FILES = 5_000
MAX_LAYERS = 5
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
SHAPES = (
    "city.yaml",
    "demo.yaml",
    "organizations.csv",
    "glossary.csv",
    "sources/<id>.yaml",
    "facts/<area>.yaml",
    "datasets/<id>.yaml",
    "parameters/<area>/<name>.yaml",
    "decisions/<name>/<from>.yaml",
    "decisions/<name>/<from>.dmn",
    "decisions/<name>/examples.yaml",
    "policies/<id>/policy.yaml",
    "policies/<id>/text.md",
    "policies/<id>/examples.yaml",
    "territory/districts.csv",
    "territory/towns.csv",
    "territory/communities.csv",
    "territory/grids.csv",
    "territory/squads.csv",
    "territory/<name>.geojson",
    "calendar/<year>.csv",
)
_SHAPE_PATTERNS = tuple(
    re.compile(
        re.escape(shape)
        .replace("<from>", DAY)
        .replace("<year>", "[0-9]{4}")
        .replace("<area>", "[a-z][a-z0-9_-]*")
        .replace("<id>", "[a-z0-9][a-z0-9._-]*")
        .replace("<name>", "[a-z][a-z0-9_]*")
    )
    for shape in SHAPES
)


@dataclass(frozen=True, slots=True)
class CityFile:
    """One file: ``name`` inside its folder, ``shown`` as faults name it, and its bytes."""

    name: str
    shown: str
    data: bytes


@dataclass(slots=True)
class Folder:
    """All files of a city folder, layer over layer.

    Attributes:
        path: the folder itself.
        city: the merged members of ``city.yaml``, or None where it cannot be read.
        codes: region codes of the folder and of those it inherits from, its own first.
        files: for each name its copies, oldest layer first.
        hash: SHA-256 over names and contents of all layers.
        faults: what is wrong with the files as such.
    """

    path: Path
    city: Node | None = None
    codes: list[str] = field(default_factory=list)
    files: dict[str, list[CityFile]] = field(default_factory=dict)
    hash: str = ""
    faults: list[Fault] = field(default_factory=list)

    def matching(self, pattern: str) -> Iterator[tuple[tuple[str, ...], list[CityFile]]]:
        """Files whose name matches a regular expression, by name, with the pattern's groups."""
        compiled = re.compile(pattern)
        for name in sorted(self.files):
            if found := compiled.fullmatch(name):
                yield found.groups(), self.files[name]

    def yaml(self, file: CityFile) -> Node | None:
        """Read one YAML file; its faults are kept here."""
        node, faults = read_yaml(file.data, file.shown)
        self.faults += faults
        return node


def open_folder(path: Path) -> Folder:
    """Collect the files of ``path`` and of every folder it inherits from."""
    folder = Folder(path)
    layers: list[Node] = []
    seen: list[Path] = []
    current = path
    while True:
        seen.append(current.resolve())
        shown = "" if current is path else os.path.relpath(current, path).replace(os.sep, "/") + "/"
        node = _city_file(folder, current, shown)
        if node is None:
            break
        layers.insert(0, node)
        parent = node.get("inherits")
        if parent is None:
            break
        current = current / parent.text()
        if current.resolve() in seen or len(seen) == MAX_LAYERS:
            message = f"the folder inherits from itself, or through more than {MAX_LAYERS} folders"
            folder.faults.append(parent.fault(message, "end the chain with “inherits: null”"))
            break
        if not (current / "city.yaml").is_file():
            message = f"there is no city folder at {parent.text()}"
            mend = "give the path of the parent folder, relative to this one"
            folder.faults.append(parent.fault(message, mend))
            break
    if layers:
        folder.city = _merge_city(layers)
        folder.codes = [layer.text("code") for layer in reversed(layers)]
    _collect(folder, seen)
    return folder


def _city_file(folder: Folder, path: Path, shown: str) -> Node | None:
    name = f"{shown}city.yaml"
    try:
        data = (path / "city.yaml").read_bytes()
    except OSError:
        mend = "a city folder starts with city.yaml: id, label, code, version"
        folder.faults.append(Fault(name, None, "", "the file is missing", mend))
        return None
    node, faults = read_yaml(data, name)
    folder.faults += faults
    return node


def _merge_city(layers: list[Node]) -> Node:
    """Members of ``city.yaml``, the youngest layer's over its parents'."""
    own = layers[-1]
    members = {name: member for layer in layers for name, member in layer.members.items()}
    return Node(members, own.file, own.line, own.key, own.style, own.key_lines)


def _collect(folder: Folder, roots: list[Path]) -> None:
    digest = hashlib.sha256()
    count = 0
    for depth, root in enumerate(reversed(roots)):
        base = os.path.relpath(root, folder.path.resolve()).replace(os.sep, "/")
        shown = "" if base == "." else f"{base}/"
        for name, path in _walk(root):
            count += 1
            if count > MAX_FILES:
                message = f"the folder holds more than {MAX_FILES} files"
                folder.faults.append(Fault(name, None, "", message, "remove what is no city file"))
                return
            file = _read(folder, path, name, shown)
            if file is None:
                continue
            folder.files.setdefault(name, []).append(file)
            digest.update(f"{depth}:{name}:{len(file.data)}\n".encode())
            digest.update(file.data)
    folder.hash = digest.hexdigest()


def _walk(root: Path) -> Iterator[tuple[str, Path]]:
    for parent, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(parent) / name
                yield path.relative_to(root).as_posix(), path


def _read(folder: Folder, path: Path, name: str, shown: str) -> CityFile | None:
    """The file's bytes, or None with a fault; notes (``*.md``) are of no fixed name."""
    if path.is_symlink():
        fault = Fault(shown + name, None, "", "a symbolic link", "put the file itself here")
        folder.faults.append(fault)
        return None
    if not name.endswith(".md") and not any(p.fullmatch(name) for p in _SHAPE_PATTERNS):
        mend = did_you_mean(name, SHAPES, otherwise="remove it, or see the city folder reference")
        message = "nothing reads a file of this name"
        folder.faults.append(Fault(shown + name, None, "", message, mend))
        return None
    if path.stat().st_size > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES} bytes"
        folder.faults.append(Fault(shown + name, None, "", message, "make it smaller"))
        return None
    return CityFile(name, shown + name, path.read_bytes())
