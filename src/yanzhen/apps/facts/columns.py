"""Which column of a data set is what: fact, name to check, column of the registry (列的用途)."""

from typing import Final

from yanzhen.apps.arrow import Kind, pa
from yanzhen.apps.facts.checking.numbers import decimal_type
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.packs.model import City, Column, Dataset

_REGISTER_BY_FACT: Final = {
    "uscc": "uscc",
    "name": "name",
    "entity_kind": "kind",
    "legal_form": "legal_form",
    "founded_on": "founded_on",
    "closed_on": "closed_on",
    "status": "status",
    "private": "private",
    "registered_capital": "registered_capital",
    "sector": "sector",
    "division": "division",
    "industry": "industry",
    "district": "district",
    "zone": "zone",
    "town": "town",
    "predecessor": "predecessor",
}
_REGISTER_BY_HEADING: Final = {
    "法定代表人": "representative",
    "经营者": "representative",
    "登记地址": "address",
    "住所": "address",
    "联系电话": "phone",
    "旧注册号": "registration_number",
    "注册号": "registration_number",
}
_NAME_HEADINGS: Final = ("企业名称", "单位名称", "主体名称", "名称")


def key_of(column: Column) -> str:
    """The name of a column in a load's file: its fact's id, else its heading."""
    return column.fact or column.name


def name_column(dataset: Dataset) -> Column | None:
    """The column whose name is compared with the register's; None where there is none."""
    texts = [c for c in dataset.columns[1:] if c.type == "text"]
    named = [c for c in texts if c.fact == "name"]
    named += [c for heading in _NAME_HEADINGS for c in texts if c.name == heading]
    return named[0] if named else None


def register_columns(dataset: Dataset) -> dict[str, str]:
    """Columns of the registry by the name of the data set's column that feeds them."""
    found: dict[str, str] = {}
    for column in dataset.columns:
        ours = _REGISTER_BY_FACT.get(column.fact or "") or _REGISTER_BY_HEADING.get(column.name)
        if ours is not None and ours not in found.values():
            found[column.name] = ours
    return found


def register_dataset(city: City) -> Dataset | None:
    """The data set that feeds the registry, None where the city has none."""
    return next((d for d in city.datasets.values() if d.kind == "register"), None)


def arrow_type(spec: FactSpec) -> Kind:
    """The type of a fact's column: bool, int64, decimal128(18, scale), date32, string."""
    match spec.type:
        case "boolean":
            return pa.bool_()
        case "integer":
            return pa.int64()
        case "money" | "number":
            return decimal_type(spec.scale)
        case "date":
            return pa.date32()
        case _:
            return pa.string()
