from datetime import date

import pytest
from tests.packs.packs_help import SAMPLE, copy_of_sample, replace_in

from yanzhen.packs.diff import diff_cities
from yanzhen.packs.reader import read_city


def words_after(folder, *edits):
    """What the comparison tells after edits of a copy of the sample city."""
    city = copy_of_sample(folder)
    for name, old, new in edits:
        replace_in(city, name, old, new)
    changes = diff_cities(read_city(SAMPLE), read_city(city))
    return [(change.kind, change.what, change.id, change.on, change.words.zh) for change in changes]


def test_a_city_does_not_differ_from_itself():
    assert diff_cities(read_city(SAMPLE), read_city(SAMPLE)) == []


def test_comments_order_and_spacing_make_no_difference(tmp_path):
    edits = (
        ("facts/support.yaml", "# What the enterprise", "# Other words\n\n# What the enterprise"),
        ("decisions/size/2026-01-01.yaml", '[">= 1000", ', '[ ">= 1000",   '),
        ("organizations.csv", "bank-one,样例第一银行,第一银行,bank,,999901,\n", ""),
        (
            "organizations.csv",
            "guarantee-one,",
            "bank-one,样例第一银行,第一银行,bank,,999901,\nguarantee-one,",
        ),
    )

    assert words_after(tmp_path, *edits) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            (
                "parameters/finance/guarantee_fee_rate.yaml",
                "source: sample-2022-07}",
                (
                    'source: sample-2022-07}\n  - {from: 2027-01-01, value: "0.0050", '
                    "source: sample-2022-07}"
                ),
            ),
            (
                "added",
                "value",
                "guarantee_fee_rate",
                date(2027, 1, 1),
                "新增参数值“融资担保费率”（guarantee_fee_rate）：自 2027-01-01 起，0.0050",
            ),
        ),
        (
            ("parameters/finance/guarantee_fee_rate.yaml", '"0.0080"', '"0.0090"'),
            (
                "changed",
                "value",
                "guarantee_fee_rate",
                date(2022, 7, 1),
                "修改参数值“融资担保费率”（guarantee_fee_rate）：自 2022-07-01 起，0.0080 → 0.0090",
            ),
        ),
        (
            ("facts/registration.yaml", "sensitivity: public", "sensitivity: internal"),
            (
                "changed",
                "fact",
                "uscc",
                None,
                "修改事实“统一社会信用代码”（uscc）：敏感级别 public → internal",
            ),
        ),
        (
            ("policies/startup/policy.yaml", "redeem_days: 5", "redeem_days: 3"),
            (
                "changed",
                "clause",
                "startup/mentor",
                date(2023, 1, 1),
                "修改条款“创业导师服务”（startup/mentor）：自 2023-01-01 起，兑付时限 5 → 3",
            ),
        ),
        (
            ("decisions/size/2019-01-01.yaml", '">= 20", ">= 300 * 万"', '">= 20", ">= 200 * 万"'),
            (
                "changed",
                "version",
                "size",
                date(2019, 1, 1),
                "修改决策版本“企业规模”（size）：自 2019-01-01 起，规则内容",
            ),
        ),
        (
            ("territory/squads.csv", "s02,西山金融服务队", "s02,西山金融一队"),
            (
                "changed",
                "squad",
                "s02",
                None,
                "修改金融服务小分队“西山金融一队”（s02）：名称 西山金融服务队 → 西山金融一队",
            ),
        ),
        (
            ("city.yaml", 'version: "2026.11"', 'version: "2026.12"'),
            (
                "changed",
                "city",
                "sample",
                None,
                "修改城市“样例市”（sample）：version 2026.11 → 2026.12",
            ),
        ),
        (
            ("glossary.csv", "网格,grid,企业社区下最小的服务单元,\n", ""),
            ("removed", "glossary", "网格", None, "删除术语“网格”"),
        ),
    ],
)
def test_one_change_is_told_in_one_sentence(edit, expected, tmp_path):
    assert words_after(tmp_path, edit) == [expected]


def test_a_new_version_of_a_decision_is_told_with_its_day(tmp_path):
    city = copy_of_sample(tmp_path)
    newest = city / "decisions" / "size" / "2026-01-01.yaml"
    (city / "decisions" / "size" / "2027-01-01.yaml").write_bytes(newest.read_bytes())

    changes = diff_cities(read_city(SAMPLE), read_city(city))

    assert [change.words.zh for change in changes] == [
        "修改决策版本“企业规模”（size）：自 2026-01-01 起，截止日 null → 2026-12-31",
        "新增决策版本“企业规模”（size）：自 2027-01-01 起",
    ]


def test_added_in_one_direction_is_removed_in_the_other(tmp_path):
    city = copy_of_sample(tmp_path)
    source = city / "sources" / "sample-new.yaml"
    source.write_text("title: 新文件\nissuer: 样例市\nstatus: design\n", encoding="utf-8")
    old, new = read_city(SAMPLE), read_city(city)

    forth, back = diff_cities(old, new), diff_cities(new, old)

    assert [(change.kind, change.id) for change in forth] == [("added", "sample-new")]
    assert [(change.kind, change.id) for change in back] == [("removed", "sample-new")]
