"""Site and worker as processes (站点与后台进程)."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from types import TracebackType
from typing import NoReturn, Self

import click

HOST = "127.0.0.1"
START_SECONDS = 60
POLL = 0.2
PR_SET_PDEATHSIG = 1
WORKER = [sys.executable, "-m", "yanzhen.config", "worker", "--quiet"]


def _serve_command(port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST,
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--no-ws", "--log-level", "warning", "yanzhen.config.wsgi:application",
    ]  # fmt: skip


def need_free(port: int) -> None:
    """See that nobody listens on ``port``.

    Raises:
        ClickException: the port is taken, or the system keeps it for others.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise click.ClickException(
                f"port {port} on {HOST} cannot be used ({error.strerror}); "
                f"stop what runs there, or choose another port, such as {port % 65535 + 1}"
            ) from error


def serve_forever(*, port: int, workers: int) -> NoReturn:
    """Become the server, so that a signal to this process is one to the server.

    Raises:
        ClickException: the port is taken.
    """
    need_free(port)
    os.execv(sys.executable, _serve_command(port, workers))  # noqa: S606 -- our own command


def _end_with_parent() -> None:
    """Let the system end this child when its parent is killed and cannot do so (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- our own command
        command,
        # Ctrl+C reaches this process alone, which then stops its children in order
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 -- no other thread runs by now
    )


class Site:
    """The server and one worker, both stopped on leaving."""

    def __init__(self, *, port: int) -> None:
        self.port = port

    def __enter__(self) -> Self:
        """Start both."""
        self.server = _start(_serve_command(self.port, 1))
        self.worker = _start(WORKER)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ask both to stop, and see that they do."""
        for process in (self.server, self.worker):
            process.terminate()
        for process in (self.server, self.worker):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def wait_until_up(self) -> bool:
        """Whether the site answers within a minute; False at once if the server has ended."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.server.poll() is not None:
                return False
            connection = HTTPConnection(HOST, self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:  # noqa: PLR2004 -- OK
                    return True
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(POLL)
        return False

    def stay(self) -> int:
        """Until Ctrl+C or the server ends; a worker that ends is started again."""
        try:
            while self.server.poll() is None:
                if self.worker.poll() is not None:
                    self.worker = _start(WORKER)
                time.sleep(1)
        except KeyboardInterrupt:
            return 0
        return self.server.returncode
