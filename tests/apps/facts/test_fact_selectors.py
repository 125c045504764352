"""What a person sees of one enterprise: value, source, day, why, and what lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests import make

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts import precedence
from yanzhen.apps.facts.enums import CorrectionState
from yanzhen.apps.facts.models import Correction
from yanzhen.apps.facts.selectors import (
    corrections_of,
    fact_values,
    freshness,
    latest_snapshot,
    live_row,
    snapshot_row,
)
from yanzhen.apps.facts.services import decide_correction, make_snapshot, propose_correction
from yanzhen.kernel.errors import DomainError, TransitionError

pytestmark = pytest.mark.django_db

DAY = make.DAY + timedelta(days=3)
EARLIER = make.DAY - timedelta(days=30)


@pytest.fixture
def site(tmp_path):
    """Three enterprises, returns of two periods for the first, an empty blacklist."""
    folder = tmp_path / "sources"
    make.load(folder, "registration", [make.register_file_row(n) for n in (1, 2, 3)])
    make.load(folder, "returns", [make.return_row(1, 从业人数="20")], as_of=EARLIER)
    make.load(folder, "returns", [make.return_row(1), make.return_row(2, 从业人数="")])
    make.load(folder, "blacklist", [])
    return make_snapshot(DAY, city=make.city())


def _one(n=1):
    return Enterprise.objects.get(uscc=make.code(n))


def _values(n=1, day=DAY):
    return {v.fact.spec.name: v for v in fact_values(_one(n), make.city(), day)}


def _correct(text="55", *, by="finance", fact="employees", n=1):
    return propose_correction(
        _one(n),
        fact,
        text,
        as_of=make.DAY,
        received_on=DAY,
        source="社保缴费证明",
        by=make.user(Role.FINANCE, by),
        city=make.city(),
    )


def test_a_delivered_value_names_its_source_and_what_it_replaced(site):
    value = _values()["employees"]

    assert (value.value, value.known) == (30, True)
    assert (value.source, value.system, value.owner) == ("returns", "returns系统", "office")
    assert (value.as_of, value.received_on) == (make.DAY, make.DAY)
    assert value.why == precedence.WHY_NEWEST
    assert [(c.value, c.as_of, c.why) for c in value.lost] == [
        (20, EARLIER, precedence.LOST_TO_NEWER)
    ]


def test_each_kind_of_unknown_says_why(site):
    assert _values(2)["employees"].why == precedence.WHY_UNKNOWN
    assert _values(3)["employees"].why == precedence.WHY_UNKNOWN
    assert _values(1)["award_total"].why == precedence.WHY_MISSING
    assert not _values(1)["award_total"].known


def test_a_value_of_the_absent_says_so(site):
    value = _values()["dishonest"]

    assert (value.value, value.why) == (False, precedence.WHY_ABSENT)


def test_a_late_data_set_is_marked(site):
    assert _values()["name"].is_late
    assert not _values()["employees"].is_late


def test_a_proposed_correction_is_listed_but_does_not_count(site):
    _correct()

    value = _values()["employees"]

    assert value.value == 30
    assert (value.lost[0].value, value.lost[0].why) == (55, precedence.LOST_UNVERIFIED)


def test_a_verified_correction_counts_at_once(site):
    correction = _correct()
    decide_correction(correction, CorrectionState.VERIFIED, on=DAY, by=make.user(Role.ANALYST))

    value = _values()["employees"]

    assert (value.value, value.why, value.source) == (
        55,
        precedence.WHY_CORRECTED,
        "社保缴费证明",
    )
    assert [(c.value, c.why) for c in value.lost] == [
        (30, precedence.LOST_TO_CORRECTION),
        (20, precedence.LOST_TO_CORRECTION),
    ]
    live, kept = live_row(site, _one(), make.city()), snapshot_row(site, make.code(1))
    assert (live and live["employees"], kept and kept["employees"]) == (55, 30)


def test_a_day_of_the_past_shows_what_was_known_then(site):
    later = DAY + timedelta(days=5)
    correction = _correct()
    decide_correction(correction, CorrectionState.VERIFIED, on=later, by=make.user(Role.ANALYST))
    make_snapshot(later, city=make.city())

    assert _values(day=DAY)["employees"].value == 30
    assert _values(day=later)["employees"].value == 55


def test_before_the_first_snapshot_nothing_is_known(site):
    assert fact_values(_one(), make.city(), EARLIER) == []


def test_snapshot_row_has_every_fact_by_id(site):
    row = snapshot_row(site, make.code(1)) or {}

    assert row["revenue"] == Decimal("1205000.00")
    assert set(row) == {"uscc", "grid", "community", *make.city().facts}
    assert snapshot_row(site, make.code(999)) is None
    assert snapshot_row(site, "0") is None


def test_latest_snapshot_up_to_a_day(site):
    assert latest_snapshot() == site
    assert latest_snapshot(DAY) == site
    assert latest_snapshot(EARLIER) is None


def test_freshness_tells_age_late_and_missing(site):
    lines = {line.dataset.id: line for line in freshness(make.city(), DAY)}

    assert (lines["registration"].days_old, lines["registration"].is_late) == (3, True)
    assert (lines["returns"].rows, lines["returns"].linked) == (2, 2)
    assert lines["ledger"].is_missing


def test_the_proposer_cannot_verify(site):
    correction = _correct()

    with pytest.raises(TransitionError, match="由另一人办理"):
        decide_correction(correction, CorrectionState.VERIFIED, on=DAY, by=correction.by)


def test_a_correction_moves_only_where_it_may(site):
    analyst = make.user(Role.ANALYST)
    correction = _correct()
    decide_correction(correction, CorrectionState.REJECTED, on=DAY, by=analyst)

    with pytest.raises(TransitionError, match="不予采纳”的更正不能改为“已核实"):
        decide_correction(correction, CorrectionState.VERIFIED, on=DAY, by=analyst)

    assert [c.state for c in corrections_of(_one())] == [CorrectionState.REJECTED]


@pytest.mark.parametrize(
    ("fact", "text", "said"),
    [
        ("nothing", "1", "没有“nothing”这一项事实"),
        ("uscc", "1", "由登记机关更正"),
        ("employees", "三十", "不是数字"),
        ("employees", "1.5", "应为整数"),
        ("grade", "C", "请填 A、B"),
        ("licensed_on", "21.7", "不是完整的日期"),
    ],
)
def test_propose_correction_refuses_what_is_no_value(site, fact, text, said):
    with pytest.raises(DomainError, match=said):
        _correct(text, fact=fact)

    assert Correction.objects.count() == 0


def test_fact_values_without_what_lost_takes_few_queries(site, django_assert_num_queries):
    one = _one()

    with django_assert_num_queries(4):
        fact_values(one, make.city(), DAY, with_lost=False)
