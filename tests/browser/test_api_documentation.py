"""The pages that describe the API work under the content security policy of the site."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright
from tests.servers.web_server import WebServer

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None and os.environ.get("CI") != "true", reason="needs Debian's chromium"),
]


def test_operations_are_shown_and_nothing_is_refused(web_server: WebServer) -> None:
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(web_server.url) else complaints.append(request.url),
        )
        page.goto(f"{web_server.url}/api/docs/")
        page.get_by_text("Check a video", exact=True).click()
        page.get_by_text("Puts the video in line").wait_for()
        browser.close()

    assert [one for one in complaints if not one.startswith("data:")] == []
