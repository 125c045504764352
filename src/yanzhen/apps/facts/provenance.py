"""Where each value comes from, why it counts, and what lost to it (取值说明)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yanzhen.apps.facts.models import Correction, DataLoad
from yanzhen.packs.model import Dataset, Fact


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that was considered for a fact and lost.

    Attributes:
        value: in the fact's type, None where blank.
        as_of: the day that it speaks of.
        received_on: the day on which it came.
        source: name of the file, or the document behind a correction.
        why: why it lost, in Chinese.
    """

    value: Any
    as_of: date
    received_on: date
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class FactValue:
    """One fact of one enterprise, with everything that a person may ask of it.

    Attributes:
        fact: the entry of the dictionary.
        value: None where unknown.
        known: whether there is a value.
        dataset: the data set that delivers it, None where the city has none.
        as_of: the day that the value speaks of, None where nothing came.
        received_on: the day on which it came.
        why: why this value and no other, in Chinese.
        is_late: the data set is older than its objective.
        correction: the correction behind it, if it is one.
        load: the load behind it, None for a correction or where nothing came.
        lost: what lost to it, newest first; filled in only when asked for.
    """

    fact: Fact
    value: Any
    known: bool
    dataset: Dataset | None
    as_of: date | None
    received_on: date | None
    why: str
    is_late: bool = False
    correction: Correction | None = None
    load: DataLoad | None = None
    lost: tuple[Candidate, ...] = ()

    @property
    def source(self) -> str:
        """What people call the data set; for a correction the document behind it."""
        if self.correction is not None:
            return self.correction.source
        return "" if self.dataset is None else self.dataset.label.zh

    @property
    def system(self) -> str:
        """Name of the source system."""
        return "" if self.dataset is None else self.dataset.system

    @property
    def owner(self) -> str:
        """Id of the organization that owns the source."""
        return "" if self.dataset is None else self.dataset.owner


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh one data set is on a day (数据时效).

    Attributes:
        dataset: the data set.
        load: its newest load, None where nothing came.
        days_old: days since the last as-of day.
        is_missing: nothing came.
        is_late: older than its objective.
        rows: accepted rows with those of files that mend it.
        linked: rows that belong to an enterprise.
        rejected: rows given back.
        in_review: rows that wait for a person.
    """

    dataset: Dataset
    load: DataLoad | None
    days_old: int | None
    is_missing: bool
    is_late: bool
    rows: int = 0
    linked: int = 0
    rejected: int = 0
    in_review: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a snapshot stands on, for explaining its values.

    Attributes:
        loads: the loads that spoke for each data set, the winner first.
        corrections: verified corrections of the enterprise by fact, the winner first.
        waiting: its corrections that nobody verified yet, by fact.
    """

    loads: dict[str, tuple[DataLoad, ...]]
    corrections: dict[str, list[Correction]]
    waiting: dict[str, list[Correction]]

    def main(self, dataset: str) -> DataLoad | None:
        """The newest load of a data set that is no mend of another."""
        whole = (load for load in self.loads.get(dataset, ()) if load.supplements_id is None)
        return next(whole, None)
