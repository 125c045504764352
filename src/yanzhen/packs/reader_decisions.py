"""Decisions of a city folder in all their versions (决策及其版本)."""

from dataclasses import dataclass, field
from datetime import date

from yanzhen.engines.dmn.model import Decision, ValueType
from yanzhen.kernel.explanation import Citation
from yanzhen.packs.expressions import Expressions, Scope
from yanzhen.packs.files import CityFile
from yanzhen.packs.hints import did_you_mean
from yanzhen.packs.model import DecisionFamily
from yanzhen.packs.reader_dmn import DmnVersion, build_dmn, open_dmn
from yanzhen.packs.reader_logic import LogicReader
from yanzhen.packs.reading import Period, Reading, close_periods, label_of
from yanzhen.packs.yaml_node import Node


@dataclass(frozen=True, slots=True)
class VersionFile:
    """One version of a decision: its first day and its document, or its DMN model."""

    start: date
    node: Node
    dmn: DmnVersion | None = None


@dataclass(slots=True)
class Builder:
    """What decisions and clauses need to be built.

    Attributes:
        reading: takes the faults.
        expressions: of the city.
        uses: for every rule, the decisions it names and where.
        broken: rules of which a version has faults, so that it is missing.
        places: where each version of each rule stands, by name and first day.
    """

    reading: Reading
    expressions: Expressions
    uses: dict[str, dict[str, Node]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    places: dict[tuple[str, date | None], Node] = field(default_factory=dict)

    def logic_reader(self, owner: str, source: str) -> LogicReader:
        """A reader for one rule, whose named decisions are collected."""
        return LogicReader(self.expressions, self.scope(owner), source)

    def scope(self, owner: str) -> Scope:
        """The names of one rule, whose named decisions are collected."""
        return Scope(owner, decisions=self.uses.setdefault(owner, {}))


def read_decision_files(reading: Reading) -> dict[str, list[VersionFile]]:
    """The documents of each decision, oldest version first."""
    found: dict[str, list[VersionFile]] = {}
    pattern = r"decisions/([^/]+)/([0-9-]{10})\.(yaml|dmn)"
    for (name, day, _), layers in reading.folder.matching(pattern):
        version = _open(reading, layers[-1], name, day)
        if version is not None:
            found.setdefault(name, []).append(version)
    for (name,), layers in reading.folder.matching(r"decisions/([^/]+)/examples\.yaml"):
        if name not in found and reading.knows_all(f"decisions/{name}/"):
            mend = did_you_mean(name, found, otherwise="add a file <from-date>.yaml beside it")
            place = Node(None, layers[-1].shown, 1, "")
            reading.add(place, f"there is no version of the decision “{name}”", mend)
    return found


def _open(reading: Reading, file: CityFile, name: str, day: str) -> VersionFile | None:
    try:
        start = date.fromisoformat(day)
    except ValueError:
        place = Node(None, file.shown, 1, "")
        reading.add(place, f"there is no day {day}", "name the file after its first day")
        return None
    if file.name.endswith(".dmn"):
        opened = open_dmn(reading, file, name)
        if opened is None:
            reading.unread.add(file.name)
            return None
        return VersionFile(start, *opened)
    node = reading.document(file, "decision")
    return None if node is None else VersionFile(start, node)


def newest(files: dict[str, list[VersionFile]]) -> dict[str, Node]:
    """The newest document of each decision, which gives it its names."""
    return {name: versions[-1].node for name, versions in files.items()}


def build_decisions(
    builder: Builder, files: dict[str, list[VersionFile]]
) -> dict[str, DecisionFamily]:
    """Decisions with every version that has no faults."""
    families: dict[str, DecisionFamily] = {}
    for name, versions in files.items():
        _check_labels(builder.reading, versions)
        for version in versions:
            builder.places[name, version.start] = version.node
        periods = [Period(v.node, v.start, _until(builder.reading, v.node)) for v in versions]
        ends = close_periods(periods, builder.reading, f"the decision “{name}”")
        built = [
            _decision(builder, name, version, end)
            for version, end in zip(versions, ends, strict=True)
        ]
        right = tuple(decision for decision in built if decision is not None)
        if len(right) < len(built):
            builder.broken.add(name)
        families[name] = DecisionFamily(name, right)
    return families


def _until(reading: Reading, node: Node) -> date | None:
    until = node.get("until")
    return node.day("until") if until is not None and reading.is_sound(until) else None


def _check_labels(reading: Reading, versions: list[VersionFile]) -> None:
    """All versions carry one label, since rules name the decision by it."""
    last = versions[-1].node.get("label")
    for version in versions[:-1]:
        label = version.node.get("label")
        if label is not None and last is not None and label.text("zh") != last.text("zh"):
            message = f"the label “{label.text('zh')}” differs from that of a newer version"
            reading.add(label, message, f"write “{last.text('zh')}” in all versions")


def _decision(
    builder: Builder, name: str, version: VersionFile, end: date | None
) -> Decision | None:
    node = version.node
    if version.dmn is not None:
        scope = builder.scope(name)
        period = (version.start, end)
        return build_dmn(builder.expressions, scope, node, version.dmn, period)
    official = node.text("status", "official") == "official"
    source = builder.reading.source_of(node, official=official)
    if not builder.reading.is_sound(node):
        return None
    logic = builder.logic_reader(name, source).logic(node)
    if logic is None:
        return None
    kind: ValueType = node.text("type")  # type: ignore[assignment]
    return Decision(
        name=name,
        label=label_of(node),
        logic=logic,
        type=kind,
        version=version.start.isoformat(),
        start=version.start,
        end=end,
        citation=Citation(source, node.text("article")),
        official=official,
        doc=node.text("doc"),
    )
