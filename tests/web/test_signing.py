"""Signing in, up and out through the pages."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, Session, User
from billing.minutes import balance_of

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "anna@example.com", "семь-зелёных-яблок"


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", EMAIL, PASSWORD)


def sign_in(client: Client, name: str = EMAIL, password: str = PASSWORD, address: str = "/sign-in/"):  # type: ignore[no-untyped-def]
    return client.post(address, {"username": name, "password": password})


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


class TestSigningUp:
    def test_a_stranger_becomes_a_client_with_minutes(self, client: Client) -> None:
        answer = client.post("/sign-up/", {"email": "Anna@Example.com", "password": PASSWORD})

        user = User.objects.get()
        assert answer.url == reverse("home")
        assert (user.email, user.role, user.language) == (EMAIL, Role.CLIENT, "ru")
        assert balance_of(user).available_s == 3600
        assert signed_in(client)

    def test_more_than_was_asked_for_is_not_read(self, client: Client) -> None:
        client.post(
            "/sign-up/",
            {
                "email": EMAIL,
                "password": PASSWORD,
                "role": Role.ADMINISTRATOR,
                "is_staff": "on",
                "is_superuser": "on",
                "available_s": "999999",
                "balance": "999999",
                "username": "admin",
                "must_change_password": "",
            },
        )

        user = User.objects.get()
        assert (user.username, user.role, user.is_staff, user.is_superuser) == (EMAIL, Role.CLIENT, False, False)
        assert balance_of(user).available_s == 3600

    def test_a_known_address_is_answered_with_ways_on(self, client: Client, anna: User) -> None:
        answer = client.post("/sign-up/", {"email": "ANNA@example.com", "password": PASSWORD})

        assert answer.status_code == 200
        assert "С этим адресом уже есть учётная запись" in answer.text
        assert 'href="/password/"' in answer.text
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("email", "password", "sentence"),
        [("anna", PASSWORD, "адрес"), (EMAIL, "123", "пароль"), (EMAIL, "", "Обязательное поле")],
    )
    def test_errors_stand_beside_their_fields(self, client: Client, email: str, password: str, sentence: str) -> None:
        answer = client.post("/sign-up/", {"email": email, "password": password})

        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.text
        assert sentence in answer.text
        described = re.findall(r'aria-describedby="([^"]+)"', answer.text)
        for ident in " ".join(described).split():
            assert f'id="{ident}"' in answer.text
        assert not User.objects.exists()

    def test_the_page_speaks_english_too(self, client: Client) -> None:
        answer = client.get("/sign-up/", headers={"accept-language": "en"})

        assert "60 minutes of video can be checked at once" in answer.text

    def test_one_address_signs_up_so_often(self, client: Client) -> None:
        for number in range(10):
            client.post("/sign-up/", {"email": f"a{number}@example.com", "password": PASSWORD})
            client.post("/sign-out/")
        answer = client.post("/sign-up/", {"email": "late@example.com", "password": PASSWORD})

        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 3600
        assert User.objects.count() == 10
        assert client.get("/sign-up/").status_code == 200
        assert client.post("/sign-up/", {}, REMOTE_ADDR="203.0.113.7").status_code == 200

    def test_a_forged_address_is_not_believed(self, client: Client) -> None:
        answers = [client.post("/sign-up/", {}, headers={"x-forwarded-for": f"203.0.113.{n}"}) for n in range(11)]

        assert [answer.status_code for answer in answers] == [200] * 10 + [429]


class TestSigningIn:
    @pytest.mark.parametrize("name", ["anna", EMAIL, "ANNA@Example.com"])
    def test_by_address_or_user_name(self, client: Client, anna: User, name: str) -> None:
        assert sign_in(client, name).status_code == 302
        assert signed_in(client)

    def test_a_wrong_password_says_what_to_look_at(self, client: Client, anna: User) -> None:
        answer = sign_in(client, password="wrong")

        assert answer.status_code == 200
        assert "Проверьте раскладку" in answer.text
        assert not signed_in(client)

    def test_the_key_of_the_session_is_new(self, client: Client, anna: User) -> None:
        session = client.session
        session["before"] = "kept"
        session.save()
        old = session.session_key

        sign_in(client)

        assert client.session.session_key != old
        assert not Session.objects.filter(session_key=old).exists()

    @pytest.mark.parametrize(
        ("wanted", "reached"),
        [
            ("/account/sessions/", "/account/sessions/"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/sign-in/", "/"),
            ("/sign-up/?next=/sign-in/", "/"),
        ],
    )
    def test_only_our_own_pages_are_gone_on_to(self, client: Client, anna: User, wanted: str, reached: str) -> None:
        answer = client.post("/sign-in/", {"username": EMAIL, "password": PASSWORD, "next": wanted})
        assert answer.url == reached

        again = client.get("/sign-in/", {"next": wanted})
        assert again.url == reached
        assert client.get("/sign-up/", {"next": wanted}).url == reached

    def test_a_page_for_people_leads_to_signing_in_and_back(self, client: Client, anna: User) -> None:
        asked = client.get("/account/tokens/")
        assert asked.url == "/sign-in/?next=/account/tokens/"

        assert 'name="next" value="/account/tokens/"' in client.get(asked.url).text

    def test_closed_accounts_stay_out(self, client: Client, anna: User) -> None:
        User.objects.update(is_active=False)

        assert sign_in(client).status_code == 200
        assert not signed_in(client)

    def test_one_address_tries_so_often(self, client: Client) -> None:
        answers = [sign_in(client, f"person-{number}", "wrong") for number in range(31)]

        assert {answer.status_code for answer in answers[:30]} == {200}
        assert answers[30].status_code == 429
        assert 0 < int(answers[30]["Retry-After"]) <= 60


class TestSigningOut:
    def test_by_post_only(self, client: Client, anna: User) -> None:
        sign_in(client)

        assert client.get("/sign-out/").status_code == 405
        assert signed_in(client)
        assert client.post("/sign-out/").url == "/sign-in/"
        assert not signed_in(client)
        assert not Session.objects.filter(user=anna).exists()

    def test_a_foreign_page_cannot(self, anna: User) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(anna)

        assert client.post("/sign-out/").status_code == 403
        assert signed_in(client)


class TestLockout:
    def test_five_wrong_passwords_close_the_account_for_a_while(self, client: Client, anna: User) -> None:
        answers = [sign_in(client, password="wrong") for _ in range(5)]

        locked = sign_in(client)

        assert [answer.status_code for answer in answers] == [200] * 4 + [429]
        assert locked.status_code == 429
        assert 0 < int(locked["Retry-After"]) <= 900
        assert "Вход закрыт ещё на 15 минут" in locked.text
        assert not signed_in(client)

    def test_no_other_door_asks_for_a_password(self, client: Client, anna: User) -> None:
        User.objects.update(is_staff=True)
        basic = base64.b64encode(f"{EMAIL}:{PASSWORD}".encode()).decode()

        assert sign_in(client, address="/admin/login/").url.startswith("/sign-in/")
        assert not signed_in(client)
        assert client.get("/api/v1/me", headers={"authorization": f"Basic {basic}"}).status_code == 401

    def test_spellings_of_the_name_are_one_person(self, client: Client, anna: User) -> None:
        for name in ("anna", EMAIL, "Anna@example.com", "ANNA@EXAMPLE.COM", " anna "):
            sign_in(client, name, "wrong")

        assert sign_in(client).status_code == 429

    def test_knocking_does_not_prolong_it(self, client: Client, anna: User) -> None:
        now = timezone.now()
        with time_machine.travel(now, tick=False) as clock:
            for _ in range(5):
                sign_in(client, password="wrong")
            clock.shift(timedelta(minutes=10))
            knocked = sign_in(client, password="wrong")
            assert int(knocked["Retry-After"]) == 300
            assert "5 минут" in knocked.text
            clock.shift(timedelta(minutes=5, seconds=1))

            assert sign_in(client).status_code == 302

    def test_others_are_not_locked_out(self, client: Client, anna: User) -> None:
        for _ in range(5):
            sign_in(client, password="wrong")

        assert (
            client.post("/sign-in/", {"username": EMAIL, "password": PASSWORD}, REMOTE_ADDR="203.0.113.7").status_code
            == 302
        )

    def test_success_begins_the_count_anew(self, client: Client, anna: User) -> None:
        for _ in range(4):
            sign_in(client, password="wrong")
        sign_in(client)
        client.post("/sign-out/")

        assert [sign_in(client, password="wrong").status_code for _ in range(4)] == [200] * 4
