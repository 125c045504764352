"""The words on the sheets: hit policies, types, headings, help (表中用语)."""

from typing import Final, Literal

from yanzhen.engines.dmn.model import HitPolicy, ValueType
from yanzhen.kernel.normalize.text import to_half_width

FORMAT: Final = "yanzhen-table-book 1"
"""First cell of the hidden sheet: what the book is, and the version of its layout."""
HIDDEN: Final = "_系统"
"""Name of the hidden sheet."""
STEPS_SHEET: Final = "规则步骤"
ERROR_HEADING: Final = "错误说明"
OPEN_END: Final = "长期"
RESULT_PART: Final = "（结果）"
"""Part name of the table that is the result of a boxed context."""

Kind = Literal["text", "number", "date", "boolean"]
"""What the cells of a column hold, where that is known."""

HITS: Final[dict[HitPolicy, str]] = {
    "U": "唯一（U）：最多一行成立",
    "A": "任意（A）：可有多行成立，结果必须相同",
    "P": "优先（P）：取可选值中排在最前的结果",
    "F": "首行（F）：取自上而下第一个成立的行",
    "R": "行序（R）：列出全部成立的行，按行序",
    "O": "级序（O）：列出全部成立的行，按可选值的先后",
    "C": "汇集（C）：列出全部成立的行",
    "C+": "求和（C+）：各成立行的结果相加",
    "C<": "最小（C<）：取各成立行结果的最小值",
    "C>": "最大（C>）：取各成立行结果的最大值",
    "C#": "计数（C#）：数有几个不同的结果",
}
TYPES: Final[dict[ValueType, str]] = {
    "any": "不限",
    "boolean": "是非",
    "integer": "整数",
    "number": "数字",
    "money": "金额（元）",
    "text": "文字",
    "date": "日期",
    "date and time": "日期和时间",
    "context": "多项",
}
KIND_OF: Final[dict[ValueType, Kind]] = {
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "money": "number",
    "text": "text",
    "date": "date",
}
TYPE_OF_KIND: Final[dict[Kind, ValueType]] = {
    "boolean": "boolean",
    "number": "number",
    "text": "text",
    "date": "date",
}

# headings of the decision's own lines
ID, NAME_ZH, NAME_EN, RESULT_TYPE = "规则编号", "规则名称", "英文名称", "结果类型"
VERSION, START, END = "版本", "有效期自", "有效期至"
SOURCE, ARTICLE, SOURCE_NOTE, STATUS, DOC = "依据", "依据条款", "依据备注", "规则性质", "说明"
SOURCE_WORDS, MADE_ON = "依据全称", "制表日期"
OFFICIAL, TYPICAL = "依据原文", "自行拟定"
# headings of a table's lines
OWNER, PART, PART_LABEL, HIT = "所属规则", "步骤编号", "步骤名称", "命中方式"
# markers in the first column, above the rows
ROLE, LABEL, EXPRESSION, TYPE, ALLOWED, DEFAULT = (
    "列别",
    "列名",
    "表达式",
    "类型",
    "可选值",
    "默认值",
)
HEADER_MARKS: Final = (ROLE, LABEL, EXPRESSION, TYPE, ALLOWED, DEFAULT)
INPUT, OUTPUT, NOTE, CITED_SOURCE, CITED_NOTE = "条件", "结果", "备注", "依据来源", "依据说明"
ROLES: Final = (INPUT, OUTPUT, NOTE, ARTICLE, CITED_SOURCE, CITED_NOTE)
# columns and kinds of the steps sheet
NUMBER, STEP_ID, STEP_LABEL, STEP_KIND, STEP_TEXT = "序号", "编号", "名称", "类别", "表达式"
K_EXPRESSION, K_TABLE, K_CONDITIONS, K_CONDITION, K_EXCLUSION, K_AMOUNT, K_RESULT = (
    "表达式",
    "决策表",
    "条件组",
    "条件",
    "排除",
    "金额",
    "结果",
)
STEP_KINDS: Final = (
    K_EXPRESSION,
    K_TABLE,
    K_CONDITIONS,
    K_CONDITION,
    K_EXCLUSION,
    K_AMOUNT,
    K_RESULT,
)
SIGNATURES: Final = ("拟稿", "审核", "签发", "日期")
PASSED_OVER: Final = ("合计", "总计", "小计", "注:", "备注:", "说明:", "填表说明", "本表")
"""A row whose first words are one of these is no row of the table."""

CELL_HELP: Final = (
    "条件单元格的写法：\n"
    ">= 5  不小于 5（也可写 ≥5、5以上）\n"
    "[1..3)  从 1（含）到 3（不含）\n"
    '"甲", "乙"  甲或者乙\n'
    'not("甲")  除甲以外\n'
    "-  不限（留空也是不限）\n"
    '>= @"2026-01-01"  日期\n'
    "true / false  是 / 否"
)
RESULT_HELP: Final = (
    "结果单元格的写法：\n"
    "20 或 0.03  数字（不带单位）\n"
    '"甲"  文字加英文引号\n'
    '@"2026-01-01"  日期\n'
    "true / false  是 / 否\n"
    "2000 * 万  也可以写算式\n"
    "null  没有值；不能留空"
)


def plain(text: object) -> str:
    """A heading without what people change in passing: spaces, width, a colon at its end.

    >>> plain(" 命中 方式： ")
    '命中方式'
    """
    if not isinstance(text, str):
        return ""
    return "".join(to_half_width(text).split()).rstrip(":")


def hit_of(text: str) -> HitPolicy | None:
    """The hit policy that a cell names by letter, by word or as the list offers it.

    >>> hit_of("求和（C+）：各成立行的结果相加"), hit_of("首行"), hit_of("x")
    ('C+', 'F', None)
    """
    given = plain(text)
    for code, words in HITS.items():
        offered = plain(words)
        bracketed = f"({code})"
        if given.upper() == code or given == offered.partition("(")[0] or bracketed in given:
            return code
    return None


def type_of(text: str) -> ValueType | None:
    """The type that a cell names; None where it names none.

    >>> type_of("金额"), type_of("text"), type_of("颜色")
    ('money', 'text', None)
    """
    given = plain(text)
    for kind, words in TYPES.items():
        if given in {kind.replace(" ", ""), plain(words), plain(words).partition("(")[0]}:
            return kind
    return None
