"""The HTML report in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from playwright.sync_api import Browser, Page, Request
from tests.browser.chromium import chromium
from tests.reports import sample_report
from tests.reports.sample_evidence import SAMPLES

from reports.html_export import export_html

CONTRAST = """() => {
  // WCAG 2.2, 1.4.3: relative luminance of every text against the first opaque ground behind it.
  const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
  const brush = canvas.getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    brush.clearRect(0, 0, 1, 1); brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 180) return colour;
    }
    return [255, 255, 255, 255];
  };
  const poor = [];
  let measured = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('title')) continue;
    const style = getComputedStyle(element);
    const ink = rgba(element.closest('text') ? style.fill : style.color);
    const [light, dark] = [luminance(ink), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + .05) / (dark + .05);
    measured += 1;
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${element.className} ${walker.currentNode.data.trim()}`);
  }
  return {measured, poor};
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("отчёт с пробелом") / "report.html"
    path.write_text(export_html(sample_report.build()), encoding="utf-8")
    return path


def opened(browser: Browser, file: Path, *, width: int = 1280, scheme: str = "light", script: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script, bypass_csp=script
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(file.as_uri())
    return page


def test_opening_the_page_requests_nothing_else_and_breaks_no_rule(browser: Browser, page_file: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[Request] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(page_file.as_uri(), wait_until="networkidle")
    assert [request.url for request in asked if not request.url.startswith("data:")] == [page_file.as_uri()]
    assert complaints == []
    assert page.locator(".frame image").first.bounding_box() is not None
    context.close()


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 2560, 3840])
def test_nothing_sticks_out_sideways(browser: Browser, page_file: Path, width: int) -> None:
    page = opened(browser, page_file, width=width, script=True)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_file_name_without_spaces_does_not_widen_the_page(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "long.html"
    file.write_text(export_html(sample_report.build(file_name="я" * 250 + ".mp4")), encoding="utf-8")
    page = opened(browser, file, width=360, script=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["findings", "empty", "gaps"])
def test_every_text_stands_out_from_its_ground(browser: Browser, tmp_path: Path, scheme: str, kind: str) -> None:
    report = sample_report.build() if kind == "findings" else sample_report.build_clean(gaps=kind == "gaps")
    file = tmp_path / "report.html"
    file.write_text(export_html(report), encoding="utf-8")
    page = opened(browser, file, scheme=scheme, script=True)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    result = page.evaluate(CONTRAST)
    assert result["measured"] > 60
    assert result["poor"] == []
    page.context.close()


def test_light_and_dark_differ(browser: Browser, page_file: Path) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = opened(browser, page_file, scheme=scheme, script=True)
        grounds.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        page.context.close()
    assert len(set(grounds)) == 2


def test_it_works_without_javascript(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file)
    page.locator(".hit", has_text="пиздец").click()
    assert page.url.endswith("#finding-1")
    page.locator("#finding-4 .when a").click()
    assert page.url.endswith("#mark-4")
    page.get_by_role("link", name=re.compile("Реклама без маркировки, высокая")).focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#finding-2")
    twin = page.locator(".twin tbody tr")
    assert not twin.first.is_visible()
    page.get_by_text("То же таблицей").click()
    assert twin.count() == 7
    assert twin.first.is_visible()
    page.get_by_label("Только то, что требует действий").check()
    assert page.locator(".finding:visible").count() == 5
    page.context.close()


def test_everything_is_reached_by_keyboard(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#findings")
    page.context.close()


def test_a_time_opens_the_video_beside_the_page(browser: Browser, tmp_path: Path) -> None:
    video = tmp_path / "Обзор #1.mp4"
    shutil.copy(SAMPLES / "media" / "bigbuckbunny.mp4", video)
    file = tmp_path / "report.html"
    file.write_text(export_html(sample_report.build(), PurePosixPath(video.name)), encoding="utf-8")
    page = opened(browser, file)
    with page.context.expect_page() as popup:
        page.locator("#finding-1 .when a").click()
    assert popup.value.url == video.as_uri() + "#t=124.3"
    page.context.close()


def test_the_box_lies_on_the_thing(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file)
    frame, box = page.locator("#finding-5 .frame svg"), page.locator("#finding-5 .frame .box")
    outer, inner = frame.bounding_box(), box.bounding_box()
    assert outer is not None
    assert inner is not None
    assert (inner["x"] - outer["x"]) / outer["width"] == pytest.approx(0.2, abs=0.02)
    assert (inner["y"] - outer["y"]) / outer["height"] == pytest.approx(0.16, abs=0.02)
    assert inner["width"] / outer["width"] == pytest.approx(0.62, abs=0.02)
    page.context.close()


def test_the_time_of_a_frame_covers_none_of_it(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file)
    frame = page.locator("#finding-5 .frame svg").bounding_box()
    stamp = page.locator("#finding-5 .stamp").bounding_box()
    assert frame is not None
    assert stamp is not None
    assert stamp["y"] >= frame["y"] + frame["height"]
    page.context.close()


def test_a_long_transcript_stays_in_view_beside_the_findings(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file, script=True)
    page.locator("#finding-4").evaluate("finding => finding.scrollIntoView()")
    spoken = page.locator("#transcript").bounding_box()
    assert spoken is not None
    assert 0 <= spoken["y"] < spoken["y"] + spoken["height"] <= page.viewport_size["height"]
    page.context.close()


def test_it_prints(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file, scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF-")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 12
    page.emulate_media(media="print")
    assert page.locator(".twin tbody tr").first.is_visible()
    assert not page.locator(".filter").is_visible()
    page.context.close()
