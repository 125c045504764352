import shutil

import pytest
from tests.packs.packs_help import QUZHOU, SAMPLE, copy_of_sample, places_of, replace_in

from yanzhen.kernel.errors import PackError
from yanzhen.packs.reader import check_city, read_city


@pytest.mark.parametrize("city", [SAMPLE, QUZHOU], ids=lambda path: path.name)
def test_both_cities_have_no_faults(city):
    read, faults = check_city(city)

    assert faults == []
    assert read is not None


LISTING = "policies/listing/policy.yaml"
SPOILED = {
    # sources
    "a value without a source": (
        "parameters/finance/guarantee_fee_rate.yaml",
        'value: "0.0080", source: sample-2022-07',
        'value: "0.0080"',
        "the key “source” is missing",
    ),
    "a source that does not exist": (
        "decisions/size/2026-01-01.yaml",
        "source: sample-size-2026",
        "source: sample-size-2025",
        "there is no source “sample-size-2025”",
    ),
    "official wording from our own design": (
        "decisions/size/2026-01-01.yaml",
        "source: sample-size-2026\narticle: 第三条\nstatus: typical",
        "source: sample-size-2026\narticle: 第三条\nstatus: official",
        "“sample-size-2026” is our own design and cannot carry the status official",
    ),
    # facts and data sets
    "a fact of an unknown data set": (
        "facts/support.yaml",
        "dataset: credit_list",
        "dataset: credit_lists",
        "there is no data set “credit_lists”",
    ),
    "a fact of an unknown column": (
        "facts/support.yaml",
        "column: 严重失信",
        "column: 严重失职",
        "there is no column “严重失职”",
    ),
    "a column that feeds another fact": (
        "datasets/tax_annual.yaml",
        "name: 研发费用, type: money, fact: rd_expense",
        "name: 研发费用, type: money, fact: revenue",
        "the fact “revenue” comes from tax_annual, column “营业收入”",
    ),
    "a column of another type than its fact": (
        "datasets/statistics.yaml",
        "name: 从业人员, type: integer",
        "name: 从业人员, type: text",
        "the column is of type text, its fact “employees” of type integer",
    ),
    "a unit that does not convert": (
        "datasets/banking.yaml",
        "fact: loan_balance, unit: 万元",
        "fact: loan_balance, unit: 吨",
        "the column's unit “吨” does not convert to “元” of its fact “loan_balance”",
    ),
    "a code that the fact does not know": (
        "datasets/registration.yaml",
        "codes: [企业, 个体工商户]",
        "codes: [企业, 个体户]",
        "“个体户” is no code of its fact “entity_kind”",
    ),
    "a value of the wrong type for absent": (
        "facts/support.yaml",
        'absent: "0"',
        "absent: false",
        "“absent” is not of the fact's type money",
    ),
    "a data set of an unknown organization": (
        "datasets/banking.yaml",
        "owner: sample-finance-office",
        "owner: sample-finance-offices",
        "there is no organization “sample-finance-offices”",
    ),
    # names
    "one label for two things": (
        "facts/registration.yaml",
        "zh: 前身代码",
        "zh: 注册资本",
        "the name “注册资本” belongs to the fact registered_capital already",
    ),
    "one English label for two things": (
        "facts/business.yaml",
        "zh: 从业人员, en: Employees",
        "zh: 从业人员, en: Total assets",
        "the English label “Total assets” belongs to total_assets already",
    ),
    # values over time
    "values out of order": (
        "parameters/finance/guarantee_fee_rate.yaml",
        "from: 2022-07-01",
        "from: 2020-07-01",
        "2020-07-01 is not after the value before it (2021-01-01)",
    ),
    "an end before the start": (
        "policies/startup/policy.yaml",
        "from: 2023-01-01\n",
        "from: 2023-01-01\nuntil: 2022-01-01\n",
        "the policy “startup” ends on 2022-01-01, before it starts on 2023-01-01",
    ),
    "versions of a clause that overlap": (
        LISTING,
        "until: 2023-12-31",
        "until: 2024-01-31",
        (
            "two versions of the clause “first_listing” overlap: from 2021-01-01 until 2024-01-31, "
            "and from 2024-01-01"
        ),
    ),
    # rules
    "a step that is used before it stands": (
        "decisions/vitality/2020-01-01.yaml",
        "inputs: [营业收入增长率]",
        "inputs: [规模得分]",
        "“规模得分” is a step further down",
    ),
    "a step that hides a fact": (
        "decisions/guarantee_fee/2022-07-01.yaml",
        "name: share\n    label",
        "name: revenue\n    label",
        "the step “revenue” hides the fact of that name",
    ),
    "a text compared with a number": (
        "policies/first_loan/policy.yaml",
        "when: 贷款余额 > 0",
        'when: 贷款余额 = "无"',
        "贷款余额 is of type money, not string",
    ),
    "a code that a table cell does not know": (
        "decisions/size/2019-01-01.yaml",
        "inputs: [从业人员, 营业收入]",
        "inputs: [从业人员, 营收]",
        "there is no fact, parameter, decision or earlier step “营收”",
    ),
    "a condition without an article": (
        "policies/startup/policy.yaml",
        "when: 成立日期.year = 评估日.year, article: 第二项",
        "when: 成立日期.year = 评估日.year",
        "the key “article” is missing",
    ),
    "a card that is too long": (
        "policies/startup/policy.yaml",
        "card: 成立不满 2 年的小微企业",
        "card: 成立不满 2 年的小微企业" + "很" * 100,
        "the text has 141 characters, more than 120",
    ),
    "a unit that is no organization": (
        LISTING,
        "unit: sample-economy",
        "unit: sample-economic",
        "there is no organization “sample-economic”",
    ),
    "an event that is no date": (
        "policies/zone_entry/policy.yaml",
        "    mode: 快申快享\n",
        "    mode: 快申快享\n    event: revenue\n",
        "the event “revenue” is of type money, not date",
    ),
    "a region that is no district": (
        "policies/zone_entry/policy.yaml",
        "region: S-KFQ",
        "region: S-KFX",
        "there is no district “S-KFX”",
    ),
    # examples
    "a given value of the wrong type": (
        "decisions/size/examples.yaml",
        '从业人员: 1200, 营业收入: "500000000"',
        '从业人员: 许多, 营业收入: "500000000"',
        "“许多” is not of the type of 从业人员",
    ),
    "a given code that does not exist": (
        "policies/startup/examples.yaml",
        "企业规模: 微型, 登记状态: 存续",
        "企业规模: 微型, 登记状态: 在业",
        "“在业” is no code of 登记状态",
    ),
    "a fact given twice": (
        "decisions/size/examples.yaml",
        '从业人员: 1200, 营业收入: "500000000"',
        "从业人员: 1200, employees: 1200",
        "“employees” is given twice, by id and by name",
    ),
    "an expected value of the wrong type": (
        "decisions/revenue_growth/examples.yaml",
        'expect: "0.1"',
        "expect: 一成",
        "“一成” cannot be the result on 2026-11-23",
    ),
    "an example of a day without a version": (
        "decisions/size/examples.yaml",
        "on: 2025-12-31",
        "on: 2018-12-31",
        "“小型” cannot be the result on 2018-12-31",
    ),
    "an example of an unknown clause": (
        "policies/startup/examples.yaml",
        "clause: mentor",
        "clause: mentors",
        "there is no clause “mentors”",
    ),
    "a missing fact that is no fact": (
        "decisions/size/examples.yaml",
        "missing: [营业收入]",
        "missing: [营收入]",
        "there is no fact “营收入”",
    ),
    # tables
    "a grid of an unknown community": (
        "territory/grids.csv",
        "g02,柳园网格,c01",
        "g02,柳园网格,c09",
        "there is no community “c09”",
    ),
    "a community of an unknown district": (
        "territory/communities.csv",
        "c02,西山企业社区,999902",
        "c02,西山企业社区,999909",
        "there is no district “999909”",
    ),
    "a district with a foreign code": (
        "territory/districts.csv",
        "999902,西山县,county,999900,2000-01-01,,,1,0",
        "999902,西山县,county,999900,2000-01-01,,,1,0\n330802,外县,county,999900,,,,5,5",
        "“330802” is no code of a county of this city",
    ),
    "two districts on one hexagon": (
        "territory/districts.csv",
        "S-KFQ,样例经济开发区,zone,999901,2010-01-01,,,0,1",
        "S-KFQ,样例经济开发区,zone,999901,2010-01-01,,,1,0",
        "the hexagon (1, 0) belongs to 999902 already",
    ),
    "a town that does not exist": (
        "territory/grids.csv",
        "西山镇;石桥镇",
        "西山镇;石头镇",
        "there is no town “石头镇”",
    ),
    "an industry that is no code": (
        "territory/grids.csv",
        "S-KFQ,C,30",
        "S-KFQ,制造业,30",
        "“制造业” is no code of GB/T 4754",
    ),
    "a squad led by nobody": (
        "territory/squads.csv",
        "bank-two",
        "bank-three",
        "there is no organization “bank-three”",
    ),
    "a row with a cell too few": (
        "organizations.csv",
        "guarantee,sample-finance-bureau,999900,",
        "guarantee,sample-finance-bureau,",
        "the row has 6 cells, the heading 7",
    ),
    "a kind that does not exist": (
        "organizations.csv",
        "bank-two,样例农村商业银行,农商行,bank",
        "bank-two,样例农村商业银行,农商行,banker",
        "“banker” is not allowed here",
    ),
    "a calendar day of another year": (
        "calendar/2026.csv",
        "2026-01-02,",
        "2025-01-02,",
        "2025-01-02 does not belong to the year 2026",
    ),
    "a term that stands twice": (
        "glossary.csv",
        "数据集,data set,",
        "事实,data set,",
        "“事实” stands here twice (first on line 3)",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_one_mistake_is_one_fault_in_its_file_with_a_mend(name, tmp_path):
    file, old, new, message = SPOILED[name]
    city = copy_of_sample(tmp_path)
    replace_in(city, file, old, new)

    faults = check_city(city)[1]

    assert [(fault.file, fault.message) for fault in faults] == [(file, message)]
    assert faults[0].line is not None
    assert faults[0].mend


def test_reading_a_city_with_faults_raises_all_of_them_in_order(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, "city.yaml", 'code: "999900"', "code: 999900")
    replace_in(city, LISTING, "unit: sample-economy", "unit: nobody")

    with pytest.raises(PackError) as raised:
        read_city(city)

    assert [fault.file for fault in raised.value.faults] == ["city.yaml", LISTING]
    assert 'quote it: "999900"' in str(raised.value)


def test_a_circle_of_decisions_is_named(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(
        city, "decisions/size/2026-01-01.yaml", "[从业人员, 营业收入]", "[经营活力, 营业收入]"
    )

    messages = [fault.message for fault in check_city(city)[1]]

    assert "decisions rest on one another in a circle: size → vitality → size" in messages


def test_a_folder_without_city_yaml_says_what_to_write(tmp_path):
    city, faults = check_city(tmp_path)

    assert city is None
    assert [(fault.file, fault.message) for fault in faults] == [
        ("city.yaml", "the file is missing")
    ]


def test_a_file_that_nothing_reads_is_a_fault_with_the_nearest_shape(tmp_path):
    city = copy_of_sample(tmp_path)
    shutil.move(city / "glossary.csv", city / "glosary.csv")

    faults = check_city(city)[1]

    assert [(fault.file, fault.mend) for fault in faults] == [
        ("glosary.csv", "did you mean “glossary.csv”?")
    ]


def test_a_symbolic_link_is_not_followed(tmp_path):
    city = copy_of_sample(tmp_path)
    (city / "sources" / "secret.yaml").symlink_to("/etc/hostname")

    assert places_of(city) == [("sources/secret.yaml", None)]


def test_examples_of_a_decision_without_versions_are_a_fault(tmp_path):
    city = copy_of_sample(tmp_path)
    shutil.copytree(city / "decisions" / "size", city / "decisions" / "sizes")
    for path in (city / "decisions" / "sizes").glob("2*.yaml"):
        path.unlink()

    assert places_of(city) == [("decisions/sizes/examples.yaml", 1)]


def test_a_decision_and_a_clause_without_examples_are_faults(tmp_path):
    city = copy_of_sample(tmp_path)
    (city / "decisions" / "size" / "examples.yaml").unlink()
    (city / "policies" / "startup" / "examples.yaml").unlink()

    messages = [fault.message for fault in check_city(city)[1]]

    assert messages == [
        "the decision “size” has no examples",
        "the clause “startup/mentor” has no example",
        "the clause “startup/first_report” has no example",
    ]


def test_a_table_that_answers_nothing_in_some_case_is_a_fault_of_its_file(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, "decisions/guarantee_fee/2022-07-01.yaml", '        - ["false", 1]\n', "")

    faults = check_city(city)[1]

    assert [fault.file for fault in faults] == ["decisions/guarantee_fee/2022-07-01.yaml"]
    assert "缺口" in faults[0].message


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts/business.yaml", "revenue:\n", "revenue: [\n"),
        ("datasets/tax_annual.yaml", "columns:\n", "columns: [\n"),
        ("parameters/industry/listing_threshold.yaml", "values:\n", "values: {\n"),
        ("decisions/size/2026-01-01.yaml", "  rows:\n", "  rows: [\n"),
        ("policies/listing/policy.yaml", "clauses:\n", "clauses: [\n"),
        ("policies/listing/examples.yaml", "- name:", "- [name:"),
        ("organizations.csv", "id,name,short", "id,title,short"),
        ("territory/communities.csv", "id,name,district", "id,name,county"),
        ("territory/districts.csv", "999902,西山县,county,", "999902,西山县,"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_and_not_blamed_on_others(file, old, new, tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, file, old, new)

    files = {fault.file for fault in check_city(city)[1]}

    assert files == {file}
