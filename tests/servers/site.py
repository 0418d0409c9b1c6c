"""The site as people run it: a web server process of its own over a data folder of its own, that tests may kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 60.0

_PREAMBLE = """
import django, json, sys
django.setup()
from django.test import Client
from accounts.models import User
from pipeline.models import *
from reports.models import *
from videos.models import *
from videos.projects import create_project
"""


@dataclass
class Site:
    """``url`` stays the same when the server is started again."""

    data_dir: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        self.port = _free_port()
        self._manage("migrate", "-v0")

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "compliance_app.wsgi", "--chdir", str(ROOT / "backend")]
        command += ["--bind", f"127.0.0.1:{self.port}", "--threads", "8", "--log-level", "error"]
        with (self.data_dir / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self._environment(), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """At once and without a goodbye, with its workers."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def run(self, code: str) -> Any:
        """What ``code`` leaves in ``answer``, run beside the server with models at hand; it must be JSON."""
        program = f"{_PREAMBLE}\n{code}\nprint(json.dumps(answer, default=str))"
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            env=self._environment(),
            cwd=ROOT / "backend",
            capture_output=True,
            check=True,
            text=True,
        )
        return json.loads(done.stdout.strip().splitlines()[-1])

    def signed_in(self, name: str) -> list[dict[str, str]]:
        """Cookies, for any port, of somebody who has signed in; the person is made when there is none."""
        key = self.run(
            f"""
person = User.objects.filter(username={name!r}).first() or User.objects.create_user(
    {name!r}, {name + "@example.org"!r}, "a long password", language="en")
client = Client()
client.force_login(person)
answer = client.cookies["sessionid"].value
"""
        )
        return [
            {"name": "sessionid", "value": key, "domain": "127.0.0.1", "path": "/"},
            {"name": "django_language", "value": "en", "domain": "127.0.0.1", "path": "/"},
        ]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                    line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                    if line.recv(12).endswith(b"200"):
                        return
            except OSError:
                time.sleep(0.1)
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                log = (self.data_dir / "server.log").read_text(errors="replace")
                raise RuntimeError(f"the server did not start:\n{log[-2000:]}")

    def _manage(self, *arguments: str) -> None:
        command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
        subprocess.run(command, env=self._environment(), cwd=ROOT / "backend", check=True, capture_output=True)

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_ENV": "development",
            "DJANGO_SETTINGS_MODULE": "compliance_app.settings",
            "DATA_DIR": str(self.data_dir),
            "SECRET_KEY": "a key that only this test knows, and that lasts as long as its folder",
            "COMPLIANCE_SERVED_BY_UP": "1",
            **self.settings,
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
