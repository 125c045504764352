"""Read a city folder whole and report every fault at once (读取与检查城市文件夹)."""

from pathlib import Path

from yanzhen.kernel.errors import Fault, PackError
from yanzhen.packs.checks import (
    check_circles,
    check_facts_and_columns,
    check_regions,
    check_units,
)
from yanzhen.packs.checks_rules import check_rules
from yanzhen.packs.expressions import Expressions
from yanzhen.packs.files import open_folder
from yanzhen.packs.model import City
from yanzhen.packs.reader_decisions import Builder, build_decisions, newest, read_decision_files
from yanzhen.packs.reader_examples import ExampleReader
from yanzhen.packs.reader_facts import (
    build_datasets,
    build_facts,
    build_parameters,
    read_dataset_nodes,
    read_fact_nodes,
    read_parameter_nodes,
    read_sources,
)
from yanzhen.packs.reader_names import collect_names
from yanzhen.packs.reader_places import read_places
from yanzhen.packs.reader_policies import build_policies, read_policy_nodes
from yanzhen.packs.reading import Reading, label_of
from yanzhen.packs.yaml_node import Node


def read_city(path: Path) -> City:
    """Read a city folder.

    Args:
        path: the folder, with ``city.yaml`` in it.

    Raises:
        PackError: it has faults; the error holds all of them.
    """
    city, faults = check_city(path)
    if faults or city is None:
        raise PackError(faults)
    return city


def check_city(path: Path) -> tuple[City | None, list[Fault]]:
    """Read a city folder as far as it goes.

    Args:
        path: the folder.

    Returns:
        The city and its faults in order of file and line. With faults, the city lacks the parts
        that have them: fit to be looked at, not to decide with. None without a sound ``city.yaml``.
    """
    reading = Reading(open_folder(path))
    city = _read(reading)
    return city, _in_order(reading.folder.faults, reading.faults)


def _in_order(spelling: list[Fault], others: list[Fault]) -> list[Fault]:
    """Faults by place; where YAML itself is at fault, what follows from it is left out."""
    caused = {(fault.file, fault.line, fault.key) for fault in spelling}
    left = [fault for fault in others if (fault.file, fault.line, fault.key) not in caused]
    return PackError([*spelling, *dict.fromkeys(left)]).faults


def _read(reading: Reading) -> City | None:
    node = reading.folder.city
    if node is None:
        return None
    reading.checked(node, "city")
    sources = reading.sources
    sources.update(read_sources(reading))
    fact_nodes = read_fact_nodes(reading)
    dataset_nodes = read_dataset_nodes(reading)
    parameter_nodes = read_parameter_nodes(reading)
    decision_files = read_decision_files(reading)
    policy_nodes = read_policy_nodes(reading)
    names = collect_names(
        reading,
        (
            ("fact", fact_nodes),
            ("parameter", parameter_nodes),
            ("decision", newest(decision_files)),
        ),
    )
    facts = build_facts(reading, fact_nodes)
    datasets = build_datasets(reading, dataset_nodes)
    parameters = build_parameters(reading, parameter_nodes)
    check_facts_and_columns(reading, fact_nodes, dataset_nodes)
    builder = Builder(reading, Expressions(reading, names, facts))
    families = build_decisions(builder, decision_files)
    policies = build_policies(builder, policy_nodes)
    check_circles(reading, builder.uses)
    places = read_places(reading)
    check_units(reading, places, dataset_nodes, policy_nodes)
    check_regions(reading, places, policy_nodes)
    examples = ExampleReader(builder, parameters, families)
    families = examples.decisions()
    policies = examples.policies(policies, policy_nodes)
    demo = _demo(reading)
    if not reading.is_sound(node):
        return None
    city = City(
        path=reading.folder.path,
        id=node.text("id"),
        label=label_of(node),
        code=node.text("code"),
        version=node.text("version"),
        hash=reading.folder.hash,
        brands=_texts(node.get("brands")),
        apps=node.texts("apps"),
        sources=sources,
        facts=facts,
        datasets=datasets,
        parameters=parameters,
        decisions=families,
        policies=policies,
        districts=places.districts,
        towns=places.towns,
        communities=places.communities,
        grids=places.grids,
        squads=places.squads,
        organizations=places.organizations,
        calendar=places.calendar,
        glossary=places.glossary,
        demo=demo,
    )
    if not reading.faults and not reading.folder.faults:
        check_rules(reading, city, builder.places)
    return city


def _texts(node: Node | None) -> dict[str, str]:
    return {} if node is None else {name: item.text() for name, item in node.members.items()}


def _demo(reading: Reading) -> dict[str, object]:
    """``demo.yaml``, a child's keys over its parent's; its maker checks what it says."""
    merged: dict[str, object] = {}
    for file in reading.folder.files.get("demo.yaml", []):
        node = reading.document(file, "demo")
        if node is not None and node.members:
            merged |= node.plain()
    return merged
