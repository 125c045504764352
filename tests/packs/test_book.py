from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from tests.packs.packs_help import SAMPLE

from yanzhen.engines.dmn.evaluate import decide
from yanzhen.engines.dmn.model import Conditions, Dated
from yanzhen.kernel.explanation import Citation
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

DAY = date(2026, 11, 23)


@cache
def sample():
    return read_city(SAMPLE)


def test_constants_are_the_parameters_of_that_day_and_the_units():
    before, after = book_on(sample(), date(2022, 6, 30)), book_on(sample(), date(2022, 7, 1))

    assert before.constants["guarantee_fee_rate"] == Decimal("0.0100")
    assert after.constants["guarantee_fee_rate"] == Decimal("0.0080")
    assert (after.constants["万"], after.constants["亿"]) == (10_000, 100_000_000)
    assert after.constants["评估日"] == date(2022, 7, 1)


def test_a_parameter_before_its_first_value_is_unknown():
    assert book_on(sample(), date(2020, 12, 31)).constants["guarantee_fee_rate"] is None


def test_every_chinese_label_stands_for_its_id():
    book = book_on(sample(), DAY)

    assert book.resolve("营业收入") == "revenue"
    assert book.resolve("融资担保费率") == "guarantee_fee_rate"
    assert book.resolve("企业规模") == "size"
    assert book.resolve("小升规培育对象") == "listing_candidate"


def test_the_version_of_the_day_decides():
    facts = {"employees": Decimal(50), "revenue": Decimal(4_000_000)}

    old = decide(book_on(sample(), date(2025, 12, 31)), "size", facts)
    new = decide(book_on(sample(), date(2026, 1, 1)), "size", facts)

    assert (old.value, new.value) == ("小型", "微型")


def test_a_decision_that_is_not_in_force_yet_is_unknown():
    book = book_on(sample(), date(2019, 6, 1))

    assert "vitality" not in book.decisions
    assert book.constants["vitality"] is None


def test_a_clause_with_an_event_is_there_in_all_its_versions():
    decision = book_on(sample(), DAY).decisions["listing/first_listing"]

    assert isinstance(decision.logic, Dated)
    assert decision.logic.event.text == "first_listed_on"
    assert [(v.start, v.end) for v in decision.logic.versions] == [
        (date(2021, 1, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2027, 12, 31)),
    ]


def test_a_clause_without_an_event_is_there_while_it_is_in_force():
    names = {
        day: book_on(sample(), day).decisions.keys()
        for day in (date(2022, 6, 30), date(2022, 7, 1), date(2026, 12, 31), date(2027, 1, 1))
    }

    found = ["first_loan/interest" in decisions for decisions in names.values()]

    assert found == [False, True, True, False]


def test_a_clause_cites_its_policy_and_each_condition_its_article():
    decision = book_on(sample(), DAY).decisions["innovation/rd_share"]

    assert decision.citation == Citation("sample-innovation", "第三条")
    assert isinstance(decision.logic, Conditions)
    assert [exclusion.citation for exclusion in decision.logic.exclusions] == [
        Citation("sample-innovation", "第七条")
    ]
    assert decision.official is False


def test_the_book_of_a_day_is_made_once():
    assert book_on(sample(), DAY) is book_on(sample(), DAY)


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_everything_in_a_book_is_in_force_on_its_day(day):
    book = book_on(sample(), day)

    for decision in book.decisions.values():
        assert decision.start is None or decision.start <= day
        if not isinstance(decision.logic, Dated):
            assert decision.end is None or day <= decision.end
    assert set(book.aliases.values()) <= {*book.facts, *book.constants, *book.decisions}
