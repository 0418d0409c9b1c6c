"""A line per request: what is in it, what never is, and the id that ties lines together."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from operations.request_log import RequestLog

LOG = Path(product.DATA_DIR) / "logs" / "web.jsonl"


def line_of(request_id: str) -> dict[str, Any]:
    """The only line with this id."""
    found = [line for line in LOG.read_text(encoding="utf-8").splitlines() if f'"{request_id}"' in line]
    assert len(found) == 1
    return dict(json.loads(found[0]))


def test_a_request_leaves_one_line(client: Client) -> None:
    answer = client.get("/healthz")

    line = line_of(answer["X-Request-Id"])
    assert list(line) == ["timestamp", "request_id", "method", "route", "status", "duration_ms", "user_id"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", line["timestamp"])
    assert (line["method"], line["route"], line["status"], line["user_id"]) == ("GET", "healthz", 200, None)
    assert 0 <= line["duration_ms"] < 60_000


def test_an_id_from_outside_is_kept_when_it_is_well_formed(client: Client) -> None:
    given = f"edge-{uuid.uuid4()}"

    assert client.get("/healthz", headers={"X-Request-Id": given})["X-Request-Id"] == given
    assert line_of(given)["route"] == "healthz"


@pytest.mark.django_db
def test_no_address_token_cookie_or_mail_is_logged(client: Client) -> None:
    client.cookies["sessionid"] = "c00kie-value"
    answer = client.get(
        "/r/t0ken-of-a-link/",
        {"q": "qu3ry-value", "email": "somebody@example.org"},
        headers={"Authorization": "Bearer aica_s3cret", "Referer": "https://example.org/r3ferer"},
    )

    line_of(answer["X-Request-Id"])
    written = LOG.read_text(encoding="utf-8")
    for secret in ("t0ken-of-a-link", "qu3ry-value", "somebody@example.org", "c00kie-value", "aica_s3cret", "r3ferer"):
        assert secret not in written


@pytest.mark.django_db
def test_the_person_is_named_by_number(client: Client) -> None:
    person = User.objects.create_user("owner", "owner@example.org", "x", is_staff=True, is_superuser=True)
    client.force_login(person)

    answer = client.get("/admin/")

    assert line_of(answer["X-Request-Id"])["user_id"] == person.pk
    assert "owner@example.org" not in LOG.read_text(encoding="utf-8")


def test_logging_does_not_look_for_the_person_by_itself(rf: RequestFactory) -> None:
    def nobody_asked() -> User:
        raise AssertionError

    request = rf.get("/", headers={"X-Request-Id": uuid.uuid4().hex})
    request.user = SimpleLazyObject(nobody_asked)  # type: ignore[assignment]
    RequestLog(lambda _: HttpResponse())(request)

    assert line_of(request.headers["X-Request-Id"])["user_id"] is None
