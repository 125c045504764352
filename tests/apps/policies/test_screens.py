"""E0, E2 and S7 on the sample city: what each shows, to whom, in how many queries."""

from dataclasses import replace

import pytest
from django.urls import reverse
from tests.sample_site import DAY

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import EnterpriseLink, User
from yanzhen.apps.decisions.models import Run
from yanzhen.apps.decisions.services import execute_run, queue_run
from yanzhen.apps.facts.own import own_enterprise
from yanzhen.apps.policies import selectors
from yanzhen.apps.policies.steps import steps_of
from yanzhen.web.terms import MODES

AWARD = {"policy_id": "listing", "clause_id": "first_listing"}


def _text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def as_owner(client, site):
    client.force_login(site.owner)
    return client


@pytest.fixture
def as_analyst(client, site):
    client.force_login(site.analyst)
    return client


@pytest.mark.parametrize("word", ["升规", "贷款", "奖励"])
def test_catalogue_finds_words_of_two_characters(client, db, word):
    found = selectors.catalogue(selectors.CatalogueFilter(text=word), DAY)

    text = _text(client, f"{reverse('policies:catalogue')}?q={word}")

    assert found
    assert all(word in selectors._words(o.policy, o.clause) for o in found)
    assert found[0].clause.label.zh in text


def test_catalogue_search_misses_nothing_that_holds_the_word(db):
    everything = list(selectors.offers_on(DAY))

    found = selectors.catalogue(selectors.CatalogueFilter(text="担保"), DAY)

    holding = [o.name for o in everything if "担保" in selectors._words(o.policy, o.clause)]
    assert sorted(o.name for o in found) == sorted(holding)


def test_catalogue_without_a_match_says_what_to_do(client, db):
    text = _text(client, f"{reverse('policies:catalogue')}?q=不存在的词")

    assert "没有找到相符的政策" in text
    assert "12345" in text


def test_catalogue_says_what_is_not_official(client, db):
    assert "示例，非官方" in _text(client, reverse("policies:catalogue"))


def test_policy_page_shows_conditions_with_their_article(client, db):
    text = _text(client, reverse("policies:policy_detail", args=["listing"]))

    assert "营业收入达到规上工业门槛" in text
    assert "第三条" in text
    assert "不属于：列入严重失信主体名单" in text


def test_an_unknown_policy_is_not_found(client, db):
    assert client.get(reverse("policies:policy_detail", args=["nothing"])).status_code == 404


def test_pol_2_each_condition_has_verdict_value_source_date_and_article(site):
    """POL-2: yes, no or unknown per condition, with value, source, date and article."""
    own = own_enterprise(site.owner, "")
    offer = selectors.offer_named(**AWARD, day=DAY)

    verdict = selectors.judge(offer, own.values(DAY), DAY)

    line = next(c for c in verdict.conditions if "规上工业门槛" in c.text)
    fact = next(f for f in line.facts if f.name == "revenue")
    assert verdict.holds is True
    assert verdict.amount == 120_000
    assert line.holds is True
    assert line.article.startswith("第三条")
    assert (fact.value, fact.system) == ("3,000 万元", "税务申报系统")
    assert fact.as_of.isoformat() == "2025-12-31"


def test_pol_2_unknown_names_the_missing_fact(site):
    """POL-2: unknown lists the exact missing facts."""
    EnterpriseLink.objects.create(user=site.owner, uscc=site.usccs[1])
    own = own_enterprise(site.owner, site.usccs[1])

    verdict = selectors.judge(selectors.offer_named(**AWARD, day=DAY), own.values(DAY), DAY)

    assert verdict.holds is None
    assert verdict.missing == ("营业收入",)


def test_a_clause_is_judged_by_the_version_of_its_event_date(site):
    """Listed on 2024-02-01: the version from 2024 pays 120,000 and the older one 100,000."""
    own = own_enterprise(site.owner, "")
    values = own.values(DAY)
    before = dict(values)
    listed = values["first_listed_on"]
    before["first_listed_on"] = type(listed)(
        fact=listed.fact, value=listed.value.replace(year=2022), known=True,
        dataset=listed.dataset, as_of=None, received_on=None, why="",
    )  # fmt: skip
    offer = selectors.offer_named(**AWARD, day=DAY)

    assert selectors.judge(offer, values, DAY).amount == 120_000
    assert selectors.judge(offer, before, DAY).amount == 100_000


def test_mine_shows_verdict_amount_and_reason(as_owner):
    text = _text(as_owner, reverse("policies:mine"))

    assert "可享受" in text
    assert "首次小升规奖励" in text
    assert "12 万元" in text


def test_mine_detail_shows_the_conditions_table(as_owner):
    text = _text(as_owner, reverse("policies:mine_detail", kwargs=AWARD))

    assert "为什么可以" in text
    assert "税务申报系统" in text
    assert "2025-12-31" in text


def test_mine_detail_says_how_to_get_it_and_whom_to_ask(as_owner):
    text = _text(as_owner, reverse("policies:mine_detail", kwargs=AWARD))

    assert "怎么拿" in text
    assert "到账" in text
    assert "12345" in text


