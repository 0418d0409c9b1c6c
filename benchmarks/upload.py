"""An upload of 2 GB through gunicorn whose server is killed twice midway: time, speed, memory of the web process.

Usage: ``.venv/bin/python benchmarks/upload.py [--megabytes 2048] [--connections 4]``. Needs twice the size on the disk
of the temporary folder (TMPDIR) and removes it at the end. The file is random, so nothing on the way can shrink it.
"""

# ruff: noqa: T201 - a program that prints its measurements

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "backend")]

from tests.servers.web_server import WebServer  # noqa: E402

MIB = 1024**2
KILLED_AT = (1 / 3, 2 / 3)
LARGEST_RSS_BYTES = 200 * 1000**2

ACCOUNT = """
from accounts.models import ApiToken, Scope, User
from videos.models import Project
person = User.objects.create_user("anna", "anna@example.org", "correct horse battery")
project = Project.objects.create(owner=person, name="Benchmark")
print(project.pk, ApiToken.objects.create(person, name="benchmark", scopes=[Scope.READ, Scope.UPLOAD])[1])
"""


@dataclass
class Sender:
    """Sends parts over several connections until told to stop."""

    server: WebServer
    token: str
    file: Path
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=16, retries=False))

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        content = json.dumps(body).encode() if body is not None else None
        answer = self._send(method, path, content, "application/json")
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {answer.data!r}")
        return dict(answer.json())

    def put(self, upload: dict[str, Any], number: int, interrupted: threading.Event) -> None:
        if interrupted.is_set():
            return
        with self.file.open("rb") as file:
            file.seek((number - 1) * upload["part_size_bytes"])
            content = file.read(upload["part_size_bytes"])
        try:
            answer = self._send("PUT", f"uploads/{upload['id']}/parts/{number}", content, "application/octet-stream")
        except urllib3.exceptions.HTTPError:
            if not interrupted.is_set():
                raise
            return
        if answer.status != 200 and not interrupted.is_set():
            raise SystemExit(f"part {number}: {answer.status} {answer.data!r}")

    def _send(self, method: str, path: str, content: bytes | None, media_type: str) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": media_type}
        return self.pool.request(method, f"{self.server.url}/api/v1/{path}", body=content, headers=headers)


def prepare(data: Path) -> tuple[str, str]:
    """A database with one person; the project's id and a token."""
    environment = {**os.environ, "DJANGO_ENV": "development", "DATA_DIR": str(data)}
    manage = [sys.executable, str(ROOT / "backend" / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity=0"], check=True, env=environment)
    shown = subprocess.run(
        [*manage, "shell", "--verbosity=0", "-c", ACCOUNT], check=True, env=environment, capture_output=True, text=True
    )
    project, token = shown.stdout.split()
    return project, token


def write_random(file: Path, size_mib: int) -> str:
    digest = hashlib.sha256()
    with file.open("wb") as opened:
        for _ in range(size_mib):
            piece = os.urandom(MIB)
            digest.update(piece)
            opened.write(piece)
    return digest.hexdigest()


def send_until(sender: Sender, upload: dict[str, Any], share: float, connections: int) -> int:
    """Send what is missing until ``share`` of the parts is there, then kill the server in the middle of the next.

    Returns its peak memory in bytes.
    """
    arrived = {part["number"] for part in sender.ask("GET", f"uploads/{upload['id']}")["parts"]}
    missing = [number for number in range(1, upload["part_count"] + 1) if number not in arrived]
    wanted = round(upload["part_count"] * share) - len(arrived)
    print(f"  {len(arrived)} of {upload['part_count']} parts are there")
    interrupted = threading.Event()
    peak_bytes = 0
    with ThreadPoolExecutor(connections) as several:
        sending = [several.submit(sender.put, upload, number, interrupted) for number in missing]
        for done in sending[:wanted]:
            done.result()
        peak_bytes = sender.server.peak_memory_bytes()
        if share < 1:
            interrupted.set()
            sender.server.kill()
    return peak_bytes


def measure(folder: Path, size_mib: int, connections: int) -> bool:
    file, data = folder / "random.mp4", folder / "data"
    data.mkdir()
    sha256 = write_random(file, size_mib)
    project, token = prepare(data)
    server = WebServer(data)
    server.start()
    sender = Sender(server, token, file)
    try:
        started = time.monotonic()
        body = {"name": file.name, "size_bytes": file.stat().st_size, "fingerprint": file.name}
        upload = sender.ask("POST", f"projects/{project}/uploads", body)
        peaks = []
        for share in KILLED_AT:
            peaks.append(send_until(sender, upload, share, connections))
            server.start()
        peaks.append(send_until(sender, upload, 1, connections))
        sent_s = time.monotonic() - started
        finished = sender.ask("POST", f"uploads/{upload['id']}/finish", {"sha256": sha256})
        total_s = time.monotonic() - started
        peaks.append(server.peak_memory_bytes())
    finally:
        server.kill()
    (stored,) = (data / "objects" / "videos").glob("*/original.mp4")
    with stored.open("rb") as opened:
        equal = hashlib.file_digest(opened, "sha256").hexdigest() == sha256 == finished["sha256"]
    print(f"parts: {upload['part_count']} of {upload['part_size_bytes'] // MIB} MiB over {connections} connections")
    print(f"sent in {sent_s:.1f} s with two kills, finished after {total_s:.1f} s: {size_mib / total_s:.0f} MiB/s")
    print(f"peak memory of the web process: {max(peaks) / 1000**2:.0f} MB (limit 200)")
    print(f"SHA-256 equal: {equal}")
    return equal and max(peaks) < LARGEST_RSS_BYTES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=2048, help="size of the file in MiB")
    parser.add_argument("--connections", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="compliance-upload-") as folder:
        return 0 if measure(Path(folder), options.megabytes, options.connections) else 1


if __name__ == "__main__":
    sys.exit(main())
