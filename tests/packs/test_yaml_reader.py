import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.packs.yaml_reader import MAX_BYTES, MAX_NODES, read_yaml


def faults_of(text):
    return [(fault.line, fault.key, fault.message) for fault in read(text)[1]]


def read(text):
    return read_yaml(text.encode(), "file.yaml")


def test_every_node_knows_its_line_and_key():
    text = "a:\n  - b: 1\n    c: {d: x}\n  - 2\n"

    node, faults = read(text)

    first, second = node.members["a"].items
    assert faults == []
    assert (first.line, first.key) == (2, "a[0]")
    assert (first.members["c"].members["d"].line, first.members["c"].members["d"].key) == (
        3,
        "a[0].c.d",
    )
    assert (second.line, second.key, second.value) == (4, "a[1]", 2)
    assert first.key_lines == {"b": 2, "c": 3}


@pytest.mark.parametrize(
    "word",
    [
        *("yes", "no", "on", "off", "Yes", "NO", "On", "OFF", "True", "FALSE"),
        *("~", "Null", "NULL"),
        *("012", "-012", "0x1F", "0o17", "0b11", "+5", "1_000"),
        *("1:30", "12:30:45", "190:20:30.15"),
        *("1.5", "1.", ".5", "-0.0", "1e3", "1.5e-3", ".inf", "-.INF", ".nan"),
        *("2026-1-31", "2026-01-1", "2026-01-31T10:00:00", "2026-01-31 10:00:00"),
        *("<<", "="),
    ],
)
def test_a_trap_of_yaml_1_1_is_refused_bare_and_taken_as_text_in_quotes(word):
    bare, quoted = f"a: 1\nb: {word}\n", f'a: 1\nb: "{word}"\n'

    _, faults = read(bare)
    node, none = read(quoted)

    assert [(fault.line, fault.key) for fault in faults] == [(2, "b")]
    assert faults[0].mend
    assert none == []
    assert node.members["b"].value == word


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("-17", -17),
        ("2026-01-31", "2026-01-31"),
        ("1.2.3", "1.2.3"),
        ("N", "N"),
        ("营业收入 >= 2000 * 万", "营业收入 >= 2000 * 万"),
        ('"0.0100"', "0.0100"),
    ],
)
def test_a_plain_scalar_has_one_meaning(text, value):
    node, faults = read(f"a: {text}\n")

    assert faults == []
    assert node.members["a"].value == value
    assert type(node.members["a"].value) is type(value)


def test_a_key_may_be_any_word_even_on():
    node, faults = read("on: 2026-01-31\nno: x\n")

    assert faults == []
    assert list(node.members) == ["on", "no"]


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a", "twice (first on line 1)"),
        ("a: {b: 1, b: 2}\n", 1, "a.b", "twice"),
        ("a: &x 1\n", 1, "a", "the anchor &x"),
        ("a: &x 1\nb: *x\n", 2, "b", "the alias *x"),
        ("a: !!str 1\n", 1, "a", "the tag"),
        ("a: !mine 1\n", 1, "a", "the tag"),
        ("a:\nb: 1\n", 1, "a", "no value"),
        ("a: {<<: {b: 1}}\n", 1, "a", "the merge key"),
        ("? [x]\n: 1\n", 1, "", "not plain text"),
        ('"": 1\n', 1, "", "not plain text"),
        ("a: 2026-02-30\n", 1, "a", "there is no day 2026-02-30"),
        ("a: 1\n---\nb: 2\n", 2, "", "second document"),
        ("a: 9999999999999999\n", 1, "a", "too long"),
        ("", 1, "", "empty"),
        ("# nothing\n", 1, "", "empty"),
    ],
)
def test_what_a_city_folder_does_not_need_is_refused_in_its_place(text, line, key, words):
    found = faults_of(text)

    assert (line, key) in [place[:2] for place in found]
    assert any(words in message for _, _, message in found)


def test_a_tab_is_one_fault_even_where_it_breaks_the_indentation():
    assert faults_of("a:\n\t- 1\n") == [(2, "", "a tab")]
    assert faults_of("a:\n  b: 1\n\tc: [\n") == [(3, "", "a tab")]


def test_text_that_is_no_yaml_is_one_fault_with_its_line():
    found = faults_of("a: 1\nb: [1, 2\nc: 3\n")

    assert [(line, key) for line, key, _ in found] == [(3, "")]


def test_faults_of_one_file_are_all_reported():
    text = "a: yes\nb: 012\nc: 1.5\nd: &x 1\na: 2\n"

    found = faults_of(text)

    assert [line for line, _, _ in found] == [1, 2, 3, 4, 5]


def test_limits_stop_a_file_that_would_exhaust_memory():
    too_long = read_yaml(b"#" * (MAX_BYTES + 1), "f.yaml")[1]
    too_deep = faults_of("[" * 40 + "]" * 40)
    too_many = faults_of("[" + "1," * MAX_NODES + "]")

    assert "bytes" in too_long[0].message
    assert "nest deeper" in too_deep[0][2]
    assert "more than" in too_many[0][2]


def test_bytes_that_are_not_utf_8_are_refused_with_their_line():
    node, faults = read_yaml("a: 1\nb: 中\n".encode("gbk"), "f.yaml")

    assert node is None
    assert [(fault.line, fault.message) for fault in faults] == [(2, "the file is not UTF-8")]


def test_a_position_in_a_literal_block_is_a_line():
    node, _ = read("expr: |\n  a +\n  b +\n  c\n")

    expr = node.members["expr"]
    assert [expr.line_at(0), expr.line_at(5), expr.line_at(9)] == [2, 3, 4]


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")))
names = words.filter(lambda word: word not in {"", "<<"})
plain_data = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(names, plain_data, min_size=1))
def test_json_is_read_as_the_same_data(data):
    text = json.dumps(data, ensure_ascii=False)

    node, faults = read(text)

    assert faults == []
    assert node.plain() == data
