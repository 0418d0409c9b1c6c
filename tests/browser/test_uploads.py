"""Uploading in a real browser to a real server: pauses, reloads, a killed server, a file that is here already."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.chromium import chromium
from tests.servers.site import Site
from tests.servers.slow_line import SlowLine

MIB = 1024**2
SLOWLY_BYTES_PER_S = 6 * MIB
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    site.prepare()
    site.start()
    yield site
    site.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def line(site: Site) -> Iterator[SlowLine]:
    with SlowLine(site.port, SLOWLY_BYTES_PER_S) as line:
        yield line


@pytest.fixture
def context(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies(site.signed_in(request.node.name[:60].replace("[", "-").strip("]")))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, line: SlowLine) -> Page:
    """A project page of its own for each test, over a slow line."""
    page = context.new_page()
    page.goto(f"{line.url}/projects/")
    page.get_by_label("New project").fill("Channel")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Channel")).to_be_visible()
    return page


def film(folder: Path, megabytes: int, name: str = "film.mp4") -> Path:
    """A file that no other test has."""
    path = folder / name
    path.write_bytes(os.urandom(megabytes * MIB + 12_345))
    return path


def row(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("#transfers .transfer")


def sha256_of_video(site: Site, name: str) -> list[str]:
    return site.run(f"answer = list(Video.objects.filter(name={name!r}).values_list('sha256', flat=True))")


def begin(page: Page, file: Path) -> None:
    """Picks the file, and is back when its first part has arrived and others are on their way."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.locator("#pick-files").set_input_files(file)


def test_a_file_arrives_whole_and_is_in_line_for_a_check(page: Page, site: Site, tmp_path: Path) -> None:
    file = film(tmp_path, 20, "whole.mp4")
    page.locator("#pick-files").set_input_files(file)

    expect(row(page)).to_contain_text("Uploaded, in line for a check")
    expect(page.locator("#videos")).to_contain_text("whole.mp4")
    expect(page.locator("#videos")).to_contain_text("In line")
    assert sha256_of_video(site, "whole.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="whole.mp4")).to_be_visible()


def test_a_pause_stops_sending_and_going_on_finishes(page: Page, site: Site, tmp_path: Path) -> None:
    file = film(tmp_path, 30, "paused.mp4")
    begin(page, file)
    row(page).get_by_role("button", name="Pause").click()
    expect(row(page)).to_contain_text("Paused:")
    expect(row(page).get_by_role("button", name="Pause")).to_be_hidden()
    assert sha256_of_video(site, "paused.mp4") == []

    row(page).get_by_role("button", name="Go on").click()
    expect(row(page)).to_contain_text("Uploaded")
    assert sha256_of_video(site, "paused.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]


def test_after_closing_the_page_only_what_is_missing_is_sent(
    page: Page, site: Site, line: SlowLine, tmp_path: Path
) -> None:
    file = film(tmp_path, 44, "reloaded.mp4")
    begin(page, file)
    line.cut()  # however long closing takes, nothing more arrives
    address = page.url
    again = page.context.new_page()
    page.close(run_before_unload=False)
    line.mend()

    again.goto(address)
    expect(row(again)).to_contain_text("Choose the file again to go on")
    sent: list[str] = []
    again.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    again.locator("#pick-files").set_input_files(file)
    expect(row(again)).to_have_count(1)
    expect(row(again)).to_contain_text("Uploaded")
    assert 0 < len(set(sent)) < 6
    assert sha256_of_video(site, "reloaded.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]


def test_a_broken_line_only_delays(page: Page, site: Site, line: SlowLine, tmp_path: Path) -> None:
    file = film(tmp_path, 30, "broken-line.mp4")
    begin(page, file)
    line.cut()
    expect(row(page)).to_contain_text("No connection. Goes on by itself")
    line.mend()

    expect(row(page)).to_contain_text("Uploaded")
    assert sha256_of_video(site, "broken-line.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]


def test_a_killed_server_only_delays(page: Page, site: Site, tmp_path: Path) -> None:
    file = film(tmp_path, 40, "killed.mp4")
    begin(page, file)
    site.kill()
    try:
        expect(row(page)).to_contain_text("No connection. Goes on by itself")
    finally:
        site.start()

    expect(row(page)).to_contain_text("Uploaded")
    assert sha256_of_video(site, "killed.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]


@pytest.mark.parametrize(("button", "checks"), [("Open the report", 1), ("Upload anyway", 2)])
def test_a_file_that_is_here_already_is_said_so(
    page: Page, site: Site, tmp_path: Path, button: str, checks: int
) -> None:
    name = f"twice-{checks}.mp4"
    file = film(tmp_path, 1, name)
    page.locator("#pick-files").set_input_files(file)
    expect(row(page)).to_contain_text("Uploaded")
    page.reload()
    page.locator("#pick-files").set_input_files(file)
    dialog = page.get_by_role("dialog", name="This file is here already")
    expect(dialog).to_contain_text(name)
    dialog.get_by_role("button", name=button).click()

    if checks == 1:
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    else:
        expect(row(page)).to_contain_text("Uploaded")
    assert len(sha256_of_video(site, name)) == checks


def test_what_is_no_video_is_refused_before_anything_is_sent(page: Page, tmp_path: Path) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method in ("POST", "PUT") else None)
    text, empty = tmp_path / "notes.txt", tmp_path / "empty.mp4"
    text.write_text("words")
    empty.touch()
    page.locator("#pick-files").set_input_files([text, empty])

    expect(row(page)).to_have_count(2)
    expect(row(page).nth(1)).to_contain_text("This is not a video that is accepted here")
    expect(row(page).nth(0)).to_contain_text("The file is empty")
    assert sent == []


def test_without_scripts_a_form_takes_one_file(site: Site, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(site.signed_in("plain"))
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{site.url}/videos/")
    page.get_by_role("button", name="Create").click()
    file = film(tmp_path, 12, "plain.mp4")
    page.get_by_role("link", name="Upload a video").click()
    page.get_by_label("Video file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()

    expect(page.get_by_role("heading", name="plain.mp4")).to_be_visible()
    expect(page.get_by_text("In line for a check").first).to_be_visible()
    assert sha256_of_video(site, "plain.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]
    context.close()


def test_a_second_tab_leaves_the_upload_of_the_first_alone(page: Page, site: Site, tmp_path: Path) -> None:
    file = film(tmp_path, 30, "two-tabs.mp4")
    begin(page, file)
    second = page.context.new_page()
    second.goto(page.url)
    row(second).get_by_role("button", name="Cancel").click()
    expect(row(second)).to_contain_text("Another tab is uploading this file")
    second.locator("#pick-files").set_input_files(file)
    expect(row(second)).to_contain_text("Another tab is uploading this file")
    row(second).get_by_role("button", name="Cancel").click()

    expect(row(page)).to_contain_text("Uploaded")
    assert sha256_of_video(site, "two-tabs.mp4") == [hashlib.sha256(file.read_bytes()).hexdigest()]
