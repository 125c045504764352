"""``yanzhen feel``: one expression, or one a line, in order, whatever the lines hold."""

import json
import os
import subprocess
import sys

FEEL = (sys.executable, "-m", "yanzhen.config", "feel", "--jsonl")


def _answers(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_expression_is_evaluated(yanzhen):
    assert yanzhen("feel", "sum([1, 2, 3]) / 4").stdout == "1.5\n"


def test_a_wrong_expression_exits_1_and_says_where(yanzhen):
    done = yanzhen("feel", "1 +")

    assert done.exit_code == 1
    assert "at character" in done.stderr


def test_neither_expression_nor_lines_says_what_to_give(yanzhen):
    assert yanzhen("feel").exit_code == yanzhen("feel", "1", "--jsonl").exit_code == 2


def test_lines_are_answered_in_order(yanzhen):
    lines = "".join(f'{{"expr": "{n} + 1"}}\n' for n in range(300))

    answers = _answers(yanzhen("feel", "--jsonl", given=lines))

    assert answers == [{"value": {"number": str(n + 1)}} for n in range(300)]


def test_lines_that_cannot_be_read_are_answered_in_their_place(yanzhen):
    lines = b'{"expr": "1"}\n\xff\xfe\n{"expr":\n\n[]\n{"expr": "\\"\\\\ud800\\""}\n{"expr": "2"}'

    answers = _answers(yanzhen("feel", "--jsonl", given=lines))

    assert [sorted(answer) for answer in answers] == [
        ["value"], ["error"], ["error"], ["error"], ["value"], ["value"],
    ]  # fmt: skip
    assert "not UTF-8" in answers[1]["error"]["message"]
    assert answers[-1] == {"value": {"number": "2"}}


def test_a_very_long_line_is_a_line(yanzhen):
    text = "雁" * 2_000_000

    (answer,) = _answers(
        yanzhen("feel", "--jsonl", given=json.dumps({"expr": "s", "context": {"s": text}}))
    )

    assert answer == {"value": text}


def test_each_line_is_answered_before_the_next_is_asked():
    with subprocess.Popen(FEEL, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as feel:
        for n in range(3):
            feel.stdin.write(f'{{"expr": "{n} * 2"}}\n'.encode())
            feel.stdin.flush()

            assert json.loads(feel.stdout.readline()) == {"value": {"number": str(n * 2)}}
        feel.stdin.close()


def test_a_reader_that_leaves_ends_the_command_without_a_traceback():
    reading, writing = os.pipe()
    with subprocess.Popen(
        FEEL, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE
    ) as feel:
        os.close(writing)
        os.close(reading)
        _, said = feel.communicate(b'{"expr": "1"}\n' * 50)

    assert b"Traceback" not in said
    assert feel.returncode == 1


def test_chinese_comes_out_as_utf_8_whatever_the_locale():
    asked = json.dumps({"expr": '"雁阵"'}).encode()
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}

    said = subprocess.run(FEEL, input=asked, env=environment, capture_output=True, check=True)

    assert said.stdout.decode() == '{"value": "雁阵"}\n'
