"""Webhooks and the log of their deliveries, through the API."""

from __future__ import annotations

import uuid

import pytest
from accounts_for_tests import client_of
from rest_framework.test import APIClient

from accounts.models import Role, User
from videos.models import Project
from webhooks.announcing import announce
from webhooks.models import Endpoint, Event


@pytest.fixture
def webhooks(project: Project) -> str:
    return f"/api/v1/projects/{project.pk}/webhooks"


def test_from_beginning_to_end(client: APIClient, webhooks: str, project: Project) -> None:
    made = client.post(webhooks, {"url": "https://example.org/hook", "events": ["run.finished"]})
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    webhook = f"/api/v1/webhooks/{made.json()['id']}"
    assert "secret" not in client.get(webhook).json()
    assert "secret" not in client.get(webhooks).json()["results"][0]
    assert client.patch(webhook, {"events": ["run.failed"]}).json()["events"] == ["run.failed"]
    rotated = client.post(f"{webhook}/rotate-secret").json()
    assert rotated["secret"] != made.json()["secret"]

    announce(Event.RUN_FAILED, project, uuid.uuid4(), {"outcome": None})
    assert client.post(f"{webhook}/ping").status_code == 202
    log = client.get(f"{webhook}/deliveries").json()["results"]
    assert [entry["event"] for entry in log] == ["ping", "run.failed"]
    delivery = f"/api/v1/webhook-deliveries/{log[1]['id']}"
    replayed = client.post(f"{delivery}/replay").json()
    assert replayed["replay_of"] == log[1]["id"]
    assert client.get(delivery).json()["payload"]["type"] == "run.failed"
    assert len(client.get(f"{webhook}/deliveries", {"status": "PENDING", "event": "run.failed"}).json()["results"]) == 2

    assert client.patch(webhook, {"active": False}).json()["active"] is False
    assert client.post(f"{webhook}/ping").json()["code"] == "conflict"
    assert client.post(f"{delivery}/replay").json()["code"] == "conflict"
    assert client.delete(webhook).status_code == 204
    assert client.get(webhook).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "ftp://example.org",
        "https://",
        "https://me:secret@example.org/",
        "https://example.org/a b",
        "https://[",
        "https://e.org:99999/",
        "https://example.org:22/",
        "http://127.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://0x7f.1/",
    ],
)
def test_addresses_that_are_none(client: APIClient, webhooks: str, url: str) -> None:
    answer = client.post(webhooks, {"url": url})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/url"


def test_a_test_cannot_be_subscribed_to(client: APIClient, webhooks: str) -> None:
    assert client.post(webhooks, {"url": "https://example.org/", "events": ["ping"]}).status_code == 400
    assert client.post(webhooks, {"url": "https://example.org/", "events": []}).status_code == 400


def test_there_are_at_most_ten(client: APIClient, webhooks: str) -> None:
    for number in range(10):
        assert client.post(webhooks, {"url": f"https://example.org/{number}"}).status_code == 201

    assert client.post(webhooks, {"url": "https://example.org/"}).json()["code"] == "conflict"


def test_they_are_their_owners_business(client: APIClient, webhooks: str, boris: User) -> None:
    client.post(webhooks, {"url": "https://example.org/hook"})
    operator = User.objects.create_user("olga", "olga@example.org", role=Role.OPERATOR)
    webhook = f"/api/v1/webhooks/{Endpoint.objects.get().pk}"

    assert client_of(boris).get(webhooks).status_code == 404
    assert client_of(operator).get(webhooks).status_code == 403
    for stranger in (client_of(boris), client_of(operator)):
        assert stranger.get(webhook).status_code == 404
        assert stranger.post(f"{webhook}/rotate-secret").status_code == 404
