import json
import time

import pytest

from yanzhen.engines.feel import FeelError, from_json, from_python, to_json
from yanzhen.engines.feel.jsonl import run


def answers(*lines):
    return [json.loads(line) for line in run(lines)]


def test_each_line_has_its_answer_in_order():
    lines = [
        '{"expr": "a + 1", "context": {"a": {"number": "1.50"}}}',
        '{"expr": "1 +"}',
        "no json",
        '{"expr": "1 / 0", "context": {}}',
        '{"expr": "月 收入 * 2", "context": {"月 收入": 3}}',
    ]

    assert answers(*lines) == [
        {"value": {"number": "2.5"}},
        {"error": {"message": "expected an expression, found the end", "position": 3}},
        {
            "error": {
                "message": "the line is no JSON: Expecting value: line 1 column 1 (char 0)",
                "position": 0,
            }
        },
        {"value": None},
        {"value": {"number": "6"}},
    ]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("null", None),
        ('[true, "文"]', [True, "文"]),
        ("1e3", {"number": "1000"}),
        ("0.10", {"number": "0.1"}),
        ('@"2020-01-31"', {"date": "2020-01-31"}),
        ('@"10:00:00Z"', {"time": "10:00:00Z"}),
        ('@"2020-01-31T10:00:00.5"', {"date and time": "2020-01-31T10:00:00.5"}),
        ('@"PT36H"', {"days and time duration": "P1DT12H"}),
        ('@"P14M"', {"years and months duration": "P1Y2M"}),
        (
            "{a: 1, b: {c: null}}",
            {"context": {"a": {"number": "1"}, "b": {"context": {"c": None}}}},
        ),
        ("[1..3)", {"range": "[1..3)"}),
        ("function(a) a", {"function": "function(a)"}),
    ],
)
def test_values_are_tagged(expression, value):
    line = json.dumps({"expr": expression})

    assert answers(line) == [{"value": value}]


@pytest.mark.parametrize(
    "tagged",
    [
        {"number": "1.5"},
        {"date": "2020-01-31"},
        {"time": "10:00:00@Asia/Shanghai"},
        {"date and time": "2020-01-31T10:00:00+08:00"},
        {"days and time duration": "-P1DT2H"},
        {"years and months duration": "P1Y"},
        {"context": {"a": [{"number": "1"}, None, {"context": {}}]}},
    ],
)
def test_tagged_values_come_back_as_they_went_in(tagged):
    line = json.dumps({"expr": "a", "context": {"a": tagged}})

    assert answers(line) == [{"value": tagged}]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "1",
        '{"expr": 1}',
        '{"context": {}}',
        '{"expr": "a", "context": []}',
        '{"expr": "a", "context": {"a": {"number": "x"}}}',
        '{"expr": "a", "context": {"a": {"date": "2020-13-01"}}}',
        '{"expr": "a", "context": {"a": {"days and time duration": "P1Y"}}}',
        '{"expr": "a", "context": {"a": {"color": "red"}}}',
        '{"expr": "a", "context": {"a": {"number": "1e99999"}}}',
        '{"expr": "a", "context": {"a": NaN}}',
        "[" * 100_000,
        '{"expr": "a", "context": {"a": ' + "[" * 5000 + "]" * 5000 + "}}",
    ],
    ids=range(13),
)
def test_a_wrong_line_gives_an_error_and_the_next_is_answered(line):
    wrong, right = answers(line, '{"expr": "1"}')

    assert set(wrong) == {"error"}
    assert right == {"value": {"number": "1"}}


def test_two_thousand_different_lines_take_less_than_a_second():
    lines = [
        json.dumps({"expr": f"x{i} + {i} * y > 5", "context": {f"x{i}": {"number": "1"}, "y": 2}})
        for i in range(2000)
    ]
    start = time.process_time()

    found = list(run(lines))

    assert time.process_time() - start < 1
    assert len(found) == 2000


def test_half_a_surrogate_pair_is_escaped():
    assert list(run([r'{"expr": "\"\\uD800\""}'])) == ['{"value": "\\ud800"}']


def test_blank_lines_are_passed_over():
    assert answers("", "  \n", '{"expr": "1"}\n') == [{"value": {"number": "1"}}]


def test_the_machine_tells_the_present():
    assert answers('{"expr": "today() instance of date and now() instance of date and time"}') == [
        {"value": True}
    ]


def test_now_can_be_set():
    now = from_python(from_json({"date and time": "2020-01-01T00:00:00Z"}))

    assert list(run(['{"expr": "today()"}'], now=now)) == ['{"value": {"date": "2020-01-01"}}']


def test_plain_json_numbers_are_read_exactly():
    assert answers('{"expr": "a", "context": {"a": 0.1}}') == [{"value": {"number": "0.1"}}]


def test_a_form_with_two_tags_is_refused():
    with pytest.raises(FeelError, match="one of the tags"):
        from_json({"number": "1", "date": "2020-01-01"})


def test_what_is_no_value_is_not_written():
    with pytest.raises(TypeError):
        to_json(1.5)
