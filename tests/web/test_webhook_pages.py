"""Webhooks as pages: added, tried, switched, renewed, removed, and the log of what was sent."""

from __future__ import annotations

import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from videos.models import Project
from videos.projects import create_project
from webhooks.announcing import announce, ping
from webhooks.delivery_log import PAGE_SIZE
from webhooks.endpoints import PER_PROJECT, change_endpoint, create_endpoint
from webhooks.models import Delivery, DeliveryStatus, Endpoint, Event

pytestmark = pytest.mark.django_db

URL = "https://example.org/hook"


def signed_in(name: str, language: str = "en") -> Client:
    person = User.objects.create_user(name, f"{name}@example.org", "a long password", language=language)
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


@pytest.fixture
def browser() -> Client:
    return signed_in("anna")


@pytest.fixture
def project(browser: Client) -> Project:
    return create_project(User.objects.get(username="anna"), "Channel")


@pytest.fixture
def endpoint(project: Project) -> Endpoint:
    return create_endpoint(project, project.owner, URL)


def webhooks_of(project: Project) -> str:
    return reverse("project-webhooks", args=(project.pk,))


def of(name: str, endpoint: Endpoint) -> str:
    return reverse(name, args=(endpoint.pk,))


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_page_without_webhooks_teaches_what_they_are(browser: Client, project: Project) -> None:
    page = text_of(browser.get(webhooks_of(project)))

    assert "No webhooks yet" in page
    assert "How to verify it" in page
    assert reverse("api-docs") in page
    for name in ("project", "project-settings"):
        assert webhooks_of(project) in text_of(browser.get(reverse(name, args=(project.pk,))))


def test_the_secret_of_a_new_webhook_is_shown_once(browser: Client, project: Project) -> None:
    answer = browser.post(webhooks_of(project), {"url": URL, "events": ["run.finished", "run.failed"]})

    endpoint = Endpoint.objects.get()
    assert (endpoint.url, endpoint.events) == (URL, ["run.failed", "run.finished"])
    assert text_of(answer).count(endpoint.secret) == 1
    assert "no-store" in answer["Cache-Control"]
    later = text_of(browser.get(webhooks_of(project)))
    assert URL in later
    assert "A check failed" in later
    assert endpoint.secret not in later


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"url": "", "events": ["run.finished"]}, "Say where messages go"),
        ({"url": "nonsense", "events": ["run.finished"]}, "This is no address."),
        ({"url": "https://10.0.0.1/", "events": ["run.finished"]}, "This address leads inside a network."),
        ({"url": "https://me:it@example.org/", "events": ["run.finished"]}, "Leave name and password out"),
        ({"url": URL, "events": []}, "Choose at least one event."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    browser: Client, project: Project, form: dict[str, object], sentence: str
) -> None:
    answer = browser.post(webhooks_of(project), form)

    assert answer.status_code == 422
    field = "id_url_error" if form["events"] else "id_events_error"
    assert re.search(rf'id="{field}"><li>[^<]*{re.escape(sentence)}', text_of(answer))
    assert not Endpoint.objects.exists()


def test_a_project_has_only_so_many(browser: Client, project: Project) -> None:
    for number in range(PER_PROJECT):
        create_endpoint(project, project.owner, f"{URL}/{number}")

    answer = browser.post(webhooks_of(project), {"url": URL, "events": ["run.finished"]})

    assert answer.status_code == 422
    assert "A project has at most 10 webhooks" in text_of(answer)


def test_switched_off_and_on_again(browser: Client, endpoint: Endpoint) -> None:
    off = browser.post(of("webhook-switch", endpoint), follow=True)
    endpoint.refresh_from_db()
    assert not endpoint.active
    assert "The webhook is off" in text_of(off)
    assert "Send a test" not in text_of(off)
    refused = browser.post(of("webhook-test", endpoint), follow=True)
    assert "The webhook is switched off. Switch it on first." in text_of(refused)
    assert not Delivery.objects.exists()

    browser.post(of("webhook-switch", endpoint), {"active": "1"})
    endpoint.refresh_from_db()
    assert endpoint.active


def test_a_new_secret_is_shown_once_and_the_old_one_not_at_all(browser: Client, endpoint: Endpoint) -> None:
    answer = browser.post(of("webhook-secret", endpoint))

    renewed = Endpoint.objects.get()
    assert renewed.secret != endpoint.secret
    assert renewed.secret in text_of(answer)
    assert "signed with the old secret too" in text_of(answer)
    assert endpoint.secret not in text_of(answer)
    assert renewed.secret not in text_of(browser.get(webhooks_of(endpoint.project)))


