"""The description of the API is complete, and its committed copy is fresh."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


@pytest.fixture
def described(db: None) -> dict[str, Any]:
    return json.loads(Client().get("/api/schema/?format=json").content)


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, found) for path, verbs in described["paths"].items() for verb, found in verbs.items()]


def test_the_committed_copy_is_fresh(described: dict[str, Any]) -> None:
    assert described == json.loads(COMMITTED.read_text(encoding="utf-8")), "refresh it with: make openapi"


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    known = {tag["name"] for tag in described["tags"]}
    found = operations(described)
    assert len({one["operationId"] for _path, _verb, one in found}) == len(found) > 50
    for path, verb, one in found:
        assert one["summary"], path
        assert one["description"], path
        assert set(one["tags"]) <= known, path
        assert "401" in one["responses"], path
        assert all(answer["description"] for answer in one["responses"].values()), (path, verb)


def test_every_post_may_be_repeated(described: dict[str, Any]) -> None:
    for path, verb, one in operations(described):
        if verb == "post":
            assert "Idempotency-Key" in {parameter["name"] for parameter in one["parameters"]}, path
            assert {"409", "422"} <= set(one["responses"]), path


def test_every_operation_names_its_scope(described: dict[str, Any]) -> None:
    for path, _verb, one in operations(described):
        if "/problems" not in path:
            assert one["security"][0]["bearerToken"][0] in {"read", "upload", "manage", "admin"}, path


def test_it_is_read_as_yaml_too(db: None) -> None:
    response = Client().get("/api/schema/", HTTP_ACCEPT_LANGUAGE="ru")

    assert response.content.startswith(b"openapi: 3.1")
    assert "Загрузка" not in response.content.decode()


def test_the_documentation_needs_nothing_inline(db: None) -> None:
    response = APIClient().get("/api/docs/")
    page = response.content.decode()

    assert response.status_code == 200
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert APIClient().get("/api/docs/?script=")["Content-Type"].startswith("application/javascript")
