"""Laws: what is written is read back, whatever the decision; every table of the cities as well."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.dmn.excel.table_books import DAY
from tests.engines.feel.feel_trees import NAMES as TREE_NAMES
from tests.engines.feel.feel_trees import cells, trees

from yanzhen.engines.dmn import model as m
from yanzhen.engines.dmn.excel import read_table_book, to_yaml, write_table_book
from yanzhen.engines.dmn.excel.words import HITS, TYPES
from yanzhen.engines.feel import nodes, parse_unary_tests, unparse
from yanzhen.kernel.explanation import Citation
from yanzhen.kernel.labels import Label
from yanzhen.packs.reader import read_city

ROOT = Path(__file__).parents[4]
CITIES = ("sample", "quzhou")
NAMES = (*TREE_NAMES, "营业收入", "行业")

_characters = st.characters(codec="utf-8", exclude_characters="\ufffe\uffff")
_words = st.text(_characters, min_size=1, max_size=12).filter(str.strip) | st.sampled_from(
    ["=1+1", "-", "合计", "注：", "长期", "@a", "甲\n乙", "“引号”，'单' \"双\"", "长" * 3000]
)
_maybe = st.just("") | _words
_nodes = trees | st.text(_characters, max_size=20).map(nodes.String)
_expressions = _nodes.map(lambda node: m.Expression(unparse(node), node))
_citations = st.none() | st.builds(
    Citation, st.sampled_from(["s", "另一依据"]), _words, st.just("") | _words
)
_texts = st.sampled_from(['"甲", "乙"', ">= 5", "[1..3)", "2026-01-01", "3-5", "1,000", ">=3,<5"])
_cells = cells.map(lambda tree: (unparse(tree), tree)) | _texts.map(
    lambda text: (text, parse_unary_tests(text))
)


@st.composite
def tables(draw):
    inputs = draw(
        st.lists(
            st.builds(m.InputClause, _expressions, _maybe, st.none() | cells.filter(_not_any)),
            max_size=3,
        )
    )
    names = draw(st.lists(_words, min_size=1, max_size=3, unique=True))
    kinds = st.sampled_from(list(TYPES))
    outputs = [
        m.OutputClause(
            name,
            draw(_maybe),
            draw(kinds),
            tuple(draw(st.lists(_expressions, max_size=2))),
            draw(st.none() | _expressions),
        )
        for name in names
    ]
    rules = []
    for _ in range(draw(st.integers(0, 4))):
        row = [draw(_cells) for _ in inputs]
        results = tuple(draw(_expressions) for _ in outputs)
        found = m.Rule(
            tuple(tree for _, tree in row),
            results,
            tuple(text for text, _ in row),
            draw(_maybe),
            draw(_citations),
        )
        rules.append(found)
    return m.Table(draw(st.sampled_from(list(HITS))), tuple(inputs), tuple(outputs), tuple(rules))


def _not_any(tree):
    return bool(tree.tests) or tree.negated


_condition = st.builds(m.Condition, _words, _maybe, _expressions, _citations)
_conditions = st.builds(
    m.Conditions,
    st.lists(_condition, max_size=3).map(tuple),
    st.lists(_condition, max_size=2).map(tuple),
    st.none() | _expressions,
)


@st.composite
def contexts(draw):
    names = draw(st.lists(_words, min_size=1, max_size=3, unique=True))
    logic = _expressions | tables() | _conditions
    entries = [m.Entry(name, draw(_maybe), draw(logic), draw(_citations)) for name in names]
    return m.Context(tuple(entries), draw(st.none() | _expressions | tables()))


@st.composite
def decisions(draw):
    return m.Decision(
        draw(_words),
        Label(draw(_words), draw(_maybe)),
        draw(tables() | contexts() | _conditions | _expressions),
        draw(st.sampled_from(list(TYPES))),
        draw(_maybe),
        draw(st.none() | st.just(date(2020, 2, 29))),
        draw(st.none() | st.just(date(2030, 12, 31))),
        draw(st.none() | st.just(Citation("s", "第一条"))),
        draw(st.booleans()),
        draw(_maybe),
    )


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(decisions())
def test_what_is_written_is_read_back(given_decision):
    content = write_table_book(given_decision, title="题", source_words="据", made_on=DAY)

    found = read_table_book(content, names=NAMES)

    assert found.faults == ()
    assert found.decision == given_decision
    assert found.notes == ()


def city_decisions(city):
    return [version for family in city.decisions.values() for version in family.versions]


def names_of(city):
    groups = (city.facts, city.parameters, city.decisions)
    labels = {one.label.zh for one in city_decisions(city)}
    labels |= {fact.spec.label.zh for fact in city.facts.values()}
    labels |= {one.label.zh for one in city.parameters.values()}
    return labels.union(*groups)


@pytest.fixture(scope="module", params=CITIES)
def city(request):
    return read_city(ROOT / "cities" / request.param)


def test_every_decision_of_a_city_comes_back_from_its_book(city):
    names = names_of(city)

    for one in city_decisions(city):
        content = write_table_book(one, title=one.label.zh, source_words="", made_on=DAY)
        found = read_table_book(content, names=names)

        assert [str(fault) for fault in found.faults] == []
        assert found.decision == one


def test_every_decision_of_a_city_comes_back_from_its_yaml(city, tmp_path):
    copy = Path(shutil.copytree(city.path, tmp_path / city.path.name))
    for one in city_decisions(city):
        path = copy / "decisions" / one.name / f"{one.version}.yaml"
        if path.exists():  # the others are DMN XML
            path.write_text(to_yaml(one), encoding="utf-8")

    again = read_city(copy)

    assert again.decisions == city.decisions


def test_a_table_from_a_book_becomes_a_file_of_a_city(tmp_path):
    sample = read_city(ROOT / "cities" / "sample")
    one = sample.decisions["guarantee_fee"].versions[-1]
    content = write_table_book(one, title="担保费", source_words="", made_on=DAY)
    copy = Path(shutil.copytree(sample.path, tmp_path / "sample"))

    found = read_table_book(content, names=names_of(sample))
    path = copy / "decisions" / one.name / f"{one.version}.yaml"
    path.write_text(to_yaml(found.decision), encoding="utf-8")

    assert read_city(copy).decisions == sample.decisions
