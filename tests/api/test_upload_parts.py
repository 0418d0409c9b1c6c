"""Uploads over a real web server that is killed, lied to and asked twice at once."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import random
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3
from tests.servers.web_server import WebServer

from accounts.models import ApiToken, Scope, User
from storage.registry import open_storage
from videos.models import Artifact, ArtifactKind, Project, Upload, UploadPart, UploadStatus, Video

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


@pytest.fixture
def sender(web_server: WebServer) -> Sender:
    anna = User.objects.create_user("anna", "anna@example.org", "correct horse battery", language="en")
    project = Project.objects.create(owner=anna, name="Channel")
    return Sender(web_server, token_of(anna, Scope.READ, Scope.UPLOAD), project)


def unfinished_files(server: WebServer) -> list[Path]:
    return list((server.data / "objects" / ".incoming").iterdir())


def stored(upload: str) -> bytes:
    return b"".join(open_storage().read(Upload.objects.get(pk=upload).storage_key))


def head_of_part(sender: Sender, upload: str, number: int, length: str) -> bytes:
    lines = [
        f"PUT /api/v1/uploads/{upload}/parts/{number} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {sender.token}",
        length,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def answer_on(line: socket.socket) -> tuple[int, bytes]:
    with http.client.HTTPResponse(line) as answer:
        answer.begin()
        return answer.status, answer.read()


def test_parts_in_any_order_at_once_and_again(sender: Sender) -> None:
    upload = sender.begin()
    with ThreadPoolExecutor(6) as several:
        answers = several.map(lambda number: sender.put(upload, number, PARTS[number]), [3, 1, 2, 3, 1, 2])
        assert [answer.status for answer in answers] == [200] * 6
    assert sender.arrived(upload) == [1, 2, 3]

    answer = sender.finish(upload, SHA256)

    assert answer.status == 200, answer.data
    assert stored(upload) == CONTENT
    video = Video.objects.get()
    assert (str(video.pk), video.sha256, video.size_bytes, video.name) == (upload, SHA256, len(CONTENT), "ролик.mp4")
    artifact = Artifact.objects.get()
    assert (artifact.kind, artifact.sha256, artifact.media_type) == (ArtifactKind.ORIGINAL, SHA256, "video/mp4")
    assert unfinished_files(sender.server) == []


def test_a_server_killed_in_the_middle_of_a_part(sender: Sender) -> None:
    upload = sender.begin(fingerprint="ролик.mp4/1")
    assert sender.put(upload, 2, PARTS[2]).status == 200
    with socket.create_connection(("127.0.0.1", sender.server.port)) as line:
        line.sendall(head_of_part(sender, upload, 1, f"Content-Length: {PART_BYTES}") + PARTS[1][: 5 * MIB])
        sender.server.kill()

    sender.server.start()

    assert sender.begin(fingerprint="ролик.mp4/1") == upload  # the browser comes back and knows the file again
    assert sender.arrived(upload) == [2]
    assert [path.suffix for path in unfinished_files(sender.server)] == [".parts"]
    for number in (1, 3):
        assert sender.put(upload, number, PARTS[number]).status == 200
    assert sender.finish(upload, SHA256).status == 200
    assert stored(upload) == CONTENT


def test_a_line_that_breaks_leaves_nothing(sender: Sender) -> None:
    upload = sender.begin()
    with socket.create_connection(("127.0.0.1", sender.server.port)) as line:
        line.sendall(head_of_part(sender, upload, 1, f"Content-Length: {PART_BYTES}") + PARTS[1][: 5 * MIB])
        line.shutdown(socket.SHUT_WR)
        status, body = answer_on(line)

    assert status == 400
    assert b"Send it again" in body
    assert sender.arrived(upload) == []


@pytest.mark.parametrize(
    ("length", "status"),
    [
        (f"Content-Length: {10**12}", 400),
        (f"Content-Length: {PART_BYTES + 1}", 400),
        ("Content-Length: 0", 400),
        ("Transfer-Encoding: chunked", 411),
        ("X-No-Length: at-all", 411),
    ],
)
def test_a_wrong_length_is_refused_before_any_byte(sender: Sender, length: str, status: int) -> None:
    upload = sender.begin()
    with socket.create_connection(("127.0.0.1", sender.server.port), timeout=30) as line:
        line.sendall(head_of_part(sender, upload, 1, length))
        assert answer_on(line)[0] == status  # although nothing of the body was sent

    assert sender.arrived(upload) == []


def test_a_part_that_was_changed_on_its_way(sender: Sender) -> None:
    upload = sender.begin()
    right = base64.b64encode(hashlib.sha256(PARTS[1]).digest()).decode()
    digest = f"sha-512=:AAAA:, sha-256=:{right}:"
    spoilt = b"x" + PARTS[1][1:]

    assert sender.put(upload, 1, spoilt, **{"Content-Digest": digest}).status == 422
    assert sender.arrived(upload) == []
    answer = sender.put(upload, 1, PARTS[1], **{"Content-Digest": digest})
    assert answer.json() == {
        "number": 1,
        "size_bytes": PART_BYTES,
        "sha256": hashlib.sha256(PARTS[1]).hexdigest(),
    }
    assert sender.put(upload, 1, spoilt, **{"Content-Digest": digest}).status == 422
    for number in (2, 3):
        sender.put(upload, number, PARTS[number])
    assert sender.finish(upload, SHA256).status == 200  # the bad repetition did not touch the good part


@pytest.mark.parametrize("digest", ["sha-256=:AAAA:", "sha-256=AAAA", "sha-256=:####:", "sha-256"])
def test_a_digest_that_is_none(sender: Sender, digest: str) -> None:
    upload = sender.begin()

    assert sender.put(upload, 1, PARTS[1], **{"Content-Digest": digest}).status == 400
    assert sender.arrived(upload) == []


@pytest.mark.parametrize("number", [0, 4, 10**9])
def test_a_part_that_the_file_does_not_have(sender: Sender, number: int) -> None:
    assert sender.put(sender.begin(), number, b"x").status == 404


def test_different_bytes_for_one_part_at_once(sender: Sender) -> None:
    """One of them wins as a whole, and what is noted of it is what is stored."""
    upload = sender.begin()
    versions = [bytes([value]) * PART_BYTES for value in range(4)]
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda content: sender.put(upload, 1, content), versions))
    for number in (2, 3):
        sender.put(upload, number, PARTS[number])
    noted = UploadPart.objects.get(upload=upload, number=1).sha256

    assert sender.finish(upload).status == 200
    first = stored(upload)[:PART_BYTES]
    assert first in versions
    assert hashlib.sha256(first).hexdigest() == noted


def test_finishing_without_all_parts(sender: Sender) -> None:
    upload = sender.begin()
    sender.put(upload, 2, PARTS[2])

    answer = sender.finish(upload)

    assert answer.status == 409
    assert answer.json()["code"] == "upload-incomplete"
    sender.put_all(upload)
    assert sender.finish(upload).status == 200


def test_a_whole_file_that_is_not_the_announced_one(sender: Sender) -> None:
    upload = sender.begin(sha256="0" * 64)
    sender.put_all(upload)

    answer = sender.finish(upload)

    assert answer.status == 422
    assert answer.json()["code"] == "digest-mismatch"
    assert Upload.objects.get().status == UploadStatus.OPEN
    assert not Video.objects.exists()
    assert sender.ask("DELETE", f"uploads/{upload}").status == 204


def test_bytes_that_the_disk_lost(sender: Sender) -> None:
    upload = sender.begin()
    sender.put_all(upload)
    (file,) = unfinished_files(sender.server)
    with file.open("r+b") as opened:
        opened.seek(PART_BYTES + 5)
        opened.write(b"spoilt")

    assert sender.finish(upload).status == 422
    assert sender.arrived(upload) == [1, 3]
    sender.put(upload, 2, PARTS[2])
    assert sender.finish(upload).status == 200
    assert stored(upload) == CONTENT


def test_finishing_many_times_at_once_makes_one_video(sender: Sender) -> None:
    upload = sender.begin()
    sender.put_all(upload)

    with ThreadPoolExecutor(6) as several:
        answers = list(several.map(lambda _: sender.finish(upload, SHA256), range(6)))

    assert [answer.status for answer in answers] == [200] * 6
    assert {answer.json()["id"] for answer in answers} == {upload}
    assert (Video.objects.count(), Artifact.objects.count()) == (1, 1)


@pytest.mark.parametrize("file_has_its_name", [False, True])
def test_finishing_is_taken_up_again(sender: Sender, file_has_its_name: bool) -> None:
    """As a server leaves it that was killed while it read the file, or before it wrote the video down."""
    upload = sender.begin()
    sender.put_all(upload)
    row = Upload.objects.get()
    Upload.objects.update(status=UploadStatus.FINISHING)
    if file_has_its_name:
        open_storage().finish_parts(row.storage_key, row.multipart_id, {}, row.size_bytes)

    assert sender.put(upload, 1, PARTS[1]).status == 409
    assert sender.finish(upload, SHA256).status == 200
    assert stored(upload) == CONTENT
    assert Video.objects.get().sha256 == SHA256


def test_aborting_frees_everything(sender: Sender) -> None:
    upload = sender.begin()
    sender.put(upload, 1, PARTS[1])

    assert sender.ask("DELETE", f"uploads/{upload}").status == 204
    assert sender.ask("DELETE", f"uploads/{upload}").status == 204

    assert unfinished_files(sender.server) == []
    assert not UploadPart.objects.exists()
    assert sender.put(upload, 1, PARTS[1]).status == 409
    assert sender.finish(upload).status == 409


def test_a_finished_upload_is_not_aborted(sender: Sender) -> None:
    upload = sender.begin()
    sender.put_all(upload)
    sender.finish(upload)

    assert sender.ask("DELETE", f"uploads/{upload}").status == 409
    assert stored(upload) == CONTENT


def test_after_a_refusal_the_line_is_used_again(sender: Sender) -> None:
    upload = sender.begin()
    with urllib3.HTTPConnectionPool("127.0.0.1", sender.server.port, maxsize=1, retries=False) as line:
        headers = {"Authorization": f"Bearer {sender.token}"}
        for number, status in ((4, 404), (1, 200), (5, 404), (3, 200)):
            body = PARTS.get(number, PARTS[1])
            answer = line.request("PUT", f"/api/v1/uploads/{upload}/parts/{number}", body=body, headers=headers)
            assert answer.status == status
        assert line.num_connections == 1


def test_who_may_send_parts(sender: Sender) -> None:
    upload = sender.begin()
    boris = User.objects.create_user("boris", "boris@example.org", "correct horse battery")
    stranger = Sender(sender.server, token_of(boris, Scope.READ, Scope.UPLOAD), sender.project)
    reader = Sender(sender.server, token_of(sender.project.owner, Scope.READ), sender.project)

    assert stranger.put(upload, 1, PARTS[1]).status == 404
    assert reader.put(upload, 1, PARTS[1]).status == 403
    assert urllib3.request("PUT", f"{sender.server.url}/api/v1/uploads/{upload}/parts/1", body=b"x").status == 401
    assert sender.arrived(upload) == []


def test_many_parts_are_not_too_many_requests(sender: Sender) -> None:
    upload = sender.begin()
    with ThreadPoolExecutor(4) as several:
        answers = several.map(lambda _: sender.put(upload, 9, b"x").status, range(610))
        assert set(answers) == {404}
