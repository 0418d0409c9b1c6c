"""What surrounds every page: theme, language, pages for what went wrong."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from web.errors import server_error


@pytest.mark.django_db
def test_theme_and_language_are_in_the_page_that_the_server_writes() -> None:
    browser = Client(headers={"accept-language": "en"})
    assert '<html lang="en" data-theme="system">' in browser.get("/").content.decode()
    browser.post("/theme/", {"theme": "dark", "next": "/"})
    browser.post("/language/", {"language": "ru", "next": "/"})
    assert '<html lang="ru" data-theme="dark">' in browser.get("/").content.decode()


@pytest.mark.django_db
def test_the_language_of_a_person_counts_more_than_an_old_choice_in_this_browser() -> None:
    anna = User.objects.create_user("anna", "anna@example.org", "a long password", language="ru")
    browser = Client()
    browser.post("/language/", {"language": "en"})
    assert '<html lang="en"' in browser.get("/sign-in/").text
    browser.force_login(anna)
    assert '<html lang="ru"' in browser.get("/videos/").text

    browser.post("/language/", {"language": "en"})

    assert '<html lang="en"' in browser.get("/videos/").text
    anna.refresh_from_db()
    assert anna.language == "en"


@pytest.mark.django_db
def test_theme_and_language_stay_with_the_person() -> None:
    anna = User.objects.create_user("anna", "anna@example.org", "a long password")
    browser = Client()
    browser.force_login(anna)
    browser.post("/theme/", {"theme": "light"})
    browser.post("/language/", {"language": "en"})
    elsewhere = Client(headers={"accept-language": "ru"})
    elsewhere.force_login(anna)
    assert '<html lang="en" data-theme="light">' in elsewhere.get("/videos/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["pink", "", "dark\x00"])
def test_an_unknown_theme_changes_nothing(wrong: str) -> None:
    browser = Client()
    assert browser.post("/theme/", {"theme": wrong, "next": "https://elsewhere.example/"})["Location"] == "/"
    assert 'data-theme="system"' in browser.get("/").content.decode()


@pytest.mark.django_db
def test_strangers_read_what_this_is_and_people_reach_their_library() -> None:
    browser = Client(headers={"accept-language": "en"})
    assert "before you publish it" in browser.get("/").content.decode()
    browser.force_login(User.objects.create_user("anna", "anna@example.org", "a long password"))
    assert browser.get("/")["Location"] == "/videos/"


@pytest.mark.django_db
def test_the_page_for_a_failure_asks_no_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = server_error(RequestFactory().get("/videos/"))
    assert answer.status_code == 500
    assert len(queries) == 0
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.django_db
def test_pages_hold_nothing_inline() -> None:
    browser = Client()
    browser.force_login(User.objects.create_user("anna", "anna@example.org", "a long password"))
    for address in ("/videos/", "/projects/", "/nowhere/"):
        page = browser.get(address).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
