from datetime import date

import pyarrow as pa
import pytest
from tests import make

from yanzhen.apps.enterprises.names import name_reader
from yanzhen.apps.facts.linking import link_rows, registry_index

pytestmark = pytest.mark.django_db

ONE, TWO = "小样市甲乙机械有限公司", "小样市丙丁纺织有限公司"


@pytest.fixture
def registry():
    make.register(
        make.register_row(1, name=ONE, registration_number="330802000000001"),
        make.register_row(2, name=TWO),
    )
    return registry_index()


def _link(registry, code, name, decided=None):
    return link_rows(
        pa.array([code], pa.string()),
        None if name is None else pa.array([name], pa.string()),
        registry,
        name_reader(make.city()),
        decided=decided,
    )


@pytest.mark.parametrize(
    "name",
    [
        ONE,
        "甲乙机械有限责任公司",
        "小样甲乙机械有限公司",
        "甲乙机械(小样)有限公司",
        "小样市甲乙機械有限公司",
    ],
)
def test_a_code_with_the_same_name_links(registry, name):
    linked = _link(registry, make.code(1), name)

    assert linked.uscc.to_pylist() == [make.code(1)]
    assert linked.proposals == []


def test_somebody_elses_valid_code_does_not_link(registry):
    linked = _link(registry, make.code(2), ONE)

    assert linked.uscc.to_pylist() == [None]
    assert [p.candidate for p in linked.proposals] == [make.code(1), make.code(2)]
    evidence = linked.proposals[0].evidence
    assert [(e["what"], e["outcome"], e["points"]) for e in evidence] == [
        ("代码", "不同", 0),
        ("名称", "相同", 50),
    ]


def test_a_branch_under_its_parents_code_does_not_link(registry):
    linked = _link(registry, make.code(1), f"{ONE}衢江分公司")

    assert linked.uscc.to_pylist() == [None]
    assert linked.proposals[0].candidate == make.code(1)
    assert linked.proposals[0].evidence[1]["outcome"] == "一方是分支机构"


def test_the_owner_of_an_individual_business_is_a_witness():
    shop = make.code(5, prefix="92")
    make.register(
        make.register_row(5, uscc=shop, representative="样例经营者"),
        make.register_row(6, representative="样例经营者"),
    )
    registry = registry_index()

    assert _link(registry, shop, "样例经营者").uscc.to_pylist() == [shop]
    assert _link(registry, make.code(6), "样例经营者").uscc.to_pylist() == [None]


def test_a_former_name_is_a_witness(registry):
    make.register(make.register_row(1, name="小样市戊己机械有限公司"), as_of=date(2026, 12, 1))

    linked = _link(registry_index(), make.code(1), ONE)

    assert linked.uscc.to_pylist() == [make.code(1)]


@pytest.mark.parametrize("code", ["330802000000001", make.code(1)[8:17]])
def test_old_codes_link_with_the_right_name_only(registry, code):
    right, wrong = _link(registry, code, ONE), _link(registry, code, TWO)

    assert right.uscc.to_pylist() == [make.code(1)]
    assert wrong.uscc.to_pylist() == [None]


def test_a_slip_in_the_code_is_proposed_not_merged(registry):
    slip = make.code(1)[:3] + ("9" if make.code(1)[3] != "9" else "8") + make.code(1)[4:]

    linked = _link(registry, slip[:8] + "X" + slip[9:], ONE)

    assert linked.uscc.to_pylist() == [None]
    assert [p.candidate for p in linked.proposals] == [make.code(1)]


def test_a_stranger_stays_unlinked_without_a_proposal(registry):
    linked = _link(registry, make.code(999), "外地庚辛食品有限公司")

    assert linked.uscc.to_pylist() == [None]
    assert linked.proposals == []


def test_what_a_person_decided_holds(registry):
    linked = _link(registry, make.code(2), ONE, {(make.code(2), ONE): make.code(1)})

    assert linked.uscc.to_pylist() == [make.code(1)]
    assert linked.methods == {"人工确认": 1}


def test_without_names_the_code_alone_must_do(registry):
    assert _link(registry, make.code(1), None).uscc.to_pylist() == [make.code(1)]


def test_the_index_is_kept_until_the_registry_changes(registry, django_assert_num_queries):
    with django_assert_num_queries(1):
        again = registry_index()
    assert again is registry

    make.register(make.register_row(3))

    assert registry_index() is not registry
