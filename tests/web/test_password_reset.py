"""A forgotten password through the mail that is sent and the link in it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from accounts import outgoing_mail
from accounts.models import ApiToken, Session, User

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD, NEW = "anna@example.com", "семь-зелёных-яблок", "восемь-синих-груш"


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", EMAIL, PASSWORD)


def sent() -> list[EmailMultiAlternatives]:
    """What has been sent, once everything handed over before has left."""
    outgoing_mail.flush()
    return mail.outbox  # type: ignore[return-value]  # set by Django's test runner


def ask(client: Client, email: str = EMAIL):  # type: ignore[no-untyped-def]
    return client.post("/password/", {"email": email})


def link() -> str:
    [address] = re.findall(r"https?://testserver(/password/\S+)", str(sent()[-1].body))
    return address


def test_the_link_leads_to_a_new_password_that_ends_every_session(client: Client, anna: User) -> None:
    thief, locked = Client(), Client()
    thief.force_login(anna)
    for _ in range(5):
        locked.post("/sign-in/", {"username": EMAIL, "password": "wrong"})
    User.objects.update(must_change_password=True)
    ApiToken.objects.create(anna, name="made by the thief", scopes=["read"])
    ask(client, "ANNA@example.com")

    form = client.get(link(), follow=True)
    assert "token" not in form.redirect_chain[-1][0]
    address = form.redirect_chain[-1][0]
    answer = client.post(address, {"new_password": NEW}, follow=True)

    assert "Пароль изменён" in answer.text
    assert thief.get("/account/").status_code == 302
    assert not Session.objects.filter(user=anna).exists()
    assert not ApiToken.objects.filter(user=anna).exists()
    anna.refresh_from_db()
    assert anna.check_password(NEW)
    assert not anna.must_change_password
    assert locked.post("/sign-in/", {"username": EMAIL, "password": NEW}).status_code == 302


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com", "closed@example.com"])
def test_the_answer_does_not_tell_whether_an_address_is_known(client: Client, anna: User, email: str) -> None:
    User.objects.create_user("closed", "closed@example.com", PASSWORD, is_active=False)

    answer = ask(client, email)

    assert answer.url == "/password/sent/"
    assert "Если учётная запись с этим адресом есть" in client.get(answer.url).text
    assert len(sent()) == (email == EMAIL)


@pytest.mark.parametrize(("language", "words"), [("ru", "Здравствуйте!"), ("en", "Hello!")])
def test_the_mail_speaks_the_language_of_its_reader(client: Client, anna: User, language: str, words: str) -> None:
    User.objects.update(language=language)

    client.post("/password/", {"email": EMAIL}, headers={"accept-language": "en" if language == "ru" else "ru"})

    [message] = sent()
    assert message.to == [EMAIL]
    assert words in str(message.body)
    assert "&" not in str(message.body)
    [(html, media_type)] = [(part.content, part.mimetype) for part in message.alternatives]
    assert media_type == "text/html"
    assert f'<html lang="{language}">' in html
    assert link() in html
    assert "<img" not in html


@pytest.mark.parametrize("broken", ["used", "late", "cut", "foreign"])
def test_a_link_that_works_no_more_offers_a_new_one(client: Client, anna: User, broken: str) -> None:
    ask(client)
    address = link()
    now = timezone.now()
    if broken == "used":
        client.post(client.get(address).url, {"new_password": NEW})
    if broken == "cut":
        address = address[:-5] + "/"
    if broken == "foreign":
        address = address.replace(address.split("/")[2], "MTIzNDU2")

    with time_machine.travel(now + timedelta(minutes=61 if broken == "late" else 1)):
        answer = Client().get(address, follow=True)

    assert answer.status_code == 200
    assert "Ссылка больше не действует" in answer.text
    assert 'href="/password/"' in answer.text


def test_a_weak_password_is_refused_beside_its_field(client: Client, anna: User) -> None:
    ask(client)

    answer = client.post(client.get(link()).url, {"new_password": "12345678"})

    assert 'aria-invalid="true"' in answer.text
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_trouble_with_the_mail_server_looks_the_same(
    client: Client, anna: User, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]  # nobody listens there

    assert ask(client).url == "/password/sent/"

    outgoing_mail.flush()
    assert "A mail could not be sent" in caplog.text
    assert EMAIL not in caplog.text


def test_one_address_asks_so_often(client: Client, anna: User) -> None:
    answers = [ask(client) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert len(sent()) == 10
