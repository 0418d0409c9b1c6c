"""The whole path in a browser, over the product as people start it: from signing up to a link that is taken back."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.chromium import chromium, watch
from tests.servers.live_product import running_product

ROOT = Path(__file__).resolve().parents[2]
FILE_NAME = "Утро на орбите.mp4"
SWEARING_BEGINS_S, SWEARING_LASTS_S = 16.4, 5.2
"""Where somebody swears in the sample video (``samples/demo.expected.json``)."""
CHECK_MS = 400_000
PASSWORD = "семь-зелёных-яблок"

DROP = """
([target, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: "video/mp4" }));
  for (const kind of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_product(tmp_path_factory.mktemp("product")) as address:
        yield address


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    span = ("-ss", str(SWEARING_BEGINS_S), "-t", str(SWEARING_LASTS_S))
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *span, "-i", str(ROOT / "samples" / "demo.mp4")]
    subprocess.run([*ffmpeg, "-c:v", "libx264", "-c:a", "aac", str(path)], check=True)
    return path


def visit(browser: Browser, address: str, **options: object) -> tuple[BrowserContext, list[str]]:
    context = browser.new_context(base_url=address, locale="ru-RU", **options)  # type: ignore[arg-type]
    return context, watch(context, address)


def test_from_signing_up_to_a_link_that_is_taken_back(browser: Browser, address: str, clip: Path) -> None:
    context, complaints = visit(browser, address)
    page = context.new_page()
    sign_up(page, "anna@example.org")
    make_project(page, "Мой канал")
    drop_and_open_video(page, clip)
    read_report(page)
    save_pdf(page)
    link = share(page)

    stranger, stranger_complaints = visit(browser, address)
    opened = stranger.new_page()
    assert opened.goto(link).status == 200  # type: ignore[union-attr]
    expect(opened.get_by_role("heading", level=1)).to_have_text(FILE_NAME)
    expect(opened.get_by_role("link", name="Поделиться")).to_have_count(0)

    revoke(page)
    refused = opened.goto(link)
    assert refused is not None
    assert refused.status == 410
    expect(opened.get_by_role("heading", level=1)).not_to_have_text(FILE_NAME)
    assert opened.goto(page.url).url.startswith(f"{address}/sign-in/")  # type: ignore[union-attr]

    reading_without_scripts(browser, address, context, page.url.partition("?")[0])
    assert (complaints, stranger_complaints) == ([], [])
    stranger.close()
    context.close()


def sign_up(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Зарегистрироваться").first.click()
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.primary").click()
    expect(page.get_by_role("navigation", name="Разделы")).to_be_visible()


def make_project(page: Page, name: str) -> None:
    page.goto("/projects/")
    page.locator("#name").fill(name)
    page.locator("main form").filter(has=page.locator("#name")).get_by_role("button").click()
    expect(page).to_have_url(re.compile("/projects/[0-9a-f-]{36}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def drop_and_open_video(page: Page, clip: Path) -> None:
    content = base64.b64encode(clip.read_bytes()).decode()
    page.evaluate(DROP, [page.locator("main").element_handle(), FILE_NAME, content])
    row = page.locator("#transfers .transfer").filter(has_text=FILE_NAME)
    expect(row).to_be_visible()
    opening = row.locator("[data-open]")
    expect(opening).to_be_visible(timeout=60_000)
    opening.click()
    expect(page).to_have_url(re.compile("/videos/[0-9a-f-]{36}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(FILE_NAME)


def read_report(page: Page) -> None:
    """Progress is followed without reloading until the report is there."""
    opening = page.locator("#open-report")
    expect(page.locator("ol.steps").or_(opening).first).to_be_visible()
    expect(opening).to_be_visible(timeout=CHECK_MS)
    opening.click()
    expect(page).to_have_url(re.compile("/reports/[0-9a-f-]{36}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(FILE_NAME)
    expect(findings(page).first).to_be_visible()
    expect(page.get_by_text("18+").first).to_be_visible()


def findings(page: Page) -> Locator:
    return page.locator("[data-finding], .finding")


def save_pdf(page: Page) -> None:
    page.locator("details.exports summary").click()
    with page.expect_download(timeout=60_000) as saved:
        page.locator("details.exports a[href*='export.pdf']").first.click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    assert saved.value.suggested_filename.endswith(".pdf")
    page.keyboard.press("Escape")


def share(page: Page) -> str:
    """Makes a link; returns its address."""
    page.locator("[data-opens-share]").click()
    page.locator("#share-note").fill("юристу")
    page.locator(".share-form button.primary").click()
    shown = page.locator(".link-item input.address").first
    expect(shown).to_be_visible()
    return shown.input_value()


def revoke(page: Page) -> None:
    page.locator(".link-item button.danger").first.click()
    expect(page.locator(".link-item input.address")).to_have_count(0)


def reading_without_scripts(browser: Browser, address: str, signed_in: BrowserContext, report: str) -> None:
    """Library, video and report are read, and the file is saved, without a line of script."""
    context = browser.new_context(
        base_url=address, locale="ru-RU", java_script_enabled=False, storage_state=signed_in.storage_state()
    )
    page = context.new_page()
    page.goto("/videos/")
    page.get_by_role("link", name=FILE_NAME).first.click()
    page.locator("#open-report").click()
    assert page.url == report
    expect(findings(page).first).to_be_visible()
    expect(page.get_by_text("Утро").first).to_be_visible()
    saved = context.request.get(f"{report}export.json")
    assert saved.ok
    assert "compliance-report/1" in saved.json().values()
    context.close()