def test_a_test_is_in_the_log(browser: Client, endpoint: Endpoint) -> None:
    assert "Nothing was sent yet" in text_of(browser.get(of("webhook", endpoint)))

    page = text_of(browser.post(of("webhook-test", endpoint), follow=True))

    assert Delivery.objects.get().event == Event.PING
    assert "A test is on its way." in page
    assert str(Delivery.objects.get().pk) in page
    assert "Waiting" in page


def test_a_message_is_sent_again(browser: Client, endpoint: Endpoint) -> None:
    announce(Event.RUN_FAILED, endpoint.project, uuid.uuid4(), {"outcome": None})
    first = Delivery.objects.get()
    Delivery.objects.update(status=DeliveryStatus.FAILED, attempts=8, response_status=503)
    log = text_of(browser.get(of("webhook", endpoint)))
    assert "HTTP 503" in log
    assert "Given up" in log
    assert "HTTP 503" in text_of(browser.get(webhooks_of(endpoint.project)))

    browser.post(reverse("webhook-replay", args=(first.pk,)))

    again = Delivery.objects.exclude(pk=first.pk).get()
    assert (again.replay_of, again.status, again.payload) == (first, DeliveryStatus.PENDING, first.payload)
    change_endpoint(endpoint, active=False)
    refused = browser.post(reverse("webhook-replay", args=(first.pk,)), follow=True)
    assert "Switch it on first." in text_of(refused)
    assert Delivery.objects.count() == 2


def test_why_no_answer_came_is_said_in_words(browser: Client, endpoint: Endpoint) -> None:
    ping(endpoint)
    Delivery.objects.update(error="unknown-host", attempts=1)

    assert "there is no such host" in text_of(browser.get(of("webhook", endpoint)))


def test_a_long_log_has_pages(browser: Client, endpoint: Endpoint) -> None:
    ids = {str(ping(endpoint).pk) for _ in range(PAGE_SIZE + 2)}
    first = text_of(browser.get(of("webhook", endpoint)))
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following

    second = text_of(browser.get(of("webhook", endpoint) + following[1]))

    on_first, on_second = ({one for one in ids if one in page} for page in (first, second))
    assert (len(on_first), len(on_second)) == (PAGE_SIZE, 2)
    assert on_first | on_second == ids
    assert browser.get(of("webhook", endpoint), {"after": "nonsense"})["Location"] == of("webhook", endpoint)


def test_deleting_says_what_is_lost(browser: Client, endpoint: Endpoint) -> None:
    ping(endpoint)
    warning = text_of(browser.get(of("webhook-delete", endpoint)))
    assert "the log with 1 message" in warning
    assert "1 message that waits to be sent" in warning
    assert Endpoint.objects.filter(deleted_at=None).exists()

    gone = browser.post(of("webhook-delete", endpoint), follow=True)

    assert "No webhooks yet" in text_of(gone)
    assert browser.get(of("webhook", endpoint)).status_code == 404
    assert endpoint.pk not in Endpoint.objects.filter(deleted_at=None).values_list("pk", flat=True)


def test_they_are_there_for_nobody_else(endpoint: Endpoint) -> None:
    stranger = signed_in("boris")
    delivery = ping(endpoint)

    assert stranger.get(webhooks_of(endpoint.project)).status_code == 404
    assert stranger.post(webhooks_of(endpoint.project), {"url": URL, "events": ["run.failed"]}).status_code == 404
    assert stranger.get(of("webhook", endpoint)).status_code == 404
    for name in ("webhook-switch", "webhook-secret", "webhook-test", "webhook-delete"):
        assert stranger.post(of(name, endpoint)).status_code == 404
    assert stranger.post(reverse("webhook-replay", args=(delivery.pk,))).status_code == 404
    assert Endpoint.objects.get().secret == endpoint.secret
    assert Endpoint.objects.count() == Delivery.objects.count() == 1


def test_the_pages_speak_russian() -> None:
    browser = signed_in("vera", "ru")
    project = create_project(User.objects.get(username="vera"), "Канал")
    assert "Вебхуков пока нет" in text_of(browser.get(webhooks_of(project)))
    refused = browser.post(webhooks_of(project), {"url": "https://127.0.0.1/", "events": ["run.finished"]})
    assert "Этот адрес ведёт" in text_of(refused)
    endpoint = create_endpoint(project, project.owner, URL)
    assert "Пока ничего не отправлено" in text_of(browser.get(of("webhook", endpoint)))
