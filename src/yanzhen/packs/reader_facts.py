"""Sources, facts, data sets and parameters of a city folder (来源、事实、数据集、参数)."""

from decimal import Decimal

from yanzhen.engines.dmn.model import FactSpec, ValueType
from yanzhen.packs.model import Column, Dataset, DatedValue, Fact, Parameter, Source
from yanzhen.packs.reading import Reading, label_of
from yanzhen.packs.typed import typed
from yanzhen.packs.yaml_node import Node


def read_sources(reading: Reading) -> dict[str, Source]:
    """Every registered document by id; a file that cannot be read still counts as one."""
    sources: dict[str, Source] = {}
    for (name,), layers in reading.folder.matching(r"sources/(.+)\.yaml"):
        node = reading.document(layers[-1], "source")
        if node is None or not reading.is_sound(node):
            sources[name] = Source(name, "", "", "", None, "", "copy")
            continue
        sources[name] = Source(
            id=name,
            title=node.text("title"),
            issuer=node.text("issuer"),
            number=node.text("number"),
            date=node.day("date"),
            address=node.text("address"),
            status=node.text("status"),  # type: ignore[arg-type]
            note=node.text("note"),
        )
    return sources


def read_fact_nodes(reading: Reading) -> dict[str, Node]:
    """The entry of each fact; within a layer an id may stand in one file only."""
    entries: dict[str, Node] = {}
    for _, layers in reading.folder.matching(r"facts/(.+)\.yaml"):
        for file in layers:
            node = reading.document(file, "facts")
            for name, entry in ({} if node is None else node.members).items():
                other = entries.get(name)
                if other is not None and _layer(other.file) == _layer(entry.file):
                    message = f"the fact “{name}” stands in {other.file}:{other.line} already"
                    reading.add(entry, message, "keep one of the two")
                entries[name] = entry
    return entries


def _layer(file: str) -> str:
    """The folder a fact file belongs to."""
    return file.rpartition("facts/")[0]


def build_facts(reading: Reading, entries: dict[str, Node]) -> dict[str, Fact]:
    """Facts from their entries; an entry with structural faults is left out."""
    facts: dict[str, Fact] = {}
    for name, node in entries.items():
        if not reading.is_sound(node):
            continue
        kind: ValueType = node.text("type")  # type: ignore[assignment]
        absent = node.get("absent")
        if absent is not None:
            try:
                value = typed(absent.value, kind)
            except ValueError as error:
                message = f"“absent” is not of the fact's type {kind}"
                reading.add(absent, message, str(error))
                value = None
        else:
            value = None
        area = node.file.rpartition("/")[2].removesuffix(".yaml")
        facts[name] = Fact(
            spec=FactSpec(name, label_of(node), kind, node.whole("scale") or 0, node.text("unit")),
            dataset=node.text("dataset"),
            column=node.text("column"),
            sensitivity=node.text("sensitivity"),  # type: ignore[arg-type]
            absent=value,
            codes=node.texts("codes"),
            area=area,
            source=reading.source_of(node),
            doc=node.text("doc"),
        )
    return facts


def read_dataset_nodes(reading: Reading) -> dict[str, Node]:
    """The document of each data set."""
    nodes: dict[str, Node] = {}
    for (name,), layers in reading.folder.matching(r"datasets/(.+)\.yaml"):
        node = reading.document(layers[-1], "dataset")
        if node is not None:
            nodes[name] = node
    return nodes


def build_datasets(reading: Reading, nodes: dict[str, Node]) -> dict[str, Dataset]:
    """Data sets; one with structural faults is left out."""
    datasets: dict[str, Dataset] = {}
    for name, node in nodes.items():
        source = reading.source_of(node)
        if not reading.is_sound(node):
            continue
        datasets[name] = Dataset(
            id=name,
            label=label_of(node),
            system=node.text("system"),
            owner=node.text("owner"),
            kind=node.text("kind"),  # type: ignore[arg-type]
            freshness=node.whole("freshness") or 0,
            cycle=node.text("cycle"),  # type: ignore[arg-type]
            columns=tuple(_column(column) for column in node.children("columns")),
            source=source,
            doc=node.text("doc"),
        )
    return datasets


def _column(node: Node) -> Column:
    low, high = node.get("min"), node.get("max")
    return Column(
        name=node.text("name"),
        type=node.text("type"),  # type: ignore[arg-type]
        fact=node.text("fact") or None,
        required=bool(node.get("required") and node.members["required"].value),
        unit=node.text("unit"),
        scale=node.whole("scale") or 0,
        codes=node.texts("codes"),
        minimum=None if low is None else Decimal(low.text()),
        maximum=None if high is None else Decimal(high.text()),
        note=node.text("note"),
    )


def read_parameter_nodes(reading: Reading) -> dict[str, Node]:
    """The document of each parameter; its name is unique over all areas."""
    nodes: dict[str, Node] = {}
    for (_, name), layers in reading.folder.matching(r"parameters/([^/]+)/([^/]+)\.yaml"):
        node = reading.document(layers[-1], "parameter")
        if node is None:
            continue
        if name in nodes:
            message = f"the parameter “{name}” stands in {nodes[name].file} already"
            reading.add(node, message, "rename one of the two files")
        nodes[name] = node
    return nodes


def build_parameters(reading: Reading, nodes: dict[str, Node]) -> dict[str, Parameter]:
    """Parameters with their dated values, oldest first."""
    parameters: dict[str, Parameter] = {}
    for name, node in nodes.items():
        kind: ValueType = node.text("type", "number")  # type: ignore[assignment]
        values: list[DatedValue] = []
        for item in node.children("values"):
            source = reading.source_of(item)
            if not reading.is_sound(item):
                continue
            start, value = item.day("from"), item.members["value"]
            if start is None:
                continue
            if values and values[-1].start >= start:
                message = f"{start} is not after the value before it ({values[-1].start})"
                place = item.get("from") or item
                reading.add(place, message, "order the values by “from”, oldest first")
            try:
                values.append(DatedValue(start, typed(value.value, kind), source))
            except ValueError as error:
                reading.add(value, f"“{value.text()}” is not of type {kind}", str(error))
        if values:
            parameters[name] = Parameter(
                id=name,
                label=label_of(node),
                unit=node.text("unit"),
                values=tuple(values),
                type=kind,
                doc=node.text("doc"),
            )
    return parameters
