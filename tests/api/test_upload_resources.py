"""Uploads in parts, through the API alone."""

from __future__ import annotations

import base64
import hashlib

import pytest
from accounts_for_tests import client_of
from rest_framework.test import APIClient

from accounts.models import User
from videos.models import Project

CONTENT = bytes(range(256)) * 40_000  # two parts


@pytest.fixture
def uploads(project: Project) -> str:
    return f"/api/v1/projects/{project.pk}/uploads"


def send(client: APIClient, url: str, content: bytes) -> int:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    headers = {"HTTP_CONTENT_DIGEST": f"sha-256=:{digest}:"}
    return client.generic("PUT", url, content, "application/octet-stream", **headers).status_code


def test_from_beginning_to_end(client: APIClient, uploads: str) -> None:
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    begun = client.post(uploads, {"name": "film.mp4", "size_bytes": len(CONTENT), "fingerprint": "f1"}).json()
    upload = f"/api/v1/uploads/{begun['id']}"
    size = begun["part_size_bytes"]
    assert begun["part_count"] == 2
    part = client.get(f"{upload}/parts/2/address").json()
    assert part["needs_authorization"] is True
    assert part["size_bytes"] == len(CONTENT) - size
    assert send(client, part["url"], CONTENT[size:]) == 200

    refused = client.post(f"{upload}/finish", {"sha256": sha256})
    assert refused.json()["code"] == "upload-incomplete"
    continued = client.post(uploads, {"name": "film.mp4", "size_bytes": len(CONTENT), "fingerprint": "f1"}).json()
    assert continued["id"] == begun["id"]
    assert [one["number"] for one in continued["parts"]] == [2]

    assert send(client, f"{upload}/parts/1", CONTENT[:size]) == 200
    video = client.post(f"{upload}/finish", {"sha256": sha256})
    assert video.status_code == 200
    assert video.json()["sha256"] == sha256
    assert client.post(f"{upload}/finish").json()["id"] == video.json()["id"]
    assert client.get(upload).json()["status"] == "FINISHED"
    earlier = client.get("/api/v1/earlier-checks", {"sha256": sha256, "size_bytes": len(CONTENT)}).json()
    assert [one["id"] for one in earlier] == [video.json()["id"]]
    assert client.delete(upload).json()["code"] == "upload-not-open"


def test_a_wrong_digest(client: APIClient, uploads: str) -> None:
    begun = client.post(uploads, {"name": "film.mp4", "size_bytes": 10}).json()
    upload = f"/api/v1/uploads/{begun['id']}"
    assert send(client, f"{upload}/parts/1", b"0123456789") == 200

    answer = client.post(f"{upload}/finish", {"sha256": "0" * 64})

    assert answer.status_code == 422
    assert answer.json()["code"] == "digest-mismatch"


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"name": "film.exe", "size_bytes": 10}, 400, "#/name"),
        ({"name": "film.mp4", "size_bytes": 0}, 400, "#/size_bytes"),
        ({"name": "film.mp4", "size_bytes": 10, "sha256": "x"}, 400, "#/sha256"),
        ({"name": "film.mp4", "size_bytes": 2**61}, 413, None),
    ],
)
def test_what_is_refused_before_a_byte_comes(
    client: APIClient, uploads: str, body: dict[str, object], status: int, pointer: str | None
) -> None:
    answer = client.post(uploads, body)

    assert answer.status_code == status, answer.json()
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert client.get("/api/v1/uploads").json()["results"] == []


def test_aborting(client: APIClient, uploads: str) -> None:
    begun = client.post(uploads, {"name": "film.mp4", "size_bytes": 10}).json()
    upload = f"/api/v1/uploads/{begun['id']}"

    assert client.delete(upload).status_code == 204
    assert client.delete(upload).status_code == 204

    assert client.get(upload).json()["status"] == "ABORTED"
    assert send(client, f"{upload}/parts/1", b"0123456789") == 409


def test_an_address_inside_is_refused(client: APIClient, project: Project) -> None:
    address = f"/api/v1/projects/{project.pk}/url-ingests"

    assert client.post(address, {"url": "http://127.0.0.1/film.mp4"}).json()["code"] == "address-refused"
    assert client.post(address, {"url": "file:///etc/passwd"}).status_code == 400


def test_uploads_of_others_do_not_exist(client: APIClient, uploads: str, boris: User) -> None:
    begun = client.post(uploads, {"name": "film.mp4", "size_bytes": 10}).json()
    upload = f"/api/v1/uploads/{begun['id']}"
    stranger = client_of(boris)

    assert stranger.get(upload).status_code == 404
    assert stranger.delete(upload).status_code == 404
    assert send(stranger, f"{upload}/parts/1", b"0123456789") == 404
    assert stranger.post(uploads, {"name": "film.mp4", "size_bytes": 10}).status_code == 404


def test_a_token_for_reading_sends_nothing(anna: User, uploads: str) -> None:
    answer = client_of(anna, "read").post(uploads, {"name": "film.mp4", "size_bytes": 10})

    assert answer.json()["code"] == "insufficient-scope"
