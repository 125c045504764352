"""What a city folder says, read and checked: plain frozen values, no files left to open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from yanzhen.engines.dmn.model import Book, Conditions, Decision, FactSpec, ValueType
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label

Sensitivity = Literal["public", "internal", "sensitive"]
Status = Literal["official", "typical"]
"""``official``: as an authority wrote it; ``typical``: our own wording or numbers, marked so."""


@dataclass(frozen=True, slots=True)
class Source:
    """One registered document (来源文件)."""

    id: str
    title: str
    issuer: str
    number: str
    date: date | None
    address: str
    status: Literal["official", "copy", "design"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a data set: its heading in the file, type, unit, and the fact it feeds."""

    name: str
    type: ValueType
    fact: str | None
    required: bool
    unit: str
    scale: int
    codes: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One of the city's source data sets (来源数据集).

    Attributes:
        id: such as ``tax_annual``.
        label: what people call it.
        system: name of the source system.
        owner: id of the owning organization.
        kind: ``register`` feeds the registry; ``state`` one row an enterprise as of a day; ``list``
            a list whose absence means no (失信名单); ``history`` several rows an enterprise.
        freshness: how many days old it may be.
        cycle: how often it comes, in words of the field (``monthly`` …).
        columns: in file order; the first is the enterprise's code.
        source: id of the registered source that defines it.
    """

    id: str
    label: Label
    system: str
    owner: str
    kind: Literal["register", "state", "list", "history"]
    freshness: int
    cycle: Literal["daily", "weekly", "monthly", "quarterly", "yearly"]
    columns: tuple[Column, ...]
    source: str
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the fact dictionary (事实字典).

    ``absent`` is the value for an enterprise that a received data set does not mention: None
    means unknown; a list data set says False.
    """

    spec: FactSpec
    dataset: str
    column: str
    sensitivity: Sensitivity
    absent: Any
    codes: tuple[str, ...]
    area: str
    source: str
    doc: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter, from a day on."""

    start: date
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated parameter (参数)."""

    id: str
    label: Label
    unit: str
    values: tuple[DatedValue, ...]
    type: ValueType = "number"
    doc: str = ""

    def on(self, day: date) -> Any:
        """The value in force on ``day``, or None before the first."""
        in_force = [value.value for value in self.values if value.start <= day]
        return in_force[-1] if in_force else None


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule must answer, and why (样例).

    Attributes:
        name: the case in words.
        on: the day on which it is decided.
        given: facts, parameters and decisions by id, each of its declared type.
        expect: the result; decimals inside a mapping or list may be text.
        because: why, usually an article.
        amount: yuan if the verdict is yes; None where the example says nothing of money.
        missing: ids of exactly the missing facts; None where the example does not say.
        file: path of the file inside the city folder.
        line: 1-based line in it.
        clause: id of the clause, for an example of a policy.
    """

    name: str
    on: date
    given: Mapping[str, Any]
    expect: Any
    because: str = ""
    amount: Decimal | None = None
    missing: tuple[str, ...] | None = None
    file: str = ""
    line: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class DecisionFamily:
    """All versions of one decision, oldest first, with its examples."""

    name: str
    versions: tuple[Decision, ...]
    examples: tuple[Example, ...] = ()

    def on(self, day: date) -> Decision | None:
        """The version in force on ``day``, or None."""
        for version in reversed(self.versions):
            if (version.start is None or version.start <= day) and (
                version.end is None or day <= version.end
            ):
                return version
        return None


Mode = Literal["免申即享", "即申即享", "承诺兑现", "快申快享", "评审"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a policy (政策条款): who, on what conditions, gets what, when and how."""

    id: str
    label: Label
    theme: str
    kind: str
    mode: Mode
    article: str
    text: str
    unit: str
    logic: Conditions
    start: date | None
    end: date | None
    event: str | None = None
    group: str = ""
    group_rule: str = ""
    budget: Decimal | None = None
    window: str = ""
    redeem_days: int | None = None
    publicity_days: int | None = None
    status: Status = "official"
    card: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy (惠企政策) with its clauses, oldest version of each first."""

    id: str
    label: Label
    issuer: str
    level: Literal["国家", "省", "市", "县"]
    number: str
    issued: date
    start: date
    end: date | None
    region: str
    theme: str
    status: Status
    source: str
    clauses: tuple[Clause, ...]
    text: str
    examples: tuple[Example, ...]
    review: str = ""

    def families(self) -> dict[str, tuple[Clause, ...]]:
        """The versions of each clause by its id, oldest first."""
        found: dict[str, tuple[Clause, ...]] = {}
        for clause in self.clauses:
            found[clause.id] = (*found.get(clause.id, ()), clause)
        return found

    def clause_on(self, clause_id: str, day: date) -> Clause | None:
        """The version of a clause in force on ``day``, or None.

        For a clause with an event, ``day`` is the day of the event.
        """
        for clause in self.clauses:
            begun = clause.start is None or clause.start <= day
            if clause.id == clause_id and begun and (clause.end is None or day <= clause.end):
                return clause
        return None


@dataclass(frozen=True, slots=True)
class District:
    """A county, district or functional zone (区县、功能区), valid over a period."""

    code: str
    name: str
    kind: Literal["district", "county", "city", "zone"]
    parent: str
    start: date | None
    end: date | None
    successor: str
    hex_q: int
    hex_r: int


@dataclass(frozen=True, slots=True)
class Community:
    """An enterprise community (企业社区)."""

    id: str
    name: str
    district: str
    head_unit: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid (网格) of a community, with the rule that puts enterprises in it."""

    id: str
    name: str
    community: str
    towns: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Squad:
    """A finance service squad (金融顾问小分队)."""

    id: str
    name: str
    district: str
    lead: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A department, county government, bank or guarantee institution (机构)."""

    id: str
    name: str
    short: str
    kind: Literal["department", "government", "zone", "bank", "guarantee", "operator", "platform"]
    parent: str
    district: str
    uscc: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """One city folder, read whole (城市文件夹)."""

    path: Path
    id: str
    label: Label
    code: str
    version: str
    hash: str
    brands: Mapping[str, str]
    apps: tuple[str, ...]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    datasets: Mapping[str, Dataset]
    parameters: Mapping[str, Parameter]
    decisions: Mapping[str, DecisionFamily]
    policies: Mapping[str, Policy]
    districts: tuple[District, ...]
    towns: tuple[tuple[str, str, str], ...]
    communities: tuple[Community, ...]
    grids: tuple[Grid, ...]
    squads: tuple[Squad, ...]
    organizations: tuple[Organization, ...]
    calendar: tuple[Mapping[str, str], ...]
    glossary: tuple[Mapping[str, str], ...]
    demo: Mapping[str, Any] = field(default_factory=dict)
    books: dict[date, Book] = field(default_factory=dict, compare=False, repr=False)


__all__ = [
    "Book",
    "Citation",
    "City",
    "Clause",
    "Column",
    "Community",
    "Dataset",
    "DatedValue",
    "Decision",
    "DecisionFamily",
    "District",
    "Example",
    "Fact",
    "Grid",
    "Label",
    "Mode",
    "Organization",
    "Parameter",
    "Policy",
    "Sensitivity",
    "Source",
    "Squad",
    "Status",
]
