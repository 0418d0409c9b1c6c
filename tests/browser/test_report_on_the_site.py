"""The page of a report in a real browser, with a real video: seeking, filters, keys, transcript, evidence, sharing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.chromium import chromium
from tests.reports import sample_report
from tests.reports.sample_evidence import FACTS
from tests.reports.stored_report import person, store_report

from reports.models import Report
from videos.models import Project
from videos.project_settings import current_settings

DEMO = Path(__file__).parents[2] / "samples" / "demo.mp4"


@pytest.fixture
def report(transactional_db: None) -> Report:
    """The sample report over the demo video; only its first minutes exist, which is enough to seek in."""
    project = Project.objects.create(owner=person(), name="Кроссовки")
    documents = {language: sample_report.build(language, facts=FACTS) for language in ("ru", "en")}
    return store_report(documents, project, video_file=DEMO, waveform=(bytes(range(256)) * 4, 0.74), shots=(0.0, 60.0))


@pytest.fixture
def session(report: Report) -> str:
    client = Client()
    client.force_login(report.video.project.owner, backend="accounts.authentication.EmailOrUsernameBackend")
    return client.cookies["sessionid"].value


@pytest.fixture
def veiled(report: Report) -> None:
    """The project wants alcohol blurred and the sound off."""
    settings = current_settings(report.video.project)
    settings.visual = {"blurred": ["alcohol"], "grayscale": False, "muted": True}
    settings.save()


@pytest.fixture
def large(report: Report) -> Report:
    documents = {language: sample_report.build_large(5000, language) for language in ("ru", "en")}
    return store_report(documents, report.video.project)


@pytest.fixture
def browser(live_server: LiveServer, session: str) -> Iterator[Browser]:
    """Started after the server and gone before it: Django's database wants a thread without an event loop."""
    with chromium() as browser:
        yield browser


class Visit:
    """A person in front of the page, and what the page complained of."""

    def __init__(self, browser: Browser, server: LiveServer, session: str, **options: object) -> None:
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "ru-RU", **options}
        self.context: BrowserContext = browser.new_context(base_url=server.url, **options)  # type: ignore[arg-type]
        if session:
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-report-ready]")
        return self.page


