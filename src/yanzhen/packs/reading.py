"""The state of one reading: faults so far, documents, and checks that every part needs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from yanzhen.kernel.errors import Fault
from yanzhen.kernel.labels import Label
from yanzhen.packs.files import CityFile, Folder
from yanzhen.packs.hints import did_you_mean
from yanzhen.packs.model import Source
from yanzhen.packs.schemas import SCHEMAS
from yanzhen.packs.structure import structure_faults
from yanzhen.packs.yaml_node import Node


@dataclass(slots=True)
class Reading:
    """One reading of one folder.

    Attributes:
        folder: its files.
        faults: everything wrong so far.
        sources: registered documents by id.
        broken: for each file, the keys with structural faults.
        unread: names of files that could not be read whole. What they hold is not known, so
            nothing is blamed for naming it.
    """

    folder: Folder
    faults: list[Fault] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def document(self, file: CityFile, kind: str) -> Node | None:
        """Read a YAML file and check it against the schema of its kind."""
        node = self.folder.yaml(file)
        if node is None:
            self.unread.add(file.name)
            return None
        return self.checked(node, kind)

    def knows_all(self, *places: str) -> bool:
        """Whether every file of these kinds could be read, such as ``facts/<area>.yaml``."""
        starts = tuple(place.partition("<")[0] for place in places)
        return not any(name.startswith(starts) for name in self.unread)

    def checked(self, node: Node, kind: str) -> Node:
        """Check a node against the schema of its kind; the node itself."""
        faults = structure_faults(node, SCHEMAS[kind])
        self.faults += faults
        self.broken.setdefault(node.file, []).extend(fault.key for fault in faults)
        return node

    def is_sound(self, node: Node) -> bool:
        """Whether nothing at or below ``node`` departs from its schema."""
        return not any(_is_below(key, node.key) for key in self.broken.get(node.file, ()))

    def add(self, node: Node, message: str, mend: str) -> None:
        """Record a fault at ``node``."""
        self.faults.append(node.fault(message, mend))

    def refer(self, node: Node | None, known: Iterable[str], what: str, where: str) -> bool:
        """Check that ``node`` names one of ``known``; absent is fine, unsound is not.

        Args:
            node: the scalar that refers.
            known: ids it may name.
            what: what it refers to, such as ``source``.
            where: where such things are written, for the mend.
        """
        if node is None or not self.is_sound(node):
            return node is None
        known = list(known)
        if node.text() in known:
            return True
        if not self.knows_all(where):
            return False
        mend = did_you_mean(node.text(), known, otherwise=f"add it in {where}")
        self.add(node, f"there is no {what} “{node.text()}”", mend)
        return False

    def source_of(self, node: Node, *, official: bool = False) -> str:
        """The source that ``node`` names, checked.

        Args:
            node: a mapping with a key ``source``.
            official: True where the rule claims to be an authority's, which a source of our own
                design cannot carry.
        """
        named = node.get("source")
        if not self.refer(named, self.sources, "source", "sources/<id>.yaml") or named is None:
            return node.text("source")
        source = self.sources[named.text()]
        if official and source.status == "design":
            message = f"“{source.id}” is our own design and cannot carry the status official"
            self.add(named, message, "write “status: typical”, or name the authority's document")
        return source.id

    def names_of(self, documents: Mapping[str, Node]) -> Iterator[tuple[str, str, Node]]:
        """Id, Chinese label and node of documents, as far as they can be told."""
        for name, node in documents.items():
            label = node.get("label")
            yield name, label.text("zh") if label else "", node


def label_of(node: Node) -> Label:
    """The two names of a document."""
    label = node.get("label")
    return Label("", "") if label is None else Label(label.text("zh"), label.text("en"))


def _is_below(key: str, top: str) -> bool:
    return not top or key == top or key.startswith((f"{top}.", f"{top}["))


@dataclass(frozen=True, slots=True)
class Period:
    """One version's days in force, and where it stands."""

    node: Node
    start: date
    until: date | None


def close_periods(periods: list[Period], reading: Reading, what: str) -> list[date | None]:
    """The last day of each of several versions, oldest first, checked.

    A version without ``until`` holds until the day before the next one.

    Args:
        periods: versions in order of their first day.
        reading: takes faults: an end before the start, overlaps.
        what: what the versions are of, for the message.
    """
    ends: list[date | None] = []
    for number, period in enumerate(periods):
        following = periods[number + 1] if number + 1 < len(periods) else None
        place = period.node.get("until") or period.node.get("from") or period.node
        if period.until is not None and period.until < period.start:
            message = f"{what} ends on {period.until}, before it starts on {period.start}"
            reading.add(place, message, "write a later “until”, or an earlier start")
        elif following is not None and following.start <= (period.until or period.start):
            message = (
                f"two versions of {what} overlap: from {period.start} until {period.until}, "
                f"and from {following.start}"
            )
            last = following.start - timedelta(days=1)
            mend = f"let this one end by “until: {last}”"
            if following.start == period.start:
                mend = "give the newer one a later “from”"
            reading.add(place, message, mend)
        end = period.until
        if end is None and following is not None:
            end = following.start - timedelta(days=1)
        ends.append(end)
    return ends
