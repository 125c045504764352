"""The DMN Technology Compatibility Kit: every case of both levels that is at hand."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from yanzhen.engines.dmn.dmn_model import DmnModel
from yanzhen.engines.dmn.tck.cases import Case, cases_in
from yanzhen.engines.dmn.tck.run import result_of
from yanzhen.engines.dmn.tck.values import agrees
from yanzhen.engines.dmn.xml_read import read_dmn
from yanzhen.kernel.errors import YanzhenError

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("YANZHEN_SHARED") or REPOSITORY.parent / "shared")
TCK = SHARED / "fixtures" / "tck"
JAVA = "0076-feel-external-java"


def all_cases() -> Iterator[Case]:
    for level in ("compliance-level-2", "compliance-level-3"):
        for folder in sorted((TCK / level).glob("*")):
            yield from cases_in(folder)


@lru_cache(maxsize=4)
def model_at(path: Path) -> DmnModel:
    return read_dmn(path)


def run(case: Case, name: str) -> object:
    """The value that our engine gives one result node of a case."""
    return result_of(model_at(case.model), case, name)


CASES = list(all_cases()) if TCK.is_dir() else []
FEEL_CASES = [case for case in CASES if JAVA not in case.model.name]


@pytest.mark.skipif(not CASES, reason=f"the TCK is not at {TCK}; set YANZHEN_SHARED")
def test_the_cases_of_both_levels_are_found(record_testsuite_property):
    record_testsuite_property("tck_cases", len(CASES))

    assert len(CASES) >= 116


@pytest.mark.parametrize("case", FEEL_CASES, ids=lambda case: f"{Path(case.file).stem}/{case.id}")
def test_case_gives_the_expected_values(case: Case):
    for expected in case.expected:
        try:
            actual = run(case, expected.name)
        except YanzhenError:
            if not expected.may_fail:
                raise
            actual = None

        assert agrees(actual, expected.value), (expected.name, actual, expected.value)


@pytest.mark.skipif(not CASES, reason=f"the TCK is not at {TCK}; set YANZHEN_SHARED")
def test_java_functions_are_never_run():
    java = [case for case in CASES if JAVA in case.model.name]

    results = [run(case, expected.name) for case in java for expected in case.expected]

    assert results == [None] * len(results)


@pytest.mark.skipif(not CASES, reason=f"the TCK is not at {TCK}; set YANZHEN_SHARED")
def test_the_page_on_conformance_tells_these_figures():
    page = (REPOSITORY / "docs" / "reference" / "conformance.md").read_text(encoding="utf-8")
    folders = {case.model.parent for case in CASES}
    nodes = [expected for case in CASES for expected in case.expected]
    nulls = sum(expected.value is None for expected in nodes)

    java = [case for case in CASES if JAVA in case.model.name]
    failing = sum(any(one.value is not None for one in case.expected) for case in java)

    right = len(CASES) - failing
    assert f"| in all | {len(folders)} | {len(CASES):,} | {right:,} | {failing} |" in page
    assert f"{right / len(CASES):.2%}".replace("%", " %") in page
    assert f"{len(nodes):,} result nodes; for {nulls:,} of these" in page
