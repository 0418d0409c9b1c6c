"""The product as ``./compliance up`` runs it, in a folder of its own: real web server, real worker, real models."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
STOP_SECONDS = 60

_FIRST_ADMINISTRATOR = (
    "from accounts.first_administrator import create_first_administrator; create_first_administrator('ru')"
)
"""With an administrator there, the first start does not check the sample video."""


@contextmanager
def running_product(folder: Path) -> Iterator[str]:
    """The address of a site that has an administrator and nothing else."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    (folder / "temp").mkdir(parents=True)
    folders = {"DATA_DIR": str(folder / "data"), "TEMP_DIR": str(folder / "temp")}
    environment = {**kept, "DJANGO_ENV": "development", **folders}
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "shell", "--no-imports", "-c", _FIRST_ADMINISTRATOR)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (folder / "terminal.txt").open("w+", encoding="utf-8") as terminal:
        command = [sys.executable, ROOT / "backend" / "manage.py", "up", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=terminal, stderr=terminal, start_new_session=True)
        try:
            _wait_until_it_answers(address, process, folder / "terminal.txt")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=STOP_SECONDS)


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, ROOT / "backend" / "manage.py", *arguments], env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes], terminal: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=20) as answer:  # noqa: S310
            if answer.status == 200:
                return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
            break
    raise RuntimeError(f"the product did not start:\n{terminal.read_text(encoding='utf-8')}")
