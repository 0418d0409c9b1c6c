"""Lists are walked in both directions and stay right while rows come and go."""

from __future__ import annotations

import base64
import json

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from videos.models import Project

PROJECTS = "/api/v1/projects"


@pytest.fixture
def names(anna: User) -> list[str]:
    """Newest first, as the list shows them."""
    for number in range(7):
        Project.objects.create(owner=anna, name=f"Show {number}")
    return [f"Show {number}" for number in reversed(range(7))]


def shown(page: dict[str, object]) -> list[str]:
    return [project["name"] for project in page["results"]]


def test_there_and_back(client: APIClient, names: list[str]) -> None:
    page = client.get(PROJECTS, {"limit": 3}).json()
    pages = [page]
    while page["next"]:
        page = client.get(page["next"]).json()
        pages.append(page)

    assert [name for page in pages for name in shown(page)] == names
    assert pages[0]["previous"] is None

    back = [pages[-1]]
    while back[-1]["previous"]:
        back.append(client.get(back[-1]["previous"]).json())
    assert [shown(page) for page in reversed(back)] == [shown(page) for page in pages]
    assert back[-1]["next"]


def test_a_page_does_not_move_when_rows_come(client: APIClient, names: list[str], anna: User) -> None:
    page = client.get(PROJECTS, {"limit": 3}).json()
    Project.objects.create(owner=anna, name="New")
    Project.objects.filter(name=names[2]).update(deleted_at="2026-01-01T00:00:00Z")

    assert shown(client.get(page["next"]).json()) == names[3:6]


def test_rows_of_the_same_moment_are_all_shown(client: APIClient, names: list[str]) -> None:
    Project.objects.update(created_at="2026-01-01T00:00:00Z")
    found, link = [], f"{PROJECTS}?limit=2"
    while link:
        page = client.get(link).json()
        found += shown(page)
        link = page["next"]

    assert sorted(found) == sorted(names)


def encoded(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "%%%",
        "AAAA",
        "a" * 3000,
        encoded(["-created_at", "id"], ["2026-01-01T00:00:00Z"], False),
        encoded(["-created_at", "id"], ["never", "x"], False),
        encoded(["-created_at", "id"], ["2026-01-01T00:00:00", "5f6f2a4e-9f0b-4c1e-8f2e-0d6b7a1c2d3e"], False),
        encoded(["-created_at", "id"], [None, None], False),
        encoded(["name"], ["x"], False),
        encoded(["owner__password"], ["x"], False),
        encoded(5, 6, 7),
    ],
)
def test_cursors_that_are_none(client: APIClient, cursor: str) -> None:
    response = client.get(PROJECTS, {"cursor": cursor})

    assert response.status_code == 400
    assert response.json()["code"] == "malformed-cursor"


@pytest.mark.parametrize("limit", ["0", "-1", "201", "x", "", "1e2", "٣"])
def test_limits_that_are_none(client: APIClient, limit: str) -> None:
    response = client.get(PROJECTS, {"limit": limit})

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "limit"


def test_the_links_keep_the_filters(client: APIClient, names: list[str]) -> None:
    page = client.get(PROJECTS, {"limit": 3, "search": "show"}).json()

    assert "search=show" in page["next"]


def test_unknown_filters_are_refused(client: APIClient) -> None:
    response = client.get(PROJECTS, {"serach": "show"})

    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"parameter": "serach", "detail": "There is no such parameter. Remove it.", "code": "unknown-parameter"}
    ]
