"""A folder of the TCK runs to its end, whatever the files in it hold."""

import csv
import time

import pytest
from click.testing import CliRunner

from yanzhen.config.cli.tck import tck
from yanzhen.engines.dmn.tck.cases import cases_in
from yanzhen.engines.dmn.tck.limit import at_most
from yanzhen.engines.dmn.tck.run import folders_in, run_folder
from yanzhen.engines.feel import evaluate, parse
from yanzhen.kernel.errors import DecisionError

MODEL = """<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="n" name="m">
  <inputData id="i" name="age"><variable name="age" typeRef="number"/></inputData>
  <decision id="d" name="adult"><variable name="adult"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>age &gt;= 18</text></literalExpression>
  </decision>
  <decision id="e" name="doubled"><variable name="doubled"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>{"it": age * 2}</text></literalExpression>
  </decision>
</definitions>
"""
TESTS = """<?xml version="1.0"?>
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>m.dmn</modelName>
  <testCase id="001">
    <inputNode name="age"><value xsi:type="xsd:decimal">20</value></inputNode>
    <resultNode name="adult"><expected><value xsi:type="xsd:boolean">{adult}</value></expected>
    </resultNode>
    <resultNode name="doubled"><expected>
      <component name="it"><value xsi:type="xsd:decimal">40.000000001</value></component>
    </expected></resultNode>
    <resultNode name="absent" errorResult="true"/>
  </testCase>
</testCases>
"""


def folder(root, name="0001-one", *, model=MODEL, tests=TESTS, adult="true", level="level-2"):
    made = root / level / name
    made.mkdir(parents=True)
    (made / "m.dmn").write_text(model, encoding="utf-8")
    text = tests.replace("{adult}", adult)
    (made / f"{name}-test-01.xml").write_text(text, encoding="utf-8")
    return made


def verdicts(root):
    return [one for each in folders_in(root) for one in run_folder(root, each)]


def test_every_result_node_gets_a_verdict(tmp_path):
    folder(tmp_path)

    found = verdicts(tmp_path)

    assert [(v.level, v.folder, v.case, v.node, v.outcome) for v in found] == [
        ("level-2", "0001-one", "001", "adult", "pass"),
        ("level-2", "0001-one", "001", "doubled", "pass"),
        ("level-2", "0001-one", "001", "absent", "pass"),
    ]
    assert [(v.expected, v.actual) for v in found[:2]] == [
        ("true", "true"),
        ("{it: 40.000000001}", "{it: 40}"),
    ]
    assert "absent" in found[2].error


def test_a_wrong_value_is_a_failure(tmp_path):
    folder(tmp_path, adult="false")

    (first, *others) = verdicts(tmp_path)

    assert (first.outcome, first.expected, first.actual) == ("fail", "false", "true")
    assert all(other.passed for other in others)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("<definitions", "not well-formed"),
        ("<html/>", "is not DMN"),
        (MODEL.replace('name="m">', 'name="m"><import namespace="z"/>'), "z is not among"),
    ],
)
def test_a_model_that_cannot_be_read_fails_with_the_reason_and_the_run_goes_on(
    tmp_path, model, reason
):
    folder(tmp_path, "0001-bad", model=model)
    folder(tmp_path, "0002-good")

    found = verdicts(tmp_path)

    assert [v.outcome for v in found] == ["fail"] * 3 + ["pass"] * 3
    assert all(reason in v.error and "m.dmn cannot be read" in v.error for v in found[:3])


@pytest.mark.parametrize(
    ("tests", "reason"),
    [
        ("<testCases>", "not well-formed"),
        ("<testCases/>", "no test file of the TCK"),
        (TESTS.replace(">20<", ">a few<"), "'a few' as a value of type decimal"),
    ],
)
def test_a_test_file_that_cannot_be_read_is_one_failure(tmp_path, tests, reason):
    folder(tmp_path, "0001-bad", tests=tests)
    folder(tmp_path, "0002-good")

    found = verdicts(tmp_path)

    assert [v.outcome for v in found] == ["fail"] + ["pass"] * 3
    assert reason in found[0].error


def test_a_missing_model_is_a_failure(tmp_path):
    (folder(tmp_path) / "m.dmn").unlink()

    found = verdicts(tmp_path)

    assert {v.outcome for v in found} == {"fail"}
    assert "FileNotFoundError" in found[0].error


SLOW = "count(for i in 1..300000 return exp(i / 300000))"
"""Seconds of work within the budget of steps, on any machine."""


def test_work_that_takes_too_long_is_given_up():
    begun = time.monotonic()
    slow = parse(SLOW)

    with pytest.raises(TimeoutError, match=r"given up after 0\.05 s"), at_most(0.05):
        evaluate(slow, {})

    assert time.monotonic() - begun < 1


def test_a_case_that_takes_too_long_is_a_failure_and_the_run_goes_on(tmp_path):
    slow = MODEL.replace("age &gt;= 18", SLOW)
    made = folder(tmp_path, model=slow)

    found = list(run_folder(tmp_path, made, seconds=0.5))

    assert [v.outcome for v in found] == ["fail", "pass", "pass"]
    assert found[0].error == "TimeoutError: given up after 0.5 s"


def test_a_time_limit_must_be_positive():
    with pytest.raises(ValueError, match="must be positive"), at_most(0):
        pass


def test_a_folder_without_tests_is_refused(tmp_path):
    with pytest.raises(DecisionError, match="has no test files"):
        folders_in(tmp_path)


def test_cases_are_read_with_values_of_every_shape(tmp_path):
    tests = TESTS.replace(
        '<value xsi:type="xsd:decimal">20</value></inputNode>',
        '<value xsi:type="xsd:decimal">20</value></inputNode>'
        '<inputNode name="l"><list><item><value xsi:type="xsd:date">2020-01-31</value></item>'
        '<item xsi:nil="true"/></list></inputNode>'
        '<inputNode name="n" namespace="z"><value xsi:nil="true"/></inputNode>'
        '<inputNode name="t"><value> two words </value></inputNode>',
    )

    (case,) = cases_in(folder(tmp_path, tests=tests))

    assert case.inputs == {
        "age": 20,
        "l": [evaluate(parse('date("2020-01-31")'), {}), None],
        ("z", "n"): None,
        "t": " two words ",
    }


def test_the_command_prints_sums_writes_the_table_and_ends_with_one(tmp_path):
    folder(tmp_path, "0001-good")
    folder(tmp_path, "0001-wrong", adult="false", level="level-3")
    table = tmp_path / "out.csv"

    done = CliRunner().invoke(tck, [str(tmp_path), "--csv", str(table)])

    assert done.exit_code == 1
    words = [line.split() for line in done.output.splitlines()]
    assert ["level-2/0001-good", "3", "passed", "0", "failed"] in words
    assert ["level-3/0001-wrong", "2", "passed", "1", "failed"] in words
    assert ["in", "all", "5", "passed", "1", "failed"] in words
    assert "1 of 2 cases pass (50.00%)" in done.output
    assert "adult: expected false, got true" in done.output
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert list(rows[0]) == ["level", "folder", "test file", "case", "result node", "outcome",
                             "expected", "actual", "error"]  # fmt: skip
    assert [row["result node"] for row in rows if row["outcome"] == "fail"] == ["adult"]


def test_the_command_ends_with_zero_when_all_pass(tmp_path):
    folder(tmp_path)

    done = CliRunner().invoke(tck, [str(tmp_path)])

    assert done.exit_code == 0
    assert "1 of 1 cases pass (100.00%)" in done.output
