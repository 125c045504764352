"""Reading source files: CSV, XLSX and Parquet, as offices send them (来源文件的读取)."""

from yanzhen.apps.facts.reading.source import SourceTable, read_source
from yanzhen.apps.facts.reading.template import write_template

__all__ = ["SourceTable", "read_source", "write_template"]
