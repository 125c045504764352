"""The policies of Quzhou answer as their examples say, cite their texts and speak plainly."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.packs.book import book_on
from yanzhen.packs.examples import agree
from yanzhen.packs.reader import check_city

FOUND, FAULTS = check_city(Path(__file__).resolve().parents[2] / "cities" / "quzhou")
assert FOUND is not None
CITY = FOUND
POLICIES = CITY.policies
CLAUSES = [(policy, clause) for policy in POLICIES.values() for clause in policy.clauses]
CLAUSE_IDS = [f"{policy.id}/{clause.id} {clause.start}" for policy, clause in CLAUSES]
EXAMPLES = [(policy, example) for policy in POLICIES.values() for example in policy.examples]
EXAMPLE_IDS = [f"{policy.id}/{example.clause}: {example.name}" for policy, example in EXAMPLES]

LISTED = {"district": "330802", "sector": "C", "above_scale": True, "dishonest": False}
YI = Decimal(100_000_000)
WAN = Decimal(10_000)
DAY = date(2026, 11, 23)


def _kecheng(clause: str, on: date, **facts: object):
    return decide(book_on(CITY, on), f"kecheng-2023/{clause}", {**LISTED, **facts})


def _entry(kind: str):
    """Whether K1a and K1b hold, and for how much, for a firm that enters the list this way."""
    facts = {
        "listing_kind": kind,
        "first_listed_on": date(2024, 1, 31),
        "main_revenue": 2_300 * WAN,
        "listing_award_paid": False,
    }
    outcomes = [_kecheng(clause, date(2024, 6, 30), **facts) for clause in ("k1a", "k1b")]
    return [(outcome.value, outcome.amount) for outcome in outcomes]


def _step(on: date, revenue: Decimal, paid: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """K2-① and K2-② of a firm listed in January 2024."""
    facts = {
        "first_listed_on": date(2024, 1, 31),
        "main_revenue": revenue,
        "step_award_paid": paid,
    }
    growth, step = (_kecheng(clause, on, **facts) for clause in ("k2_1", "k2_2"))
    return growth.amount, step.amount


@pytest.mark.parametrize(("policy", "example"), EXAMPLES, ids=EXAMPLE_IDS)
def test_quzhou_clause_answers_its_example(policy, example):
    book = book_on(CITY, example.on)

    outcome = decide(book, f"{policy.id}/{example.clause}", example.given)

    assert agree(example.expect, outcome.value), f"{example.because}: {outcome.value}"
    if example.amount is not None:
        assert agree(example.amount, outcome.amount)
    if example.missing is not None:
        assert set(outcome.missing) == set(example.missing)


def test_quzhou_policies_and_their_sources_have_no_faults():
    mine = ("policies/", "territory/", "sources/", "organizations.csv", "glossary.csv", "city.yaml")

    assert [str(fault) for fault in FAULTS if fault.file.startswith(mine)] == []


def test_quzhou_is_as_large_as_promised():
    clauses = {(policy.id, clause.id) for policy, clause in CLAUSES}

    assert len(POLICIES) >= 60
    assert len(clauses) >= 100
    assert len(CITY.datasets) == 24
    assert len(CITY.facts) >= 80
    assert len(CITY.glossary) >= 80
    assert {policy.level for policy in POLICIES.values()} == {"国家", "省", "市", "县"}


def test_quzhou_counties_and_zones_all_have_policies():
    now = {place.code for place in CITY.districts if place.end is None}

    regions = {policy.region for policy in POLICIES.values() if policy.level == "县"}

    assert regions == now


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_quzhou_policy_has_enough_examples_to_be_published(policy):
    answers = [example.expect for example in policy.examples]
    unknown = [example for example in policy.examples if example.expect is None]

    assert answers.count(True) >= 3
    assert answers.count(False) >= 3
    assert unknown != []
    assert all(example.missing for example in unknown)


@pytest.mark.parametrize(("policy", "clause"), CLAUSES, ids=CLAUSE_IDS)
def test_quzhou_clause_has_an_example_of_each_answer(policy, clause):
    answers = {example.expect for example in policy.examples if example.clause == clause.id}

    assert answers == {True, False, None}


def test_quzhou_every_version_of_a_clause_has_an_example():
    exercised = {
        (policy.id, clause.id, clause.start)
        for policy, example in EXAMPLES
        if (clause := policy.clause_on(example.clause, example.on)) is not None
    }
    versions = {(policy.id, clause.id, clause.start) for policy, clause in CLAUSES}

    assert versions - exercised == set()


@pytest.mark.parametrize(("policy", "clause"), CLAUSES, ids=CLAUSE_IDS)
def test_quzhou_every_condition_cites_an_article_of_the_text(policy, clause):
    conditions = (*clause.logic.conditions, *clause.logic.exclusions)
    headings = re.findall(r"^## (\S+)", policy.text, flags=re.MULTILINE)

    assert clause.article in headings
    for condition in conditions:
        assert condition.citation is not None
        assert condition.citation.article != ""
        assert condition.citation.source in CITY.sources


@pytest.mark.parametrize(("policy", "clause"), CLAUSES, ids=CLAUSE_IDS)
def test_quzhou_card_says_in_120_characters_who_gets_what_how_and_by_when(policy, clause):
    how = r"不用|自动|一键|申报|承诺|申请|直接减|报名|登记"
    when = r"工作日|申报|年度|签约|名单|按月|到期前|预缴"

    assert len(clause.card) <= 120, policy.id
    assert clause.card.startswith("你")
    assert clause.card.endswith("。")
    assert re.search(how, clause.card)
    assert re.search(when, clause.card)


@pytest.mark.parametrize(("policy", "clause"), CLAUSES, ids=CLAUSE_IDS)
def test_quzhou_money_is_paid_within_60_working_days(policy, clause):
    paid = clause.logic.amount is not None and clause.kind != "减免"

    assert not paid or (clause.redeem_days is not None and 0 < clause.redeem_days <= 60), policy.id


def test_quzhou_typical_policies_rest_on_a_design_and_official_ones_do_not():
    kinds = {
        (policy.status, CITY.sources[policy.source].status == "design")
        for policy in POLICIES.values()
    }

    assert kinds == {("typical", True), ("official", False)}


def test_quzhou_each_stacking_group_has_one_rule():
    rules: dict[str, set[str]] = {}
    for _, clause in CLAUSES:
        if clause.group:
            rules.setdefault(clause.group, set()).add(clause.group_rule)

    assert {group: found for group, found in rules.items() if len(found) > 1} == {}


def test_kecheng_k1a_entry_across_years_is_12():
    assert _entry("年度入库") == [(True, 12 * WAN), (False, None)]


def test_kecheng_k1b_new_plant_is_20_and_not_12():
    assert _entry("月度入库") == [(False, None), (True, 20 * WAN)]


@pytest.mark.parametrize(
    ("on", "revenue", "paid", "expected"),
    [
        (date(2025, 6, 30), Decimal("1.2") * YI, 0, 20),
        (date(2026, 6, 30), Decimal("3.4") * YI, 20, 10),
        (date(2027, 6, 30), Decimal("5.1") * YI, 30, 20),
        (date(2025, 6, 30), 5_999 * WAN, 0, 5),
    ],
    ids=["Y1 1.2亿", "Y2 3.4亿", "Y3 5.1亿", "Y1 5999万"],
)
def test_kecheng_k2_pays_the_higher_of_growth_and_step(on, revenue, paid, expected):
    amounts = _step(on, revenue, paid * WAN)

    assert max(amount for amount in amounts if amount is not None) == expected * WAN


def test_kecheng_k2_in_the_first_year_offers_15_and_20():
    assert _step(date(2025, 6, 30), Decimal("1.2") * YI, Decimal(0)) == (15 * WAN, 20 * WAN)


@pytest.mark.parametrize(
    ("clause", "facts", "expected"),
    [
        (
            "k1c",
            {"sampled": True, "main_revenue": 1_000 * WAN, "main_revenue_prev": 800 * WAN},
            3,
        ),
        (
            "k1d",
            {
                "sector": "I",
                "spun_off": True,
                "first_listed_on": date(2024, 2, 28),
                "main_revenue": 2_100 * WAN,
                "main_revenue_prev": 2_100 * WAN,
                "listing_award_paid": False,
            },
            30,
        ),
        ("k3", {"revenue_rank": 3}, 15),
        (
            "k4",
            {
                "little_giant": True,
                "little_giant_on": date(2024, 9, 1),
                "giant_award_paid": False,
            },
            100,
        ),
    ],
    ids=["K1c", "K1d", "K3", "K4"],
)
def test_kecheng_awards(clause, facts, expected):
    outcome = _kecheng(clause, date(2024, 12, 31), **facts)

    assert (outcome.value, outcome.amount) == (True, expected * WAN)


def test_kecheng_event_before_the_policy_gives_nothing():
    outcome = _kecheng(
        "k4",
        date(2024, 12, 31),
        little_giant=True,
        little_giant_on=date(2022, 12, 31),
        giant_award_paid=False,
    )

    assert outcome.value is False


@pytest.mark.parametrize("year", [2019, 2021, 2022, 2023])
@pytest.mark.parametrize("income", [80, 100, 200, 300, 301])
def test_micro_income_tax_saved_is_the_full_rate_less_the_tax_due(year, income):
    given = {
        "entity_kind": "企业",
        "taxable_income": income * WAN,
        "average_employees": 80,
        "average_assets": 2_000 * WAN,
        "restricted_industry": False,
    }
    book = book_on(CITY, date(year, 12, 31))

    saved = decide(book, "national-micro-income-tax/micro_income_tax", given).amount
    due = decide(book, "小型微利企业所得税", given).value

    assert (saved or 0) == income * WAN * Decimal("0.25") - due


def test_every_clause_in_force_today_is_in_the_book():
    in_force = {
        f"{policy.id}/{clause.id}"
        for policy, clause in CLAUSES
        if (clause.start or DAY) <= DAY <= (clause.end or DAY)
    }

    assert in_force <= set(book_on(CITY, DAY).decisions)
    assert len(in_force) >= 100


def test_every_clause_in_force_today_has_a_column_form():
    book = book_on(CITY, DAY)
    names = [name for name in book.decisions if "/" in name]

    plan = compile_plan(book, names)

    assert plan.refused == {}
    assert set(plan.targets) == set(names)


@pytest.mark.parametrize(
    ("clause", "sure_no"),
    [
        ("kecheng-2023/k1a", {"district": "330803"}),
        ("kecheng-2023/k4", {"little_giant": False}),
        ("quzhou-first-listing/first_listing", {"above_scale": False}),
        ("quzhou-srdi/srdi", {"srdi_sme": False}),
    ],
)
def test_one_fact_that_says_no_is_enough(clause, sure_no):
    outcome = decide(book_on(CITY, DAY), clause, sure_no)

    assert outcome.value is False
    assert outcome.missing == ()
