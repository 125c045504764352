"""Files of the data folder: written whole or not at all, read by enterprise (数据文件)."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from yanzhen.apps.arrow import Table, pa, pc, pq

ROW, CODE, NAME, USCC = "_row", "_code", "_name", "uscc"
"""Columns that a load's file has before those of its data set."""

GROUP = 4096
"""Rows in a row group: few enough to read one enterprise in milliseconds."""


def data_path(relative: str) -> Path:
    """A file inside the data folder; its folder is made if need be."""
    path = Path(settings.YANZHEN_DATA_DIR) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write_parquet(table: Table, relative: str) -> Path:
    """Write a table under its final name only when it is complete."""
    path = data_path(relative)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(
            table,
            half,
            row_group_size=GROUP,
            compression="zstd",
            compression_level=1,
            write_statistics=[USCC],
            use_dictionary=[f.name for f in table.schema if not pa.types.is_decimal(f.type)],
        )
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def read_enterprise(path: Path, uscc: str, columns: Sequence[str] | None = None) -> Table:
    """The rows of one enterprise out of a file that is sorted by ``uscc``."""
    file = pq.ParquetFile(path)
    groups = [i for i in range(file.num_row_groups) if _may_hold(file.metadata, i, uscc)]
    table = file.read_row_groups(groups, columns=None if columns is None else [*columns, USCC])
    return table.filter(pc.equal(table[USCC], uscc))


def _may_hold(metadata: Any, group: int, uscc: str) -> bool:
    place = metadata.schema.to_arrow_schema().get_field_index(USCC)
    statistics = metadata.row_group(group).column(place).statistics
    if statistics is None or not statistics.has_min_max:
        return False
    return bool(statistics.min <= uscc <= statistics.max)