def now(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def test_findings_player_timeline_and_evidence_move_together(
    browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{report.pk}/")
    page.locator("[data-rows] a", has_text="Бокал в кадре").click()
    expect(page.locator("[data-shown='5']")).to_be_visible()
    expect(page.locator("[data-track]")).not_to_have_attribute("aria-valuenow", "0")
    assert page.url.endswith("?finding=5")
    picture, box = page.locator(".frame svg").bounding_box(), page.locator(".frame .box").bounding_box()
    assert picture
    assert box
    assert 0 < (box["x"] - picture["x"]) / picture["width"] < 1

    page.keyboard.press("n")
    expect(page.locator("[data-shown='6']")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.locator("[data-shown='4']")).to_be_visible()

    page.locator(".verdicts [data-finding='1']").first.click()
    expect(page.locator("[data-shown='1']")).to_be_visible()
    page.reload()
    expect(page.locator("[data-shown='1']")).to_be_visible()
    assert visit.complaints == []


def test_words_of_the_transcript_seek_and_lead_to_their_finding(
    browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{report.pk}/")
    page.locator(".passage .said", has_text="Подошва мягкая").click(position={"x": 6, "y": 8})
    assert now(page) == pytest.approx(62.0, abs=0.6)
    page.locator("[data-hit]", has_text="блядь").click()
    expect(page.locator("[data-shown='1']")).to_be_visible()
    page.get_by_label("Поиск по расшифровке").fill("промокоду")
    expect(page.locator("[data-spoken-found]")).to_have_text("1 / 1")
    page.get_by_label("Поиск по расшифровке").fill("такого нет")
    expect(page.locator("[data-spoken-found]")).to_have_text("Таких слов нет.")
    assert visit.complaints == []


def test_filters_narrow_the_list_and_stand_in_the_address(
    browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{report.pk}/")
    rows = page.locator("[data-rows] > li")
    expect(rows).to_have_count(7)
    page.get_by_text("Фильтры").click()
    page.get_by_label("Лексика").check()
    expect(rows).to_have_count(2)
    expect(page.locator("[data-tally]")).to_have_text("2 из 7")
    assert "category=language" in page.url
    page.get_by_label("Сбросить отбор").or_(page.get_by_text("Сбросить отбор")).click()
    expect(rows).to_have_count(7)
    page.get_by_text("Фильтры").click()
    page.locator("body").press("/")
    page.keyboard.type("промокод")
    expect(rows).to_have_count(1)
    number = str(page.locator("[data-rows] a").get_attribute("href")).split("finding=")[1].split("#")[0]
    expect(page.locator(f"[data-shown='{number}']")).to_be_visible()
    expect(page.get_by_label("Поиск по находкам")).to_be_focused()
    page.reload()
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    page.get_by_label("Поиск по находкам").fill("нет такого")
    expect(page.get_by_text("Под такой отбор ничего не подходит.")).to_be_visible()
    assert visit.complaints == []


def test_the_player_obeys_its_keys(browser: Browser, live_server: LiveServer, report: Report, session: str) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{report.pk}/")
    page.wait_for_function("document.querySelector('video').readyState > 1")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('video').currentTime > 4.9")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("document.querySelector('video').currentTime < 0.1")
    page.keyboard.press(".")
    page.wait_for_function("document.querySelector('video').currentTime > 0.04")
    page.keyboard.press("Space")
    page.wait_for_function("!document.querySelector('video').paused")
    page.keyboard.press("l")
    page.wait_for_function("document.querySelector('video').playbackRate === 1.5")
    page.keyboard.press("k")
    page.wait_for_function("document.querySelector('video').paused")
    page.keyboard.press("m")
    page.wait_for_function("document.querySelector('video').muted")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Следующая, предыдущая находка")
    assert visit.complaints == []


def test_what_the_project_blurs_stays_blurred_until_it_is_held(
    veiled: None, browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{report.pk}/?finding=5")
    picture = page.locator(".frame image")
    expect(picture).to_have_css("filter", "blur(10px)")
    page.keyboard.down("b")
    expect(picture).to_have_css("filter", "none")
    page.keyboard.up("b")
    expect(picture).to_have_css("filter", "blur(10px)")
    page.get_by_role("button", name="Удерживайте, чтобы увидеть").hover()
    page.mouse.down()
    expect(picture).to_have_css("filter", "none")
    page.mouse.up()
    expect(picture).to_have_css("filter", "blur(10px)")
    assert page.evaluate("document.querySelector('video').muted")
    assert visit.complaints == []


def test_a_link_is_made_copied_opened_by_a_stranger_and_revoked(
    browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{report.pk}/")
    page.get_by_text("Поделиться", exact=True).click()
    page.get_by_label("Для кого").fill("юрист")
    page.get_by_role("button", name="Создать ссылку").click()
    address = page.locator("[data-address]").input_value()
    stranger = Visit(browser, live_server, "", viewport={"width": 390, "height": 844})
    theirs = stranger.open(address)
    expect(theirs.get_by_role("heading", level=1)).to_have_text(report.video.name)
    expect(theirs.get_by_text("Поделиться", exact=True)).to_have_count(0)
    assert theirs.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Отозвать").click()
    expect(page.get_by_text("отозвана")).to_be_visible()
    assert theirs.reload().status == 410  # type: ignore[union-attr]
    assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 2560])
def test_the_page_is_accessible_and_fits(
    browser: Browser, live_server: LiveServer, report: Report, session: str, scheme: str, width: int
) -> None:
    visit = Visit(browser, live_server, session, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = visit.open(f"/reports/{report.pk}/?finding=2")
    expect(page.locator("[data-shown='2']")).to_be_visible()
    page.evaluate("document.querySelectorAll('details.twin, details.signals').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    assert visit.complaints == []


def test_without_a_script_everything_is_read_and_played(
    browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session, java_script_enabled=False)
    page = visit.page
    page.goto(f"/reports/{report.pk}/")
    assert page.locator("video").get_attribute("controls") is not None
    page.get_by_role("link", name="Бокал в кадре").click()
    expect(page.locator("#evidence")).to_contain_text("Бокал в кадре")
    page.get_by_role("link", name="Отдельной страницей").click()
    expect(page.get_by_text("Подошва мягкая")).to_be_visible()
    page.get_by_role("link", name="К отчёту").click()
    page.get_by_text("Поделиться", exact=True).click()
    page.get_by_role("button", name="Создать ссылку").click()
    expect(page.locator("[data-address]")).to_be_visible()


def test_nothing_jumps_while_the_page_comes_together(
    browser: Browser, live_server: LiveServer, report: Report, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    visit.page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) "
        "if (!one.hadRecentInput) window.shifts += one.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page = visit.open(f"/reports/{report.pk}/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") < 0.02


def test_five_thousand_findings_keep_few_rows_in_the_page(
    large: Report, browser: Browser, live_server: LiveServer, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{large.pk}/")
    page.locator("[data-list]").evaluate("list => { list.scrollTop = list.scrollHeight }")
    expect(page.locator("[data-finding='5000']")).to_be_visible()
    assert page.locator("[data-rows] > li").count() <= 60
    expect(page.locator("#finding-5000 .row-quote")).to_contain_text("слово")
    assert visit.complaints == []


def test_all_rows_are_on_paper_and_only_those_in_view_on_screen(
    large: Report, browser: Browser, live_server: LiveServer, session: str
) -> None:
    visit = Visit(browser, live_server, session)
    page = visit.open(f"/reports/{large.pk}/?severity=critical")
    on_screen = page.locator("[data-rows] > li").count()
    page.evaluate(
        """addEventListener('beforeprint', () => {
          window.printed = document.querySelectorAll('[data-rows] > li').length;
        })"""
    )
    page.pdf()
    printed = page.evaluate("window.printed")
    assert printed == int(page.locator("[data-tally]").inner_text().split(" ")[0].replace("\xa0", ""))
    assert printed > on_screen
    expect(page.locator("[data-rows] > li")).to_have_count(on_screen)
    numbers = page.locator("[data-rows] > li").evaluate_all("rows => rows.map(row => Number(row.ariaPosInSet))")
    assert numbers == sorted(numbers)
    assert visit.complaints == []
