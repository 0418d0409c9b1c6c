"""How long the server takes for each page, and how much a browser fetches for it.

Usage: ``python benchmarks/pages.py [VIDEOS] [TIMES]``. Fills a database of its own in a temporary folder with that many
videos (default 10,000) and asks for every page that many times (default 30) through Django's test client: no network,
no web server. Sizes are after gzip, as a
production server sends them; CPU is the process's own time, which other work on the machine changes little.
"""
# ruff: noqa: E402, T201 - a program that prints its measurements, and settles where its data lie before Django starts

from __future__ import annotations

import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

BACKEND = Path(__file__).resolve().parent.parent / "backend"
sys.path.insert(0, str(BACKEND))
_data = tempfile.TemporaryDirectory(prefix="compliance-benchmark-")
os.environ.update(DJANGO_ENV="development", DATA_DIR=_data.name, DJANGO_SETTINGS_MODULE="compliance_app.settings")
os.environ["COMPLIANCE_SERVED_BY_UP"] = "1"

import django

django.setup()

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.table import PIPELINE
from videos.library import GRAVITY
from videos.models import Video, VideoStatus
from videos.projects import create_project

TONES = [tone for tone in GRAVITY for _ in range(3)]


def fill(count: int) -> dict[str, str]:
    """Addresses to measure, by name."""
    person = User.objects.create_user("anna", "anna@example.org", "a long password")
    projects = [create_project(person, f"Канал {number}") for number in range(5)]
    now = timezone.now()
    videos = [
        Video(
            project=projects[number % 5],
            name=f"Выпуск {number * 7919 % count}.mp4",
            size_bytes=10**8,
            status=VideoStatus.VERIFICATION,
            duration_s=float(number % 7000),
            tone=TONES[number % len(TONES)],
            uploaded_by=person,
            verdicts=[{"pack": "ru-436fz", "outcome": "18+", "tone": "high", "title": {"ru": "18+", "en": "18+"}}],
        )
        for number in range(count)
    ]
    Video.objects.bulk_create(videos, batch_size=1000)
    for number, video in enumerate(videos):
        video.created_at = now - timedelta(minutes=number)
    Video.objects.bulk_update(videos, ["created_at"], batch_size=400)
    runs = [PipelineRun(video=video, number=1, status=RunStatus.RUNNING) for video in videos[:10]]
    PipelineRun.objects.bulk_create(runs)
    StepRun.objects.bulk_create(StepRun(run=run, name=step.name, progress=0.5) for run in runs for step in PIPELINE)
    return {
        "library, newest": "/videos/",
        "library, by name": "/videos/?order=name",
        "library, gravest": "/videos/?order=gravest",
        "library, longest": "/videos/?order=longest",
        "library, search": "/videos/?q=выпуск+77",
        "library, filters": "/videos/?tone=critical&status=VERIFICATION",
        "rows at work": "/videos/rows/?" + "&".join(f"id={video.pk}" for video in videos[:10]),
        "project": f"/projects/{projects[0].pk}/",
        "projects": "/projects/",
        "settings": f"/projects/{projects[0].pk}/settings/",
        "video": f"/videos/{videos[0].pk}/",
        "progress": f"/videos/{videos[0].pk}/progress/",
    }


def weight_kb(page: bytes) -> float:
    """The page and every style and script that it names, with the modules that these import."""
    names = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page.decode()))
    waiting, seen, total = list(names), set(), len(gzip.compress(page))
    while waiting:
        name = waiting.pop()
        path = finders.find(name)
        if name in seen or path is None:
            continue
        seen.add(name)
        content = Path(path).read_bytes()
        total += len(gzip.compress(content))
        if name.endswith(".js"):
            for found in re.findall(r'(?:from|URL\()\s*"(\.{1,2}/[^"]+\.js)"', content.decode()):
                waiting.append(os.path.normpath(f"{Path(name).parent}/{found}"))
    return total / 1024


def main() -> None:
    count, times = (int(text) for text in (*sys.argv[1:3], *("10000", "30")[len(sys.argv) - 1 :]))
    call_command("migrate", verbosity=0)
    pages = fill(count)
    browser = Client()
    browser.force_login(User.objects.get())
    print(f"{count} videos, each page {times} times\n\n{'page':20} {'median':>8} {'p95':>8} {'CPU':>8} {'weight':>9}")
    for name, address in pages.items():
        browser.get(address)
        page = browser.get(address)
        spent_ms, began_cpu = [], time.process_time()
        for _ in range(times):
            began = time.perf_counter()
            browser.get(address)
            spent_ms.append(1000 * (time.perf_counter() - began))
        cpu_ms = 1000 * (time.process_time() - began_cpu) / times
        p95 = statistics.quantiles(spent_ms, n=20)[-1]
        weight = weight_kb(page.content)
        print(f"{name:20} {statistics.median(spent_ms):5.0f} ms {p95:5.0f} ms {cpu_ms:5.0f} ms {weight:6.1f} KB")


main()
