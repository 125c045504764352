"""Checks between files: facts and columns, units, regions, circles (跨文件检查)."""

from collections.abc import Mapping

from yanzhen.packs.hints import did_you_mean, listed
from yanzhen.packs.reader_places import Places
from yanzhen.packs.reading import Reading
from yanzhen.packs.units import unit_factor
from yanzhen.packs.yaml_node import Node


def check_facts_and_columns(
    reading: Reading,
    facts: Mapping[str, Node],
    datasets: Mapping[str, Node],
) -> None:
    """Every fact has its column and every column its fact; types, units and codes agree.

    One mistake gives one fault: where a fact's entry is wrong its column is not blamed too.
    """
    settled: set[str] = set()
    for name, fact in facts.items():
        if not reading.is_sound(fact):
            settled.add(name)
            continue
        if not reading.refer(fact.get("dataset"), datasets, "data set", "datasets/<id>.yaml"):
            settled.add(name)
            continue
        dataset = datasets[fact.text("dataset")]
        columns = {column.text("name"): column for column in dataset.children("columns")}
        where = dataset.file
        if not reading.refer(fact.get("column"), columns, "column", where):
            settled.add(name)
            continue
        column = columns[fact.text("column")]
        fed = column.text("fact")
        if fed == name:
            _check_pair(reading, name, fact, column)
        elif not fed or _home(facts.get(fed)) == _home(fact):
            message = (
                f"the column “{column.text('name')}” in {where}:{column.line} does not feed it"
            )
            reading.add(fact.get("column") or fact, message, f"write “fact: {name}” there")
            settled.add(name)
    for dataset_id, dataset in datasets.items():
        _check_columns(reading, dataset_id, dataset, facts, settled)


def _home(fact: Node | None) -> tuple[str, str]:
    """The data set and column that deliver a fact."""
    return ("", "") if fact is None else (fact.text("dataset"), fact.text("column"))


def _check_columns(
    reading: Reading,
    dataset_id: str,
    dataset: Node,
    facts: Mapping[str, Node],
    settled: set[str],
) -> None:
    seen: dict[str, int] = {}
    for column in dataset.children("columns"):
        name = column.text("name")
        if name in seen:
            message = f"the column “{name}” stands here twice (first on line {seen[name]})"
            reading.add(column, message, "keep one of them")
        seen[name] = column.line
        fed = column.get("fact")
        if not reading.refer(fed, facts, "fact", "facts/<area>.yaml") or fed is None:
            continue
        fact = facts[fed.text()]
        home = _home(fact)
        if fed.text() not in settled and home != (dataset_id, name):
            message = f"the fact “{fed.text()}” comes from {home[0]}, column “{home[1]}”"
            reading.add(fed, message, "remove “fact” here, or move the fact to this column")


def _check_pair(reading: Reading, name: str, fact: Node, column: Node) -> None:
    """Type, unit, decimal places and codes of a fact and its column."""
    kinds = (column.text("type"), fact.text("type"))
    if kinds[0] != kinds[1] and kinds not in {("integer", "number"), ("integer", "money")}:
        message = f"the column is of type {kinds[0]}, its fact “{name}” of type {kinds[1]}"
        reading.add(column.get("type") or column, message, f"write “type: {kinds[1]}”")
        return
    unit, to = column.text("unit"), fact.text("unit")
    if unit and unit_factor(unit, to) is None:
        message = f"the column's unit “{unit}” does not convert to “{to}” of its fact “{name}”"
        reading.add(column.get("unit") or column, message, f"write “unit: {to}”")
    codes = fact.texts("codes")
    for code in column.children("codes"):
        if codes and code.text() not in codes:
            mend = did_you_mean(code.text(), codes) + f" (codes: {listed(codes)})"
            reading.add(code, f"“{code.text()}” is no code of its fact “{name}”", mend.lstrip())


def check_units(
    reading: Reading, places: Places, datasets: Mapping[str, Node], policies: Mapping[str, Node]
) -> None:
    """Owners of data sets and units of clauses are organizations."""
    known = {organization.id for organization in places.organizations}
    where = "organizations.csv"
    for dataset in datasets.values():
        reading.refer(dataset.get("owner"), known, "organization", where)
    for policy in policies.values():
        for clause in policy.children("clauses"):
            reading.refer(clause.get("unit"), known, "organization", where)


def check_regions(reading: Reading, places: Places, policies: Mapping[str, Node]) -> None:
    """A city's policy holds in the city, a county's in one of its districts."""
    codes = {district.code for district in places.districts}
    for policy in policies.values():
        level, region = policy.text("level"), policy.get("region")
        if level == "市":
            reading.refer(region, reading.folder.codes, "city", "city.yaml")
        elif level == "县":
            reading.refer(region, codes, "district", "territory/districts.csv")


def check_circles(reading: Reading, uses: Mapping[str, Mapping[str, Node]]) -> None:
    """No decision may rest on itself, directly or through others; each circle is named once.

    Args:
        reading: takes the faults.
        uses: for every rule the decisions it names, with the place of the first use.
    """
    finished: set[str] = set()
    for first in uses:
        trail: list[str] = []
        _follow(reading, uses, first, trail, finished)


def _follow(
    reading: Reading,
    uses: Mapping[str, Mapping[str, Node]],
    name: str,
    trail: list[str],
    finished: set[str],
) -> None:
    if name in finished:
        return
    trail.append(name)
    for used, place in uses.get(name, {}).items():
        if used in trail:
            circle = " → ".join([*trail[trail.index(used) :], used])
            message = f"decisions rest on one another in a circle: {circle}"
            reading.add(place, message, "take one of these names out")
        else:
            _follow(reading, uses, used, trail, finished)
    trail.pop()
    finished.add(name)
