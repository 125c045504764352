"""Books to edit as offices do: a small decision, its workbook, changed cells."""

from datetime import date
from io import BytesIO

import openpyxl

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import read_table_book, write_table_book
from yanzhen.engines.feel import parse, parse_unary_tests
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label

DAY = date(2026, 1, 1)
NAMES = ("营业收入", "行业", "入库日期", "严重失信", "企业规模", "研发费用")
ROLE_ROW, LABEL_ROW, EXPRESSION_ROW, TYPE_ROW, ALLOWED_ROW, DEFAULT_ROW = range(17, 23)
FIRST_ROW = 23
"""Rows of the sheet of ``decision``, as a spreadsheet numbers them."""


def expression(text):
    return m.Expression(text, parse(text))


def tests(*texts):
    return tuple(parse_unary_tests(text) for text in texts)


def row(cells, outputs, note="", article=""):
    citation = Citation("s", article, note) if article else None
    return m.Rule(tests(*cells), tuple(map(expression, outputs)), tuple(cells), note, citation)


TABLE = m.Table(
    "F",
    tuple(m.InputClause(expression(name), name) for name in NAMES[:4]),
    (
        m.OutputClause("points", "分值", "number"),
        m.OutputClause("grade", "档次", "text", tuple(map(expression, ('"甲"', '"乙"')))),
    ),
    (
        row((">= 2000", '"C"', '>= @"2020-01-01"', "false"), ("20", '"甲"'), "规模以上", "第二条"),
        row(("[500..2000)", '"C", "D"', "-", "-"), ("10", '"乙"')),
        row(("-", "-", "-", "true"), ("0", '"乙"'), "其余"),
    ),
)


def decision(logic=TABLE, **more):
    given = {"type": "context", "version": "2026-01-01", "start": DAY, "citation": Citation("s")}
    return m.Decision("points", Label("评分", "Points"), logic, **{**given, **more})


def book(one=None):
    return write_table_book(one or decision(), title="评分表", source_words="某办法", made_on=DAY)


def edited(change, content=None):
    """The book after ``change(sheet, workbook)`` in a spreadsheet program."""
    workbook = openpyxl.load_workbook(BytesIO(content or book()))
    change(workbook.worksheets[0], workbook)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_cells(cells, content=None):
    """The book with other values in some cells."""

    def change(sheet, _):
        for name, value in cells.items():
            sheet[name] = value

    return edited(change, content)


def read(content):
    return read_table_book(content, names=NAMES)
