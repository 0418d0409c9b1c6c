"""A program that uploads a file in three parts to a real web server."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3
from tests.servers.web_server import WebServer

from accounts.models import ApiToken, Scope, User
from storage.registry import open_storage
from videos.models import Project, Upload

MIB = 1024**2
CONTENT = random.Random(436).randbytes(20 * MIB + 12345)  # noqa: S311 - three parts: 8, 8 and some more
PART_BYTES = 8 * MIB
PARTS = {number: CONTENT[(number - 1) * PART_BYTES : number * PART_BYTES] for number in (1, 2, 3)}
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Sender:
    """A program with a token."""

    server: WebServer
    token: str
    project: Project

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> urllib3.BaseHTTPResponse:
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        return urllib3.request(method, f"{self.server.url}/api/v1/{path}", body=body, headers=sent, retries=False)

    def ask_json(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        content = json.dumps(body).encode() if body is not None else None
        answer = self.ask(method, path, content, **{"Content-Type": "application/json"})
        assert answer.status < 300, answer.data
        return dict(answer.json()) if answer.data else {}

    def begin(self, **more: str) -> str:
        body = {"name": "ролик.mp4", "size_bytes": len(CONTENT), **more}
        return str(self.ask_json("POST", f"projects/{self.project.pk}/uploads", body)["id"])

    def put(self, upload: str, number: int, content: bytes, **headers: str) -> urllib3.BaseHTTPResponse:
        return self.ask("PUT", f"uploads/{upload}/parts/{number}", content, **headers)

    def put_all(self, upload: str) -> None:
        for number, content in PARTS.items():
            assert self.put(upload, number, content).status == 200

    def finish(self, upload: str, sha256: str = "") -> urllib3.BaseHTTPResponse:
        body = json.dumps({"sha256": sha256}).encode()
        return self.ask("POST", f"uploads/{upload}/finish", body, **{"Content-Type": "application/json"})

    def arrived(self, upload: str) -> list[int]:
        return [part["number"] for part in self.ask_json("GET", f"uploads/{upload}")["parts"]]


def token_of(person: User, *scopes: str) -> str:
    return str(ApiToken.objects.create(person, name="tests", scopes=list(scopes))[1])


def sender_at(server: WebServer) -> Sender:
    """Somebody new with a project and a token that uploads."""
    anna = User.objects.create_user("anna", "anna@example.org", "correct horse battery", language="en")
    project = Project.objects.create(owner=anna, name="Channel")
    return Sender(server, token_of(anna, Scope.READ, Scope.UPLOAD), project)


def unfinished_files(server: WebServer) -> list[Path]:
    return list((server.data / "objects" / ".incoming").iterdir())


def stored(upload: str) -> bytes:
    return b"".join(open_storage().read(Upload.objects.get(pk=upload).storage_key))
