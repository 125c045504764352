"""Which of several values of one fact wins (取值规则).

1. A verified correction wins over everything delivered; of two, the one with the later day.
2. Otherwise the newest delivery of the data set wins: the later as-of day, then the later day of
   receipt, then the later load. A mended file of the same day adds to it row by row.
3. A register is the sum of its files: an enterprise that the newest one does not mention keeps
   its row of the one before. Every other data set speaks for itself alone: an enterprise that
   the newest delivery does not mention is unknown, or has the value that the dictionary gives
   to the absent.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from yanzhen.apps.facts.enums import CorrectionState, LoadState
from yanzhen.apps.facts.models import Correction, DataLoad
from yanzhen.packs.model import Dataset

WHY_CORRECTED: Final = "已核实的更正优先"
WHY_NEWEST: Final = "该数据集最近一期"
WHY_ABSENT: Final = "最近一期名单未列入，按字典约定取值"
WHY_UNKNOWN: Final = "最近一期未包含该企业，或该项未填"
WHY_MISSING: Final = "数据集尚未收到"
LOST_TO_CORRECTION: Final = "被已核实的更正取代"
LOST_TO_NEWER: Final = "被更新一期的数据取代"
LOST_UNVERIFIED: Final = "更正尚未核实"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The loads that speak for one data set on one day: the newest one, and files that mend it.

    For a register ``loads`` are all of them; the first one wins for each enterprise.
    """

    dataset: Dataset
    loads: tuple[DataLoad, ...]

    @property
    def main(self) -> DataLoad | None:
        """The newest load; None where nothing was received."""
        whole = [load for load in self.loads if load.supplements_id is None]
        return whole[0] if whole else None


def done_loads(dataset: str, day: date) -> QuerySet[DataLoad]:
    """Finished loads of a data set known on ``day``, the winner first."""
    known = DataLoad.objects.filter(
        dataset=dataset, state=LoadState.DONE, as_of__lte=day, received_on__lte=day
    )
    return known.order_by("-as_of", "-received_on", "-pk")


def delivery_on(dataset: Dataset, day: date) -> Delivery:
    """What speaks for ``dataset`` on ``day``; of several loads the first wins."""
    loads = list(done_loads(dataset.id, day))
    if dataset.kind == "register":
        return Delivery(dataset, tuple(loads))
    newest = next((load for load in loads if load.supplements_id is None), None)
    if newest is None:
        return Delivery(dataset, ())
    mends = [load for load in loads if load.supplements_id == newest.pk]
    return Delivery(dataset, (*mends, newest))


def verified_corrections(day: date) -> QuerySet[Correction]:
    """Corrections that hold on ``day``, the winner of each fact last."""
    known = Correction.objects.filter(
        state=CorrectionState.VERIFIED, as_of__lte=day, decided_on__lte=day
    )
    return known.select_related("enterprise").order_by("as_of", "decided_on", "pk")
