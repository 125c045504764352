"""Site and worker as processes (站点与后台进程)."""

import subprocess
import sys
import time
from http.client import HTTPConnection
from types import TracebackType
from typing import Self

START_SECONDS = 60
POLL = 0.2


def _serve_command(port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--no-ws", "--log-level", "warning", "yanzhen.config.wsgi:application",
    ]  # fmt: skip


def serve_forever(*, port: int, workers: int) -> int:
    """Serve until stopped; the server's exit code."""
    try:
        return subprocess.call(_serve_command(port, workers))  # noqa: S603 -- our own command
    except KeyboardInterrupt:
        return 0


class Site:
    """The server and one worker, both stopped on leaving."""

    def __init__(self, *, port: int) -> None:
        self.port = port
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start both."""
        worker = [sys.executable, "-m", "yanzhen.config", "worker"]
        for command in (_serve_command(self.port, 1), worker):
            self.processes.append(subprocess.Popen(command))  # noqa: S603 -- our own command
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ask both to stop, and see that they do."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()

    def wait_until_up(self) -> bool:
        """Whether the site answers within a minute; False at once if the server has ended."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.processes[0].poll() is not None:
                return False
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:  # noqa: PLR2004 -- OK
                    return True
            except OSError:
                time.sleep(POLL)
            finally:
                connection.close()
        return False

    def stay(self) -> int:
        """Until Ctrl+C or the server ends."""
        try:
            return self.processes[0].wait()
        except KeyboardInterrupt:
            return 0
