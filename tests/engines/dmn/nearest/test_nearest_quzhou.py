"""Nearest changes on rules of a real city: growth into scale, R&D shares, the score of 2022."""

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yanzhen.engines.dmn.evaluate import read_facts
from yanzhen.engines.dmn.nearest import (
    describe,
    describe_need,
    nearest,
    needed,
    search,
    usual_costs,
)
from yanzhen.packs.book import book_on
from yanzhen.packs.reader import read_city

CITY = Path(__file__).parents[4] / "cities" / "quzhou"
GROWING = ["niche_years", "revenue", "rd_expense_prev", "employees"]
KEEP = ["主营业务收入 <= 营业收入", "净利润 <= 营业收入", "研发人员 <= 从业人员"]
RD = {
    "登记状态": "存续", "主体类别": "企业", "规上": True, "研发费用": "1150000",
    "营业收入": "46000000", "严重失信": False, "欠税": False,
}  # fmt: skip
SCORE = {
    "梯度培育基本条件": True, "从事细分市场年限": 6, "研发费用": "3000000",
    "上年研发费用": "2500000", "营业收入": "60000000", "近两年新增股权融资": "0",
    "主营业务收入": "48000000", "两年平均增长率": "0.10", "补短板填空白": False,
    "工业六基领域": True, "产业链主配套": False, "数字化等级": 2, "省级以上质量奖": False,
    "管理体系认证": True, "自主品牌": True, "主导参与标准": False, "净利润": "3594000",
    "资产总额": "50000000", "负债总额": "25000000", "一类高价值知识产权": 0,
    "自主一类知识产权": 2, "一类知识产权": 2, "二类知识产权": 5, "研发人员": 12,
    "从业人员": 120, "研发机构级别": "市级", "近三年科技奖": "无", "创客中国名次": 1000,
}  # fmt: skip


@pytest.fixture(scope="module")
def city():
    return read_city(CITY)


@pytest.fixture(scope="module")
def book(city):
    return book_on(city, date(2025, 6, 30))


@pytest.fixture(scope="module")
def costs(city, book):
    codes = {name: fact.codes for name, fact in city.facts.items() if fact.codes}
    return usual_costs(book, codes=codes, growing=GROWING, keep=KEEP)


def test_more_research_lifts_the_share_to_the_grant(book, costs):
    facts = read_facts(book, RD)

    changes = nearest(book, "quzhou-rd-grant/rd_stock", facts, costs=costs)

    told = [describe(change, book) for change in changes]
    assert (
        "研发费用再增 23 万元（研发费用占比从 2.5% 到 3%），其余条件都已满足；可得 2.76 万元。"
        in told
    )


def test_an_unknown_research_expense_has_a_least_value(book, costs):
    facts = read_facts(book, {name: value for name, value in RD.items() if name != "研发费用"})

    (need,) = needed(book, "quzhou-rd-grant/rd_stock", facts, costs=costs)

    assert describe_need(need, book) == "研发费用 ≥ 138 万元即可"


def test_growth_of_research_is_measured_against_the_year_before(book, costs):
    facts = read_facts(book, {**RD, "上年研发费用": "1100000"})

    changes = nearest(book, "quzhou-rd-grant/rd_growth", facts, costs=costs, most_facts=1)

    ups = [one for one in changes if one.moves[0].delta > 0]
    assert [(one.moves[0].delta, one.amount) for one in ups] == [
        (Decimal(170_000), Decimal(11_000))
    ]


def test_the_way_into_scale_is_the_gap_to_the_floor(book, costs):
    given = {"行业门类": "C", "主体类别": "企业", "主营业务收入": "18654321.50"}

    changes = nearest(book, "规上达标", read_facts(book, given), costs=costs)

    assert [one.moves[0].delta for one in changes] == [Decimal("1345678.50")]


def test_one_missing_point_of_the_score_is_found_in_half_a_second(book, costs):
    facts = read_facts(book, SCORE)
    search(book, "专精特新中小企业标准", facts, costs=costs, most_facts=1)

    began = time.process_time()
    found = search(book, "专精特新中小企业标准", facts, costs=costs, most_facts=1)
    spent = time.process_time() - began

    assert found.complete
    assert not found.unsolved
    margin = next(one for one in found.changes if one.moves[0].new == Decimal(3_600_000))
    assert margin.moves[0].delta == Decimal(6_000)
    assert found.changes[0] == margin
    assert spent < 1


def test_a_certificate_and_an_expense_are_asked_together(book, costs):
    given = {**RD, "规上": False}

    changes = nearest(book, "quzhou-rd-grant/rd_stock", read_facts(book, given), costs=costs)

    assert changes
    assert all(len(one.moves) == 2 for one in changes)
    assert all(one.verified for one in changes)
