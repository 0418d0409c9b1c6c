"""Parts of uploads over a real web server that is killed, lied to and asked for nonsense."""

from __future__ import annotations

import base64
import hashlib
import http.client
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3
from tests.servers.web_server import WebServer
from uploads_for_tests import (
    CONTENT,
    MIB,
    PART_BYTES,
    PARTS,
    SHA256,
    Sender,
    sender_at,
    stored,
    token_of,
    unfinished_files,
)

from accounts.models import Scope, User


@pytest.fixture
def sender(shared_web_server: WebServer) -> Sender:
    return sender_at(shared_web_server)


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


def test_a_server_killed_in_the_middle_of_a_part(web_server: WebServer) -> None:
    sender = sender_at(web_server)
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
