"""Debian's chromium, and what a page complained of while a test looked at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, sync_playwright


@contextmanager
def chromium() -> Iterator[Browser]:
    """Skips without one, except with ``CI``, where its absence is a failure."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium on PATH")
        pytest.skip("no chromium on PATH: install it (Debian: apt-get install chromium) to test pages in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def watch(context: BrowserContext, address: str) -> list[str]:
    """Errors of scripts, violations of the content security policy, requests to anywhere else: from now on."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A page that is refused on purpose is "an error" to the console; what the page itself says is not.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(f"asked {request.url}")

    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", said)
    context.on("request", asked)
    return complaints
