"""How fast the page of a report is: a two-hour video with 5,000 findings, and the demo's size beside it.

Usage: ``PYTHONPATH=backend:. DJANGO_ENV=development DATA_DIR=$(mktemp -d) .venv/bin/python benchmarks/report_page.py``.
Needs Debian's chromium. Seeds a database of its own in ``DATA_DIR``, serves it with gunicorn on one free port, and
prints: milliseconds of the server per answer (median and 95th percentile), bytes of the page without media, seconds
until the page is ready in Chromium, frame times while the list scrolls from end to end, exports with their peak memory.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

ROOT = Path(__file__).parents[1]
FINDINGS = 5000
ROUNDS = 20

SCROLL = """async () => {
  const list = document.querySelector('[data-list]');
  const times = [];
  let before = performance.now();
  const end = list.scrollHeight - list.clientHeight;
  for (let step = 0; step <= 240; step++) {
    list.scrollTop = end * step / 240;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - before);
    before = now;
  }
  return times.sort((a, b) => a - b);
}"""

CLICK = """() => new Promise(resolve => {
  const rows = document.querySelectorAll('[data-rows] a');
  const start = performance.now();
  rows[rows.length >> 1].click();
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
})"""

WEIGHT = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .filter(one => !/files\\/|frames\\/|waveform/.test(one.name))
  .map(one => [one.name.replace(location.origin, '').replace(/[0-9a-f-]{36}/, '…'), one.encodedBodySize])"""


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def seed() -> tuple[dict[str, str], str]:
    """Addresses by name, and the cookie of a person who may see them."""
    from django.core.management import call_command  # Django is set up by now
    from django.test import Client
    from tests.reports import sample_report
    from tests.reports.stored_report import person, store_report

    from videos.models import Project

    call_command("migrate", verbosity=0)
    owner = person()
    project = Project.objects.create(owner=owner, name="Benchmark")
    demo = ROOT / "samples" / "demo.mp4"
    reports = {
        "small": {language: sample_report.build(language) for language in ("ru", "en")},
        "large": {language: sample_report.build_large(FINDINGS, language) for language in ("ru", "en")},
    }
    addresses = {
        name: f"/reports/{store_report(documents, project, video_file=demo).pk}/" for name, documents in reports.items()
    }
    client = Client()
    client.force_login(owner, backend="accounts.authentication.EmailOrUsernameBackend")
    return addresses, client.cookies["sessionid"].value


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure_server(addresses: dict[str, str], session: str) -> None:
    from django.test import Client

    client = Client()
    client.cookies["sessionid"] = session
    for name, address in addresses.items():
        for tail in ("", "findings.json?numbers=1,2,3,4,5", "findings/3", "timeline.json", "transcript.json",
                     "matches.json?search=слово"):  # fmt: skip
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                answer = client.get(address + tail, headers={"accept-encoding": "gzip"})
                times.append(1000 * (time.perf_counter() - start))
            p95 = sorted(times)[int(len(times) * 0.95) - 1]
            size = len(answer.content) / 1024
            speed = f"median {statistics.median(times):6.1f} ms  p95 {p95:6.1f} ms  {size:7.1f} KB"
            say(f"server {name:5} {tail or 'page':34} {speed}")


EXPORT = """
import django, resource, sys, time
from pathlib import Path
django.setup()
from reports.exports import export
from reports.models import Report
report = Report.objects.get(pk=sys.argv[1])
start = time.perf_counter()
content = export(report, sys.argv[2], "ru").content
seconds, size = time.perf_counter() - start, content.seek(0, 2)
status = Path("/proc/self/status").read_text().splitlines()
own = next(line.split()[1] for line in status if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
memory = f"peak memory {int(own) // 1024} MiB, child {child // 1024} MiB"
sys.stdout.write(f"{seconds:6.2f} s  {size / 1e6:6.2f} MB  {memory}")
"""


def measure_exports(addresses: dict[str, str]) -> None:
    """Each export in a process of its own, so that memory is its alone."""
    for name, address in addresses.items():
        for format_name in ("json", "csv", "xlsx", "html", "pdf"):
            command = [sys.executable, "-c", EXPORT, address.split("/")[2], format_name]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            say(f"export {name:5} {format_name:5} {done.stdout}")


def measure_browser(addresses: dict[str, str], session: str, port: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, address in addresses.items():
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
            page = context.new_page()
            ready = []
            for _ in range(3):
                start = time.perf_counter()
                page.goto(f"http://127.0.0.1:{port}{address}", wait_until="commit")
                page.wait_for_selector("html[data-report-ready]")
                ready.append(time.perf_counter() - start)
            first_paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            times = page.evaluate(SCROLL)
            clicks = sorted(page.evaluate(CLICK) for _ in range(7))
            weights = page.evaluate(WEIGHT)
            rows = page.locator("[data-rows] > li").count()
            p95 = times[int(len(times) * 0.95)]
            say(f"browser {name:5} ready {min(ready):.2f} s (first visit {ready[0]:.2f} s), paint {first_paint:.0f} ms")
            say(f"browser {name:5} scrolling: median {times[len(times) // 2]:.1f} ms a frame, p95 {p95:.1f} ms")
            say(f"browser {name:5} longest frame {times[-1]:.1f} ms; click painted in {clicks[3]:.0f} ms; {rows} rows")
            total = sum(size for _address, size in weights) / 1024
            page_size = weights[-1][1] / 1024
            say(f"browser {name:5} {total:.0f} KB without media, {page_size:.0f} KB of it the page itself")
            context.close()
        browser.close()


def main() -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="report-page-"))
    os.environ.setdefault("DJANGO_ENV", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_app.settings")
    os.environ.setdefault("SECRET_KEY", "for-a-benchmark-on-this-machine-only-" + "x" * 30)
    os.environ.setdefault("COMPLIANCE_SERVED_BY_UP", "1")
    django.setup()
    addresses, session = seed()
    measure_server(addresses, session)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
               "--log-level", "error", "compliance_app.wsgi:application"]  # fmt: skip
    with subprocess.Popen(command) as server:
        try:
            time.sleep(4)
            measure_browser(addresses, session, port)
        finally:
            server.terminate()
    measure_exports(addresses)


if __name__ == "__main__":
    main()
