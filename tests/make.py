"""Records for tests, by plain functions: a small city, people, source files, a filled registry."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.enterprises.services import RegisterReport, write_register
from yanzhen.apps.facts.models import DataLoad
from yanzhen.apps.facts.services import load_file
from yanzhen.engines.dmn.model import FactSpec, ValueType
from yanzhen.kernel.identifiers import make_uscc
from yanzhen.kernel.labels import Label
from yanzhen.packs.model import (
    City,
    Column,
    Community,
    Dataset,
    District,
    Fact,
    Grid,
    Organization,
)

DAY = date(2026, 11, 20)
CODE, NAME = "统一社会信用代码", "企业名称"


def code(n: int, *, prefix: str = "91") -> str:
    """A valid unified code, another for each ``n`` below 100,000."""
    return make_uscc(prefix[0], prefix[1], "330802", f"MA2{n:05d}")


def user(role: Role, username: str = "", **fields: str) -> User:
    """An account in a role."""
    return User.objects.create_user(username or role.value, role=role, password="x", **fields)


def column(name: str, kind: ValueType, fact: str | None = None, **extra: Any) -> Column:
    """A column of a data set."""
    given = {"required": False, "unit": "", "scale": 0, **extra}
    return Column(name=name, type=kind, fact=fact, **given)


def dataset(name: str, kind: str, columns: Sequence[Column], *, freshness: int = 60) -> Dataset:
    """A data set with code and name as its first columns, unless it is a register."""
    first = [column(CODE, "text", required=True), column(NAME, "text", required=True)]
    return Dataset(
        id=name,
        label=Label(name, name),
        system=f"{name}系统",
        owner="office",
        kind=kind,
        freshness=freshness,
        cycle="monthly",
        columns=(*(() if kind == "register" else first), *columns),
        source="sample",
    )


def fact(name: str, zh: str, kind: ValueType, in_dataset: str, **extra: Any) -> Fact:
    """An entry of the fact dictionary."""
    spec = FactSpec(name, Label(zh, name), kind, extra.pop("scale", 0), extra.pop("unit", ""))
    given = {"sensitivity": "internal", "absent": None, "codes": (), "area": "all", **extra}
    return Fact(spec=spec, dataset=in_dataset, column=zh, source="sample", **given)


REGISTRATION = dataset(
    "registration",
    "register",
    [
        column(CODE, "text", "uscc", required=True),
        column(NAME, "text", "name", required=True),
        column("主体类别", "text", "entity_kind", required=True, codes=("企业", "个体工商户")),
        column("成立日期", "date", "founded_on", required=True),
        column("登记状态", "text", "status", required=True),
        column("注册资本", "money", "registered_capital", unit="万元", scale=2),
        column("行业代码", "text", "industry"),
        column("所在区县", "text", "district", required=True),
        column("功能区", "text", "zone"),
        column("所在乡镇", "text", "town"),
        column("前身代码", "text", "predecessor"),
        column("注销日期", "date", "closed_on"),
        column("法定代表人", "text"),
        column("登记地址", "text"),
        column("旧注册号", "text"),
    ],
    freshness=2,
)
RETURNS = dataset(
    "returns",
    "state",
    [
        column("营业收入", "money", "revenue", unit="万元", scale=2, minimum=Decimal(0)),
        column("从业人数", "integer", "employees", unit="人", minimum=Decimal(0)),
        column("出口企业", "boolean", "exporting"),
        column("许可日期", "date", "licensed_on"),
        column("等级", "text", "grade", codes=("A", "B")),
        column("研发占比", "number", "rd_share", scale=4, minimum=Decimal(0), maximum=Decimal(1)),
    ],
)
BLACKLIST = dataset("blacklist", "list", [column("严重失信", "boolean", "dishonest")], freshness=7)
LEDGER = dataset(
    "ledger",
    "history",
    [
        column("已获奖励", "boolean", "awarded"),
        column("累计奖励", "money", "award_total", unit="元", scale=2),
    ],
)
_TEXT_FACTS = {
    "uscc": CODE,
    "name": NAME,
    "entity_kind": "主体类别",
    "status": "登记状态",
    "industry": "行业代码",
    "district": "所在区县",
    "zone": "功能区",
    "town": "所在乡镇",
    "predecessor": "前身代码",
}
FACTS = (
    *(fact(name, zh, "text", "registration") for name, zh in _TEXT_FACTS.items()),
    fact("founded_on", "成立日期", "date", "registration"),
    fact("closed_on", "注销日期", "date", "registration"),
    fact("registered_capital", "注册资本", "money", "registration", unit="元", scale=2),
    fact("revenue", "营业收入", "money", "returns", unit="元", scale=2),
    fact("employees", "从业人数", "integer", "returns", unit="人"),
    fact("exporting", "出口企业", "boolean", "returns"),
    fact("licensed_on", "许可日期", "date", "returns"),
    fact("grade", "等级", "text", "returns", codes=("A", "B")),
    fact("rd_share", "研发占比", "number", "returns", scale=4),
    fact("dishonest", "严重失信", "boolean", "blacklist", absent=False),
    fact("awarded", "已获奖励", "boolean", "ledger"),
    fact("award_total", "累计奖励", "money", "ledger", unit="元", scale=2),
)


def city(**changes: Any) -> City:
    """A small city: a district that took over another, a zone, two towns, three grids."""
    built = City(
        path=Path("city"),
        id="small",
        label=Label("小样", "Small"),
        code="330800",
        version="1",
        hash="0" * 64,
        brands={},
        apps=(),
        sources={},
        facts={entry.spec.name: entry for entry in FACTS},
        datasets={found.id: found for found in (REGISTRATION, RETURNS, BLACKLIST, LEDGER)},
        parameters={},
        decisions={},
        policies={},
        districts=(
            District("330802", "柯城区", "district", "330800", date(1985, 5, 15), None, "", 0, 0),
            District("330803", "衢江区", "district", "330800", date(2001, 12, 10), None, "", 1, 0),
            District("330821", "衢县", "county", "330800", None, date(2001, 12, 9), "330803", 1, 0),
            District("Z-1", "样例新城", "zone", "330802", None, None, "", 0, 1),
        ),
        towns=(("330802001", "一街道", "330802"), ("330803001", "二镇", "330803")),
        communities=(
            Community("c1", "甲社区", "330802", "office"),
            Community("c2", "乙社区", "330803", "office"),
        ),
        grids=(
            Grid("g1", "一街道网格", "c1", ("330802001",), (), (), 10),
            Grid("g2", "二镇网格", "c2", ("二镇",), (), (), 10),
            Grid("g3", "新城制造网格", "c1", (), ("Z-1",), ("C",), 30),
        ),
        squads=(),
        organizations=(
            Organization("office", "样例市样例局", "样例局", "department", "", "330800"),
            Organization("county-office", "柯城区样例局", "", "department", "", "330802"),
        ),
        calendar=(),
        glossary=(),
    )
    return replace(built, **changes)


def register_row(n: int, **changes: Any) -> dict[str, Any]:
    """One enterprise as the registry takes it in, by the registry's own column names."""
    return {
        "uscc": code(n),
        "name": f"小样市第{n}号机械有限公司",
        "kind": "企业",
        "founded_on": date(2015, 3, 1),
        "closed_on": None,
        "status": "存续",
        "registered_capital": Decimal("5000000.00"),
        "industry": "3451",
        "district": "330802",
        "zone": None,
        "town": "330802001",
        "address": f"样例路 {n} 号",
        "representative": "甲",
        "predecessor": None,
        "registration_number": None,
        **changes,
    }


