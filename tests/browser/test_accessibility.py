"""Every page, in both themes, on a phone and on a desk: axe, keyboard, width, and no complaint of the browser."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.authorisation.people import make_people
from tests.authorisation.table import ROWS
from tests.authorisation.things import make_things
from tests.browser.chromium import chromium, watch

from accounts.models import User

HEIGHT = 900
STRANGERS = {"home", "sign-in", "sign-up", "password-reset", "password-reset-sent", "password-reset-confirm"}
"""Whoever is signed in does not get to see these."""
NO_PAGES = {
    *("healthz", "readyz", "metrics", "file"),
    *("library-rows", "upload-addresses", "video-progress"),  # parts of pages
    *("report-findings", "report-matches", "report-evidence", "report-timeline", "report-transcript"),
    *("report-transcript-data", "report-waveform", "report-frame", "report-media", "report-export"),
}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}

FOCUS_IS_SEEN = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing";
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return outlined || style.boxShadow !== "none" || box.width === 0 ? "" : one.outerHTML.slice(0, 120);
}
"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def is_page(route: str) -> bool:
    shared = route.startswith("shared-report") and route != "shared-report"
    return not (route.startswith(("api-", "admin:")) or route in NO_PAGES or shared)


PAGES = sorted({row.route for row in ROWS if row.verb == "GET" and is_page(row.route)})
SUPPORT = (
    *("admin:index", "admin:videos_video_changelist", "admin:accounts_user_changelist"),
    *("admin:pipeline_pipelinerun_changelist", "admin:billing_balance_changelist"),
)


def addresses(things: dict[str, Any], route: str) -> str:
    """The address of a page, with the things that it names."""
    if route == "not-found":
        return "/no/such/page"
    for names in ((), *((name,) for name in things), ("uidb64", "token"), ("project_id", "number")):
        values = {name: things.get(f"{route}:{name}", things.get(name)) for name in names}
        try:
            return reverse(route, kwargs=values)
        except Exception:  # noqa: BLE001, S112 - another set of names fits
            continue
    raise AssertionError(route)


def cookies_of(person: User) -> SimpleCookie:
    client = Client()
    client.force_login(person)
    return client.cookies


def come_in(browser: Browser, server: LiveServer, cookies: SimpleCookie | None, theme: str, width: int) -> Any:
    context = browser.new_context(
        base_url=server.url,
        locale="ru-RU",
        color_scheme=theme,  # type: ignore[arg-type]
        viewport={"width": width, "height": HEIGHT},
        reduced_motion="reduce",
    )
    for cookie in (cookies or SimpleCookie()).values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    return context


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_for_everybody(live_server: LiveServer, theme: str, width: int) -> None:
    cache.clear()
    people = make_people()
    things = make_things(people)
    User.objects.update(theme=theme)
    owner, administrator = cookies_of(people["owner"]), cookies_of(people["administrator"])
    where = {route: addresses(things, route) for route in (*PAGES, *SUPPORT, "not-found")}

    problems: dict[str, list[str]] = {}
    with chromium() as browser:
        stranger = come_in(browser, live_server, None, theme, width)
        member = come_in(browser, live_server, owner, theme, width)
        support = come_in(browser, live_server, administrator, theme, width)
        for route in (*PAGES, "not-found"):
            look(stranger if route in STRANGERS else member, live_server.url, where[route], problems, route)
        for route in SUPPORT:
            look(support, live_server.url, where[route], problems, route, ours=False)
        for context in (stranger, member, support):
            context.close()

    assert not problems, "\n".join(f"{name}: {problem}" for name in problems for problem in problems[name])


def look(
    context: BrowserContext, server: str, address: str, problems: dict[str, list[str]], name: str, *, ours: bool = True
) -> None:
    """Notes what is wrong with a page. Django's own markup of the admin site is not ``ours`` to judge."""
    complaints = watch(context, server)
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = [*complaints]
    if ours:
        found += axe_problems(page)
        if page.evaluate(TOO_WIDE):
            found.append("wider than the screen")
        found += unseen_focus(page)
    if found:
        problems[name] = found
    page.close()


def axe_problems(page: Page) -> list[str]:
    violations = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"][:3]]


def unseen_focus(page: Page) -> list[str]:
    """Goes through the first controls by keyboard."""
    unseen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        said = page.evaluate(FOCUS_IS_SEEN)
        if said and said != "nothing":
            unseen.append(f"focus is not seen: {said}")
    return unseen
