"""One file of everyone: typed, in order, the same twice, and saying what it stands on."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import make

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.enums import CorrectionState
from yanzhen.apps.facts.models import Snapshot
from yanzhen.apps.facts.selectors import open_reviews
from yanzhen.apps.facts.services import (
    CancelledError,
    decide_correction,
    decide_link,
    load_file,
    make_snapshot,
    propose_correction,
)
from yanzhen.apps.facts.wide import content_hash, with_dictionary
from yanzhen.kernel.errors import DomainError

pytestmark = pytest.mark.django_db

DAY = make.DAY + timedelta(days=3)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "sources"
    rows = [make.register_file_row(n) for n in (3, 1, 2)]
    rows[0] |= {"所在区县": "衢江区", "所在乡镇": ""}
    make.load(folder, "registration", rows)
    return folder


def _row(snapshot, n):
    table = pq.read_table(snapshot.file)
    return next(row for row in table.to_pylist() if row["uscc"] == make.code(n))


def test_columns_are_keys_then_facts_in_order_with_their_types(folder):
    make.load(folder, "returns", [make.return_row(1, 许可日期="2021-07-01", 研发占比="0.05")])

    snapshot = make_snapshot(DAY, city=make.city())

    schema = pq.read_schema(snapshot.file)
    assert schema.names[:5] == ["uscc", "grid", "community", "name", "entity_kind"]
    assert schema.names[5:] == [f for f in make.city().facts if f not in schema.names[:5]]
    assert schema.field("revenue").type == pa.decimal128(18, 2)
    assert schema.field("rd_share").type == pa.decimal128(18, 4)
    assert schema.field("employees").type == pa.int64()
    assert schema.field("exporting").type == pa.bool_()
    assert schema.field("licensed_on").type == pa.date32()
    assert (snapshot.rows, snapshot.columns) == (3, len(schema.names))


def test_rows_are_in_order_with_grid_and_values(folder):
    make.load(folder, "returns", [make.return_row(1)])

    snapshot = make_snapshot(DAY, city=make.city())

    assert pq.read_table(snapshot.file)["uscc"].to_pylist() == [make.code(n) for n in (1, 2, 3)]
    first, third = _row(snapshot, 1), _row(snapshot, 3)
    assert (first["grid"], first["community"]) == ("g1", "c1")
    assert (third["grid"], third["community"]) == (None, None)
    assert (first["revenue"], first["employees"]) == (Decimal("1205000.00"), 30)
    assert _row(snapshot, 2)["revenue"] is None
    assert first["registered_capital"] == Decimal("5000000.00")


def test_twice_gives_the_same_file_and_hash(folder):
    make.load(folder, "returns", [make.return_row(1)])
    first = make_snapshot(DAY, city=make.city())
    written = first.file.stat().st_mtime_ns

    again = make_snapshot(DAY, city=make.city())

    assert again.pk == first.pk
    assert again.file.stat().st_mtime_ns == written
    assert Snapshot.objects.count() == 1


def test_the_same_data_in_another_order_of_loads_gives_the_same_hash(folder):
    make.load(folder, "returns", [make.return_row(1)])
    make.load(folder, "blacklist", [])
    first = make_snapshot(DAY, city=make.city())
    Snapshot.objects.all().delete()
    before = first.file.read_bytes()
    first.file.unlink()

    again = make_snapshot(DAY, city=make.city())

    assert again.hash == first.hash
    assert again.file.read_bytes() == before


def test_absent_counts_only_where_the_list_was_received(folder):
    before = make_snapshot(DAY, city=make.city())
    assert _row(before, 1)["dishonest"] is None

    name = make.register_file_row(2)[make.NAME]
    make.load(folder, "blacklist", [{make.CODE: make.code(2), make.NAME: name, "严重失信": "是"}])
    after = make_snapshot(DAY, city=make.city())

    assert (_row(after, 1)["dishonest"], _row(after, 2)["dishonest"]) == (False, True)
    assert before.hash != after.hash


def test_meta_names_missing_and_late_data_sets(folder):
    make.load(folder, "returns", [make.return_row(1)], as_of=DAY - timedelta(days=90))
    make.load(folder, "blacklist", [])

    meta = make_snapshot(DAY, city=make.city()).meta

    assert meta["missing"] == ["ledger"]
    assert meta["late"] == ["registration", "returns"]
    assert meta["datasets"]["returns"]["days_old"] == 90
    assert meta["datasets"]["ledger"] == {"objective": 60, "missing": True, "late": False}


def test_the_newest_period_counts_not_the_newest_arrival(folder):
    newer, older = make.DAY, make.DAY - timedelta(days=30)
    make.load(folder, "returns", [make.return_row(1, 从业人数="40")], as_of=newer)
    make.load(folder, "returns", [make.return_row(1, 从业人数="20")], as_of=older, received_on=DAY)

    assert _row(make_snapshot(DAY, city=make.city()), 1)["employees"] == 40


def test_data_of_later_days_does_not_count(folder):
    make.load(folder, "returns", [make.return_row(1, 从业人数="20")])
    make.load(
        folder,
        "returns",
        [make.return_row(1, 从业人数="40")],
        received_on=DAY + timedelta(days=1),
        as_of=DAY,
    )

    assert _row(make_snapshot(DAY, city=make.city()), 1)["employees"] == 20


def test_a_mended_file_adds_to_the_one_it_mends(folder):
    first = make.load(folder, "returns", [make.return_row(1), make.return_row(2, 等级="Z")])
    text = first.errors_file.read_text(encoding="utf-8-sig").replace(",Z,", ",A,")
    lines = text.splitlines()
    mended = folder / "mended.csv"
    mended.write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    load_file(mended, "returns", as_of=make.DAY, received_on=make.DAY, city=make.city())

    snapshot = make_snapshot(DAY, city=make.city())

    assert (_row(snapshot, 1)["employees"], _row(snapshot, 2)["grade"]) == (30, "A")


def test_a_ledger_adds_up_by_the_last_value_given(folder):
    row = {make.CODE: make.code(1), make.NAME: make.register_file_row(1)[make.NAME]}
    rows = [
        {**row, "已获奖励": "是", "累计奖励": "100"},
        {**row, "累计奖励": "300"},
        {**row, "已获奖励": ""},
    ]
    make.load(folder, "ledger", rows)

    found = _row(make_snapshot(DAY, city=make.city()), 1)

    assert (found["awarded"], found["award_total"]) == (True, Decimal("300.00"))


def test_an_enterprise_that_the_newest_register_leaves_out_keeps_its_row(folder):
    newer = make.DAY + timedelta(days=1)
    make.load(folder, "registration", [make.register_file_row(1, 法定代表人="乙")], as_of=newer)

    snapshot = make_snapshot(DAY, city=make.city())

    assert snapshot.rows == 3
    assert _row(snapshot, 2)["name"] == "小样市第2号机械有限公司"


def test_a_link_decided_later_brings_its_row_in(folder):
    row = make.return_row(2, **{make.CODE: make.code(1)})
    make.load(folder, "returns", [row])
    assert _row(make_snapshot(DAY, city=make.city()), 2)["employees"] is None
    review = open_reviews().get(candidate=make.code(2))

    decide_link(review, accept=True, by=make.user(Role.ANALYST))

    assert _row(make_snapshot(DAY, city=make.city()), 2)["employees"] == 30


def test_a_verified_correction_wins_and_a_proposed_one_does_not(folder):
    make.load(folder, "returns", [make.return_row(1)])
    one = Enterprise.objects.get(uscc=make.code(1))
    proposed = propose_correction(
        one,
        "revenue",
        "130万元",
        as_of=make.DAY,
        received_on=make.DAY,
        source="年报更正表",
        by=make.user(Role.FINANCE),
        city=make.city(),
    )
    before = make_snapshot(DAY, city=make.city())

    decide_correction(proposed, CorrectionState.VERIFIED, on=DAY, by=make.user(Role.ANALYST))

    after = make_snapshot(DAY, city=make.city())
    assert _row(before, 1)["revenue"] == Decimal("1205000.00")
    assert _row(after, 1)["revenue"] == Decimal("1300000.00")
    assert after.meta["corrections"] == 1


def test_a_correction_to_unknown_makes_the_value_unknown(folder):
    make.load(folder, "returns", [make.return_row(1)])
    correction = propose_correction(
        Enterprise.objects.get(uscc=make.code(1)),
        "employees",
        "",
        as_of=make.DAY,
        received_on=make.DAY,
        source="核查记录",
        by=make.user(Role.FINANCE),
        city=make.city(),
    )
    decide_correction(correction, CorrectionState.VERIFIED, on=DAY, by=make.user(Role.ANALYST))

    assert _row(make_snapshot(DAY, city=make.city()), 1)["employees"] is None


def test_without_a_register_there_is_no_snapshot():
    with pytest.raises(DomainError, match="请先接收市场主体登记"):
        make_snapshot(date(2000, 1, 1), city=make.city())


def test_a_city_without_a_register_takes_everyone_of_the_registry():
    make.register(make.register_row(1))
    datasets = {name: d for name, d in make.city().datasets.items() if name != "registration"}

    snapshot = make_snapshot(DAY, city=replace(make.city(), datasets=datasets))

    assert snapshot.rows == 1


def test_a_snapshot_can_be_stopped_and_leaves_nothing(folder):
    with pytest.raises(CancelledError):
        make_snapshot(DAY, city=make.city(), cancelled=lambda: True)

    assert Snapshot.objects.count() == 0


def test_progress_names_each_data_set(folder):
    told = []

    make_snapshot(DAY, city=make.city(), progress=lambda *step: told.append(step))

    assert told == [
        (0, 7, "登记库"),
        (1, 7, "registration"),
        (2, 7, "returns"),
        (3, 7, "blacklist"),
        (4, 7, "ledger"),
        (5, 7, "内容摘要"),
        (6, 7, "写入快照文件"),
    ]


@given(st.lists(st.one_of(st.none(), st.sampled_from(["甲", "乙", ""])), max_size=40))
def test_the_hash_depends_on_values_and_not_on_layout(texts):
    plain = pa.table({"a": pa.array(texts, pa.string())})
    pieces = pa.chunked_array(
        [plain["a"].slice(0, 1).combine_chunks(), plain["a"].slice(1).combine_chunks()]
    )
    coded = pa.table({"a": pa.array(texts, pa.string()).dictionary_encode()})

    assert content_hash(pa.table({"a": pieces})) == content_hash(plain)
    assert content_hash(coded) == content_hash(plain)


@given(
    st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=20),
    st.integers(0, 19),
)
def test_the_hash_sees_every_value(numbers, place):
    changed = list(numbers)
    place %= len(numbers)
    changed[place] = None if numbers[place] == 0 else 0
    kinds = (pa.int64(), pa.decimal128(18, 2))

    for kind in kinds:
        first = content_hash(pa.table({"a": pa.array(numbers, kind)}))
        assert first != content_hash(pa.table({"a": pa.array(changed, kind)}))


def test_texts_go_by_dictionary_where_they_repeat():
    assert pa.types.is_dictionary(with_dictionary(pa.array(["甲"] * 8)).type)
    assert with_dictionary(pa.array(["甲", "乙"])).type == pa.string()
