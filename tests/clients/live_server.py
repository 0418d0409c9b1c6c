"""A live web server of its own: gunicorn over SQLite and local storage in a folder that goes away."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import urllib3

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 120


@dataclass(frozen=True)
class Site:
    url: str
    token: str
    environment: dict[str, str]

    def do(self, *verb: str) -> dict[str, str]:
        """One verb of ``live_site.py``."""
        script = Path(__file__).with_name("live_site.py")
        done = subprocess.run(
            [sys.executable, str(script), *verb], env=self.environment, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"},
        "DJANGO_ENV": "development",
        "COMPLIANCE_SERVED_BY_UP": "1",
        "DATA_DIR": str(folder),
        "SECRET_KEY": "of these tests, long enough for a signature",
        "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT}",
    }
    subprocess.run([sys.executable, str(ROOT / "backend" / "manage.py"), "migrate", "-v0"], env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "compliance_app.wsgi", "--bind", address, "--threads", "4"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT / "backend", env=environment, stdout=log, stderr=log)
    try:
        wait_until_it_answers(f"http://{address}", server)
        site = Site(f"http://{address}", "", environment)
        yield Site(site.url, site.do("people")["token"], environment)
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        while time.monotonic() < deadline and server.poll() is None:
            try:
                if pool.request("GET", f"{url}/healthz").status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                time.sleep(0.1)
    raise AssertionError("the server does not start")
