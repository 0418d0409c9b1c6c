"""Projects, settings, packs, videos and their checks."""

from __future__ import annotations

import uuid

import pytest
from accounts_for_tests import client_of
from library_for_tests import a_report, a_video
from rest_framework.test import APIClient

from accounts.models import Role, User
from pipeline.models import PipelineRun
from videos.models import Project


@pytest.fixture
def operator(db: None) -> APIClient:
    person = User.objects.create_user("olga", "olga@example.org", role=Role.OPERATOR, language="en")
    return client_of(person)


def test_a_project_from_beginning_to_end(client: APIClient) -> None:
    project = client.post("/api/v1/projects", {"name": "  Evening   show "}).json()
    assert project["name"] == "Evening show"
    assert project["yours"] is True
    address = f"/api/v1/projects/{project['id']}"
    assert client.patch(address, {"name": "Night show"}).json()["name"] == "Night show"
    assert (
        client.get("/api/v1/projects", {"search": "night", "yours": "true"}).json()["results"][0]["id"] == project["id"]
    )
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_what_others_own_does_not_exist(client: APIClient, boris: User, operator: APIClient, project: Project) -> None:
    address = f"/api/v1/projects/{project.pk}"
    video = f"/api/v1/videos/{a_video(project).pk}"

    stranger = client_of(boris)
    for method in (stranger.get, stranger.patch, stranger.delete):
        assert method(address).status_code == 404
    assert stranger.get(video).status_code == 404
    assert stranger.post(f"{video}/runs", {}).status_code == 404
    assert stranger.get("/api/v1/videos", {"project": str(project.pk)}).json()["results"] == []
    assert operator.get(address).status_code == 200
    assert operator.patch(address, {"name": "Mine"}).json()["code"] == "forbidden"
    assert operator.post(f"{video}/runs", {}).status_code == 403
    assert client.get(f"/api/v1/videos/{uuid.uuid4()}").status_code == 404


def test_settings_are_versions(client: APIClient, project: Project) -> None:
    address = f"/api/v1/projects/{project.pk}/settings"
    first = client.get(address).json()
    wanted = {
        "packs": ["ru-ads"],
        "thresholds": {"ad": 0.5},
        "dictionaries": {"stopwords": "чепуха\n"},
        "mailed": ["editor@example.org"],
        "visual": {"blurred": ["nudity"], "muted": True},
        "based_on": first["number"],
    }

    second = client.put(address, wanted).json()

    assert second["number"] == first["number"] + 1
    assert second["visual"] == {"blurred": ["nudity"], "grayscale": False, "muted": True}
    assert client.get(address).json() == second
    assert client.put(address, {**wanted, "packs": ["ru-436fz"]}).json()["code"] == "conflict"
    versions = client.get(f"{address}/versions").json()["results"]
    assert [version["number"] for version in versions] == [second["number"], first["number"]]


def test_wrong_settings_are_pointed_at(client: APIClient, project: Project) -> None:
    wanted = {"packs": ["nothing"], "thresholds": {"weather": 0.5}, "mailed": ["nobody"]}

    body = client.put(f"/api/v1/projects/{project.pk}/settings", wanted).json()

    assert {error["pointer"] for error in body["errors"]} == {"#/packs", "#/thresholds", "#/mailed"}


def test_packs_speak_the_readers_language(client: APIClient) -> None:
    russian = client.get("/api/v1/packs", HTTP_ACCEPT_LANGUAGE="ru").json()
    english = client.get("/api/v1/packs").json()

    assert {"ru-436fz", "ru-ads"} <= {pack["id"] for pack in english}
    assert [pack["title"] for pack in russian] != [pack["title"] for pack in english]


def test_the_library(client: APIClient, project: Project) -> None:
    for name in ("Первый.mp4", "второй.mp4", "третий.mp4"):
        a_video(project, name)
    a_report(a_video(project, "Отчёт.mp4"))

    def names(**query: str) -> list[str]:
        return [video["name"] for video in client.get("/api/v1/videos", query).json()["results"]]

    assert names(search="ПЕРВЫЙ") == ["Первый.mp4"]
    assert names(order="name") == ["второй.mp4", "Отчёт.mp4", "Первый.mp4", "третий.mp4"]
    assert names(order="gravest")[0] == "Отчёт.mp4"
    assert names(status="FAILED") == []
    assert names(project=str(uuid.uuid4())) == []
    assert client.get("/api/v1/videos", {"order": "colour"}).json()["errors"][0]["parameter"] == "order"
    assert client.get("/api/v1/videos", {"project": "x"}).json()["errors"][0]["parameter"] == "project"
    page = client.get("/api/v1/videos", {"order": "longest", "limit": 1}).json()
    assert client.get(page["next"]).status_code == 200
    assert client.get("/api/v1/videos", {"search": "отчёт"}).json()["results"][0]["verdicts"][0]["title"]


@pytest.mark.parametrize("order", ["newest", "name", "longest", "gravest"])
def test_a_project_that_one_does_not_see_has_no_videos_in_any_order(client: APIClient, order: str) -> None:
    answer = client.get("/api/v1/videos", {"project": str(uuid.uuid4()), "order": order})

    assert answer.status_code == 200
    assert answer.json()["results"] == []


def test_a_check_is_started_followed_and_cancelled(client: APIClient, project: Project) -> None:
    video = f"/api/v1/videos/{a_video(project).pk}"
    started = client.post(f"{video}/runs", {"language": "en"})
    assert started.status_code == 201
    run = f"/api/v1/runs/{started.json()['id']}"
    assert client.post(f"{video}/runs", {}).json()["code"] == "check-under-way"

    first = client.get(run)
    assert first.json()["progress"]["queue_position"] == 1
    assert len(first.json()["progress"]["steps"]) > 5
    assert client.get(run, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304

    assert client.post(f"{run}/cancel").status_code == 202
    assert client.get(run, HTTP_IF_NONE_MATCH=first["ETag"]).json()["status"] == "CANCELLED"
    assert client.post(f"{run}/cancel").json()["code"] == "conflict"
    assert client.post(f"{video}/runs", {}).json()["number"] == 2
    history = client.get("/api/v1/runs", {"video": video.rsplit("/", 1)[1]}).json()["results"]
    assert [entry["number"] for entry in history] == [2, 1]


def test_deleting_a_video_stops_its_check(client: APIClient, project: Project) -> None:
    video = f"/api/v1/videos/{a_video(project).pk}"
    client.post(f"{video}/runs", {})

    assert client.delete(video).status_code == 204

    assert PipelineRun.objects.get().status == "CANCELLED"
    assert client.get(video).status_code == 404


def test_a_deletion_is_taken_back(client: APIClient, boris: User, project: Project) -> None:
    for address in (f"/api/v1/videos/{a_video(project).pk}", f"/api/v1/projects/{project.pk}"):
        client.delete(address)
        assert client_of(boris).post(f"{address}/restore").status_code == 404
        assert client.post(f"{address}/restore").status_code == 200
        assert client.get(address).status_code == 200
