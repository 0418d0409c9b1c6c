"""The account through its pages: profile, password, sessions, tokens, minutes."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.api_tokens import create_token
from accounts.models import ApiToken, Role, Session, User
from billing.minutes import charge, grant, reserve
from billing.models import Balance

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD, NEW = "anna@example.com", "семь-зелёных-яблок", "восемь-синих-груш"
FIREFOX = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.fixture
def anna() -> User:
    return User.objects.create_user(EMAIL, EMAIL, PASSWORD)


def browser(user_agent: str = FIREFOX, address: str = "198.51.100.1", password: str = PASSWORD) -> Client:
    """A browser that has signed in through the form."""
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    assert client.post("/sign-in/", {"username": EMAIL, "password": password}).status_code == 302
    return client


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("page", ["", "password/", "sessions/", "tokens/", "minutes/"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_opens_in_both_languages(anna: User, page: str, language: str) -> None:
    User.objects.update(language=language)
    client = browser()

    answer = client.get(f"/account/{page}")

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert ("Учётная запись" in answer.text) == (language == "ru")
    assert "no-store" in answer["Cache-Control"]
    assert "style=" not in answer.text
    assert Client().get(f"/account/{page}").status_code == 302


class TestProfile:
    def test_language_and_theme_count_at_once(self, anna: User) -> None:
        client = browser()
        profile = {"first_name": "Анна", "last_name": "Петрова", "language": "en", "theme": "dark"}

        answer = client.post("/account/", profile, follow=True)

        assert '<html lang="en" data-theme="dark">' in answer.text
        assert "Saved." in answer.text
        assert "Анна Петрова" in answer.text
        client.post("/sign-out/")
        assert '<html lang="en" data-theme="dark">' in client.get("/sign-in/").text

    def test_what_is_not_asked_for_is_not_read(self, anna: User) -> None:
        profile = {"first_name": "", "last_name": "", "language": "ru", "theme": "light"}
        browser().post("/account/", {**profile, "role": Role.ADMINISTRATOR, "is_staff": "on", "email": "b@example.com"})

        anna.refresh_from_db()
        assert (anna.role, anna.is_staff, anna.email, anna.theme) == (Role.CLIENT, False, EMAIL, "light")

    @pytest.mark.parametrize("wrong", [{"language": "fr"}, {"theme": "pink"}, {"first_name": "а" * 151}])
    def test_nothing_is_half_saved(self, anna: User, wrong: dict[str, str]) -> None:
        good = {"first_name": "Анна", "last_name": "", "language": "en", "theme": "dark"}
        answer = browser().post("/account/", {**good, **wrong})

        anna.refresh_from_db()
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.text
        assert (anna.first_name, anna.language, anna.theme) == ("", "ru", "system")


class TestPassword:
    def test_a_change_signs_the_other_browsers_out(self, anna: User) -> None:
        here, there = browser(), browser(CHROME)
        answer = here.post("/account/password/", {"old_password": PASSWORD, "new_password": NEW})

        assert answer.status_code == 302
        assert signed_in(here)
        assert not signed_in(there)
        assert Session.objects.filter(user=anna).count() == 1
        assert signed_in(browser(password=NEW))

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("wrong", NEW, "Это не текущий пароль"),
            (PASSWORD, "12345678", "распространён"),
            (PASSWORD, PASSWORD, "Придумайте другой"),
            (PASSWORD, "anna@example.com", "похож"),
        ],
    )
    def test_a_refusal_stands_beside_its_field(self, anna: User, old: str, new: str, sentence: str) -> None:
        answer = browser().post("/account/password/", {"old_password": old, "new_password": new})

        anna.refresh_from_db()
        assert sentence in answer.text
        assert new not in answer.text.replace(EMAIL, "") or new == EMAIL
        assert anna.check_password(PASSWORD)

    def test_a_password_that_others_saw_is_changed_before_anything_else(self, anna: User) -> None:
        User.objects.update(must_change_password=True)
        client = browser()

        assert client.get("/videos/").url == "/account/password/"
        assert client.get("/account/tokens/").url == "/account/password/"
        assert (
            client.post("/account/tokens/", {"name": "a", "scopes": ["read"], "lifetime_days": 30}).status_code == 302
        )
        assert client.get("/api/v1/anything").status_code in {403, 404}
        assert client.get("/healthz").status_code == 200
        assert "свой пароль" in client.get("/account/password/").text
        assert not ApiToken.objects.exists()

        client.post("/account/password/", {"old_password": PASSWORD, "new_password": NEW})

        assert signed_in(client)
        anna.refresh_from_db()
        assert not anna.must_change_password

    def test_whoever_must_change_it_can_still_sign_out(self, anna: User) -> None:
        User.objects.update(must_change_password=True)

        assert browser().post("/sign-out/").url == "/sign-in/"


class TestSessions:
    def test_each_browser_is_listed_in_words(self, anna: User) -> None:
        here = browser()
        browser(CHROME, "203.0.113.9")

        page = here.get("/account/sessions/").text

        assert re.findall(r"Firefox, macOS|Chrome, Windows|Этот браузер", page)[:2] == [
            "Firefox, macOS",
            "Этот браузер",
        ]
        assert "Chrome, Windows" in page
        assert "203.0.113.9" in page

    def test_no_key_is_shown(self, anna: User) -> None:
        here, there = browser(), browser(CHROME)

        page = here.get("/account/sessions/").text

        assert there.session.session_key not in page
        assert here.session.session_key not in page

    def test_ending_one_signs_that_browser_out(self, anna: User) -> None:
        here, there = browser(), browser(CHROME)
        [address] = re.findall(r'action="(/account/sessions/[0-9a-f]+/end/)"', here.get("/account/sessions/").text)

        assert here.get(address).status_code == 405
        assert here.post(address).status_code == 302

        assert signed_in(here)
        assert not signed_in(there)
        assert here.post(address).status_code == 404

    def test_ending_all_others(self, anna: User) -> None:
        here, others = browser(), [browser(CHROME), browser(CHROME)]

        answer = here.post("/account/sessions/others/end/", follow=True)

        assert "ещё в 2 браузерах" in answer.text
        assert signed_in(here)
        assert not any(signed_in(other) for other in others)

    def test_nobody_ends_somebody_elses(self, anna: User) -> None:
        hers = browser()
        boris = Client()
        boris.force_login(User.objects.create_user("boris"))
        page = browser(CHROME).get("/account/sessions/").text
        [address] = re.findall(r'action="(/account/sessions/[0-9a-f]+/end/)"', page)

        assert boris.post(address).status_code == 404
        assert boris.post("/account/sessions/others/end/").status_code == 302
        assert signed_in(hers)

    def test_when_it_was_seen_is_written_every_five_minutes(self, anna: User) -> None:
        start = timezone.now()
        with time_machine.travel(start, tick=False) as clock:
            client = browser()
            clock.shift(timedelta(minutes=4))
            client.get("/account/")
            assert Session.objects.get().seen_at == start
            clock.shift(timedelta(minutes=2))
            client.get("/account/")

            session = Session.objects.get()
            assert session.seen_at == start + timedelta(minutes=6)
            assert session.created_at == start

    def test_strangers_leave_no_session(self, client: Client) -> None:
        client.get("/")
        client.get("/sign-in/")

        assert not Session.objects.exists()


class TestTokens:
    def make(self, client: Client, **changes: object) -> str:
        """The secret as the page shows it, empty when there is none."""
        form = {"name": "Монтаж", "scopes": ["read", "upload"], "lifetime_days": 30, **changes}
        answer = client.post("/account/tokens/", form)
        assert answer.status_code == 200
        return "".join(re.findall(r'<code id="secret">([^<]+)</code>', answer.text))

    def works(self, secret: str) -> bool:
        answer = Client().get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})
        assert answer.status_code in {200, 401}
        return answer.status_code == 200

    def test_the_secret_is_shown_once(self, anna: User) -> None:
        client = browser()

        secret = self.make(client)

        assert secret.startswith("aica_")
        page = client.get("/account/tokens/").text
        assert secret not in page
        assert "Монтаж" in page
        assert "Загружать видео" in page

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"scopes": []}, {"scopes": ["admin"]}, {"lifetime_days": 100000}, {"lifetime_days": "x"}],
    )
    def test_a_refusal_makes_none(self, anna: User, wrong: dict[str, object]) -> None:
        assert self.make(browser(), **wrong) == ""
        assert not ApiToken.objects.exists()

    def test_administrators_may_tick_administration(self, anna: User) -> None:
        assert "Управлять людьми" not in browser().get("/account/tokens/").text

        User.objects.update(role=Role.ADMINISTRATOR)
        assert self.make(browser(), scopes=["admin"]) != ""

    def test_a_revoked_one_is_gone(self, anna: User) -> None:
        client = browser()
        secret = self.make(client)
        assert self.works(secret)
        [address] = re.findall(r'action="(/account/tokens/\w+/revoke/)"', client.get("/account/tokens/").text)

        assert client.get(address).status_code == 405
        assert client.post(address).status_code == 302
        assert client.post(address).status_code == 404
        assert not self.works(secret)

    def test_nobody_revokes_somebody_elses(self, anna: User) -> None:
        made = create_token(anna, "a", ["read"], 1)
        boris = Client()
        boris.force_login(User.objects.create_user("boris"))

        assert boris.post(f"/account/tokens/{made.token.digest}/revoke/").status_code == 404
        assert ApiToken.objects.exists()

    def test_an_expired_one_is_marked_and_works_no_more(self, anna: User) -> None:
        secret = self.make(browser(), lifetime_days=30)
        assert self.works(secret)

        with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
            assert "Истёк" in browser().get("/account/tokens/").text
            assert not self.works(secret)

    def test_a_closed_account_takes_its_tokens_along(self, anna: User) -> None:
        secret = self.make(browser())
        User.objects.update(is_active=False)

        assert not self.works(secret)


class TestMinutes:
    def test_the_balance_and_why(self, anna: User) -> None:
        run_id = uuid.uuid4()
        reserve(anna, run_id, 760, "Обзор <b>кроссовок</b>.mp4")

        page = browser().get("/account/minutes/").text
        assert "47 мин 20 с" in page
        assert "12 мин 40 с" in page
        assert "Обзор &lt;b&gt;кроссовок&lt;/b&gt;.mp4" in page
        assert "При регистрации" in page
        assert "Отложено" in page

        charge(run_id)
        assert "Списано" in browser().get("/account/minutes/").text

    def test_a_first_look_shows_the_gift(self, anna: User) -> None:
        page = browser().get("/account/minutes/").text

        assert "1 ч 00 мин" in page
        assert "При регистрации" in page

    def test_without_limit(self, anna: User) -> None:
        Balance.objects.create(owner=anna, unlimited=True)

        assert "Без ограничений" in browser().get("/account/minutes/").text

    def test_pages_follow_each_other(self, anna: User) -> None:
        for number in range(60):
            grant(anna, 60 + number, None, f"Подарок {number}.")
        client = browser()

        first = client.get("/account/minutes/").text
        [following] = re.findall(r'href="(\?after=[^"#]+)', first)
        second = client.get(f"/account/minutes/{following}").text

        seen = re.findall(r"Подарок (\d+)\.", first + second)
        assert seen == [str(number) for number in range(59, -1, -1)]
        assert ">Раньше<" not in second
        assert "К последним" in second

    @pytest.mark.parametrize("after", ["x", "00000000-0000-4000-8000-000000000000", "%00", "1" * 5000])
    def test_an_address_changed_by_hand_shows_the_newest(self, anna: User, after: str) -> None:
        answer = browser().get(f"/account/minutes/?after={after}")

        assert answer.status_code == 200
        assert "При регистрации" in answer.text

    def test_nobody_sees_somebody_elses(self, anna: User) -> None:
        grant(User.objects.create_user("boris"), 60, None, "Тайный подарок")

        assert "Тайный подарок" not in browser().get("/account/minutes/").text
