"""A real browser sends parts straight to a real bucket: signed addresses, CORS and content security policy agree."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.chromium import chromium
from tests.servers.web_server import WebServer

from accounts.models import User
from storage.b2 import Bucket
from storage.registry import open_storage
from videos.models import Project, Video

EMAIL, PASSWORD = "anna@example.com", "семь-зелёных-яблок"
CONTENT = random.Random(436).randbytes(9 * 1024**2)  # noqa: S311 - two parts


@pytest.fixture
def server(sqlite_database: str, tmp_path: Path, bucket: Bucket) -> Iterator[WebServer]:
    started = WebServer(
        tmp_path,
        STORAGE_BACKEND="b2",
        BACKBLAZE_ENDPOINT_URL=bucket.endpoint_url,
        BACKBLAZE_BUCKET_NAME=bucket.name,
        BACKBLAZE_APPLICATION_KEY_ID=bucket.key_id,
        BACKBLAZE_APPLICATION_KEY=bucket.application_key,
    )
    person = User.objects.create_user("anna", EMAIL, PASSWORD, language="ru")
    Project.objects.create(owner=person, name="Канал")
    started.start()
    yield started
    started.kill()


def visit_library(page: Page, server: WebServer) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.locator("input[name=username]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/videos/")


def test_parts_go_from_the_browser_to_the_bucket(server: WebServer, tmp_path: Path) -> None:
    file = tmp_path / "ролик.mp4"
    file.write_bytes(CONTENT)
    asked: list[str] = []
    complaints: list[str] = []
    with chromium() as browser:
        page = browser.new_page(locale="ru-RU")
        page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        visit_library(page, server)
        with page.expect_response(lambda answer: answer.url.endswith("/finish"), timeout=60_000) as finished:
            page.locator("input[type=file]").first.set_input_files(file)
        assert finished.value.status == 200
        expect(page.get_by_text("ролик.mp4").first).to_be_visible()

    to_bucket = [one for one in asked if one.startswith("PUT") and "/original.mp4?" in one]
    assert len(to_bucket) == 2
    assert not [one for one in asked if one.startswith(f"PUT {server.url}")]  # the web server never touched the bytes
    assert complaints == []

    video = Video.objects.get()
    stored = hashlib.sha256(b"".join(open_storage().read(video.storage_key))).hexdigest()
    assert stored == video.sha256 == hashlib.sha256(CONTENT).hexdigest()
