"""The product's web server as a process of its own, over a folder and a database that the test shares."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.servers.postgresql import default_database, sqlite_settings

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "of-a-server-that-lives-for-one-test-0123456789-abcdefghij"
START_SECONDS = 60


class WebServer:
    """``start`` after ``kill`` comes back at the same port with the same data."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = _free_port()
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        environment = {
            **kept,
            "DJANGO_ENV": "development",
            "DATA_DIR": str(self.data),
            "SECRET_KEY": SECRET_KEY,
            **self._environment,
        }
        with (self.data / "web-server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "compliance_app.wsgi", "--chdir", str(ROOT / "backend")),
                    *("--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--threads", "8"),
                ],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """kill -9 for the whole server: nobody gets to say goodbye."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def peak_memory_bytes(self) -> int:
        """The most memory that one process of the server has held so far."""
        assert self._process is not None
        group = self._process.pid
        peaks = [_peak_bytes(int(folder.name)) for folder in Path("/proc").iterdir() if _is_in(folder, group)]
        return max(peaks)

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        for _ in range(START_SECONDS * 10):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
                connection.request("GET", "/api/v1/problems")
                connection.getresponse().read()
                connection.close()
                return
            except OSError:
                try:
                    self._process.wait(timeout=0.1)
                except subprocess.TimeoutExpired:
                    continue
                break
        raise RuntimeError(f"the web server did not start:\n{(self.data / 'web-server.log').read_text()[-4000:]}")


def _is_in(folder: Path, group: int) -> bool:
    try:
        return folder.name.isdigit() and os.getpgid(int(folder.name)) == group
    except ProcessLookupError:
        return False


def _peak_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def web_server(sqlite_database: str, tmp_path: Path, settings: Any) -> Iterator[WebServer]:
    """Running, with the test's own database and folder of objects."""
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = SECRET_KEY
    server = WebServer(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def module_web_server(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    data = tmp_path_factory.mktemp("web-server")
    shutil.copyfile(migrated_sqlite, data / "db.sqlite3")
    server = WebServer(data)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def shared_web_server(
    module_web_server: WebServer, migrated_sqlite: Path, settings: Any, django_db_blocker: Any
) -> Iterator[WebServer]:
    """The same for every test of a module, each with an empty database: for tests that leave the server alive."""
    server = module_web_server
    settings.DATA_DIR = server.data
    settings.SECRET_KEY = SECRET_KEY
    file = server.data / "db.sqlite3"
    with closing(sqlite3.connect(migrated_sqlite)) as empty, closing(sqlite3.connect(file)) as used:
        empty.backup(used)
    shutil.rmtree(server.data / "objects", ignore_errors=True)
    with django_db_blocker.unblock(), default_database(sqlite_settings(file)):
        yield server
