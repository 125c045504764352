from tests.packs.packs_help import SAMPLE, copy_of_sample, replace_in

from yanzhen.engines.dmn.model import Context
from yanzhen.kernel.explanation import Citation
from yanzhen.packs.reader import check_city, read_city

FILE = "decisions/listing_candidate/2023-01-01.dmn"


def test_a_dmn_file_is_a_decision_with_labels_type_source_and_steps():
    decision = read_city(SAMPLE).decisions["listing_candidate"].versions[0]

    assert (decision.label.zh, decision.label.en) == ("小升规培育对象", "Candidate for listing")
    assert (decision.type, decision.version) == ("text", "2023-01-01")
    assert decision.citation == Citation("sample-listing-award")
    assert decision.official is False
    assert isinstance(decision.logic, Context)
    assert [entry.label for entry in decision.logic.entries] == ["接近门槛"]


def test_a_name_that_the_city_does_not_know_is_a_fault(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, FILE, "<text>营业收入增长率</text>", "<text>营业收入增长</text>")

    faults = check_city(city)[1]

    assert [(fault.file, fault.mend) for fault in faults] == [
        (FILE, "did you mean “营业收入增长率”?")
    ]
    assert faults[0].line == 20


def test_a_file_without_the_decision_of_its_folder_is_a_fault(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, FILE, 'id="listing_candidate" name', 'id="listing_candidates" name')

    faults = [(fault.file, fault.message) for fault in check_city(city)[1]]

    assert faults == [(FILE, "there is no decision with the id “listing_candidate” and a logic")]


def test_xml_that_cannot_be_read_is_a_fault(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, FILE, "</definitions>", "")

    assert [fault.file for fault in check_city(city)[1]] == [FILE]


def test_an_expression_that_cannot_be_read_is_a_fault(tmp_path):
    city = copy_of_sample(tmp_path)
    replace_in(city, FILE, "营业收入 * 10 >= 规上工业门槛 * 8", "营业收入 * ")

    faults = check_city(city)[1]

    assert [(fault.file, fault.line, fault.key) for fault in faults] == [(FILE, 17, "接近门槛")]
