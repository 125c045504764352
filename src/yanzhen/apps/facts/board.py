"""Data sets on one page: who owns them, how old they are, what was refused (数据集看板)."""

from dataclasses import dataclass
from datetime import date

from yanzhen.apps.facts.enums import LoadState
from yanzhen.apps.facts.models import DataLoad
from yanzhen.apps.organizations.city import current_city
from yanzhen.packs.model import Dataset


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """One data set with its newest load; ``as_of`` is None where nothing has ever come."""

    dataset: Dataset
    owner: str
    as_of: date | None
    age: int | None
    late: bool
    rows: int
    rejected: int
    in_review: int


def dataset_board(day: date) -> list[DatasetLine]:
    """Every data set of the city as of ``day``, in the folder's order."""
    city = current_city()
    owners = {o.id: o.short or o.name for o in city.organizations}
    newest: dict[str, DataLoad] = {}
    loads = DataLoad.objects.filter(state=LoadState.DONE, received_on__lte=day)
    for load in loads.order_by("as_of", "received_on", "pk"):
        newest[load.dataset] = load
    return [
        _line(dataset, owners.get(dataset.owner, dataset.owner), newest.get(name), day)
        for name, dataset in city.datasets.items()
    ]


def _line(dataset: Dataset, owner: str, load: DataLoad | None, day: date) -> DatasetLine:
    if load is None:
        return DatasetLine(dataset, owner, None, None, late=True, rows=0, rejected=0, in_review=0)
    age = (day - load.as_of).days
    return DatasetLine(
        dataset,
        owner,
        load.as_of,
        age,
        late=age > dataset.freshness,
        rows=load.rows,
        rejected=load.rejected,
        in_review=load.in_review,
    )
