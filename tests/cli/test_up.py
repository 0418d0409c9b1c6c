"""``./compliance up``: the site on one machine, from its first start over a killed worker to a clean stop."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from product import Product


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Site:
    """``up`` as a process, its terminal as a file, its database as anybody may look into it."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.terminal = product.temp.parent / "terminal.txt"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(cookies)

    def start(self) -> None:
        with self.terminal.open("w") as said:
            self.process = subprocess.Popen(
                self.product.command("up", "--port", self.port, "--lang", "en"),
                env=self.product.environment(),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.wait_until(self.answers)

    def stop(self) -> float:
        started = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)
        return time.monotonic() - started

    @property
    def said(self) -> str:
        return self.terminal.read_text(encoding="utf-8")

    def wait_until(self, condition: Callable[[], bool], timeout_s: float = 240) -> None:
        deadline = time.monotonic() + timeout_s
        while not condition():
            assert self.process.poll() is None, f"up ended: {self.said}"
            assert time.monotonic() < deadline, f"it did not happen in time: {self.said}"
            time.sleep(0.1)

    def answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
        return False

    def open(self, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Where a browser ends up, and the page that it gets there."""
        body = None if form is None else urlencode(form).encode()
        request = urllib.request.Request(f"{self.address}{path}", body, {"Referer": self.address})  # noqa: S310
        with self.browser.open(request, timeout=20) as answer:
            return answer.url, answer.read().decode()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        database = self.product.data / "db.sqlite3"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def run_status(self) -> object:
        return self.rows("SELECT status FROM pipeline_pipelinerun")[0][0]

    def finished_steps(self) -> list[str]:
        return [step for step, status in self.product.steps() if status == "completed"]

    def children(self) -> dict[str, int]:
        """``web`` and ``work`` by process number."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in listed}
        return {"web" if b"gunicorn" in command else "work": pid for pid, command in commands.items()}


@pytest.fixture
def site(product: Product) -> Iterator[Site]:
    site = Site(product)
    yield site
    if site.process.poll() is None:
        site.stop()


def test_the_whole_product_on_one_machine(site: Site, product: Product) -> None:
    site.start()

    # It is open before the sample is checked.
    url, page = site.open("/sign-in/")
    assert "csrfmiddlewaretoken" in page
    assert site.run_status() in ("QUEUED", "RUNNING")
    said = re.search(r"Sign in as (\S+) with the password (\S+)", site.said)
    assert said is not None
    password = said[2]

    # A second one over the same data, and one on the same port, end with a sentence.
    second = product.run("up", "--port", free_port(), "--lang", "en")
    assert (second.code, second.stderr.count("\n")) == (3, 1)
    assert "running already" in second.stderr
    elsewhere = Product(product.temp.parent / "elsewhere").run("up", "--port", site.port, "--lang", "en")
    assert (elsewhere.code, "is taken" in elsewhere.stderr) == (3, True)

    # The worker is killed in the middle; another one goes on with what is finished.
    site.wait_until(lambda: "preprocess_video" in site.finished_steps())
    before = site.children()
    os.kill(before["work"], signal.SIGKILL)
    site.wait_until(lambda: "The worker ended unexpectedly" in site.said)
    site.wait_until(lambda: site.run_status() == "COMPLETED")
    assert site.children()["web"] == before["web"]
    assert [site.finished_steps().count(step) for step in ("validate_video", "preprocess_video")] == [1, 1]
    site.wait_until(lambda: "The sample is checked" in site.said)

    # It was paid for once, and its report is there without the run's folder.
    assert site.rows("SELECT kind, count(*) FROM billing_ledgerentry GROUP BY kind ORDER BY kind") == [
        ("CHARGE", 1),
        ("RESERVE", 1),
    ]
    ((findings, shown),) = site.rows(
        "SELECT findings_count, (SELECT count(*) FROM reports_finding) FROM reports_report"
    )
    assert findings == shown
    assert int(str(findings)) >= 5
    kinds = {kind for (kind,) in site.rows("SELECT kind FROM videos_artifact")}
    assert kinds == {
        *("ORIGINAL", "POSTER", "THUMBNAILS", "WAVEFORM", "FRAME", "OBSERVATIONS", "ANALYSIS", "REPORT"),
    }
    site.wait_until(lambda: product.runs() == [])
    assert product.working_files() == []

    # The printed password lets in, and asks for one of one's own; it is written nowhere.
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    url, page = site.open("/sign-in/", {"csrfmiddlewaretoken": token[1], "username": said[1], "password": password})
    assert url == f"{site.address}/account/password/"
    logs = [path.read_text(encoding="utf-8") for path in (product.data / "logs").iterdir()]
    assert not any(password in log for log in logs)
    assert (product.data / "logs" / "web.log").read_text() == ""

    # Ctrl-C stops everything; the second start has nothing left to say.
    processes = [site.process.pid, *site.children().values()]
    assert site.stop() < 8
    assert site.process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in processes)
    site.start()
    assert "password" not in site.said
    assert site.stop() < 8


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "0"], "A port is a number"),
        (["--port", "70000"], "A port is a number"),
        (["--host", "203.0.113.7"], "is not an address of this machine"),
        (["--host", "нет такого"], "is not an address of this machine"),
    ],
)
def test_what_cannot_be_listened_on_is_said(product: Product, arguments: list[str], sentence: str) -> None:
    done = product.run("up", *arguments, "--lang", "en")

    assert done.code == 3
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
