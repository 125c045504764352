"""A whole demonstration of its own, and a browser to look at it with."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest
from playwright.sync_api import sync_playwright

from yanzhen.apps.accounts.services import DEMO_PASSWORD

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHROMIUM = os.environ.get("YANZHEN_CHROMIUM", "/usr/bin/chromium")
POPULATION = "4000"
MINUTES = 6


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory, root):
    """The address of a demonstration with a few thousand enterprises."""
    port = _free_port()
    environment = {
        **os.environ,
        "YANZHEN_HOME": str(tmp_path_factory.mktemp("site")),
        "YANZHEN_CITY": str(root / "cities" / "quzhou"),
    }
    environment.pop("YANZHEN_DATA_DIR", None)
    command = [sys.executable, "-m", "yanzhen.config", "demo"]
    process = subprocess.Popen(
        [*command, "--population", POPULATION, "--port", str(port)], env=environment
    )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process, port):
    end = time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the demonstration ended with code {process.returncode}")
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
        finally:
            connection.close()
    pytest.fail("the demonstration did not come up")


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """A function that opens a page as a persona at a width; faults of the page fail the test."""
    contexts, faults = [], []

    def opened(path, *, persona="", width=390, script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=script,
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda line: faults.append(line.text) if line.type == "error" else None,
        )
        if persona:
            page.goto(f"{site}/account/sign-in/")
            page.fill("#id_username", persona)
            page.fill("#id_password", DEMO_PASSWORD)
            page.click("main form button.btn >> nth=0")
            page.wait_for_load_state()
        page.goto(f"{site}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