def register(
    *rows: Mapping[str, Any], in_city: City | None = None, as_of: date = DAY
) -> RegisterReport:
    """Take rows into the registry."""
    return write_register(register_table(*rows), city=in_city or city(), as_of=as_of)


def register_table(*rows: Mapping[str, Any]) -> pa.Table:
    """Rows of the registry as columns."""
    return pa.table({name: _values(name, [row[name] for row in rows]) for name in rows[0]})


def _values(name: str, values: list[Any]) -> Any:
    if name.endswith("_on"):
        return pa.array(values, pa.date32())
    return pa.array(values, pa.decimal128(18, 2) if name == "registered_capital" else pa.string())


def enterprise(n: int = 1, **changes: Any) -> Enterprise:
    """One enterprise in the registry of the small city."""
    row = register_row(n, **changes)
    register(row)
    return Enterprise.objects.get(uscc=row["uscc"])


def register_file_row(n: int, **changes: str) -> dict[str, str]:
    """One enterprise as a register file has it, by Chinese headings."""
    return {
        CODE: code(n),
        NAME: f"小样市第{n}号机械有限公司",
        "主体类别": "企业",
        "成立日期": "2015-03-01",
        "登记状态": "存续",
        "注册资本": "500",
        "行业代码": "3451",
        "所在区县": "柯城区",
        "所在乡镇": "一街道",
        "法定代表人": "甲",
        "登记地址": f"样例路 {n} 号",
        **changes,
    }


def return_row(n: int, **changes: str) -> dict[str, str]:
    """One row of the data set ``returns``."""
    given = {CODE: code(n), NAME: f"小样市第{n}号机械有限公司", "营业收入": "120.5"}
    return {**given, "从业人数": "30", "出口企业": "是", **changes}


def csv_file(
    path: Path, of: Dataset, rows: Sequence[Mapping[str, str]], *, encoding: str = "utf-8-sig"
) -> Path:
    """A source file with every column of the data set; what a row leaves out is blank."""
    headings = [found.name for found in of.columns]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def xlsx_file(path: Path, cells: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    """A workbook with one sheet of cells; dates are written as days, ``merged`` are ranges."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("数据")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for y, row in enumerate(cells):
            for x, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(y, x, cell, day)
                elif cell is not None:
                    sheet.write(y, x, cell)
        for area in merged:
            sheet.merge_range(area, _text(area, cells))
    return path


def _row_of(area: str) -> int:
    return int("".join(c for c in area.split(":", maxsplit=1)[0] if c.isdigit())) - 1


def _text(area: str, cells: Sequence[Sequence[Any]]) -> str:
    letter = area[0]
    return str(cells[_row_of(area)][ord(letter) - ord("A")])


def load(
    folder: Path,
    name: str,
    rows: Sequence[Mapping[str, str]],
    *,
    as_of: date = DAY,
    received_on: date | None = None,
    in_city: City | None = None,
) -> DataLoad:
    """Write a source file of the small city and take it in."""
    where = in_city or city()
    folder.mkdir(parents=True, exist_ok=True)
    path = csv_file(folder / f"{name}-{as_of}.csv", where.datasets[name], rows)
    return load_file(path, name, as_of=as_of, received_on=received_on or as_of, city=where)
