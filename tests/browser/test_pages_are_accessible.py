"""axe on the pages around the library, in both themes: nothing that keeps somebody out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.browser.chromium import chromium
from tests.servers.site import Site

WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(Path(tmp_path_factory.mktemp("site")))
    site.prepare()
    site.start()
    yield site
    site.kill()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(site: Site, browser: Browser, scheme: str) -> None:
    cookies = site.signed_in(f"anna-{scheme}")
    ids = site.run(
        f"""
person = User.objects.get(username="anna-{scheme}")
project = create_project(person, "Channel")
verdicts = [{{"pack": "ru-436fz", "outcome": "18+", "tone": "high", "title": {{"ru": "18+", "en": "18+"}}}}]
video = Video.objects.create(project=project, name="film.mp4", size_bytes=10**8, tone="high", verdicts=verdicts)
PipelineRun.objects.create(video=video, number=1, status="QUEUED")
answer = [project.pk, video.pk]
"""
    )
    project, video = ids
    context = browser.new_context(color_scheme=scheme)
    context.add_cookies(cookies)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    addresses = ["/videos/", "/projects/", f"/projects/{project}/", f"/projects/{project}/settings/"]
    addresses += [f"/projects/{project}/delete/", f"/videos/{video}/", "/videos/upload/"]
    for address in addresses:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(site.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(page).response
        assert found["passes"]
        assert [violation["id"] for violation in found["violations"]] == [], address
    assert complaints == []
    context.close()
