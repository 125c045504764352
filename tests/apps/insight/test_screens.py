"""S3, S5 and E7 on the sample city."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from tests.sample_site import DAY

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.insight import services
from yanzhen.apps.journal.models import Entry


@pytest.fixture
def as_analyst(client, site):
    client.force_login(site.analyst)
    return client


def _text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_list_map_and_table_follow_one_filter(as_analyst):
    address = reverse("insight:enterprise_list")

    everyone = _text(as_analyst, address)
    snack_bars = _text(as_analyst, f"{address}?kind=个体工商户")

    assert "示意图（非地图）" in everyone
    assert "样例市样例轴承有限公司" in everyone
    assert "样例市样例轴承有限公司" not in snack_bars
    assert "样例市东湖区小吃店" in snack_bars
    assert 'aria-label="东湖区 1"' in snack_bars


def test_search_finds_two_characters_of_a_name(as_analyst):
    text = _text(as_analyst, f"{reverse('insight:enterprise_list')}?q=轴承")

    assert "样例市样例轴承有限公司" in text
    assert "样例市样例门业有限公司" not in text


def test_a_list_without_a_match_says_what_to_do(as_analyst):
    text = _text(as_analyst, f"{reverse('insight:enterprise_list')}?q=没有这家")

    assert "没有相符的企业" in text


def test_list_asks_the_database_little(as_analyst, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        as_analyst.get(reverse("insight:enterprise_list"))


def test_export_is_ready_to_send_and_journalled(as_analyst, site):
    answer = as_analyst.get(f"{reverse('insight:enterprise_export')}?kind=企业")

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet["A1"].value.endswith("企业名单")
    assert sheet.max_row == 3 + 7
    entry = Entry.objects.get(action="enterprises.exported")
    assert (entry.actor, entry.detail) == (site.analyst, {"rows": 7})


def test_an_export_of_too_many_is_refused_with_a_reason(as_analyst, monkeypatch):
    monkeypatch.setattr(services, "EXPORT_MOST", 3)

    answer = as_analyst.get(reverse("insight:enterprise_export"), follow=True)

    assert "超过可直接导出的 3 家" in answer.content.decode()
    assert not Entry.objects.filter(action="enterprises.exported").exists()


def test_entity_360_shows_registry_facts_and_verdicts(as_analyst, site):
    text = _text(as_analyst, reverse("insight:enterprise_detail", args=[site.usccs[0]]))

    assert "样例市样例精工有限公司" in text
    assert "3,000 万元" in text
    assert "税务申报系统" in text
    assert "首次小升规奖励" in text
    assert "138****1234" in text


def test_an_officer_can_explain_a_verdict_condition_by_condition(as_analyst, site):
    address = reverse(
        "insight:enterprise_verdict", args=[site.usccs[0], "listing", "first_listing"]
    )

    text = _text(as_analyst, address)

    assert "营业收入达到规上工业门槛" in text
    assert "税务申报系统" in text
    assert "第三条" in text


def test_an_outsider_is_told_nothing_about_a_verdict(client, site):
    user = User.objects.create_user("grid2", role=Role.GRID, password="x", grid="nowhere")
    client.force_login(user)
    address = reverse(
        "insight:enterprise_verdict", args=[site.usccs[0], "listing", "first_listing"]
    )

    assert client.get(address).status_code == 404


def test_export_says_how_many_it_will_take(as_analyst):
    text = _text(as_analyst, f"{reverse('insight:enterprise_list')}?kind=企业")

    assert "导出 7 家" in text


def test_360_asks_the_database_little(as_analyst, site, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        as_analyst.get(reverse("insight:enterprise_detail", args=[site.usccs[0]]))


def test_own_facts_name_the_office_of_what_is_missing(client, site):
    client.force_login(site.owner)

    text = _text(client, reverse("insight:mine"))

    assert "还缺的事实" in text
    assert "怎么取的" in text


def test_the_owner_of_an_individual_business_is_masked(as_analyst, site):
    text = _text(as_analyst, reverse("insight:enterprise_detail", args=[site.usccs[7]]))

    assert "甲**" in text
    assert "甲某某" not in text


@pytest.mark.parametrize(("on", "words"), [("23.11.2026", "不是日期"), ("2999-01-01", "将来")])
def test_a_day_that_cannot_be_shown_is_explained(as_analyst, site, on, words):
    address = reverse("insight:enterprise_detail", args=[site.usccs[0]])

    assert words in _text(as_analyst, f"{address}?on={on}")


def test_before_the_first_snapshot_the_page_says_so(as_analyst, site):
    address = reverse("insight:enterprise_detail", args=[site.usccs[0]])

    text = _text(as_analyst, f"{address}?on=2026-01-01")

    assert "样例市样例精工有限公司" in text


def test_an_outsider_does_not_learn_that_an_enterprise_exists(client, site):
    user = User.objects.create_user("grid", role=Role.GRID, password="x", grid="nowhere")
    client.force_login(user)

    answer = client.get(reverse("insight:enterprise_detail", args=[site.usccs[0]]))

    assert answer.status_code == 404


def test_own_facts_show_value_source_and_day(client, site):
    client.force_login(site.owner)

    text = _text(client, reverse("insight:mine"))

    assert "营业收入" in text
    assert "税务申报系统" in text
    assert "2025-12-31" in text
    assert DAY.isoformat() not in text.split("2025-12-31", 1)[0]
