import copy
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from tests.packs.packs_help import QUZHOU, ROOT, SAMPLE

from yanzhen.packs.schemas import SCHEMAS, write_schemas
from yanzhen.packs.structure import structure_faults
from yanzhen.packs.yaml_reader import read_yaml

KINDS = {
    "city": "city.yaml",
    "source": "sources/*.yaml",
    "facts": "facts/*.yaml",
    "dataset": "datasets/*.yaml",
    "parameter": "parameters/*/*.yaml",
    "decision": "decisions/*/[0-9]*.yaml",
    "decision-examples": "decisions/*/examples.yaml",
    "policy": "policies/*/policy.yaml",
    "policy-examples": "policies/*/examples.yaml",
    "demo": "demo.yaml",
}


@cache
def validator(kind):
    return Draft202012Validator(SCHEMAS[kind], format_checker=FormatChecker(["date"]))


def sound(data, name="f.yaml"):
    """The node of a file that is right as YAML."""
    node, faults = read_yaml(data, name)
    assert faults == []
    assert node is not None
    return node


def node_of(data):
    """The data as the reader would give it, by way of JSON, which is YAML."""
    return sound(json.dumps(data, ensure_ascii=False).encode())


@cache
def documents(kind):
    return [sound(path.read_bytes()).plain() for path in sorted(SAMPLE.glob(KINDS[kind]))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_published_schema_is_a_schema_and_is_what_the_reader_uses(kind, tmp_path):
    Draft202012Validator.check_schema(SCHEMAS[kind])
    write_schemas(tmp_path)

    made = (tmp_path / f"{kind}.json").read_text(encoding="utf-8")
    published = ROOT / "docs" / "reference" / "schemas" / f"{kind}.json"

    hint = "run: python -m yanzhen.packs.schemas docs/reference/schemas"
    assert published.read_text(encoding="utf-8") == made, hint


@pytest.mark.parametrize("city", [SAMPLE, QUZHOU], ids=lambda path: path.name)
@pytest.mark.parametrize("kind", KINDS)
def test_every_file_of_both_cities_fits_its_schema_in_both_readings(kind, city):
    for path in sorted(city.glob(KINDS[kind])):
        node = sound(path.read_bytes(), path.name)

        assert structure_faults(node, SCHEMAS[kind]) == [], path
        assert list(validator(kind).iter_errors(node.plain())) == [], path


def paths_of(data, path=()):
    """The place of every value in a document, the whole included."""
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths_of(value, (*path, key))


@st.composite
def spoiled(draw):
    """A document of the sample city with one to three values replaced, renamed or removed."""
    kind = draw(st.sampled_from([kind for kind in KINDS if documents(kind)]))
    data = copy.deepcopy(draw(st.sampled_from(documents(kind))))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(paths_of(data))[1:] or [()]))
        if not path:
            continue
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        replacement = draw(
            st.sampled_from(
                [
                    None,
                    True,
                    0,
                    -1,
                    7,
                    "",
                    "x",
                    "2026-13-01",
                    "2026-01-31",
                    "1.5",
                    "奖励" * 80,
                    [],
                    ["x"],
                    {},
                    {"x": 1},
                    {"zh": "名", "en": "name"},
                ]
            )
        )
        action = draw(st.sampled_from(["replace", "remove", "rename"]))
        if action == "replace":
            holder[path[-1]] = replacement
        elif action == "remove":
            del holder[path[-1]]
        elif isinstance(holder, dict):
            holder["zzz"] = holder.pop(path[-1])
    return kind, data


@given(spoiled())
@settings(max_examples=400, deadline=None)
def test_our_check_and_json_schema_agree_on_spoiled_documents(case):
    kind, data = case

    ours = structure_faults(node_of(data), SCHEMAS[kind])

    assert bool(ours) == (not validator(kind).is_valid(data))


def test_a_misspelled_key_is_one_fault_not_also_a_missing_one():
    data = {"titel": "a", "issuer": "b", "status": "design"}

    faults = structure_faults(node_of(data), SCHEMAS["source"])

    assert [(fault.key, fault.mend) for fault in faults] == [("titel", "did you mean “title”?")]


def test_a_step_needs_exactly_one_kind_of_logic():
    data = copy.deepcopy(documents("decision")[0])
    data["conditions"] = [{"text": "a", "when": "true"}]

    faults = structure_faults(node_of(data), SCHEMAS["decision"])

    assert [fault.message for fault in faults] == [
        "exactly one of steps, expr, table, conditions belongs here, found both expr and conditions"
    ]
