from datetime import date
from decimal import Decimal

from tests.packs.packs_help import copy_of_sample

from yanzhen.packs.book import book_on
from yanzhen.packs.reader import check_city, read_city

COUNTY = {
    "city.yaml": """\
id: xishan
label: {zh: 西山县, en: Xishan}
code: "999902"
version: "1"
inherits: ../sample
""",
    "sources/xishan.yaml": """\
title: 西山县规定
issuer: 西山县人民政府
status: design
""",
    "parameters/industry/listing_threshold.yaml": """\
label: {zh: 规上工业门槛, en: Threshold of above-scale industry}
unit: 元
type: money
values:
  - {from: 2011-01-01, value: "10000000", source: xishan}
""",
    "facts/support.yaml": """\
dishonest:
  label: {zh: 严重失信, en: On the serious-breach list}
  type: boolean
  dataset: credit_list
  column: 严重失信
  absent: false
  sensitivity: internal
""",
    "organizations.csv": """\
id,name,short,kind,parent,district,uscc
xishan-economy,西山县经济和信息化局,县经信局,department,xishan-government,999902,
bank-two,西山农村商业银行,农商行,bank,,999902,
""",
}


def county_over_sample(folder, **more):
    copy_of_sample(folder)
    for name, text in {**COUNTY, **more}.items():
        path = folder / "xishan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "xishan"


def test_a_county_of_thirty_lines_is_its_city_with_its_own_values(tmp_path):
    path = county_over_sample(tmp_path)

    county, parent = read_city(path), read_city(tmp_path / "sample")

    book = book_on(county, date(2026, 11, 23))
    assert (county.id, county.label.zh, county.brands) == ("xishan", "西山县", parent.brands)
    assert book.constants["listing_threshold"] == Decimal(10_000_000)
    assert county.decisions.keys() == parent.decisions.keys()
    assert county.hash != parent.hash


def test_fact_files_and_tables_merge_by_key(tmp_path):
    county = read_city(county_over_sample(tmp_path))

    organizations = {unit.id: unit.name for unit in county.organizations}

    assert county.facts["dishonest"].sensitivity == "internal"
    assert "step_award_paid" in county.facts
    assert organizations["bank-two"] == "西山农村商业银行"
    assert {"xishan-economy", "sample-economy"} <= organizations.keys()


def test_a_fault_in_the_parent_names_the_parents_file(tmp_path):
    path = county_over_sample(tmp_path)
    (tmp_path / "sample" / "sources" / "sample-zone.yaml").unlink()

    files = [fault.file for fault in check_city(path)[1]]

    assert files == ["../sample/policies/zone_entry/policy.yaml"]


def test_a_parent_that_is_not_there_is_a_fault_with_its_line(tmp_path):
    text = COUNTY["city.yaml"].replace("../sample", "../nowhere")
    path = county_over_sample(tmp_path, **{"city.yaml": text})

    faults = check_city(path)[1]

    assert ("city.yaml", 5, "there is no city folder at ../nowhere") in [
        (fault.file, fault.line, fault.message) for fault in faults
    ]


def test_a_folder_that_inherits_from_itself_is_a_fault(tmp_path):
    text = COUNTY["city.yaml"].replace("../sample", "../xishan")
    path = county_over_sample(tmp_path, **{"city.yaml": text})

    messages = [fault.message for fault in check_city(path)[1]]

    assert "the folder inherits from itself, or through more than 5 folders" in messages