@pytest.mark.parametrize("mode", MODES)
def test_every_way_of_payment_leads_to_the_money(db, mode):
    offer = selectors.offer_named(**AWARD, day=DAY)

    steps = steps_of(replace(offer.clause, mode=mode))

    assert len(steps) >= 3
    assert [step.title for step in steps].count("到账") == 1


def test_a_commitment_is_paid_before_it_is_checked(db):
    offer = selectors.offer_named(**AWARD, day=DAY)

    titles = [step.title for step in steps_of(replace(offer.clause, mode="承诺兑现"))]

    assert titles.index("到账") < titles.index("到期核查")


def test_a_tax_reduction_arrives_on_no_account(db):
    offer = selectors.offer_named(**AWARD, day=DAY)

    steps = steps_of(replace(offer.clause, mode="免申即享", kind="减免"))

    assert [step.title for step in steps] == ["自动适用", "留存资料"]


def test_one_figure_short_is_one_step_away_and_another_county_is_not(site):
    own = own_enterprise(site.owner, "")

    groups = selectors.grouped(selectors.verdicts_for(own.values(DAY), DAY))

    assert all(len(v.failed()) == 1 and not v.open() for v in groups.near)
    assert not any(fact.name == "district" for v in groups.near for fact in v.failed()[0].facts)


def test_run_button_is_offered_only_to_those_who_may(client, site):
    client.force_login(site.analyst)
    offered = _text(client, reverse("policies:run_list"))
    client.force_login(User.objects.create_user("head", role=Role.LEADER, password="x"))

    refused = _text(client, reverse("policies:run_list"))

    assert reverse("policies:run_start") in offered
    assert reverse("policies:run_start") not in refused


def test_mine_of_another_enterprise_falls_back_to_ones_own(as_owner, site):
    text = _text(as_owner, f"{reverse('policies:mine')}?e={site.usccs[3]}")

    assert "样例市样例精工有限公司" in text
    assert "电器" not in text


def test_mine_without_an_enterprise_says_what_to_do(client, db):
    client.force_login(User.objects.create_user("new", role=Role.OWNER, password="x"))

    assert "还没有关联企业" in _text(client, reverse("policies:mine"))


def test_workshop_without_a_run_says_so(as_analyst):
    assert "还没有全员计算的结果" in _text(as_analyst, reverse("policies:workshop"))


def test_workshop_and_clause_board_show_winners_and_cost(as_analyst, site):
    execute_run(queue_run(day=DAY, by=site.analyst).pk)

    workshop = _text(as_analyst, reverse("policies:workshop"))
    board = _text(as_analyst, reverse("policies:clause_board", kwargs=AWARD))

    assert "36 万元" in workshop
    assert "东湖区" in board
    assert "按区县：可享受企业数" in board
    assert "<svg" in board


def test_decision_is_read_as_a_table(as_analyst):
    text = _text(as_analyst, reverse("policies:decision_detail", args=["size"]))

    assert "命中策略" in text
    assert "样例（" in text


def test_run_is_started_by_the_analyst_and_by_no_one_else(client, site):
    address = reverse("policies:run_start")
    client.force_login(site.owner)
    refused = client.post(address).status_code
    client.force_login(site.analyst)
    started = client.post(address)

    assert refused == 403
    assert Run.objects.count() == 1
    assert started["Location"] == reverse("policies:run_detail", args=[Run.objects.get().pk])


def test_a_second_start_is_refused_with_a_reason(as_analyst):
    as_analyst.post(reverse("policies:run_start"))

    answer = as_analyst.post(reverse("policies:run_start"), follow=True)

    assert "已有一次计算正在进行" in answer.content.decode()


def test_run_progress_is_a_partial_for_htmx(as_analyst, site):
    run = queue_run(day=DAY, by=site.analyst)
    address = reverse("policies:run_detail", args=[run.pk])

    part = as_analyst.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert "hx-get" in part


@pytest.mark.parametrize("times", [1, 3])
def test_run_list_asks_the_database_the_same_at_one_and_three_runs(
    as_analyst, site, django_assert_max_num_queries, times
):
    for _ in range(times):
        execute_run(queue_run(day=DAY, by=site.analyst).pk)

    with django_assert_max_num_queries(6):
        as_analyst.get(reverse("policies:run_list"))


def test_mine_asks_the_database_little(as_owner, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        as_owner.get(reverse("policies:mine"))


def test_english_pages_speak_english(client, db):
    client.cookies["django_language"] = "en"

    text = _text(client, reverse("policies:catalogue"))

    assert 'lang="en"' in text
    assert "Sign in" in text
    assert "First listing award" in text


def test_english_amounts_are_whole_yuan(as_owner):
    as_owner.cookies["django_language"] = "en"

    text = _text(as_owner, reverse("policies:mine"))

    assert "¥120,000" in text


def test_catalogue_goes_from_the_nation_down_to_the_county(db):
    offers = selectors.catalogue(selectors.CatalogueFilter(), DAY)

    ranks = [selectors.LEVELS.index(offer.policy.level) for offer in offers]

    assert ranks == sorted(ranks)
