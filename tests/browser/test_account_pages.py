"""Signing up and the account in a real browser: what scripts add, what works without them, and no complaint of CSP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.chromium import chromium

EMAIL, PASSWORD, NEW = "anna@example.com", "семь-зелёных-яблок", "восемь-синих-груш"


@pytest.fixture
def browser(live_server: LiveServer) -> Iterator[Browser]:
    """Started after the server and gone before it: Django's database wants a thread without an event loop."""
    cache.clear()
    with chromium() as browser:
        yield browser


def visit(browser: Browser, server: LiveServer, **options: object) -> BrowserContext:
    return browser.new_context(base_url=server.url, locale="ru-RU", **options)  # type: ignore[arg-type]


def watch(page: Page) -> list[str]:
    """What the page complains of from now on."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    return complaints


def sign_up(page: Page) -> None:
    page.goto("/sign-up/")
    page.get_by_label("Эл. почта").fill(EMAIL)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Создать учётную запись").click()
    page.wait_for_url("**/videos/")


def test_a_person_signs_up_and_settles_in(browser: Browser, live_server: LiveServer) -> None:
    context = visit(browser, live_server, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints = watch(page)
    sign_up(page)

    page.goto("/account/")
    page.get_by_label("Тема").last.select_option("dark")
    page.get_by_label("Язык страниц").last.select_option("en")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.goto("/account/tokens/")
    page.get_by_label("Name").fill("Editing room")
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("#secret").inner_text()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.get_by_role("button", name="Revoke the token “Editing room”").click()
    expect(page.get_by_text("The token is revoked")).to_be_visible()

    assert complaints == []


def test_a_password_can_be_looked_at_and_leaves_hidden(browser: Browser, live_server: LiveServer) -> None:
    page = visit(browser, live_server).new_page()
    page.goto("/sign-up/")
    field = page.get_by_label("Пароль", exact=True)

    page.get_by_role("button", name="Показать: Пароль").click()
    expect(field).to_have_attribute("type", "text")
    field.fill("123")
    page.get_by_label("Эл. почта").fill(EMAIL)
    field.press("Enter")

    expect(field).to_have_attribute("type", "password")
    expect(field).to_be_focused()
    expect(page.get_by_text("слишком короткий")).to_be_visible()


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    here = visit(browser, live_server, java_script_enabled=False).new_page()
    sign_up(here)
    there = visit(browser, live_server, java_script_enabled=False).new_page()
    there.goto("/sign-in/")
    there.get_by_label("Эл. почта или имя пользователя").fill(EMAIL)
    there.get_by_label("Пароль").fill(PASSWORD)
    there.get_by_role("button", name="Войти").click()
    there.wait_for_url("**/videos/")

    here.goto("/account/password/")
    here.get_by_label("Текущий пароль").fill(PASSWORD)
    here.get_by_label("Новый пароль").fill(NEW)
    here.get_by_role("button", name="Сменить пароль").click()

    expect(here.get_by_text("Пароль изменён")).to_be_visible()
    there.goto("/account/")
    expect(there).to_have_url(f"{live_server.url}/sign-in/?next=/account/")
