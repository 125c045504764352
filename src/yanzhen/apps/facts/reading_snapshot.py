"""One enterprise out of a snapshot in milliseconds (快照中的一行)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from yanzhen.apps.arrow import pc, pq
from yanzhen.apps.facts.storage import USCC

_KEPT = 4
"""Snapshots whose index stays in memory: those of today and of the days looked back to."""


@lru_cache(maxsize=_KEPT)
def _index(path: Path) -> tuple[Any, tuple[tuple[str, str], ...]]:
    """Metadata and the first and last code of each row group; a snapshot never changes."""
    metadata = pq.read_metadata(path)
    place = metadata.schema.to_arrow_schema().get_field_index(USCC)
    bounds = []
    for group in range(metadata.num_row_groups):
        statistics = metadata.row_group(group).column(place).statistics
        bounds.append((str(statistics.min), str(statistics.max)))
    return metadata, tuple(bounds)


def read_row(path: Path, uscc: str) -> dict[str, Any] | None:
    """Every column of one enterprise by name; None where the snapshot does not hold it."""
    metadata, bounds = _index(path)
    group = next((i for i, (low, high) in enumerate(bounds) if low <= uscc <= high), None)
    if group is None:
        return None
    with pq.ParquetFile(path, metadata=metadata) as file:
        usccs = file.read_row_group(group, columns=[USCC])[USCC]
        place = pc.index(usccs, uscc).as_py()
        if place < 0:
            return None
        row = file.read_row_group(group, use_threads=False).slice(place, 1)
    return {name: row[name][0].as_py() for name in row.column_names}
