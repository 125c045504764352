"""Checking a source table against its data set: all faults of all rows at once (数据校验)."""

from yanzhen.apps.facts.checking.rows import CheckedTable, check_table

__all__ = ["CheckedTable", "check_table"]
