"""Running a folder of the TCK: one verdict for each result node, whatever the files hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from yanzhen.engines.dmn.dmn_model import DmnModel
from yanzhen.engines.dmn.model_run import evaluate_decision, invoke
from yanzhen.engines.dmn.tck.cases import Case, Expectation, read_cases, test_files
from yanzhen.engines.dmn.tck.limit import at_most
from yanzhen.engines.dmn.tck.values import agrees, shown
from yanzhen.engines.dmn.xml_read import read_dmn
from yanzhen.kernel.errors import DecisionError, YanzhenError

Outcome = Literal["pass", "fail"]
SECONDS = 10.0
"""Time allowed by default for reading a model and for each case."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one result node.

    Attributes:
        level: folder of the level, empty for a folder given by itself.
        folder: name of the folder.
        file: name of the test file.
        case: id of the case; empty where the test file itself cannot be read.
        node: name of the result node.
        outcome: ``pass`` or ``fail``.
        expected: the expected value as FEEL text.
        actual: the value as FEEL text, empty if there is none.
        error: why there is no value, else empty.
    """

    level: str
    folder: str
    file: str
    case: str
    node: str
    outcome: Outcome
    expected: str = ""
    actual: str = ""
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the result was right."""
        return self.outcome == "pass"


def folders_in(root: Path) -> list[Path]:
    """Every folder at or below ``root`` that holds test files, level by level.

    Raises:
        DecisionError: there is none.
    """
    found = sorted({path.parent for path in root.rglob("*-test-*.xml")})
    if not found:
        raise DecisionError(
            f"{root} has no test files: expected LEVEL/FOLDER/*-test-*.xml beside *.dmn"
        )
    return found


def run_folder(root: Path, folder: Path, *, seconds: float = SECONDS) -> Iterator[Verdict]:
    """Run every case of one folder.

    Args:
        root: the kit, from which the level is named.
        folder: one of ``folders_in(root)``.
        seconds: time allowed for reading a model, and for each case.

    Yields:
        A verdict for each result node. What cannot be read, and what is no case of ours to give a
        value for, is a failure with the reason.
    """
    level = "" if folder == root else folder.relative_to(root).parent.as_posix().strip(".")
    models: dict[Path, DmnModel | str] = {}
    for path in test_files(folder):
        place = (level, folder.name, path.name)
        try:
            with at_most(seconds):
                cases = read_cases(path)
        except (YanzhenError, OSError, TimeoutError, RecursionError) as fault:
            yield Verdict(*place, "", "", "fail", error=_said(fault))
            continue
        for case in cases:
            if case.model not in models:
                models[case.model] = _read(case.model, seconds)
            model = models[case.model]
            for expected in case.expected:
                outcome, wanted, got, error = _judge(model, case, expected, seconds)
                yield Verdict(*place, case.id, expected.name, outcome, wanted, got, error)


def result_of(model: DmnModel, case: Case, name: str) -> Any:
    """The value that one result node of a case gets.

    Raises:
        DecisionError: the model has nothing of that name.
    """
    if not case.invocable:
        return evaluate_decision(model, name, case.inputs)
    value = invoke(model, case.invocable, case.inputs)
    return value[name] if isinstance(value, dict) and name in value else value


def _read(path: Path, seconds: float) -> DmnModel | str:
    """The model, or why it cannot be read."""
    try:
        with at_most(seconds):
            return read_dmn(path)
    except Exception as fault:  # noqa: BLE001 -- one bad model must not end the run
        return f"the model {path.name} cannot be read: {_said(fault)}"


def _judge(
    model: DmnModel | str, case: Case, expected: Expectation, seconds: float
) -> tuple[Outcome, str, str, str]:
    """Outcome, expected value, actual value and error of one result node."""
    wanted = shown(expected.value)
    if isinstance(model, str):
        return "fail", wanted, "", model
    try:
        with at_most(seconds):
            value = result_of(model, case, expected.name)
            right = agrees(value, expected.value)
            got = shown(value)
    except YanzhenError as fault:
        return "pass" if expected.may_fail else "fail", wanted, "", _said(fault)
    except Exception as fault:  # noqa: BLE001 -- a defect of ours is a failure, not the end
        return "fail", wanted, "", _said(fault)
    return "pass" if right else "fail", wanted, got, ""


def _said(fault: BaseException) -> str:
    text = " ".join(str(fault).split())
    return text if isinstance(fault, YanzhenError) else f"{type(fault).__name__}: {text}"
