from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.columnar.column_books import COLUMN_FACTS, FACTS, frame

from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.dmn.model import FactSpec
from yanzhen.kernel.errors import DataError
from yanzhen.kernel.labels import Label


def test_every_type_of_fact_comes_back_exactly():
    one = {
        "revenue": Decimal("1234567890123.45"),
        "area": Decimal("-0.125"),
        "staff": 7,
        "sector": "制造业",
        "listed": False,
        "founded": date(2020, 2, 29),
    }

    facts = frame(one, {})

    assert {name: facts.scalar(name, 0) for name in one} == {
        **one,
        "staff": Decimal(7),
        "founded": Decimal((date(2020, 2, 29) - date(1970, 1, 1)).days),
    }
    assert {facts.scalar(fact.name, 1) for fact in COLUMN_FACTS} == {None}


def test_a_number_beyond_the_exact_floats_is_read_from_its_source():
    huge = 10**18 - 1

    facts = frame({"staff": huge}, {"staff": 1})

    assert facts.scalar("staff", 0) == Decimal(huge)


def test_a_value_with_too_many_decimals_is_refused():
    with pytest.raises(DataError, match="fact revenue of type money"):
        frame({"revenue": Decimal("0.001")})


def test_a_missing_column_is_missing_in_every_row():
    table = pa.table({"staff": pa.array([1, 2])})

    facts = Frame.from_table(table, [FACTS["staff"], FACTS["sector"], FACTS["revenue"]])

    assert facts.rows == 2
    assert [facts.scalar("sector", row) for row in range(2)] == [None, None]
    assert [facts.scalar("revenue", row) for row in range(2)] == [None, None]


def test_plain_and_dictionary_texts_are_alike():
    plain = pa.table({"sector": ["C", None, "G", "C"]})
    coded = pa.table({"sector": pa.array(["C", None, "G", "C"]).dictionary_encode()})

    facts = [Frame.from_table(table, [FACTS["sector"]]) for table in (plain, coded)]

    for one in facts:
        assert [one.scalar("sector", row) for row in range(4)] == ["C", None, "G", "C"]


def test_chunked_columns_are_read_whole():
    table = pa.concat_tables([pa.table({"staff": [1, None]}), pa.table({"staff": [3]})])

    facts = Frame.from_table(table, [FACTS["staff"]])

    assert [facts.scalar("staff", row) for row in range(3)] == [Decimal(1), None, Decimal(3)]


def test_a_part_of_a_table_is_read_in_its_place():
    decimals = pa.array([Decimal("1.25"), None, Decimal("-3.50")], pa.decimal128(18, 2))
    wide = decimals.cast(pa.decimal128(30, 2))
    table = pa.table({"revenue": decimals, "tax": wide, "sector": ["A", "B", "C"]}).slice(1)

    facts = Frame.from_table(table, [FACTS["revenue"], FACTS["tax"], FACTS["sector"]])

    for name in ("revenue", "tax"):
        assert [facts.scalar(name, row) for row in range(2)] == [None, Decimal("-3.50")]
    assert [facts.scalar("sector", row) for row in range(2)] == ["B", "C"]


def test_floats_are_taken_where_they_are_decimals_of_the_scale():
    table = pa.table({"revenue": pa.array([0.1, None, 1234567.89])})

    facts = Frame.from_table(table, [FACTS["revenue"]])

    read = [facts.scalar("revenue", row) for row in range(3)]
    assert read == [Decimal("0.10"), None, Decimal("1234567.89")]


@pytest.mark.parametrize("value", [0.125, 1e17, float("inf"), float("nan")])
def test_floats_that_are_not_are_refused(value):
    table = pa.table({"revenue": pa.array([value])})

    with pytest.raises(DataError, match="column revenue holds double, which is no money"):
        Frame.from_table(table, [FACTS["revenue"]])


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("revenue", pa.array(["1.00"])),
        ("listed", pa.array([1])),
        ("sector", pa.array([1])),
        ("founded", pa.array(["2020-01-01"])),
    ],
)
def test_a_column_of_another_type_is_refused(name, column):
    with pytest.raises(DataError, match=f"column {name} holds .*, which is no {FACTS[name].type}"):
        Frame.from_table(pa.table({name: column}), [FACTS[name]])


def test_a_fact_type_without_columns_is_refused():
    moment = FactSpec("moment", Label("时刻", "Moment"), "date and time")

    with pytest.raises(DataError, match="fact moment: type date and time has no column form"):
        Frame.from_table(pa.table({"staff": [1]}), [moment])


def test_of_a_file_only_the_wanted_columns_are_read(tmp_path):
    path = tmp_path / "facts.parquet"
    pq.write_table(pa.table({"staff": [1, 2], "listed": [True, None], "other": ["x", "y"]}), path)

    facts = Frame.from_parquet(path, [FACTS["listed"], FACTS["county"]])

    assert sorted(facts.columns) == ["county", "listed"]
    assert [facts.scalar("listed", row) for row in range(2)] == [True, None]


def test_a_file_without_any_wanted_column_still_has_its_rows(tmp_path):
    path = tmp_path / "facts.parquet"
    pq.write_table(pa.table({"other": ["x", "y", "z"]}), path)

    assert Frame.from_parquet(path, [FACTS["staff"]]).rows == 3


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "facts.parquet"
    path.write_text("uscc,staff")

    with pytest.raises(DataError, match="cannot be read as Parquet"):
        Frame.from_parquet(path, [FACTS["staff"]])


def test_missing_numbers_are_not_a_number():
    column = frame({"staff": None}, {"staff": 3}).columns["staff"]

    assert np.isnan(column.values).tolist() == [True, False]
    assert column.limit == 3.0
