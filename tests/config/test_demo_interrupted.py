"""A demonstration that is killed at any point goes on at its next start, with the same result."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest

YANZHEN = (sys.executable, "-m", "yanzhen.config")
PLACES = [
    ("making the population", 5),
    ("loading registration", 30),
    ("loading registration", 80),
    ("loading tax_annual", 70),
    ("snapshot", 5),
    ("deciding for everyone", 1),
]


def _environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANZHEN_")}
    return kept | {"YANZHEN_HOME": str(home)}


def _stages(root, home, *place):
    command = [sys.executable, root / "tests" / "config" / "demo_killed.py", *map(str, place)]
    return subprocess.run(command, env=_environment(home), check=False, timeout=120).returncode


def _demo(home, port, *options):
    return subprocess.run(
        [*YANZHEN, "demo", "--port", str(port), *options],
        env=_environment(home), check=False, timeout=200, capture_output=True, text=True,
    )  # fmt: skip


def _ask(home, sql):
    connection = sqlite3.connect(home / "yanzhen.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _outcome(home):
    """What must not depend on how often one was interrupted."""
    return (
        _ask(home, "SELECT day, hash FROM facts_snapshot"),
        _ask(home, "SELECT result_hash FROM decisions_run WHERE status = 'done'"),
        _ask(home, "SELECT dataset, sha256, accepted, linked FROM facts_dataload ORDER BY 1"),
        _ask(home, "SELECT count(*), count(DISTINCT uscc) FROM enterprises_enterprise"),
    )


@pytest.fixture
def port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.slow
def test_demo_killed_at_every_stage_goes_on_and_ends_with_the_same_data(root, tmp_path, port):
    broken, whole = tmp_path / "broken", tmp_path / "whole"

    deaths = [_stages(root, broken, *place) for place in PLACES]
    last = _demo(broken, port, "--check")
    again = _demo(broken, port, "--check")
    unbroken = _stages(root, whole)

    assert deaths == [-signal.SIGKILL] * len(PLACES)
    assert (last.returncode, unbroken) == (0, 0), last.stderr
    assert _outcome(broken) == _outcome(whole)
    assert _ask(broken, "SELECT status FROM decisions_run") == [("done",)]
    assert list(broken.rglob("*.part")) == []
    assert again.returncode == 0
    assert "loading" not in again.stderr


@pytest.mark.slow
def test_demo_ends_both_processes_without_a_traceback_when_asked_to(root, tmp_path, port):
    assert _stages(root, tmp_path) == 0
    with subprocess.Popen(
        [*YANZHEN, "demo", "--port", str(port)],
        env=_environment(tmp_path), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        _wait_until_up(port)
        second = _demo(tmp_path, port)
        other_port = _demo(tmp_path, port + 1)
        time.sleep(2)
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=30)

    assert "cannot be used" in second.stderr
    assert "another demonstration runs" in other_port.stderr
    assert (second.returncode, other_port.returncode) == (1, 1)
    assert running.returncode == 0
    assert "Traceback" not in out + err
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.slow
def test_demo_killed_while_the_site_runs_leaves_nobody_on_the_port(root, tmp_path, port):
    if sys.platform != "linux":
        pytest.skip("only Linux ends the children of a killed process")
    assert _stages(root, tmp_path) == 0
    with subprocess.Popen(
        [*YANZHEN, "demo", "--port", str(port)],
        env=_environment(tmp_path), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        _wait_until_up(port)
        running.kill()

    next_start = _demo_once_free(tmp_path, port)

    assert next_start.returncode == 0, next_start.stderr


def test_demo_says_that_the_port_is_taken_before_it_does_anything(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        refused = _demo(tmp_path, taken.getsockname()[1])

    assert refused.returncode == 1
    assert "cannot be used" in refused.stderr
    assert not (tmp_path / "yanzhen.sqlite3").exists()


def _wait_until_up(port):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    pytest.fail("the site did not come up in a minute")


def _demo_once_free(home, port):
    """The next start, once the server has had a moment to end."""
    for _ in range(20):
        done = _demo(home, port, "--check")
        if "cannot be used" not in done.stderr:
            break
        time.sleep(0.5)
    return done


@pytest.mark.slow
def test_another_population_needs_a_folder_of_its_own_once_data_are_loaded(root, tmp_path, port):
    assert _stages(root, tmp_path, "making the population", 1) == -signal.SIGKILL
    settled = (tmp_path / "data" / "demo.json").read_text(encoding="utf-8")
    assert _stages(root, tmp_path) == 0

    refused = _demo(tmp_path, port, "--population", "4000")

    assert refused.returncode == 1
    assert "make clean" in refused.stderr
    assert (tmp_path / "data" / "demo.json").read_text(encoding="utf-8") == settled
