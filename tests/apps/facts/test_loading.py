"""The one door: whole files in, or nothing; again and again with the same result."""

from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from tests import make

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.enums import Decision, LoadState
from yanzhen.apps.facts.models import DataLoad, LinkReview
from yanzhen.apps.facts.selectors import loads, open_reviews, unlinked_rows
from yanzhen.apps.facts.services import (
    CancelledError,
    cancel_load,
    decide_link,
    load_file,
    receive_file,
    run_load,
)
from yanzhen.apps.facts.services import load as load_service
from yanzhen.apps.journal.models import Entry
from yanzhen.kernel.errors import DataError, DomainError, TransitionError

pytestmark = pytest.mark.django_db

LATER = make.DAY + timedelta(days=30)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "sources"


@pytest.fixture
def registered(folder):
    return make.load(folder, "registration", [make.register_file_row(n) for n in range(1, 6)])


def test_a_register_file_fills_the_registry(registered):
    one = Enterprise.objects.get(uscc=make.code(1))

    assert (registered.state, registered.accepted, registered.linked) == (LoadState.DONE, 5, 5)
    assert registered.report["registry"] == {"added": 5, "changed": 0, "unchanged": 0}
    assert (one.district, one.town, one.grid) == ("330802", "330802001", "g1")
    assert one.registered_capital_yuan == 5_000_000
    assert str(one.representatives.get()) == "甲"


def test_a_load_counts_links_and_refuses_bad_rows_only(registered, folder):
    rows = [
        make.return_row(1),
        make.return_row(2, 营业收入="很多"),
        make.return_row(3, **{make.CODE: make.code(4)}),
        make.return_row(999),
    ]

    load = make.load(folder, "returns", rows)

    counts = (load.rows, load.accepted, load.rejected, load.linked, load.unlinked, load.in_review)
    assert counts == (4, 3, 1, 1, 2, 1)
    assert load.report["faults"] == [
        {"row": 3, "column": "营业收入", "text": "“很多”不是数字：请只填一个数字，不清楚的请留空"}
    ]
    assert load.errors_file.exists()
    assert [(row["row"], row["code"]) for row in unlinked_rows(load)] == [
        (4, make.code(4)),
        (5, make.code(999)),
    ]
    assert Entry.objects.filter(action="facts.loaded").count() == 2


def test_the_data_file_holds_typed_facts_in_yuan(registered, folder):
    load = make.load(folder, "returns", [make.return_row(1)])

    row = pq.read_table(load.file).to_pylist()[0]

    assert (row["uscc"], row["_row"], row["employees"]) == (make.code(1), 2, 30)
    assert str(row["revenue"]) == "1205000.00"
    assert row["exporting"] is True
    assert row["grade"] is None


def test_the_same_file_for_the_same_day_is_one_load(registered, folder):
    first = make.load(folder, "returns", [make.return_row(1)])

    again = make.load(folder, "returns", [make.return_row(1)])
    other_day = make.load(folder, "returns", [make.return_row(1)], as_of=LATER)

    assert again.pk == first.pk
    assert other_day.pk != first.pk


@pytest.mark.parametrize("place", ["write_parquet", "_write_errors", "_finish"])
def test_a_killed_load_leaves_nothing_and_runs_again(registered, folder, monkeypatch, place):
    folder.mkdir(exist_ok=True)
    rows = [make.return_row(1), make.return_row(2, 营业收入="很多")]
    path = make.csv_file(folder / "r.csv", make.RETURNS, rows)
    given = {"as_of": make.DAY, "received_on": make.DAY, "city": make.city()}

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(load_service, place, killed)
        with pytest.raises(KeyboardInterrupt):
            load_file(path, "returns", **given)
    left = DataLoad.objects.get(dataset="returns")
    assert left.state == LoadState.RUNNING
    assert LinkReview.objects.count() == 0

    done = load_file(path, "returns", **given)

    assert (done.pk, done.state, done.accepted) == (left.pk, LoadState.DONE, 1)


def test_a_register_stopped_half_way_goes_on(folder, monkeypatch):
    monkeypatch.setattr("yanzhen.apps.enterprises.services.register.CHUNK", 2)
    folder.mkdir()
    rows = [make.register_file_row(n) for n in range(1, 6)]
    path = make.csv_file(folder / "r.csv", make.REGISTRATION, rows)
    load = receive_file(
        path, "registration", as_of=make.DAY, received_on=make.DAY, city=make.city()
    )

    def stop_at_four(_done, _total, label):
        if label == "登记入库 4 / 5":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_load(load, city=make.city(), progress=stop_at_four)
    load.refresh_from_db()
    assert (load.state, load.applied, Enterprise.objects.count()) == (LoadState.RUNNING, 2, 2)

    done = run_load(load, city=make.city())

    assert (done.state, Enterprise.objects.count()) == (LoadState.DONE, 5)
    assert done.report["registry"]["added"] == 3


def test_a_file_with_wrong_columns_fails_and_says_so(folder):
    folder.mkdir()
    path = folder / "r.csv"
    path.write_text(f"{make.CODE},营收\n1,2\n", encoding="utf-8")

    with pytest.raises(DataError, match="缺少列"):
        load_file(path, "returns", as_of=make.DAY, received_on=make.DAY, city=make.city())

    load = DataLoad.objects.get()
    assert load.state == LoadState.FAILED
    assert load.message.startswith("缺少列：企业名称、营业收入")


def test_a_load_can_be_cancelled_and_run_again(registered, folder):
    path = make.csv_file(folder / "r.csv", make.RETURNS, [make.return_row(1)])
    load = receive_file(path, "returns", as_of=make.DAY, received_on=make.DAY, city=make.city())

    with pytest.raises(CancelledError):
        run_load(load, city=make.city(), cancelled=lambda: True)
    load.refresh_from_db()
    assert (load.state, load.path) == (LoadState.CANCELLED, "")

    assert run_load(load, city=make.city()).state == LoadState.DONE


