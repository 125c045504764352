"""Decisions as workbooks that people print, sign and edit, and back (决策表 Excel 往返).

``write_table_book`` lays a decision out, one sheet for each table; ``read_table_book`` reads what
came back, with every fault at its cell; ``give_back`` returns the book with 错误说明; ``to_yaml``
writes the decision as a file of a city folder.
"""

from yanzhen.engines.dmn.excel.giving_back import give_back
from yanzhen.engines.dmn.excel.read import read_table_book
from yanzhen.engines.dmn.excel.report import BookFault, BookNote, ReadBook
from yanzhen.engines.dmn.excel.write import write_table_book
from yanzhen.engines.dmn.excel.yaml_form import to_yaml

__all__ = [
    "BookFault",
    "BookNote",
    "ReadBook",
    "give_back",
    "read_table_book",
    "to_yaml",
    "write_table_book",
]
