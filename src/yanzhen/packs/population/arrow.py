"""Arrow without its stubs: here the type of a column comes from a city folder, at run time."""

from typing import Any

import pyarrow as _pa  # noqa: ICN001 -- its usual name is given below
import pyarrow.compute as _pc
import pyarrow.csv as _csv
import pyarrow.parquet as _pq

type Values = Any
"""Values of one column: a ``pyarrow.Array`` or ``ChunkedArray``."""

pa: Any = _pa
pc: Any = _pc
pacsv: Any = _csv
pq: Any = _pq