def test_cancel_load_stops_only_what_is_not_finished(registered, folder):
    analyst = make.user(Role.ANALYST)
    path = make.csv_file(folder / "r.csv", make.RETURNS, [make.return_row(1)])
    queued = receive_file(path, "returns", as_of=make.DAY, received_on=make.DAY, city=make.city())

    assert cancel_load(queued, by=analyst).state == LoadState.CANCELLED
    with pytest.raises(DomainError, match="完成”的接收不能取消"):
        cancel_load(registered, by=analyst)


def test_progress_is_told_from_beginning_to_end(registered, folder):
    path = make.csv_file(folder / "r.csv", make.RETURNS, [make.return_row(1)])
    told = []

    load_file(
        path,
        "returns",
        as_of=make.DAY,
        received_on=make.DAY,
        city=make.city(),
        progress=lambda *step: told.append(step),
    )

    assert told == [
        (0, 100, "读取文件"),
        (25, 100, "校验"),
        (50, 100, "关联企业"),
        (70, 100, "写入数据文件"),
    ]


@pytest.mark.parametrize(
    ("name", "as_of", "said"),
    [("nothing", make.DAY, "没有数据集“nothing”"), ("returns", LATER, "晚于接收日期")],
)
def test_receive_file_refuses_what_cannot_be(folder, name, as_of, said):
    folder.mkdir()
    path = make.csv_file(folder / "r.csv", make.RETURNS, [])

    with pytest.raises(DomainError, match=said):
        receive_file(path, name, as_of=as_of, received_on=make.DAY, city=make.city())


def test_a_row_given_twice_is_kept_once_or_refused(registered, folder):
    rows = [
        make.return_row(1),
        make.return_row(1),
        make.return_row(2),
        make.return_row(2, 从业人数="31"),
    ]

    load = make.load(folder, "returns", rows)

    assert (load.accepted, load.rejected) == (2, 1)
    assert load.report["faults"][0]["text"] == ("与第 4 行是同一家企业而内容不同：请只保留一行")
    assert "1 行与前面的行完全相同，只保留一行" in load.report["notes"]


def test_a_ledger_keeps_every_row_of_an_enterprise(registered, folder):
    name = make.return_row(1)[make.NAME]
    rows = [{make.CODE: make.code(1), make.NAME: name, "累计奖励": str(n)} for n in (1, 2)]

    assert make.load(folder, "ledger", rows).accepted == 2


def test_an_older_register_leaves_the_registry_alone(registered, folder):
    earlier = make.DAY - timedelta(days=5)
    row = make.register_file_row(1, 法定代表人="乙")

    load = make.load(folder, "registration", [row], as_of=earlier)

    assert "已有更新的登记数据，本次未改动登记库" in load.report["notes"]
    assert str(Enterprise.objects.get(uscc=make.code(1)).representatives.get()) == "甲"


def test_a_mended_file_supplements_the_one_it_mends(registered, folder):
    first = make.load(folder, "returns", [make.return_row(1), make.return_row(2, 等级="Z")])
    text = first.errors_file.read_text(encoding="utf-8-sig").replace(",Z,", ",A,")
    mended = folder / "mended.csv"
    mended.write_text(text, encoding="utf-8")

    load = load_file(mended, "returns", as_of=make.DAY, received_on=make.DAY, city=make.city())

    assert (load.supplements_id, load.accepted, load.rejected) == (first.pk, 2, 0)


def test_a_decided_link_holds_for_later_files(registered, folder):
    officer = make.user(Role.ANALYST)
    row = make.return_row(3, **{make.CODE: make.code(4)})
    make.load(folder, "returns", [row])
    review = open_reviews("returns").get(candidate=make.code(3))

    decide_link(review, accept=True, by=officer)
    later = make.load(folder, "returns", [row], as_of=LATER)

    assert (later.linked, later.in_review) == (1, 0)
    assert later.report["methods"] == {"人工确认": 1}
    assert Entry.objects.filter(action="facts.link_decided").count() == 1


def test_rows_that_came_before_the_register_are_linked_when_it_comes(folder):
    early = make.load(folder, "returns", [make.return_row(1), make.return_row(999)])
    assert (early.linked, early.unlinked) == (0, 2)

    make.load(folder, "registration", [make.register_file_row(1)])

    early.refresh_from_db()
    assert (early.linked, early.unlinked) == (1, 1)
    assert [row["code"] for row in unlinked_rows(early)] == [make.code(999)]
    assert Entry.objects.filter(action="facts.relinked").count() == 1


def test_a_link_is_decided_once_and_for_one_enterprise(registered, folder):
    officer = make.user(Role.ANALYST)
    make.load(folder, "returns", [make.return_row(3, **{make.CODE: make.code(4)})])
    right = open_reviews().get(candidate=make.code(3))
    other = open_reviews().get(candidate=make.code(4))
    decide_link(right, accept=True, by=officer)

    with pytest.raises(TransitionError, match="已核对"):
        decide_link(right, accept=False, by=officer)
    with pytest.raises(TransitionError, match="已确认为另一家企业"):
        decide_link(other, accept=True, by=officer)

    assert decide_link(other, accept=False, by=officer).decision == Decision.REJECTED


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_loads_needs_one_query(folder, rows, django_assert_num_queries):
    for n in range(rows):
        make.load(folder, "registration", [make.register_file_row(n)])

    with django_assert_num_queries(1):
        assert len([(str(load), load.by) for load in loads()]) == rows
