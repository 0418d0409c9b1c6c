"""A POST with a key is done once, however often and however simultaneously it is asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from accounts_for_tests import client_of
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from api.models import IdempotencyKey
from videos.models import Project

PROJECTS = "/api/v1/projects"


def test_the_same_request_gets_the_same_answer(client: APIClient) -> None:
    first = client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")
    again = client.post(PROJECTS, '{ "name":"Show" }', content_type="application/json", HTTP_IDEMPOTENCY_KEY="k1")

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Project.objects.count() == 1


def test_without_a_key_everything_is_done_anew(client: APIClient) -> None:
    client.post(PROJECTS, {"name": "Show"})
    client.post(PROJECTS, {"name": "Show"})

    assert Project.objects.count() == 2


@pytest.mark.parametrize(("path", "body"), [(PROJECTS, {"name": "Other"}), (f"{PROJECTS}?x=1", {"name": "Show"})])
def test_a_key_belongs_to_one_request(client: APIClient, path: str, body: dict[str, str]) -> None:
    client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")

    answer = client.post(path, body, HTTP_IDEMPOTENCY_KEY="k1")

    assert answer.status_code in {422, 400}
    assert answer.json()["code"] in {"key-reused", "invalid-input"}
    assert Project.objects.count() == 1


def test_keys_of_different_people_do_not_meet(client: APIClient, boris: User) -> None:
    client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")

    answer = client_of(boris).post(PROJECTS, {"name": "Other"}, HTTP_IDEMPOTENCY_KEY="k1")

    assert answer.status_code == 201
    assert Project.objects.count() == 2


def test_after_a_failure_the_key_is_free(client: APIClient) -> None:
    assert client.post(PROJECTS, {"name": ""}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 400

    assert client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 201


def test_after_a_crash_the_key_is_free(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("api.projects.create_project", lambda *_: 1 / 0)
        assert client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 500

    assert client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 201


def test_keys_live_for_a_day(client: APIClient) -> None:
    client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")

    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False):
        answer = client.post(PROJECTS, {"name": "Another"}, HTTP_IDEMPOTENCY_KEY="k1")

    assert answer.status_code == 201


def test_a_request_at_work_is_not_done_twice(client: APIClient) -> None:
    client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")
    IdempotencyKey.objects.update(status_code=None, body=None)

    answer = client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")

    assert answer.status_code == 409
    assert answer.json()["code"] == "request-in-progress"
    assert int(answer["Retry-After"]) > 0
    assert Project.objects.count() == 1


def test_the_key_of_a_process_that_died_is_taken_over(client: APIClient) -> None:
    client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")
    IdempotencyKey.objects.update(status_code=None, body=None)

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        answer = client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1")

    assert answer.status_code == 201


def test_a_secret_is_never_kept(client: APIClient) -> None:
    wanted = {"name": "Editing room", "scopes": ["read"]}
    first = client.post("/api/v1/me/tokens", wanted, HTTP_IDEMPOTENCY_KEY="k1")
    secret = first.json()["secret"]

    again = client.post("/api/v1/me/tokens", wanted, HTTP_IDEMPOTENCY_KEY="k1")

    assert again.status_code == 409
    assert again.json()["code"] == "secret-shown-once"
    assert secret not in str(list(IdempotencyKey.objects.values()))
    assert ApiToken.objects.filter(name="Editing room").count() == 1


@pytest.mark.parametrize("key", ["", "a" * 256, "с кириллицей", "a\tb"])
def test_odd_keys_are_refused(client: APIClient, key: str) -> None:
    answer = client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY=key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.usefixtures("each_database")
def test_many_at_the_same_moment() -> None:
    anna = User.objects.create_user("anna", "anna@example.org")
    clients = [client_of(anna) for _ in range(8)]

    def ask(client: APIClient) -> int:
        try:
            return client.post(PROJECTS, {"name": "Show"}, HTTP_IDEMPOTENCY_KEY="k1").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as threads:
        statuses = list(threads.map(ask, clients))

    assert Project.objects.count() == 1
    assert statuses.count(201) >= 1
    assert set(statuses) <= {201, 409}
