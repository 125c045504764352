"""The decisions of Quzhou answer as their examples say, and the examples cover what they must."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.dmn.evaluate import decide
from yanzhen.packs.book import book_on
from yanzhen.packs.examples import agree
from yanzhen.packs.reader import check_city

CITY, FAULTS = check_city(Path(__file__).resolve().parents[2] / "cities" / "quzhou")
assert CITY is not None
FAMILIES = CITY.decisions
EXAMPLES = [(family.name, example) for family in FAMILIES.values() for example in family.examples]
IDS = [f"{name}: {example.name}" for name, example in EXAMPLES]

INDUSTRIES = "AGRI,IND,CON,WHO,RET,TRA,STO,POS,HOT,CAT,TEL,SOF,RE,PM,LEA,OTH,NA"
POPULATIONS = "工业,建筑业,批发业,零售业,住宿餐饮业,房地产开发,服务业甲类,服务业乙类,服务业丙类,NA"
TEXT_OUTCOMES = {
    "enterprise_category": INDUSTRIES,
    "sme_size": "大型,中型,小型,微型,NA",
    "statistics_population": POPULATIONS,
    "ladder_tier": "单项冠军,小巨人,隐形冠军,专精特新,创新型,科技型,未入梯度",
    "vat_small_scale": "免征,1%,3%,不适用",
}

ABSENCE_MEANS_NO = {"maker_rank"}
"""Facts whose absence a rule reads as an answer on purpose: no rank means not placed."""

Given = dict[str, object]


def _size(industry: str, **indicators: int) -> Given:
    """Facts of a size vector: X employees, Y revenue and Z assets in units of 10,000 yuan."""
    codes: dict[str, Given] = {
        "IND": {"sector": "C"},
        "CON": {"sector": "E"},
        "RE": {"sector": "K", "industry": "7010"},
        "LEA": {"sector": "L"},
        "AGRI": {"sector": "A"},
        "TEL": {"sector": "I", "division": 63},
        "finance": {"sector": "J"},
    }
    names = {"X": "employees", "Y": "revenue", "Z": "total_assets"}
    values = {
        names[key]: value if key == "X" else Decimal(value) * 10_000
        for key, value in indicators.items()
    }
    return {**codes[industry], **values}


SIZE_VECTORS = [
    (_size("IND", X=1200, Y=200), "微型"),
    (_size("IND", X=300, Y=2000), "中型"),
    (_size("IND", X=299, Y=40000), "小型"),
    (_size("IND", X=20, Y=300), "小型"),
    (_size("IND", X=1000, Y=39999), "中型"),
    (_size("CON", Y=80000, Z=80000), "大型"),
    (_size("RE", Y=200000, Z=9999), "中型"),
    (_size("RE", Y=150, Z=1999), "微型"),
    (_size("LEA", X=10, Z=100), "小型"),
    (_size("AGRI", Y=50), "小型"),
    (_size("TEL", X=100, Y=999), "小型"),
    (_size("finance"), "NA"),
]

TAX_VECTORS = [
    (year, income, tax)
    for year, taxes in (
        (2019, ("4", "5", "15", "25", "75.25")),
        (2021, ("2", "2.5", "12.5", "22.5", "75.25")),
        (2022, ("2", "2.5", "7.5", "12.5", "75.25")),
        (2023, ("4", "5", "10", "15", "75.25")),
    )
    for income, tax in zip((80, 100, 200, 300, 301), taxes, strict=True)
]
"""Income tax of small low-profit enterprises by year, in units of 10,000 yuan."""

DEDUCTIONS = [
    ("2018-01-01", "0.75", "0.75", "0.75"),
    ("2020-12-31", "0.75", "0.75", "0.75"),
    ("2021-01-01", "0.75", "1", "0.75"),
    ("2022-01-01", "0.75", "1", "1"),
    ("2022-09-30", "0.75", "1", "1"),
    ("2022-10-01", "1", "1", "1"),
    ("2023-01-01", "1", "1", "1"),
    ("2026-11-23", "1", "1", "1"),
]
"""Extra deduction of R&D from a day on: general, manufacturing, technology SME."""


def _decide(name: str, on: date, given: Given):
    return decide(book_on(CITY, on), name, given)


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=IDS)
def test_quzhou_decision_answers_its_example(name, example):
    outcome = _decide(name, example.on, example.given)

    assert agree(example.expect, outcome.value), f"{example.because}: {outcome.value}"
    if example.missing is not None:
        assert set(outcome.missing) == set(example.missing)


def test_quzhou_decisions_and_parameters_have_no_faults():
    mine = ("decisions/", "parameters/", "facts/")

    assert [str(fault) for fault in FAULTS if fault.file.startswith(mine)] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_quzhou_decision_has_an_example_for_every_outcome(name):
    family = FAMILIES[name]

    outcomes = {example.expect for example in family.examples}

    assert None in outcomes
    if family.versions[-1].type == "boolean":
        assert outcomes == {True, False, None}
    elif family.versions[-1].type == "text":
        assert outcomes == {None, *TEXT_OUTCOMES[name].split(",")}
    else:
        assert len(outcomes) >= 2


@pytest.mark.parametrize("name", FAMILIES)
def test_quzhou_decision_has_an_example_in_every_version(name):
    family = FAMILIES[name]

    exercised = {family.on(example.on) for example in family.examples}

    assert exercised == set(family.versions)


@pytest.mark.parametrize("name", FAMILIES)
def test_quzhou_decision_has_a_column_form_in_every_version(name):
    starts = [version.start for version in FAMILIES[name].versions]

    plans = [compile_plan(book_on(CITY, start), [name]) for start in starts]

    assert len(plans) == len(starts)


@pytest.mark.parametrize("name", FAMILIES)
def test_quzhou_unknown_examples_name_what_is_missing(name):
    unknown = [example for example in FAMILIES[name].examples if example.expect is None]

    assert [example.name for example in unknown if example.missing is None] == []
    assert any(example.missing for example in unknown)


@pytest.mark.parametrize("name", FAMILIES)
def test_quzhou_decision_says_where_it_comes_from(name):
    for version in FAMILIES[name].versions:
        source = CITY.sources[version.citation.source]

        assert version.doc
        assert version.label.zh
        assert version.label.en
        assert not (version.official and source.status == "design")


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=IDS)
def test_quzhou_answers_never_turn_round_when_a_fact_is_withheld(name, example):
    facts = set(example.given) & set(CITY.facts) - ABSENCE_MEANS_NO

    answers = {
        fact: _decide(name, example.on, {k: v for k, v in example.given.items() if k != fact}).value
        for fact in facts
    }

    turned = {
        fact: value
        for fact, value in answers.items()
        if value is not None and not agree(example.expect, value)
    }
    assert turned == {}


@pytest.mark.parametrize(("given", "size"), SIZE_VECTORS, ids=str)
def test_quzhou_sme_size_gives_every_golden_vector(given, size):
    on = date(2026, 11, 23)

    assert _decide("sme_size", on, given).value == size
    assert any(
        example.expect == size and given.items() <= example.given.items()
        for example in FAMILIES["sme_size"].examples
    )


@pytest.mark.parametrize("sector", ["J", "P", "S", "T"])
def test_quzhou_uncovered_sectors_are_never_micro(sector):
    given = {"sector": sector, "employees": 1, "revenue": Decimal(1), "total_assets": Decimal(1)}

    assert _decide("sme_size", date(2026, 11, 23), given).value == "NA"
    assert _decide("small_micro", date(2026, 11, 23), given).value is False


@pytest.mark.parametrize(("year", "income", "tax"), TAX_VECTORS)
def test_quzhou_small_low_profit_tax_gives_every_golden_vector(year, income, tax):
    on = date(year, 12, 31)
    yuan = Decimal(income) * 10_000
    given = {
        "restricted_industry": False,
        "taxable_income": yuan,
        "average_employees": 100,
        "average_assets": Decimal(20_000_000),
    }
    expected = Decimal(tax) * 10_000

    assert _decide("small_low_profit_tax", on, given).value == expected
    assert _decide("small_low_profit", on, given).value is (income <= 300)
    assert any(
        (example.on, example.given.get("taxable_income"), example.expect) == (on, yuan, expected)
        for example in FAMILIES["small_low_profit_tax"].examples
    )


@pytest.mark.parametrize(("day", "general", "manufacturing", "tech_sme"), DEDUCTIONS)
def test_quzhou_rd_deduction_follows_the_published_periods(day, general, manufacturing, tech_sme):
    on = date.fromisoformat(day)
    plain = {"division": 65, "tech_sme_listed": False, "ic_machine_tool": False}

    rates = [
        _decide("rd_deduction_rate", on, {**plain, "sector": "I"}).value,
        _decide("rd_deduction_rate", on, {**plain, "sector": "C", "division": 17}).value,
        _decide("rd_deduction_rate", on, {**plain, "sector": "I", "tech_sme_listed": True}).value,
    ]

    assert rates == [Decimal(general), Decimal(manufacturing), Decimal(tech_sme)]


def test_quzhou_innovative_sme_is_not_judged_after_the_old_rule_ended():
    family = FAMILIES["innovative_sme_standard"]

    assert family.on(date(2026, 3, 31)) is not None
    assert family.on(date(2026, 4, 1)) is None
