import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import make

from yanzhen.apps.enterprises.names import are_alike, is_branch, likeness, name_reader
from yanzhen.apps.enterprises.words import document, pairs, plain, postgresql_query, sqlite_query

CHINESE = st.text("甲乙丙丁戊衢州样例机械有限公司", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "other",
    [
        "小样市甲乙机械有限公司",
        "小样市甲乙机械有限责任公司",
        "小样甲乙机械有限公司",
        "甲乙机械(小样)有限公司",
        "甲乙机械（小样）股份有限公司",
        " 小样市 甲乙機械有限公司",
        "浙江省小样市柯城区甲乙机械有限公司",
    ],
)
def test_key_is_one_for_every_spelling_of_a_name(other):
    reader = name_reader(make.city())

    assert reader.key(other) == "甲乙机械"


def test_key_of_a_name_that_is_all_region_and_form_is_the_name():
    assert name_reader(make.city()).key("衢江区公司") == "衢江区公司"


@pytest.mark.parametrize(
    ("name", "branch"),
    [
        ("小样市甲乙机械有限公司衢江分公司", True),
        ("小样市甲乙机械有限公司（第二营业部）", True),
        ("小样市甲乙机械有限公司衢江分公司（停业）", True),
        ("小样市甲乙机械有限公司衢江分公司-1", True),
        ("小样市甲乙机械有限公司", False),
        ("小样市分公司用品有限公司", False),
    ],
)
def test_is_branch(name, branch):
    assert is_branch(name) is branch


def test_are_alike_allows_a_slip_but_not_another_name():
    assert are_alike("第一机械制造", "第一机械制適")
    assert are_alike("第一机械", "第一械机")
    assert are_alike("第一机械", "第一机械厂")
    assert not are_alike("第一机械", "第二纺织")
    assert not are_alike("甲厂", "乙厂")
    assert not are_alike("样例第一机械制造", "样例第二机械制造")
    assert likeness("", "甲") == 0


@given(CHINESE, st.integers(0, 11), st.integers(1, 12))
def test_every_piece_of_a_name_is_a_phrase_of_its_document(name, start, length):
    piece = plain(name)[start : start + length]

    if len(piece) > 1:
        assert f" {' '.join(pairs(piece))} " in f" {document([name], [])} "


def test_queries_mean_the_same_on_both_databases():
    assert sqlite_query("机械厂") == '"机械 械厂"'
    assert postgresql_query("机械厂") == "'机械' <-> '械厂'"
    assert sqlite_query("机") == '"机"*'
    assert sqlite_query("913x") == '"91 13 3x" OR "913x"*'
    assert postgresql_query("913x") == "('91' <-> '13' <-> '3x') | '913x':*"
