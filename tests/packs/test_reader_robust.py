"""Whatever a writer does to a file, the check answers with faults and never breaks."""

import shutil
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packs.packs_help import SAMPLE

from yanzhen.packs.reader import check_city

FILES = sorted(path.relative_to(SAMPLE) for path in SAMPLE.rglob("*") if path.is_file())
MARKS = ["", " ", "  ", "- ", ": ", "[", "]", "{", "}", "#", "|", ">", "&a", "*a", "!x", '"', "'"]
WORDS = ["\t", ",", ",,", "null", "true", "0", "-1", "1.5", "2026-13-01", "中文", "\x07"]
PIECES = MARKS + WORDS


@cache
def lines_of(name):
    return (SAMPLE / name).read_text(encoding="utf-8").split("\n")


@st.composite
def spoiled_files(draw):
    """A file of the sample city with one line removed, doubled, cut, moved or written into."""
    name = draw(st.sampled_from(FILES))
    lines = list(lines_of(name))
    at = draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    place = draw(st.integers(0, len(line)))
    action = draw(st.sampled_from(["remove", "double", "cut", "indent", "write", "value"]))
    if action == "remove":
        del lines[at]
    elif action == "double":
        lines.insert(at, line)
    elif action == "cut":
        lines[at] = line[:place]
    elif action == "indent":
        lines[at] = "  " + line
    elif action == "write":
        lines[at] = line[:place] + draw(st.sampled_from(PIECES)) + line[place:]
    else:
        lines[at] = line.partition(":")[0] + ": " + draw(st.sampled_from(PIECES))
    return name, "\n".join(lines)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return shutil.copytree(SAMPLE, tmp_path_factory.mktemp("city") / "sample")


@given(spoiled_files())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_one_spoiled_line_gives_faults_with_a_place_and_a_mend(city, case):
    name, text = case
    (city / name).write_text(text, encoding="utf-8")

    try:
        read, faults = check_city(city)
    finally:
        shutil.copy(SAMPLE / name, city / name)

    assert read is not None or faults
    for fault in faults:
        assert fault.message
        assert fault.mend
        assert (city / fault.file).exists()
        if fault.line is not None and fault.file == str(name):
            assert 1 <= fault.line <= text.count("\n") + 1
