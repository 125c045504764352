"""Arrow under types that help (列式数据).

The published stubs describe every function by dozens of overloads, one for each type of value; a
column whose type is known only from a city folder fits none of them. So columns are just columns
here: what is in them is said in docstrings and held by tests.
"""

from typing import Any

import pyarrow as _pa  # noqa: ICN001 -- its usual name is given below, with a type
import pyarrow.compute as _pc
import pyarrow.csv as _csv
import pyarrow.parquet as _pq

type Values = Any
"""One column in one piece: a ``pyarrow.Array``, or a column of a table in pieces."""

type Table = Any
"""Columns by name: a ``pyarrow.Table``."""

type Kind = Any
"""The type of a column: a ``pyarrow.DataType``."""

pa: Any = _pa
pc: Any = _pc
pq: Any = _pq
pacsv: Any = _csv

__all__ = ["Kind", "Table", "Values", "pa", "pacsv", "pc", "pq"]
