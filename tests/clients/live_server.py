"""A live web server of its own, over SQLite and local storage in a folder that goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.servers.web_server import ROOT, SECRET_KEY, WebServer


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
    """The product's web server over an empty database in ``folder``, and a person with a token."""
    environment = {
        **os.environ,
        "DJANGO_ENV": "development",
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET_KEY,
        "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT}",
    }
    subprocess.run([sys.executable, str(ROOT / "backend" / "manage.py"), "migrate", "-v0"], env=environment, check=True)
    server = WebServer(folder)
    site = Site(server.url, "", environment)
    server.start()
    try:
        yield replace(site, token=site.do("people")["token"])
    finally:
        server.kill()
