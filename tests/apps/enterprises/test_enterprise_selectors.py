from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import make

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import EnterpriseLink
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.enterprises.selectors import (
    count_by,
    enterprise_for,
    enterprise_on,
    enterprises_for,
    search_enterprises,
    story_of,
    unassigned_enterprises,
)
from yanzhen.apps.organizations.services import load_organizations

pytestmark = pytest.mark.django_db

LATER = make.DAY + timedelta(days=10)


def _names(found):
    return [row.name for row in found]


def _fill():
    make.register(
        make.register_row(1, name="小样市甲乙机械有限公司"),
        make.register_row(2, name="甲乙机械制造厂", town="二镇", district="衢江区"),
        make.register_row(3, name="小样市丙丁纺织有限公司", registration_number="330802000000001"),
    )


def _found(text):
    return _names(search_enterprises(text, Enterprise.objects.all()))


@pytest.mark.parametrize(
    ("role", "fields", "seen"),
    [
        (Role.LEADER, {}, 3),
        (Role.ANALYST, {"unit": "office"}, 3),
        (Role.HANDLER, {"unit": "county-office"}, 2),
        (Role.HANDLER, {"unit": "unknown"}, 0),
        (Role.HANDLER, {}, 0),
        (Role.GRID, {"grid": "g2"}, 1),
        (Role.GRID, {}, 0),
        (Role.COMMUNITY, {"community": "c1"}, 2),
        (Role.BANK, {"unit": "office"}, 0),
        (Role.SYSTEM, {}, 0),
        (Role.OWNER, {}, 0),
    ],
)
def test_enterprises_for_shows_each_role_its_own(role, fields, seen):
    load_organizations(make.city(), on=make.DAY)
    _fill()

    found = enterprises_for(make.user(role, **fields))

    assert found.count() == seen


def test_enterprises_for_an_owner_are_those_acted_for():
    _fill()
    owner = make.user(Role.OWNER)
    EnterpriseLink.objects.create(user=owner, uscc=make.code(3))

    assert _names(enterprises_for(owner)) == ["小样市丙丁纺织有限公司"]


def test_search_finds_two_characters_anywhere_in_a_name():
    _fill()

    assert _found("甲乙") == ["甲乙机械制造厂", "小样市甲乙机械有限公司"]
    assert _found("纺织") == ["小样市丙丁纺织有限公司"]
    assert _found("乙丙") == []


def test_search_finds_one_character_and_ignores_marks_and_spaces():
    _fill()

    assert len(_found("械")) == 2
    assert _found("甲 乙（机械）制造") == ["甲乙机械制造厂"]
    assert len(_found("  ")) == 3


def test_search_finds_codes_by_their_beginning():
    _fill()

    assert _found(make.code(2)) == ["甲乙机械制造厂"]
    assert _found(make.code(2).lower()[:17]) == ["甲乙机械制造厂"]
    assert _found(make.code(2)[8:17]) == ["甲乙机械制造厂"]
    assert _found("330802000000001") == ["小样市丙丁纺织有限公司"]


def test_search_finds_former_names_and_puts_equal_names_first():
    _fill()
    make.register(make.register_row(1, name="小样市戊己机械有限公司"), as_of=LATER)

    assert _found("小样市甲乙机械有限公司") == ["小样市戊己机械有限公司"]
    assert _found("甲乙机械制造厂") == ["甲乙机械制造厂"]


@given(st.text(max_size=12))
@settings(max_examples=60)
def test_search_never_fails(text):
    assert isinstance(_found(text), list)


@pytest.mark.parametrize("text", ['"', 'a" OR b', "* - :", "' & !", "<->", "1' OR '1'='1"])
def test_search_takes_any_text(text):
    _fill()

    assert isinstance(_found(text), list)


def test_search_stays_within_what_the_reader_may_see():
    _fill()
    officer = make.user(Role.GRID, grid="g2")

    found = search_enterprises("机械", enterprises_for(officer))

    assert _names(found) == ["甲乙机械制造厂"]


def test_search_forgets_a_deleted_enterprise():
    _fill()

    Enterprise.objects.filter(uscc=make.code(2)).delete()

    assert _found("制造厂") == []


def test_enterprise_for_finds_old_codes():
    _fill()
    leader = make.user(Role.LEADER)

    assert enterprise_for(leader, f" {make.code(3).lower()} ").uscc == make.code(3)
    assert enterprise_for(leader, "330802000000001").uscc == make.code(3)
    assert enterprise_for(leader, "nothing") is None


def test_unassigned_are_those_who_stand_and_have_no_grid():
    make.register(
        make.register_row(1),
        make.register_row(2, town=None),
        make.register_row(3, town=None, status="注销", closed_on=date(2020, 1, 1)),
        make.register_row(4, town=None, founded_on=LATER),
    )
    leader = make.user(Role.LEADER)

    assert [e.uscc for e in unassigned_enterprises(leader, make.DAY)] == [make.code(2)]
    before = unassigned_enterprises(leader, make.DAY - timedelta(days=1))
    assert [e.uscc for e in before] == [make.code(1), make.code(2)]


def test_enterprise_on_a_day_shows_what_held_then():
    make.register(make.register_row(1))
    make.register(make.register_row(1, name="小样市新名机械有限公司"), as_of=LATER)
    one = Enterprise.objects.get()

    then, now = enterprise_on(one, make.DAY), enterprise_on(one, LATER)

    assert str(then.name) == "小样市第1号机械有限公司"
    assert str(now.name) == "小样市新名机械有限公司"
    assert enterprise_on(one, date(2000, 1, 1)).name is None


def test_story_tells_every_period_and_both_ends_of_a_succession():
    shop = make.code(1, prefix="92")
    make.register(
        make.register_row(1, uscc=shop, kind="个体工商户"),
        make.register_row(2, predecessor=shop),
    )

    after = story_of(Enterprise.objects.get(uscc=shop))
    before = story_of(Enterprise.objects.get(uscc=make.code(2)))

    assert [s.successor.uscc for s in after.successors] == [make.code(2)]
    assert [s.predecessor for s in before.predecessors] == [shop]
    assert [str(n) for n in before.names] == ["小样市第2号机械有限公司"]


def test_count_by_counts_each_value():
    _fill()

    assert count_by(Enterprise.objects.all(), "district") == {"330802": 2, "330803": 1}


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_need_one_query(rows, django_assert_num_queries):
    make.register(*(make.register_row(n) for n in range(rows)))
    leader = make.user(Role.LEADER)

    with django_assert_num_queries(1):
        found = [str(e) for e in search_enterprises("机械", enterprises_for(leader))]

    assert len(found) == rows
